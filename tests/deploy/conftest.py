"""Conftest: a service, as the files for operators start it."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from ..web.house import House, house


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("deploy"), workers=1, CAVEAT_TRUSTED_PROXIES="127.0.0.1/32") as found:
        yield found
        found.process.send_signal(signal.SIGQUIT)  # how it ends gracefully is proved elsewhere, and takes longer
        found.process.wait(10)
