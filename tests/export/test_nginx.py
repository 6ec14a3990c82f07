"""Examination of an export behind a real nginx: it answers as the service does."""

from __future__ import annotations

import gzip
import ipaddress
import random
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote

from service.export.range import ranges
from service.law.publisher import Publisher
from service.locate import networks, origin

from .conftest import TRUSTED, Pair
from .stand import Seen

PLACES = ("any", "unknown", "AD", "RU", "RU-MOW", "UA-43", "UA", "BY", "IR", "KG-B", "HK", "russia-controlled")
KINDS = [
    *(f"notice{length}.{form}" for length in ("", ".short", ".label") for form in ("html", "json", "txt")),
    "acts.json",
]


def differences(pair: Pair, path: str, method: str = "GET", headers: Mapping[str, str] | None = None) -> list[str]:
    """What the export says otherwise than the service."""
    ours, theirs = pair.exported.ask(path, method, headers), pair.served.ask(path, method, headers)
    told = f"{method} {path} {dict(headers or {})}: "
    found = [
        f"{told}{name}: {ours.listed[name]!r} instead of {value!r}"
        for name, value in theirs.listed.items()
        if ours.listed[name] != value
    ]
    if ours.status != theirs.status:
        found.append(f"{told}status {ours.status} instead of {theirs.status}")
    if ours.body != theirs.body:
        found.append(f"{told}another body: {ours.body[:200]!r} instead of {theirs.body[:200]!r}")
    if ("ETag" in ours.headers) != ("ETag" in theirs.headers) and theirs.status == 200:
        found.append(f"{told}a tag, or none")
    return found


def languages(publisher: Publisher) -> Iterator[str]:
    yield from dict.fromkeys([*publisher.languages, *publisher.fallback, "en", "it", "tt"])


def test_every_answer_is_that_of_the_service(pair: Pair) -> None:
    found = [
        difference
        for id in pair.publishers
        for place in PLACES
        for language in languages(pair.ruleset.publishers[id])
        for kind in KINDS
        for difference in differences(pair, f"/v1/{id}/{place}/{language}/{kind}")
    ]
    assert not found, "\n".join(found[:20])


def test_pages_tables_and_styles_are_those_of_the_service(pair: Pair) -> None:
    paths = [f"/v1/{id}/reader.css" for id in pair.publishers]
    for id in pair.publishers:
        for language in languages(pair.ruleset.publishers[id]):
            paths += [f"/v1/{id}/frame/{place}/{language}/" for place in ("any", "RU-MOW", "IR", "russia-controlled")]
            paths += [f"/v1/{id}/{kind}" for kind in (f"table/{language}.json", f"check/{language}/")]
            paths.append(f"/v1/{id}/check/{language}/inside.html")
    found = [difference for path in paths for difference in differences(pair, path)]
    assert not found, "\n".join(found[:20])


def test_what_is_spelt_in_another_way_is_answered_and_kept_by_nobody(pair: Pair) -> None:
    paths = [
        f"/v1/svaboda/{place}/{language}/{kind}"
        for place in (
            "ru",
            "Ru-mow",
            "RU-9Z9",
            "ZZ",
            "zz-RU",
            "CN-HK",
            "cn-hk",
            "Russia-Controlled",
            "ANY",
            "x",
            "R%55",
        )
        for language in ("ru", "RU", "be-tarask", "be-BY", "be-Cyrl-BY", "xx", "pt-BR", "it-IT", "0", "ru_RU")
        for kind in ("notice.html", "notice.short.json", "acts.json")
    ]
    paths += [f"/v1/svaboda/frame/{place}/{language}/" for place in ("ru", "ZZ") for language in ("RU", "xx", "be-BY")]
    paths += [
        f"/v1/svaboda/{kind}" for kind in ("table/RU.json", "check/be-BY/", "check/xx/inside.html", "reader.css?a")
    ]
    paths += [
        "/v1/svaboda/RU/ru/notice.html?a=1",
        "/v1/svaboda/RU/ru/acts.json?lang=be",
        "/v1/svaboda/table/be.json?a=1",
    ]
    found = [difference for path in paths for difference in differences(pair, path)]
    assert not found, "\n".join(found[:20])


