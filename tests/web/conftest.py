"""Conftest: a service in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from .law import Service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """A service over the small rule set."""
    return Service(tmp_path)
