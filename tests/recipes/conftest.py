"""Conftest: one real service, a recorder before it, and the sites of all recipes before that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ..web.house import House, house
from .recorder import Recorder, recording
from .site import Site, sites

NAMES = ("nginx", "Varnish", "Python", "PHP")


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The real service on the rules that ship with it."""
    with house(tmp_path_factory.mktemp("service"), workers=1) as found:
        yield found


@pytest.fixture(scope="session")
def recorder_kept(service: House) -> Iterator[Recorder]:
    with recording(service.port) as found:
        yield found


@pytest.fixture(scope="session")
def all_sites(tmp_path_factory: pytest.TempPathFactory, recorder_kept: Recorder) -> Iterator[dict[str, Site]]:
    """The sites, which ask again at once after a failure."""
    with sites(tmp_path_factory.mktemp("sites"), recorder_kept.port, pause=0) as found:
        yield found


@pytest.fixture
def recorder(recorder_kept: Recorder) -> Iterator[Recorder]:
    """The recorder, passing everything on, and with nothing written down."""
    recorder_kept.heal()
    yield recorder_kept
    recorder_kept.heal()


@pytest.fixture(params=NAMES)
def site(request: pytest.FixtureRequest, all_sites: dict[str, Site], recorder: Recorder) -> Site:
    """A site, on which nothing has been read yet."""
    found: Site = all_sites[request.param]
    found.forget()
    return found
