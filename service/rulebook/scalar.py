"""Scalar: texts with a type, each read into its value or a mistake."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from urllib.parse import urlsplit

from ..law.prescribed import SAME_AS_THE_MATERIAL
from ..law.publisher import fits_as_prefix
from ..law.reader import OTHER
from . import date, gazetteer
from .problem import Mistake, closest, listed, quoted
from .zone import zone

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TAG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")
_CURRENCY = re.compile(r"[A-Z]{3}")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)
_REPLACED = {"BYR": "BYN", "RUR": "RUB", "TRL": "TRY", "UAK": "UAH", "KGZ": "KGS", "IRT": "IRR"}
_LONGEST_NAME = 64
_YES, _NO = ("yes", "true", "y", "on", "1", "да"), ("no", "false", "n", "off", "0", "нет")


def flag(text: str) -> bool | Mistake:
    """`yes` or `no`, and nothing else."""
    if text in ("yes", "no"):
        return text == "yes"
    if text.lower() in _YES + _NO:
        return Mistake(f"{quoted(text)} is neither yes nor no", f"write {'yes' if text.lower() in _YES else 'no'}")
    return Mistake(f"{quoted(text)} is neither yes nor no", "write yes or no")


def choice(text: str, options: tuple[str, ...], wanted: str = "", key: str = "") -> str | Mistake:
    """One of a closed list; `wanted` is what it is one of, `key` where it stands."""
    if text in options:
        return text
    meant = closest(text.replace("_", " "), options) or closest(text, options)
    write = f"did you mean {meant}?" if meant else f"write {listed(options)}"
    if wanted or not key:
        return Mistake(f"{quoted(text)} is not {wanted or 'one of the words that can stand here'}", write)
    return Mistake(f"{key} cannot be {quoted(text)}", write)


def identifier(text: str) -> str | Mistake:
    """A name of small letters, digits and hyphens."""
    return _named(text, _ID, "small letters, digits and hyphens")


def tag(text: str) -> str | Mistake:
    """A name that may have a folder before it, such as `ru/federal-list`."""
    return _named(text, _TAG, "small letters, digits and hyphens, with / between folders")


def _named(text: str, form: re.Pattern[str], of: str) -> str | Mistake:
    if form.fullmatch(text) and len(text) <= _LONGEST_NAME:
        return text
    if len(text) > _LONGEST_NAME:
        return Mistake(f"the name {quoted(text)} has more than {_LONGEST_NAME} characters", "write a shorter one")
    plain = re.sub(r"[^a-z0-9/]+", "-", text.lower()).strip("-/")
    write = f"write {plain}" if form.fullmatch(plain) else "write another name"
    return Mistake(f"the name {quoted(text)} has more than {of}", write)


def area(text: str) -> str | Mistake:
    """The name of a territory, which is looked up later, or a code."""
    if gazetteer.looks_like_code(text):
        return gazetteer.place(text)
    if identifier(text) != text or gazetteer.gazetteer().knows(text.upper()):
        return gazetteer.place(text)
    return text


def other_country(text: str) -> str | Mistake:
    """A country, or `other` for all that are not named."""
    return text if text == OTHER else gazetteer.country(text)


@cache
def _currencies() -> frozenset[str]:
    import pycountry

    return frozenset(str(money.alpha_3) for money in pycountry.currencies)


def currency(text: str) -> str | Mistake:
    """A code of ISO 4217."""
    if text in _currencies():
        return text
    if text.upper() in _currencies():
        return Mistake(f"{quoted(text)} is no code of a currency", f"write {text.upper()}")
    meant = _REPLACED.get(text.upper(), "")
    if not meant and _CURRENCY.fullmatch(text.upper()):
        meant = closest(text.upper(), [code for code in _currencies() if code[:2] == text[:2].upper()])
    return Mistake(
        f"unknown currency {quoted(text)}", f"did you mean {meant}?" if meant else "write its code, such as RUB"
    )


def link(text: str) -> str | Mistake:
    """An https address with a host in ASCII, and nobody's name or password."""
    shown = quoted(text, 60)
    if text.startswith("http://"):
        return Mistake(f"{shown} is not encrypted", f"write https://{text.removeprefix('http://')}")
    if not text.startswith("https://"):
        write = (
            f"write https://{text.removeprefix('//')}"
            if _HOST.match(text.removeprefix("//"))
            else "write the whole address"
        )
        return Mistake(f"{shown} does not begin with https://", write)
    if not text.isascii() or not text.isprintable() or any(letter in text for letter in ' \\"<>^`{|}'):
        return Mistake(f"{shown} has characters that an address cannot have", "copy it from the browser's address bar")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return Mistake(f"{shown} is no address", "copy it from the browser's address bar")
    if "@" in parts.netloc:
        return Mistake(f"{shown} carries a name or a password", "write the address without what stands before @")
    if not _HOST.fullmatch(host) or port == 0:
        return Mistake(f"{shown} has no host that can be found", "copy it from the browser's address bar")
    return text


def label_language(text: str) -> str | Mistake:
    """A language, or the words that say that it is that of the material."""
    if text == SAME_AS_THE_MATERIAL:
        return text
    if closest(text, [SAME_AS_THE_MATERIAL]):
        return Mistake(f"unknown language {quoted(text)}", f"write {SAME_AS_THE_MATERIAL}")
    return gazetteer.language(text)


def verbatim(text: str) -> str | Mistake:
    """A text whose spaces count."""
    return text


def prefix(text: str) -> str | Mistake:
    """How the classes of a fragment begin."""
    if fits_as_prefix(text):
        return text
    if fits_as_prefix(text.lower()):
        return Mistake(f"{quoted(text)} has capital letters", f"write {text.lower()}")
    return Mistake(
        f"{quoted(text)} is no beginning of a class, or has a word that blockers hide",
        "write a few small letters, such as rdr",
    )


SCALARS: Mapping[str, Callable[[str], object]] = {
    "flag": flag, "number": date.whole_number, "decimal": date.decimal_number, "day": date.whole_day,
    "partial day": date.partial_day, "term": date.term, "span": date.span, "country": gazetteer.country,
    "other country": other_country, "place": gazetteer.place, "candidate": gazetteer.candidate, "area": area,
    "language": gazetteer.language, "link": link, "id": identifier, "tag": tag, "currency": currency,
    "verbatim": verbatim, "label language": label_language, "life": date.life, "prefix": prefix,
    "near": date.near, "zone": zone,
}  # fmt: skip
"""How a text of each type is read; each gives a value, or a `Mistake`."""
