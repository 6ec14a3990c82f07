"""Conftest: the demonstration over the rules that ship, without a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import Client

from service.demo.app import create_demo
from service.rulebook import load
from service.web.library import Library

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def library() -> Library:
    """The shipped rules, as they are served."""
    found = Library(ROOT / "tests/seed", load)
    found.open()
    return found


@pytest.fixture(scope="session")
def demo(library: Library) -> Flask:
    return create_demo(library)


@pytest.fixture(scope="session")
def client(demo: Flask) -> Client:
    return Client(demo)
