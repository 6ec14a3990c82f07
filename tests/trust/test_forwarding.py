"""Forwarding: whoever is not trusted cannot choose a place by any header, and no header breaks the service.

Every vector is sent to the real service, by a peer that is trusted and by one that is not. What the answer says is
known by its bytes: they are those of a reader in Russia, of one elsewhere, or of one of whom nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from service.assembly import BadSetting, Settings, open_locator, read_settings
from service.locate import origin

from ..web.house import House
from .pressure import PATIENT, built
from .vectors import AMERICAN, GEOGRAPHY, RUSSIAN, VECTORS, Vector

PROXY, STRANGER, FAR = "127.0.0.1", "127.0.0.2", "127.9.9.9"
TRUSTED = "127.0.0.0/31, 10.0.0.0/8"
HEAD = b"GET /v1/rferl/notice.json?lang=en HTTP/1.1\r\nConnection: close\r\n"
REFUSED = "refused"
NOBODY = ""
"""The place of a reader of whom nothing is known."""

FAITHFUL = """
from werkzeug.middleware.proxy_fix import ProxyFix
from service.web import app
plain = app.create_app
def create_app(*args, **more):
    found = plain(*args, **more)
    found.wsgi_app = ProxyFix(found.wsgi_app, x_for=2)
    return found
app.create_app = create_app
"""
"""What is found in many a service: a number of proxies that is set too high."""

OPEN = """
import sys
import service.locate
sys.modules["service.locate.edge"].from_trusted = lambda peer, trusted: True
"""
"""Whoever connects is believed what a CDN's header says."""


@contextmanager
def served(folder: Path, place_from: str, trusted: str, program: str = "") -> Iterator[House]:
    """The service in one setting; nobody is turned away because the machine is busy with something else."""
    folder.mkdir()
    settings = {"CAVEAT_PLACE_FROM": place_from, "CAVEAT_TRUSTED_PROXIES": trusted}
    with built(folder, PATIENT + program, 1, **settings) as found:
        yield found


def places(found: House) -> dict[bytes, str]:
    """The bodies of readers in Russia, elsewhere and anywhere, as their addresses of their own show them."""
    known = {place: found.ask(f"/v1/rferl/{place or 'any'}/en/notice.json").body for place in ("RU", "US", NOBODY)}
    assert len(set(known.values())) == 3
    return {body: place for place, body in known.items()}


def answered(found: House, vector: Vector, source: str, known: dict[bytes, str]) -> str:
    """The place that the answer to a vector is for, `refused`, or what is wrong with it."""
    host = b"" if b"Host:" in vector.lines else b"Host: localhost\r\n"
    answer = found.raw(vector.before + HEAD + host + vector.lines + b"\r\n", source, timeout=20)
    head, _, body = answer.partition(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1]) if head.startswith(b"HTTP/1.1 ") else 0
    if 400 <= status < 500:
        return REFUSED
    return known.get(body, f"status {status}, {len(answer)} bytes that nobody knows") if status == 200 else f"{status}"


def wrong(found: House, vectors: Iterable[Vector], source: str, believed: str = "") -> list[str]:
    """The vectors that are answered otherwise than they should be; `believed`: the setting in which the peer is."""
    known = places(found)
    faults = []
    for vector in vectors:
        place = vector.place if vector.preset == believed else NOBODY
        got = answered(found, vector, source, known)
        if got != place and not (got == REFUSED and place == NOBODY):
            faults.append(f"{vector.name} from {source}: {got or 'nobody'}, not {place or 'nobody'}")
    return faults


def test_there_are_many_vectors_and_many_are_believed_of_a_trusted_proxy() -> None:
    assert len(VECTORS) > 200
    assert len({vector.name for vector in VECTORS}) == len(VECTORS)
    assert sum(vector.preset == "address" for vector in VECTORS) > 120
    assert sum(bool(vector.place) for vector in VECTORS) > 30


def test_where_nobody_is_trusted_no_header_changes_an_answer(tmp_path: Path) -> None:
    with served(tmp_path / "service", "address", "") as found:
        assert wrong(found, VECTORS, PROXY) == []
        assert "failed" not in found.written()


