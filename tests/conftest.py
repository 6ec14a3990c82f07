"""Conftest: how hard the tests search: in short for every change, or for as long as it takes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

# The same examples every time: a build must not fail by chance on somebody else's change.
settings.register_profile(
    "default",
    max_examples=40,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# Run by hand, for as long as it takes: pytest --hypothesis-profile soak
settings.register_profile(
    "soak",
    deadline=None,
    derandomize=False,
    max_examples=20_000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("default")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make soak` asks for the long campaigns."""
    parser.addoption("--soak", action="store_true", help="the long campaigns: hours")


@pytest.fixture(scope="session")
def amount(pytestconfig: pytest.Config) -> Callable[[int, int], int]:
    """Chooses between the amount of the short form of a proof and that of the long one: `amount(200, 10_000)`."""
    soak = bool(pytestconfig.getoption("--soak"))
    return lambda short, long: long if soak else short
