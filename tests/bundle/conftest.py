"""Conftest: a press with keys, and two bundles that follow on each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.bundle import Bundle

from .press import Press, rules, with_notice


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    return Press(Path(tmp_path_factory.mktemp("press")))


@pytest.fixture(scope="session")
def first(press: Press) -> Bundle:
    """The first set, signed by both."""
    return press.both(rules())


@pytest.fixture(scope="session")
def second(press: Press, first: Bundle) -> Bundle:
    """Its successor, which adds a warning, signed by both."""
    return press.both(with_notice(rules()), first)
