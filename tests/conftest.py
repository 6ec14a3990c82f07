"""Conftest: how hard the property tests search."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# The same examples every time: a build must not fail by chance on somebody else's change.
settings.register_profile(
    "default", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
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