def test_what_is_refused_is_refused_alike(pair: Pair) -> None:
    kinds = ("notice.html", "notice.label.txt", "notice.json", "acts.json")
    status = ("citizen_of=RU", "x=1&Citizenship=RU", "age=3", "a-g-e", "myreaderx=1", "passport")
    paths = [
        f"/v1/svaboda/RU/{language}/{kind}?{query}"
        for language in ("ru", "uk", "xx")
        for kind in kinds
        for query in status
    ]
    paths += [f"/v1/svaboda/notice.{form}?stateless=yes" for form in ("html", "txt", "json")]
    paths += [
        f"/v1/{id}/RU/{tag}/{kind}"
        for id in ("nobody", "SVABODA", "sväboda")
        for tag in ("ru", "en", "xx")
        for kind in kinds
    ]
    paths += ["/v1/nobody/frame/RU/ru/", "/v1/svaboda/frame/RU/ru/?citizen=1", "/v1/nobody/table/ru.json"]
    paths += ["/v1/nobody/check/fa/", "/v1/nobody/reader.css", "/v1/nobody/notice.html", "/v1/nobody/notice.json"]
    paths += [
        "/v1/a/b.html",
        "/v1/a/b/c/d/e.txt",
        "/v1/a/b.json",
        "/v1/svaboda/RU/ru/notice.xml",
        "/favicon.ico",
        "/v1/",
    ]
    paths = [quote(path, safe="/?&=.:") for path in paths]
    found = [difference for path in paths for difference in differences(pair, path)]
    found += differences(pair, "/v1/svaboda/RU/ru/notice.html", "PUT")
    found += differences(pair, "/v1/svaboda/RU/ru/notice.html", "HEAD")
    assert not found, "\n".join(found[:20])


HEADERS = (
    "", "ru", "be", "uk", "uk,ru;q=0.9", "be-BY,be;q=0.9,ru;q=0.8,en-US;q=0.7,en;q=0.6", "ru-RU,ru;q=0.9,en;q=0.8",
    "it", "it-IT,it;q=0.8", "en-US,en;q=0.5", "*", "en,*;q=0.5", "de,*;q=0.1", "pt-BR,pt;q=0.9,ru;q=0.8", "ru;q=1.0",
    "ru ; q=0.9 , en ; q=0.8", "zh-Hant-TW", "xx", "be-tarask", "tt-RU,ru;q=0.9", "tt,ba;q=0.9", "RU-ru",
    "fr,it;q=0.9,es;q=0.8,pt;q=0.7,nl;q=0.6,ru;q=0.5", "en-GB,en;q=0.9,en-US;q=0.8",
)  # fmt: skip
UNREADABLE = (
    "ru;q=0.8,be", "en;q=0.1,be;q=0.9", "ru;q=0.85,be;q=0.87", "ru;q=0,be", "fr,it,es,pt,nl,sv,be;q=0.5", "ru;q=x,be",
    "ru,,be", "a" * 600, "en;level=1,be",
)  # fmt: skip
ADDRESSES = (
    "5.8.0.1", "5.8.200.1", "37.17.127.255", "37.17.128.0", "46.4.0.1", "91.200.3.255", "91.200.4.0", "91.200.8.0",
    "2.144.9.9", "1.2.3.4", "9.9.9.9", "10.1.1.1", "127.0.0.1", "198.51.100.7", "2a02:6b8::1", "2a02:6b8:8000::1",
    "2a0a:7d80::1", "2001:67c:1560::1", "2001:db8::1", "::ffff:5.8.0.1", "::1", "fe80::1",
)  # fmt: skip


def test_a_reader_is_answered_by_origin_and_language_as_by_the_service(
    pair: Pair, amount: Callable[[int, int], int]
) -> None:
    chance = random.Random(7)
    strangers = [str(ipaddress.IPv4Address(chance.getrandbits(32))) for _ in range(amount(20, 1_000))]
    strangers += [str(ipaddress.IPv6Address(0x2 << 124 | chance.getrandbits(125))) for _ in range(amount(5, 500))]
    asked = [(address, "ru", "notice.html") for address in (*ADDRESSES, *strangers)]
    asked += [("5.8.0.1", header, "notice.html") for header in HEADERS]
    asked += [
        (chance.choice(ADDRESSES), chance.choice(HEADERS), chance.choice(KINDS[:-1])) for _ in range(amount(150, 3_000))
    ]
    found: list[str] = []
    for address, header, kind in asked:
        headers = {"X-Forwarded-For": address, **({"Accept-Language": header} if header else {})}
        query = chance.choice(["", "", "?lang=be", "?lang=ru-RU", "?lang=xx", "?lang=", "?a=1"])
        found += differences(pair, f"/v1/{chance.choice(pair.publishers)}/{kind}{query}", headers=headers)
    assert not found, "\n".join(found[:20])


