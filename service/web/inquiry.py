"""Inquiry: what a publisher's server asks in a POST, read strictly.

A misspelt field must not read as "not known", so whatever is not understood is refused. A refusal names the field
that was expected and never what was sent.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from ..answer import address
from ..answer.edition import Edition
from ..answer.measure import MOST_TAGS
from ..law.act import ACTS
from ..law.place import UNKNOWN
from ..law.reader import NOBODY_IN_PARTICULAR, OTHER, Reader
from ..page.language import normal

LONGEST = 4096
"""Bytes of a body."""

DEEPEST = 4
OLDEST = 150

FIELDS = ("place", "language", "page_language", "content", "act", "on", "reader")
FACTS = ("citizen_of", "not_citizen_of", "stateless", "resident_of", "age", "occupation")


class BadInquiry(ValueError):
    """An inquiry that is not understood; the message is a constant and repeats nothing of it."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question about one reader; `places` as they were named, `on` None for now."""

    places: tuple[str, ...] = ()
    language: str = ""
    page_language: str | None = None
    content: frozenset[str] | None = None
    act: str = ""
    on: date | None = None
    reader: Reader = NOBODY_IN_PARTICULAR


def read(body: bytes, edition: Edition) -> Inquiry:
    """The inquiry in a body; an empty body asks about somebody of whom nothing is known. Raises `BadInquiry`."""
    given = _object(_parsed(body) if body.strip() else {}, FIELDS, "the body")
    language = normal(_text(given, "language"))
    told = _text(given, "page_language") if "page_language" in given else language
    content = None
    if "content" in given:
        content = frozenset(_texts(given, "content"))
        if not content <= edition.tags:
            raise BadInquiry("content must be a list of tags that the rules name")
        if len(content) > MOST_TAGS:
            raise BadInquiry(f"content may name at most {MOST_TAGS} tags")
    act = _text(given, "act")
    if act and act not in ACTS:
        raise BadInquiry(f"act must be one of: {', '.join(ACTS)}")
    facts = _object(given.get("reader", {}), FACTS, "reader")
    return Inquiry(
        tuple(_texts(given, "place")),
        language,
        normal(told) or None,
        content,
        act,
        _day(given),
        _reader(facts, edition),
    )


def _parsed(body: bytes) -> object:
    try:
        text = body.decode()
        _measure_depth(text)
        return json.loads(text, object_pairs_hook=_unrepeated, parse_constant=_no_number)
    except BadInquiry:
        raise
    except (ValueError, RecursionError):
        raise BadInquiry("the body must be one JSON object in UTF-8") from None


def _measure_depth(text: str) -> None:
    """Refuse deep nesting before the parser sees it."""
    depth, quoted, escaped = 0, False, False
    for letter in text:
        if quoted:
            quoted = escaped or letter != '"'
            escaped = letter == "\\" and not escaped
        elif letter == '"':
            quoted, escaped = True, False
        elif letter in "[{":
            depth += 1
            if depth > DEEPEST:
                raise BadInquiry(f"the body must not be nested deeper than {DEEPEST}")
        elif letter in "]}":
            depth -= 1


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadInquiry("a field stands twice; which one is meant cannot be known")
    return found


def _no_number(_: str) -> NoReturn:
    raise BadInquiry("NaN and Infinity are no JSON")


def _object(value: object, names: Sequence[str], what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadInquiry(f"{what} must be a JSON object with any of: {', '.join(names)}")
    for name in value:
        if name not in names:
            close = difflib.get_close_matches(name, names, 1, 0.5)
            meant = f"did you mean {close[0]}?" if close else f"{what} takes {', '.join(names)}"
            raise BadInquiry(f"unknown field: {meant}")
    return value


def _text(given: dict[str, Any], name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise BadInquiry(f"{name} must be a text")
    return value


def _texts(given: dict[str, Any], name: str) -> list[str]:
    value = given.get(name, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(text, str) and text for text in values):
        raise BadInquiry(f"{name} must be a text or a list of texts")
    return values


def _day(given: dict[str, Any]) -> date | None:
    if "on" not in given:
        return None
    text = _text(given, "on")
    try:
        if len(text) == len("2026-11-23"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadInquiry("on must be a day such as 2026-11-23")


def _reader(facts: dict[str, Any], edition: Edition) -> Reader:
    stateless, age = facts.get("stateless"), facts.get("age")
    if "stateless" in facts and not isinstance(stateless, bool):
        raise BadInquiry("stateless must be true or false; leave it out if it is not known")
    if "age" in facts and (not isinstance(age, int) or isinstance(age, bool) or not 0 <= age <= OLDEST):
        raise BadInquiry(f"age must be a whole number from 0 to {OLDEST}")
    held, lacked = _texts(facts, "citizen_of"), _texts(facts, "not_citizen_of")
    _check_countries("citizen_of", held, edition)
    _check_countries("not_citizen_of", [code for code in lacked if code != OTHER], edition)
    home = _text(facts, "resident_of")
    if home in ("", address.ANYWHERE, UNKNOWN):
        home = ""
    else:
        home = address.one_code(home)
        if not edition.ruleset.gazetteer.knows(home):
            raise BadInquiry("resident_of must be a code of ISO 3166 such as RU or UA-43")
    return Reader(
        citizen_of=frozenset(held),
        not_citizen_of=frozenset(lacked),
        stateless=stateless,
        resident_of=home or None,
        age=age,
        occupation=frozenset(_texts(facts, "occupation")),
    )


def _check_countries(name: str, codes: Collection[str], edition: Edition) -> None:
    """A country that does not exist would quietly be no passport at all."""
    if not all("-" not in code and edition.ruleset.gazetteer.knows(code) for code in codes):
        also = ' or "other"' if name == "not_citizen_of" else ""
        raise BadInquiry(f"{name} must be a country code of ISO 3166-1 such as RU, or a list of them{also}")
