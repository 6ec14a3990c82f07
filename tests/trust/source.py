"""Source: rules of our own over the code that meets requests, for leaks that no general tool knows.

What a reader sends may not reach a log, a stream, an exception's words or a template.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MEETS_REQUESTS = (
    "answer/address.py", "answer/body.py", "answer/edition.py", "answer/measure.py", "answer/problem.py",
    "answer/reply.py", "answer/shelf.py", "web/app.py", "web/crowd.py", "web/desk.py", "web/doors.py",
    "web/handout.py", "web/hatch.py", "web/inquiry.py", "web/limit.py", "web/office.py", "web/quantum.py",
    "web/response.py", "web/turn.py", "locate/address.py", "locate/codes.py", "locate/edge.py", "locate/locator.py",
    "locate/origin.py", "locate/record.py", "locate/source.py", "locate/special.py", "page/language.py",
)  # fmt: skip
"""The modules that are handed something of a reader's."""

ABOUT_SETTINGS = ("no way to find a place is called", "holds every address")
"""Words to an operator about a setting, said before the first request."""

_FOR_THE_ASKER = "BadInquiry"
"""Its words are names and limits of ours; that they never repeat what was sent is tested with the answers."""

_TEMPLATES = {"render_template", "render_template_string", "Template", "from_string"}
_SPEAKING = {"print", "say", "warn", "exception", "error", "warning", "info", "debug", "critical", "log", "write"}


def faults(name: str, text: str) -> Iterator[str]:
    """Each place where something of a request could leave the answer, as file, line and reason."""
    for node in ast.walk(ast.parse(text)):
        for reason in _reasons(node):
            yield f"{name}:{getattr(node, 'lineno', 0)}: {reason}"


def _reasons(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        called = _name(node.func)
        if called in _TEMPLATES:
            yield f"{called} makes a template of a text"
        if called in _SPEAKING:
            yield f"{called} speaks to a stream or a log"
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and not _is_excused(node.exc):
        for part in (*node.exc.args, *(keyword.value for keyword in node.exc.keywords)):
            if _is_built(part):
                yield "an exception is given words that were put together"


def _is_excused(raised: ast.Call) -> bool:
    words = "".join(str(part.value) for part in ast.walk(raised) if isinstance(part, ast.Constant))
    return _name(raised.func) == _FOR_THE_ASKER or any(excuse in words for excuse in ABOUT_SETTINGS)


def _is_built(part: ast.expr) -> bool:
    """Whether a text is put together from something: an f-string with a value, %, + or format."""
    for node in ast.walk(part):
        if isinstance(node, ast.FormattedValue):
            return True
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mod, ast.Add)):
            return True
        if isinstance(node, ast.Call) and _name(node.func) in ("format", "repr"):
            return True
    return False


def _name(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""
