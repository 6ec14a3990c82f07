"""Folder: which files of a folder are rules, and the names that their paths give them."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ..law.position import Position
from .gazetteer import gazetteer
from .node import SIZE
from .problem import Mistake, Problem, closest, listed, quoted
from .scalar import tag
from .vocabulary import FOLDERS

_UNREAD = {"README.md", "LICENSE"}
_FLAT = ("publishers", "territories")
"""Folders whose files are named in addresses, and so have no folders below them."""
_RESERVED = {"any", "unknown"}
_UNIONS = {"eu"}
"""Codes that ISO 3166 reserves for unions of countries that make laws."""


def ignored(path: str) -> bool:
    """Whether a file is no rule: hidden, an editor's copy, the schemas, or words about the rules."""
    parts = PurePosixPath(path).parts
    if not parts or parts[0] == "schema" or parts[-1] in _UNREAD:
        return True
    return any(part.startswith((".", "#")) or part.endswith("~") for part in parts)


def named(path: str) -> tuple[str, str] | Mistake:
    """The form of a file and the name that its path gives it."""
    folder, slash, rest = path.partition("/")
    if not slash:
        return Mistake("a file outside the folders", f"move it to {listed(f'{name}/' for name in FOLDERS)}")
    if folder not in FOLDERS:
        return unknown_folder(folder)
    stem, dot, ending = rest.rpartition(".")
    if not dot or ending != "yaml":
        wrong = f"the file ends in .{ending}" if dot else "the file has no ending"
        yaml = ending.lower() in ("yml", "yaml")
        return Mistake(wrong, "rename it to .yaml" if yaml else "rules end in .yaml; move it out of the rules")
    if tag(stem) != stem:
        plain = re.sub(r"[^a-z0-9/]+", "-", stem.lower()).strip("-/")
        write = f"rename it to {plain}.yaml" if tag(plain) == plain else "rename it"
        return Mistake("a file's name has small letters, digits and hyphens", write)
    if folder in _FLAT and "/" in stem:
        return Mistake(f"a folder below {folder}/", f"move the file to {folder}/")
    if folder == "territories" and stem in _RESERVED:
        return Mistake(f"{stem} is a word of the service's own", "give the territory another name")
    country, below, _ = stem.partition("/")
    lawmaker = country in _UNIONS or ("-" not in country and gazetteer().knows(country.upper()))
    if folder == "notices" and not (below and lawmaker):
        where = f"{quoted(country)} is no country's code" if below else "a notice outside its country's folder"
        return Mistake(where, "move it to a folder such as notices/ru/")
    return FOLDERS[folder], stem


def meant(path: str) -> tuple[str, str] | None:
    """The form and name that a misnamed file was probably to have, so that it is not missed as well."""
    folder, _, rest = path.partition("/")
    kind = FOLDERS.get(closest(folder, FOLDERS))
    name = re.sub(r"[^a-z0-9/]+", "-", rest.rsplit(".", 1)[0].lower()).strip("-/")
    return (kind, name) if kind and name else None


def unknown_folder(folder: str) -> Mistake:
    """What to say of a folder that holds nothing that is known."""
    meant = closest(folder, FOLDERS)
    write = f"did you mean {meant}/?" if meant else f"the folders are {listed((f'{name}/' for name in FOLDERS), 'and')}"
    return Mistake(f"unknown folder {folder}/", write)


def gathered(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The bytes of every file that may be a rule, by its path below the folder, and what could not be read."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    if not folder.is_dir():
        return {}, [Problem(Position(_shown(folder.name or str(folder)), 1, 1), "there is no such folder",
                            "name the folder of the rules")]  # fmt: skip
    for path, real in _walk(folder, folder, set(), problems):
        try:
            if not stat.S_ISREG(real.stat().st_mode):
                problems.append(Problem(Position(path, 1, 1), "this is no plain file", "move it out of the rules"))
                continue
            with real.open("rb") as stream:
                files[path] = stream.read(SIZE + 1)
        except OSError as error:
            problems.append(_unreadable(path, error))
    return files, problems


def _walk(folder: Path, root: Path, above: set[tuple[int, int]], problems: list[Problem]) -> Iterator[tuple[str, Path]]:
    """Every file below a folder; a link to a folder is followed, unless it leads back up."""
    shown = _shown(folder.relative_to(root).as_posix())
    try:
        found = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(_unreadable(f"{shown}/", error))
        return
    here = (found.st_dev, found.st_ino)
    if here in above:
        problems.append(Problem(Position(f"{shown}/", 1, 1), "this link leads back to a folder above it", "remove it"))
        return
    for entry in entries:
        real = Path(entry.path)
        path = _shown(real.relative_to(root).as_posix())
        if ignored(path):
            continue
        if entry.is_dir():
            yield from _walk(real, root, above | {here}, problems)
        else:
            yield path, real


def _unreadable(path: str, error: OSError) -> Problem:
    why = (os.strerror(error.errno) if error.errno else type(error).__name__).lower()
    return Problem(Position(path, 1, 1), f"this cannot be read ({why})", "let the service read it, or remove it")


def _shown(path: str) -> str:
    """A path that can be printed, whatever bytes and characters it has."""
    text = path.encode(errors="surrogateescape").decode(errors="backslashreplace")
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)
