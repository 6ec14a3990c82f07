"""Place: the publisher's own server knows the country, and asks for that country's notice and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .printed import printed
from .recorder import Recorder
from .site import Site, nginx

DATA = Path(__file__).resolve().parents[2] / "data"
MODULES = "include /etc/nginx/modules-enabled/*.conf;"
STRANGER = "127.0.0.2"
HERE = {"nginx": "rferl/$notice_place/en", "Varnish": "rferl/here/en"}


@pytest.fixture(scope="module")
def by_cdn(tmp_path_factory: pytest.TempPathFactory, recorder_kept: Recorder) -> Iterator[Site]:
    with nginx(tmp_path_factory.mktemp("cdn"), recorder_kept.port, place=printed("nginx/place-cdn.conf")) as site:
        yield site


@pytest.fixture(scope="module")
def by_database(tmp_path_factory: pytest.TempPathFactory, recorder_kept: Recorder) -> Iterator[Site]:
    """The reader's address is put in the place of this machine's by nginx itself, for the test only."""
    place = printed("nginx/place-geoip2.conf", {"/var/lib/caveat": str(DATA)})
    place += "set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For;\n"
    with nginx(tmp_path_factory.mktemp("geoip2"), recorder_kept.port, place=place, modules=MODULES) as site:
        yield site


@pytest.fixture(params=["nginx", "Varnish"])
def edge(request: pytest.FixtureRequest, by_cdn: Site, all_sites: dict[str, Site], recorder: Recorder) -> Site:
    found = by_cdn if request.param == "nginx" else all_sites["Varnish"]
    found.forget()
    return found


def asked(recorder: Recorder) -> str:
    """The one place that the service was asked for."""
    (seen,) = recorder.seen
    return seen.split("/")[3]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("RU", "RU"), ("DE", "DE"), ("XX", "unknown"), ("T1", "unknown"), ("", "unknown"), ("ru", "unknown"),
        ("../x", "unknown"), ("RU/ru/notice.json?", "unknown"), ("ZZZ", "unknown"), ("R", "unknown"),
    ],
)  # fmt: skip
def test_the_place_is_what_the_cdn_says_of_a_country_and_else_unknown(
    edge: Site, recorder: Recorder, said: str, place: str
) -> None:
    page = edge.read(HERE[edge.name], **{"CF-IPCountry": said})
    assert "<!-- rdr: rules" in page.notice
    assert asked(recorder) == place


def test_nobody_but_the_cdn_is_believed(edge: Site, recorder: Recorder) -> None:
    edge.read(HERE[edge.name], source=STRANGER, **{"CF-IPCountry": "DE"})
    assert asked(recorder) == "unknown"


def test_readers_of_one_country_get_one_copy_and_those_of_another_get_theirs(edge: Site, recorder: Recorder) -> None:
    pages = {place: edge.read(HERE[edge.name], **{"CF-IPCountry": place}).notice for place in ("RU", "DE", "RU", "DE")}
    assert pages["RU"] != pages["DE"]
    assert len(recorder.seen) == 2


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("95.24.0.1", "RU"),
        ("194.25.0.68", "DE"),
        ("178.172.248.1", "unknown"),  # Belarus, says one; Russia, says the other
        ("81.162.64.1", "unknown"),  # Crimea
        ("10.0.0.1", "unknown"),
        ("2a00:1148::1", "RU"),
    ],
)
def test_two_databases_of_the_publisher_s_must_agree(
    by_database: Site, recorder: Recorder, address: str, place: str
) -> None:
    by_database.forget()
    by_database.read(HERE["nginx"], **{"X-Forwarded-For": address})
    assert asked(recorder) == place
    assert address not in "".join(recorder.seen)
