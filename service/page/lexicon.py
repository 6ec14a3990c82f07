"""Lexicon: the page's own words as they stand in `languages/`, one file a language, for one native editor each.

A file has the parts `page`, `caution` and `check`; a part that it leaves out is English on the page. All but the
English are drafts: no native editor has checked them. What has no file has no words of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeVar

import yaml

from .language import lineage

ENGLISH = "en"
"""The language of whatever has no words in another."""

_SUFFIX = ".yaml"
_Words = TypeVar("_Words")


def _read() -> Mapping[str, Mapping[str, Any]]:
    folder = files(__package__) / "languages"
    found = sorted((file for file in folder.iterdir() if file.name.endswith(_SUFFIX)), key=lambda file: file.name)
    return MappingProxyType({file.name.removesuffix(_SUFFIX): _values(file.read_text("utf-8")) for file in found})


def _values(text: str) -> Mapping[str, Any]:
    found: dict[str, Any] = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506, this loader makes nothing but texts
    return found


FILES: Mapping[str, Mapping[str, Any]] = _read()
"""By language: what stands in its file. Every value is a text, a list of texts or a map of these."""


def part(name: str) -> dict[str, dict[str, Any]]:
    """One part of every language that has it, a list of texts as a tuple."""
    return {language: _settled(file[name]) for language, file in FILES.items() if name in file}


def spoken(words: Mapping[str, _Words], language: str) -> _Words:
    """What there is in a language or in what is looked up in its stead, else in English."""
    return next(words[tag] for tag in (*lineage(language), ENGLISH) if tag in words)


def _settled(given: dict[str, Any]) -> dict[str, Any]:
    return {
        key: tuple(value) if isinstance(value, list) else _settled(value) if isinstance(value, dict) else value
        for key, value in given.items()
    }
