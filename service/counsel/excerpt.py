"""Excerpt: a mistake as people, machines and GitHub read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from ..rulebook import Problem

Data: TypeAlias = dict[str, object]

WIDE = 110
"""How much of a long line is shown around the place of a mistake."""


def for_people(problem: Problem, sources: Mapping[str, bytes]) -> Iterator[str]:
    """The message, and below it the line with a caret under the place; a tab is shown as an arrow."""
    prefix = "warning: " if problem.severity == "warning" else ""
    yield f"{prefix}{problem}"
    at = problem.position
    lines = sources.get(at.file, b"").decode("utf-8", "replace").splitlines()
    if not 1 <= at.line <= len(lines):
        return
    line, column = _printable(lines[at.line - 1]), at.column
    if len(line) > WIDE:
        start = max(0, min(column - WIDE // 2, len(line) - WIDE))
        line, column = ("…" if start else "") + line[start : start + WIDE], column - start + bool(start)
    yield f"  {at.line:>5} | {line}"
    yield f"        | {' ' * (column - 1)}^"


def _printable(line: str) -> str:
    return "".join("→" if letter == "\t" else letter if letter.isprintable() else "�" for letter in line)


def for_github(problem: Problem, folder: str) -> str:
    """A workflow command that GitHub shows beside the line in a pull request."""
    kind = "warning" if problem.severity == "warning" else "error"
    at = problem.position
    place = f"file={_property(f'{folder}/{at.file}')},line={at.line},col={at.column}"
    return f"::{kind} {place}::{_message(f'{problem.wrong}; {problem.write}')}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def as_data(problem: Problem) -> Data:
    """For machines."""
    at = problem.position
    return {
        "file": at.file,
        "line": at.line,
        "column": at.column,
        "severity": problem.severity,
        "wrong": problem.wrong,
        "write": problem.write,
    }
