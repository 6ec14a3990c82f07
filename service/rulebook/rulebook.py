"""Rulebook: a folder of rule files as one rule set, or every mistake that keeps it from being one."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from ..law.position import Position
from ..law.ruleset import RuleSet
from .calendar import calendar
from .folder import gathered, ignored, meant, named, unknown_folder
from .forbidden import say_nothing_forbidden
from .node import MOST, Enough, Pairs, Source, composed
from .notice import notice
from .outlook import look_ahead
from .problem import Mistake, Problem, told
from .publisher import publisher
from .reading import Reading
from .record import Record
from .reference import refer
from .register import register
from .shelf import Shelf, Volume
from .territory import territory
from .unit import unit
from .vocabulary import FOLDERS, FORMS

_MADE: Mapping[str, Callable[[str, Record, Reading], object]] = {
    "notice": notice,
    "register": register,
    "territory": territory,
    "publisher": publisher,
    "unit": unit,
    "calendar": calendar,
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a folder: a linked rule set unless there is an error, all problems, and the files' bytes."""

    ruleset: RuleSet | None
    problems: tuple[Problem, ...]
    sources: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep the set from being loaded."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def load(folder: Path) -> Loaded:
    """The rule set in a folder. Never raises: what cannot be read is a problem."""
    files, problems = gathered(folder)
    if not files and problems:
        return Loaded(None, told(problems))
    return _read(files, problems)


def read(files: Mapping[str, bytes]) -> Loaded:
    """The rule set of files that are given by their paths below the rules folder. Never raises."""
    return _read({path: data for path, data in files.items() if not ignored(path)}, [])


def _read(files: Mapping[str, bytes], problems: list[Problem]) -> Loaded:
    collects = gc.isenabled()
    gc.disable()  # all of a hundred thousand values is kept, and to look for garbage among them takes as long again
    try:
        return _gathered(files, problems)
    finally:
        if collects:
            gc.enable()


def _gathered(files: Mapping[str, bytes], problems: list[Problem]) -> Loaded:
    shelf, folders = Shelf(), set[str]()
    for path in sorted(files):
        source = Source(path)
        try:
            _enter(shelf, source, files[path], folders)
        except Enough:
            wrong = f"more than {MOST} mistakes in this file"
            source.problems.append(Problem(Position(path, 1, 1), wrong, "correct those that are told first"))
        except Exception as error:  # a fault of ours in one file must not take the others' problems with it
            source.problems.append(_fault(Position(path, 1, 1), error))
        problems.extend(source.problems)
        source.told, source.closed = 0, True
        source.problems = [problem for problem in source.problems if problem.severity == "error"]
    if not shelf.names("notice") and not any(problem.severity == "error" for problem in problems):
        at = Position("notices/", 1, 1)
        wrong = "there is no notice" if files else "the folder of the rules is empty"
        problems.append(Problem(at, wrong, "write one, such as notices/ru/undesirable-organization.yaml"))
    ruleset = None
    try:
        refer(shelf)
        say_nothing_forbidden(shelf)
        look_ahead(shelf)
        problems.extend(problem for volume in shelf for problem in volume.source.problems)
        if not any(problem.severity == "error" for problem in problems):
            ruleset = replace(shelf.ruleset(), fingerprint=fingerprint(files))
    except Exception as error:
        problems.append(_fault(Position("notices/", 1, 1), error))
    return Loaded(ruleset, told(problems), dict(files))


def _enter(shelf: Shelf, source: Source, data: bytes, folders: set[str]) -> None:
    """Read one file and put it on the shelf."""
    start = Position(source.file, 1, 1)
    found = named(source.file)
    if isinstance(found, Mistake):
        folder, slash, _ = source.file.partition("/")
        if slash and folder not in FOLDERS:
            if folder not in folders:
                mistake = unknown_folder(folder)
                source.tell(Position(f"{folder}/", 1, 1), mistake.wrong, mistake.write)
            folders.add(folder)
        else:
            source.tell(start, found.wrong, found.write)
        if (as_meant := meant(source.file)) and as_meant not in shelf.volumes:
            shelf.volumes[as_meant] = Volume(*as_meant, Source(source.file), Reading(source))
        return
    form, id = found
    reading = Reading(source)
    volume = shelf.volumes[form, id] = Volume(form, id, source, reading)
    root = composed(source, data)
    if root is None:
        return
    other = _looks_like(root, form)
    if other:
        folder = next(name for name, kind in FOLDERS.items() if kind == other)
        source.tell(start, f"this is a {other}, not a {form}", f"move it to {folder}/")
        shelf.volumes.setdefault((other, id), Volume(other, id, Source(source.file), Reading(source)))
        return
    volume.record = reading.form(root, form)
    volume.made = _MADE[form](id, volume.record, reading)


def _looks_like(root: Pairs, form: str) -> str:
    """The form that a file has instead of the one that its folder asks for."""
    if sum(key not in FORMS[form].keys for key in root.pairs) < 2:
        return ""
    for other in FOLDERS.values():
        keys = FORMS[other].keys
        if all(key in keys for key in root.pairs) and all(key in root.pairs for key in keys if keys[key].must):
            return other
    return ""


def _fault(at: Position, error: Exception) -> Problem:
    """A fault of the program, which stops the set from being loaded but nothing else."""
    return Problem(at, f"the program failed on this ({type(error).__name__})", "report it, with this file")


def fingerprint(files: Mapping[str, bytes]) -> str:
    """Sixteen hexadecimal digits that name a set of files."""
    digest = sha256()
    for path in sorted(files):
        for part in (path.encode(errors="surrogateescape"), files[path]):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:16]
