"""Seed: examples from which the harness begins, one kind for each target."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from service.bundle import Account, Entry, Manifest, new_key
from service.bundle.archive import packed
from service.bundle.manifest import Previous
from service.bundle.signature import signed

from ..web.house import ROOT
from .mutator import files
from .test_requests import hosts, inquiries, methods, paths, request
from .vectors import GEOGRAPHY, VECTORS

MISTAKES, SHIPPED = ROOT / "tests/mistakes", ROOT / "rules"
SMALL = MISTAKES / "good"


def values() -> Iterator[bytes]:
    """What stands in the headers of the vectors."""
    for vector in VECTORS:
        if vector.preset == "address":
            yield vector.lines.partition(b":")[2].strip(b" \r\n")


def edges() -> Iterator[bytes]:
    """A country as each CDN says it, behind the number of the CDN."""
    presets = [preset for preset, *_ in GEOGRAPHY]
    for vector in VECTORS:
        if vector.preset != "address":
            yield bytes([presets.index(vector.preset)]) + vector.lines.partition(b":")[2].strip(b" \r\n")
    for number in range(len(presets)):
        yield bytes([number]) + b"UA\n43"


def languages() -> Iterator[bytes]:
    """What browsers send, and what none should."""
    yield from (b"ru", b"uk, be;q=0.5, *;q=0.1", b"*;q=NaN", b"zh-Hant-TW;q=1e-3, en", b"en;q=1e999, fa;level=1", b",")


def parts() -> Iterator[bytes]:
    """A place or a language, and the names in a query on the lines behind it."""
    yield from (b"RU", b"UA-43\ncitizen_of\nlang", b"ru-zzz\nCitizenship", b"CN-HK", b"zh-Hant", b"unknown", b"donbas")


def bodies() -> Iterator[bytes]:
    """Inquiries, good ones and bad ones."""
    for sent in inquiries():
        yield sent.content.partition(b"\r\n\r\n")[2]
    for given in (
        {"place": "RU", "language": "en", "page_language": "ru", "content": ["lgbt"], "act": "share"},
        {"on": "2026-11-23", "reader": {"citizen_of": ["RU"], "not_citizen_of": "other", "stateless": False}},
        {"reader": {"resident_of": "UA-43", "age": 34, "occupation": ["journalist"]}},
    ):
        yield json.dumps(given).encode()


def requests() -> Iterator[bytes]:
    """Whole requests as they are sent to the real service."""
    for table in (hosts, inquiries, methods, paths):
        yield from (sent.content for sent in table())
    for vector in VECTORS:
        yield vector.before + request("/v1/rferl/notice.html", "GET", vector.lines.removesuffix(b"\r\n"))


def lines() -> Iterator[bytes]:
    """Requests as they are turned away."""
    for method in ("GET", "HEAD", "POST"):
        for path in (
            "v1/rferl/RU/en/notice.html", "v1/rferl/notice.txt", "v1/rferl/RU/ru/notice.160.txt", "v1/rferl/notice",
            "v1/rferl/frame/RU/en/", "v1/rferl/check/en/", "v1/none/RU/en/notice.short.html", "about", "v1/a/b.json",
        ):  # fmt: skip
            yield f"{method}\n{path}\nlang=ru&a=b\nuk, be;q=0.5, *;q=0.1".encode()


def texts() -> Iterator[bytes]:
    """Every value of the rule files that are wrong, and of those that are not."""
    for path in sorted(MISTAKES.rglob("*.yaml")):
        for line in path.read_bytes().splitlines():
            yield line.partition(b": ")[2] or line.strip(b" -")
    yield from (
        b"15 days",
        b"1 year",
        b"60 seconds",
        b"2026-06",
        b"3 June 2026",
        b"03.06.2026",
        b"twenty-one",
        b"1 000",
    )


def rules() -> Iterator[bytes]:
    """The rule files that ship, the small ones and the wrong ones, behind the number of a path."""
    paths = sorted(files(SMALL))
    for number, path in enumerate(paths):
        yield bytes([number]) + files(SMALL)[path]
        for other, data in files(SHIPPED).items():
            if other.partition("/")[0] == path.partition("/")[0]:
                yield bytes([number]) + data
    for number, path in enumerate(sorted(MISTAKES.glob("*.yaml"))):
        yield bytes([number % len(paths)]) + path.read_bytes()


def bundles() -> Iterator[bytes]:
    """The parts of a bundle, each behind the byte that chooses it."""
    secret = new_key()
    entry = Entry("ru/a", "rules/a.yaml", "wording en", ("rferl",), "RU", "citizens", "is not warned", "always")
    manifest = Manifest(
        2, date(2026, 11, 23), date(2027, 1, 1), "0" * 16, Previous(1, "0" * 64), Account((entry,), (entry,), (entry,)),
        {"rules/a.yaml": "0" * 64},
    )  # fmt: skip
    yield b"\x00" + packed({"manifest.json": manifest.written(), "rules/a.yaml": b"a: b\n"}, 1)
    yield b"\x40" + manifest.written()
    yield b"\x80" + signed(b"content", secret, "a comment").written()
    yield b"\xc0" + secret.public.written().encode()