def test_the_way_behind_proxies_is_walked_as_the_service_walks_it(pair: Pair) -> None:
    ways = (
        "5.8.0.1, 198.51.100.7", "46.4.0.1,5.8.0.1", "5.8.0.1, not-an-address", "5.8.0.1, unknown, 198.51.100.9",
        "5.8.0.1:1234", "[2a02:6b8::1]:443", "198.51.100.7", "", "5.8.0.1," * 20 + "198.51.100.7",
        "5.8.0.1" + " " * 2100,
        "5.8.0.1,",
    )  # fmt: skip
    found = [
        difference
        for way in ways
        for difference in differences(pair, "/v1/svaboda/notice.html", headers={"X-Forwarded-For": way})
    ]
    found += differences(pair, "/v1/svaboda/notice.html")
    assert not found, "\n".join(found[:20])


def test_a_language_that_is_none_before_others_leaves_the_pages_language_open(pair: Pair) -> None:
    seen = pair.exported.ask("/v1/svaboda/notice.html", headers={"Accept-Language": "xx,ru;q=0.5"})
    assert seen.headers["Content-Language"] == "ru"


def test_a_header_that_cannot_be_read_gives_the_publishers_first_language(pair: Pair) -> None:
    for header in UNREADABLE:
        seen = pair.exported.ask("/v1/svaboda/notice.html", headers={"Accept-Language": header})
        plain = pair.exported.ask("/v1/svaboda/notice.html")
        assert (seen.headers["Content-Language"], seen.body) == ("be", plain.body), header


def test_the_ranges_are_what_every_source_together_says(pair: Pair, amount: Callable[[int, int], int]) -> None:
    chance = random.Random(11)
    found: list[str] = []
    for version, bits in ((4, 32), (6, 128)):
        named: list[tuple[int, int, str]] = []
        spots: dict[str, frozenset[str]] = {}

        def name(places: frozenset[str], spots: dict[str, frozenset[str]] = spots) -> str:
            return spots.setdefault("+".join(sorted(places)), places) and "+".join(sorted(places))

        named = list(ranges(pair.locator, version, name, networks(TRUSTED)))
        starts = [first for first, _, _ in named]
        edges = [edge for first, last, _ in named for edge in (first - 1, first, last, last + 1)]
        most = amount(2_000, 40_000)
        asked = [*chance.sample(edges, min(most, len(edges))), *(chance.getrandbits(bits) for _ in range(most))]
        make = ipaddress.IPv4Address if version == 4 else ipaddress.IPv6Address
        for number in asked:
            address = make(number)
            at = bisect_right(starts, number) - 1
            told = named[at][2] if at >= 0 and number <= named[at][1] else "unknown"
            known = origin(str(address), None, networks(TRUSTED))
            if "+".join(sorted(pair.locator.candidates(known))) != told:
                found.append(f"{address}: {told}, not {pair.locator.candidates(known)}")
    assert not found, "\n".join(found[:10])


def test_a_tag_tells_every_answer_from_every_other_at_its_address(pair: Pair) -> None:
    path = "/v1/svaboda/RU/ru/notice.html"
    first = pair.exported.ask(path)
    again = pair.exported.ask(path, headers={"If-None-Match": first.headers["ETag"]})
    other = pair.exported.ask("/v1/svaboda/IR/ru/notice.html", headers={"If-None-Match": first.headers["ETag"]})
    packed = pair.exported.ask(path, headers={"Accept-Encoding": "gzip"})
    assert (again.status, again.body, again.listed["CDN-Cache-Control"]) == (
        304,
        b"",
        first.listed["CDN-Cache-Control"],
    )
    assert other.status == 200
    assert gzip.decompress(packed.body) == first.body
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] != first.headers["ETag"]
    assert "Last-Modified" not in first.headers


def test_nothing_that_depends_on_who_asks_is_compressed_or_kept(pair: Pair) -> None:
    for path in ("/v1/svaboda/notice.html", "/v1/svaboda/ru/ru/notice.html", "/v1/nobody/RU/ru/notice.html"):
        seen = pair.exported.ask(path, headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in seen.headers
        assert seen.headers["Cache-Control"] == seen.headers["CDN-Cache-Control"] == "no-store"
        assert seen.headers["Vary"].startswith("*")


def test_nobody_reaches_a_file_past_the_addresses(pair: Pair) -> None:
    for path in (
        "/0/svaboda/RU/ru/notice.html",
        "/_caveat/kept/0/0/svaboda/RU",
        "/_caveat/fleeting/notice.html",
        "/export.json",
    ):
        assert pair.exported.ask(path).status == 404, path
    seen: Seen = pair.exported.ask("/v1/svaboda/../../../export.json")
    assert seen.status in (400, 404)