def test_behind_a_trusted_proxy_only_its_own_word_counts_and_a_stranger_has_none(tmp_path: Path) -> None:
    with served(tmp_path / "service", "address", TRUSTED) as found:
        assert wrong(found, VECTORS, PROXY, "address") == []
        assert wrong(found, VECTORS, STRANGER) == []
        assert "failed" not in found.written()


def test_the_place_that_a_cdn_says_is_believed_of_the_cdn_alone(
    tmp_path: Path, amount: Callable[[int, int], int]
) -> None:
    """In short for one CDN; tests/locate ask every one, without a server."""
    for preset, *_ in GEOGRAPHY[: amount(1, len(GEOGRAPHY))]:
        folder = tmp_path / preset.replace(":", "-")
        with served(folder, preset, TRUSTED) as found:
            assert wrong(found, VECTORS, PROXY, preset) == []
            assert wrong(found, VECTORS, STRANGER) == []
            assert "failed" not in found.written()
        if amount(0, 1):
            with served(folder / "nobody", preset, "") as found:
                assert wrong(found, VECTORS, PROXY) == []


def test_whatever_networks_are_trusted_nobody_outside_them_is(
    tmp_path: Path, amount: Callable[[int, int], int]
) -> None:
    if not amount(0, 1):
        pytest.skip("in the long form; one such setting is looked at whenever anything changes")
    settings = ("::1/128", "127.0.0.1", "10.0.0.0/8, ::1", f"{RUSSIAN}/32", "2000::/3 128.0.0.0/1")
    for count, trusted in enumerate(settings):
        with served(tmp_path / str(count), "address", trusted) as found:
            assert wrong(found, VECTORS, STRANGER) == []
            assert wrong(found, VECTORS, FAR) == []


@pytest.mark.parametrize(
    "setting", ["0.0.0.0/0", "::/0", "0.0.0.0/1, 128.0.0.0/1", "8000::/1 ::/1", "::ffff:0:0/96", "10.0.0.0/33", "*"]
)
def test_a_setting_that_trusts_everybody_is_refused(setting: str) -> None:
    with pytest.raises(BadSetting, match="CAVEAT_TRUSTED_PROXIES"):
        read_settings({"trusted_proxies": setting}, {})


def test_a_setting_that_trusts_the_networks_of_readers_lets_them_choose_their_country_and_is_found(
    tmp_path: Path,
) -> None:
    """What no program can know to be wrong; the proof must see it."""
    with served(tmp_path / "service", "address", "127.0.0.0/8, 10.0.0.0/8") as found:
        faults = wrong(found, VECTORS, STRANGER)
        assert f"X-Forwarded-For: an address from {STRANGER}: RU, not nobody" in faults
        assert len(faults) == sum(vector.preset == "address" and bool(vector.place) for vector in VECTORS)


def test_a_build_that_counts_proxies_lets_a_client_choose_its_country_and_is_found(
    tmp_path: Path, amount: Callable[[int, int], int]
) -> None:
    if not amount(0, 1):
        pytest.skip("in the long form; two other controls are looked at whenever anything changes")
    vectors = [vector for vector in VECTORS if vector.place and vector.preset == "address"]
    with served(tmp_path / "service", "address", "", FAITHFUL) as found:
        faults = wrong(found, vectors, STRANGER)
    forged = f"X-Forwarded-For: a forged one before the proxy's from {STRANGER}: US, not nobody"
    assert forged in faults
    assert len(faults) > 3


def test_a_build_that_believes_every_peer_a_cdns_header_is_found(tmp_path: Path) -> None:
    vectors = [vector for vector in VECTORS if vector.preset == "cloudflare"]
    with served(tmp_path / "service", "cloudflare", "", OPEN) as found:
        faults = wrong(found, vectors, STRANGER)
    assert f"CF-IPCountry: a country from {STRANGER}: RU, not nobody" in faults


def test_the_two_addresses_are_where_they_are_said_to_be() -> None:
    """Location data change; vectors whose address moved would prove nothing."""
    locator = open_locator(Settings())
    assert locator.candidates(origin(RUSSIAN, None, ())) == {"RU"}
    assert locator.candidates(origin("2a00:1148::1", None, ())) == {"RU"}
    assert "RU" not in locator.candidates(origin(AMERICAN, None, ()))
