"""Answer: what the export says and the service says alike, from where it is made."""

from __future__ import annotations

from collections.abc import Collection

from ..web.address import _STATUS as STEMS
from ..web.address import _STATUS_WHOLE as WORDS
from ..web.address import ANYWHERE, one_code, place
from ..web.body import Body, Form, of_acts, of_frame, of_sheet
from ..web.edition import Edition, Handout, Unservable
from ..web.problem import TYPE as PROBLEM
from ..web.problem import document
from ..web.reply import ALWAYS, COMMON, FLEETING, FRAMED, LASTING, MOST, TYPES, UNKEPT, WEEK, State, token

__all__ = [
    "ALWAYS",
    "ANYWHERE",
    "COMMON",
    "FLEETING",
    "FRAMED",
    "LASTING",
    "MOST",
    "PROBLEM",
    "STEMS",
    "TYPES",
    "UNKEPT",
    "WEEK",
    "WORDS",
    "Body",
    "Edition",
    "Form",
    "Handout",
    "State",
    "Unservable",
    "document",
    "languages",
    "of_acts",
    "of_frame",
    "of_sheet",
    "one_code",
    "place",
    "token",
]


def languages(edition: Edition) -> Collection[str]:
    """Every language in which something can be said."""
    return edition._languages
