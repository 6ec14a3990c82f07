"""Manifest: which location files are shipped, under what licence, and how each is known to be sound."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from service.locate.address import Address, bare

MANIFEST = "sources.json"
MOST_WRONG = 0.1
"""The share of known addresses that a file may miss or place elsewhere: networks do move."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """One shipped file: what `/about` must say of it, and its SHA-256 in hexadecimal."""

    name: str
    file: str
    built: str
    licence: str
    licence_url: str
    attribution: str
    attribution_url: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Golden:
    """A known address and the country that every sound source names for it."""

    address: Address
    country: str


def shipped(folder: Path) -> tuple[Shipped, ...]:
    """The files that a folder's manifest lists, none without a manifest; ValueError if it cannot be read."""
    path = folder / MANIFEST
    if not path.is_file():
        return ()
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return tuple(
            Shipped(**{field: str(source[field]) for field in Shipped.__slots__}) for source in document["sources"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{MANIFEST} cannot be read ({type(error).__name__})") from None


def pin(path: Path) -> str | None:
    """The SHA-256 that a file must have, by its folder's manifest or a `FILE.sha256` beside it, else None.

    Raises ValueError if either is there and cannot be read: a pin that is lost must not pass for no pin.
    """
    for entry in shipped(path.parent):
        if entry.file == path.name:
            return entry.sha256
    beside = path.with_name(path.name + ".sha256")
    if not beside.is_file():
        return None
    try:
        words = beside.read_text(encoding="ascii").split()
    except (OSError, ValueError) as error:
        raise ValueError(f"{beside.name} cannot be read ({type(error).__name__})") from None
    if not words or len(words[0]) != 64:
        raise ValueError(f"{beside.name} holds no SHA-256")
    return words[0].lower()


def golden(path: Path) -> tuple[Golden, ...]:
    """The known addresses in a file of `address country` lines, `#` for comments; else ValueError."""
    found: list[Golden] = []
    for number, line in enumerate(path.read_text(encoding="ascii").splitlines(), 1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        address = bare(words[0]) if len(words) == 2 else None
        if address is None:
            raise ValueError(f"{path.name}:{number}: not an address and a country")
        found.append(Golden(address, words[1]))
    return tuple(found)
