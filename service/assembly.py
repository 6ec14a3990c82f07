"""Assembly: the settings, and how the parts are put together. Only the command line imports this."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .bundle import BadKey, Found, Shelf, read_trust
from .locate import Edge, Locator, Network, edge, networks, origin, shipped
from .page.grade import Grade
from .rulebook import Loaded, load

if TYPE_CHECKING:
    from .web.desk import PlaceSource
    from .web.library import Library, Load

PREFIX = "CAVEAT_"
HOME = Path(__file__).resolve().parent.parent
"""Where the rules and location data stand that ship with the service."""


class BadSetting(Exception):
    """A setting that cannot be used; the message says which, why and what to write."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set, each with a default under which the service runs."""

    rules: Path = HOME / "rules"
    geo: tuple[Path, ...] | None = None
    place_from: Edge | None = None
    trusted_proxies: tuple[Network, ...] = ()
    grade: Grade = Grade.SOURCED
    bind: str = "127.0.0.1:8080"
    admin_bind: str = ""
    workers: int = 0
    trusted_keys: tuple[Path, ...] = ()


NAMES = tuple(field.name for field in fields(Settings))


def read_settings(given: Mapping[str, str | None], environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from flags, else from `CAVEAT_*` variables, else their defaults. Raises `BadSetting`."""
    texts: dict[str, str] = {}
    for variable, value in environment.items():
        if variable.startswith(PREFIX):
            name = variable.removeprefix(PREFIX).lower()
            if name not in NAMES or variable != PREFIX + name.upper():
                raise BadSetting(f"unknown setting {variable}{_suggestion(variable)}")
            texts[name] = value
    texts |= {name: value for name, value in given.items() if value is not None}
    values: dict[str, object] = {}
    for name, text in texts.items():
        if text.strip():
            values[name] = _read(name, text.strip())
    return Settings(**values)  # type: ignore[arg-type]


def _suggestion(variable: str) -> str:
    close = difflib.get_close_matches(variable.upper().removeprefix(PREFIX).lower(), NAMES, 1)
    if close:
        return f": did you mean {PREFIX}{close[0].upper()}?"
    return "; the settings are " + ", ".join(PREFIX + name.upper() for name in NAMES)


def _read(name: str, text: str) -> object:
    variable = PREFIX + name.upper()
    if name == "rules":
        return Path(text)
    if name in ("geo", "trusted_keys"):
        return tuple(Path(part.strip()) for part in text.split(",") if part.strip())
    if name == "workers":
        if not text.isdecimal() or not 1 <= int(text) <= 256:
            raise BadSetting(f"{variable} must be a number from 1 to 256")
        return int(text)
    if name in ("bind", "admin_bind"):
        host, colon, port = text.rpartition(":")
        if not colon or not host or not port.isdecimal() or not 0 < int(port) < 65536:
            raise BadSetting(f"{variable} must be an address and a port, such as 127.0.0.1:8080")
        return text
    readers: dict[str, Callable[[str], object]] = {"place_from": edge, "trusted_proxies": networks, "grade": Grade}
    try:
        return readers[name](text)
    except ValueError as error:
        raise BadSetting(
            f"{variable}: {error}" if name != "grade" else f"{variable} must be sourced or approved"
        ) from None


def load_rules(settings: Settings) -> Loaded:
    """The rule set in use, or its mistakes."""
    return load(settings.rules)


def open_locator(settings: Settings) -> Locator:
    """The location sources: the operator's own, else those that ship with the service."""
    data = HOME / "data"
    files: Sequence[Path] = settings.geo if settings.geo is not None else [data / one.file for one in shipped(data)]
    return Locator(files, data / "golden.txt")


def open_library(settings: Settings, tell: Callable[[str], object]) -> Library:
    """The rules as they are served and reloaded.

    Raises `Unservable` where there is nothing that could be, and `BadSetting` for keys that are none.
    """
    from .web.library import Library

    library: Library | None = None

    def heard(line: str) -> None:
        if library is None or library.leads:  # several processes read the same bundle; one of them tells
            tell(line)

    library = Library(settings.rules, _loader(settings, heard), settings.grade, tell=tell)
    library.open()
    return library


def _loader(settings: Settings, tell: Callable[[str], object]) -> Load:
    """How the rules are read: a folder of files or, where keys are trusted, bundles and nothing else."""
    if not settings.trusted_keys:
        if settings.rules.is_file():
            raise BadSetting(f"{PREFIX}RULES is a file: {PREFIX}TRUSTED_KEYS must name the keys that may sign a bundle")
        return load
    from .counsel.account import weigh

    try:
        shelf = Shelf(read_trust(settings.trusted_keys), weigh)
    except BadKey as wrong:
        raise BadSetting(f"{PREFIX}TRUSTED_KEYS: {wrong}") from None

    def taken(place: Path) -> Found:
        found = shelf.load(place)
        if found.ruleset is not None:  # what was refused beside it; where nothing was taken, the library tells of it
            for problem in found.problems:
                tell(str(problem))
            tell(shelf.line(datetime.now(UTC).date()))
        return found

    return taken


def place_source(settings: Settings, locator: Locator) -> PlaceSource:
    """How a request is placed: by its address, or by what a CDN says of it; never both."""
    trusted, cdn = settings.trusted_proxies, settings.place_from
    if cdn is not None:
        return lambda peer, header: cdn.candidates(peer, header, trusted)
    return lambda peer, header: locator.candidates(origin(peer, header("X-Forwarded-For"), trusted))


def attributions() -> str:
    """What `/about` prints of the location data that ship with the service."""
    return "\n".join(
        f"{one.name} (built {one.built}), {one.licence}: {one.attribution or one.attribution_url}"
        for one in shipped(HOME / "data")
    )
