"""Passage: one text in one language, as paragraphs of plain words, links and names. Nothing in it is markup yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..law.publisher import Publisher
from ..law.wording import Speech

_PARTS = re.compile(r"\{publisher\}|\[([^\[\]]+)\]")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words; `link` is where they lead, `language` is set where they are a name in another language."""

    words: str
    link: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text; a draft is a translation that no native editor has checked."""

    language: str
    paragraphs: tuple[tuple[Run, ...], ...]
    draft: bool = False

    @property
    def plain(self) -> str:
        """The text without markup, the address of a link in brackets after its words."""
        return "\n\n".join(
            "".join(f"{run.words} ({run.link})" if run.link else run.words for run in paragraph)
            for paragraph in self.paragraphs
        )


def spoken(speech: Speech, language: str, publisher: Publisher) -> Passage:
    """What an author wrote, with the publisher's name and the links in their places."""
    name = _name(publisher, language)
    paragraphs = [_runs(part, speech, name) for part in _EMPTY_LINE.split(speech.text.strip("\n")) if part.strip()]
    return Passage(language, tuple(paragraphs), speech.draft)


def verbatim(text: str, language: str) -> Passage:
    """A text of which no letter may change."""
    return Passage(language, tuple((Run(part),) for part in _EMPTY_LINE.split(text.strip("\n"))))


def is_safe(url: str) -> bool:
    """Whether an address may stand on a reader's page: https, a host in ASCII, nobody's name or password."""
    if not url.isascii() or not url.isprintable() or any(letter in url for letter in ' \\"<>'):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False


def _name(publisher: Publisher, language: str) -> Run:
    if language in publisher.name:
        return Run(publisher.name[language])
    return Run(publisher.called(language), language="en" if language != "en" else "")


def _runs(paragraph: str, speech: Speech, name: Run) -> tuple[Run, ...]:
    runs: list[Run] = []
    end = 0
    for part in _PARTS.finditer(paragraph):
        if part.start() > end:
            runs.append(Run(paragraph[end : part.start()]))
        words = part[1]
        if words is None:
            runs.append(name)
        else:
            url = speech.links.get(words, "")
            runs.append(Run(words.replace("{publisher}", name.words), url) if is_safe(url) else Run(part[0]))
        end = part.end()
    if end < len(paragraph):
        runs.append(Run(paragraph[end:]))
    return tuple(runs)
