"""Manifest: what a bundle says of itself, which is what is signed: JSON that can be spelt in one way only."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from .account import Account, Entry
from .archive import RULES, fits
from .refusal import Flaw, Reason

FORMAT = "caveat-bundle/1"
MOST = 999_999
"""The largest number; names of files have six digits."""
LONGEST_LIFE = timedelta(days=366)
"""How far ahead a newer one may be promised; beyond that nobody would notice its absence."""

_HASH = re.compile(r"[0-9a-f]{64}")
_RULESET = re.compile(r"[0-9a-f]{16}")
_ENTRY = tuple(field.name for field in fields(Entry))


@dataclass(frozen=True, slots=True)
class Previous:
    """The predecessor of a bundle: its number and the SHA-256 of its manifest."""

    number: int
    manifest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is signed. `files`: the SHA-256 of each rule file by its path in the bundle; `ruleset`: their fingerprint.

    `renew_by`: the day by which a newer one is promised, be it only to say that nothing changed. A set that is
    older is still served, as silence would be worse, but whoever serves it is told.
    """

    number: int
    created: date
    renew_by: date
    ruleset: str
    previous: Previous | None
    account: Account
    files: Mapping[str, str]

    @property
    def digest(self) -> str:
        """The name by which its successor knows it."""
        return sha256(self.written()).hexdigest()

    def written(self) -> bytes:
        """The manifest as a file."""
        document = {
            "format": FORMAT,
            "number": self.number,
            "created": self.created.isoformat(),
            "renew_by": self.renew_by.isoformat(),
            "ruleset": self.ruleset,
            "previous": asdict(self.previous) if self.previous else None,
            "removes": [asdict(entry) for entry in self.account.removes],
            "alters": [asdict(entry) for entry in self.account.alters],
            "adds": [asdict(entry) for entry in self.account.adds],
            "files": {name: self.files[name] for name in sorted(self.files)},
        }
        return (json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def read_manifest(data: bytes) -> Manifest:
    """The manifest in a file. Raises `Flaw`."""
    try:
        document = json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_refused, parse_float=_refused)
        if isinstance(document, dict) and document.get("format", FORMAT) != FORMAT:
            raise Flaw(
                Reason.UNKNOWN_FORMAT,
                "its manifest has a form that is not known here",
                "take a newer version of the program",
            )
        found = _manifest(document)
        same = found.written() == data
    except (ValueError, RecursionError, KeyError, TypeError):
        found, same = None, False
    if found is None or not same:
        raise Flaw(Reason.BAD_MANIFEST, "its manifest is not written as it must be", "ask whoever made it")
    return found


def _manifest(document: Any) -> Manifest:
    if set(document) != {"format", "number", "created", "renew_by", "ruleset", "previous", "removes", "alters",
                         "adds", "files"}:  # fmt: skip
        raise ValueError
    previous, files = document["previous"], document["files"]
    if previous is not None and set(previous) != {"number", "manifest"}:
        raise ValueError
    created, renew_by = date.fromisoformat(document["created"]), date.fromisoformat(document["renew_by"])
    if not lives(created, renew_by):
        raise ValueError
    names = {_text(name): _matching(_HASH, digest) for name, digest in files.items()}
    if not all(fits(name) and name.startswith(RULES) for name in names):
        raise ValueError
    return Manifest(
        _number(document["number"]),
        created,
        renew_by,
        _matching(_RULESET, document["ruleset"]),
        Previous(_number(previous["number"]), _matching(_HASH, previous["manifest"])) if previous else None,
        Account(*(tuple(_entry(each) for each in document[part]) for part in ("removes", "alters", "adds"))),
        names,
    )


def lives(created: date, renew_by: date) -> bool:
    """Whether a newer one is promised for a day that somebody will wait for."""
    return timedelta(0) < renew_by - created <= LONGEST_LIFE


def _entry(given: Any) -> Entry:
    if set(given) != set(_ENTRY) or not isinstance(given["publishers"], list):
        raise ValueError
    texts = {name: _text(given[name]) for name in _ENTRY if name != "publishers"}
    return Entry(**texts, publishers=tuple(_text(name) for name in given["publishers"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _matching(form: re.Pattern[str], value: Any) -> str:
    if not form.fullmatch(_text(value)):
        raise ValueError
    return _text(value)


def _number(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= MOST:
        raise ValueError
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _refused(_: str) -> Any:
    raise ValueError
