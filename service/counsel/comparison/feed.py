"""Feed: the sentences of a comparison as Atom feeds (RFC 4287), one for each publisher and country.

A feed holds the changes of one comparison and is the same for the same two versions and date; its own id and those
of its entries never change, so a reader of feeds shows each sentence once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from ...law.ruleset import RuleSet
from .comparison import Comparison
from .version import Version

ATOM = "http://www.w3.org/2005/Atom"


class Entry(NamedTuple):
    """One sentence of a feed."""

    title: str
    text: str


def feeds(comparison: Comparison, before: RuleSet, after: RuleSet, updated: date) -> dict[str, bytes]:
    """The feeds that have something to say, by path: `rferl/ru.atom`."""
    versions = [Version(ruleset, {}) for ruleset in (before, after)]
    found: dict[tuple[str, str], list[Entry]] = {}
    for publisher, country, entry in _entries(comparison, versions):
        found.setdefault((publisher, country), []).append(entry)
    return {
        f"{publisher}/{country}.atom": _feed(publisher, country, entries, comparison, updated)
        for (publisher, country), entries in sorted(found.items())
    }


def _entries(comparison: Comparison, versions: list[Version]) -> Iterator[tuple[str, str, Entry]]:
    """Every sentence, for each publisher and country that it is about."""
    for change in comparison.changes:
        title = f"{change.notice}: {change.caution.value}"
        for airing in change.airings:
            for publisher in airing.publishers:
                text = f"{change.sentence}; {', '.join(map(str, airing.spans))}."
                yield publisher, _country(change.notice), Entry(title, text)
    about = _about(versions)
    for wording in comparison.wording:
        entry = Entry(f"{wording.file}: wording", f"{wording.sentence}. {wording.said}")
        for publisher, notice in about.get(wording.file, ()):
            if wording.notice in ("", notice):
                yield publisher, _country(notice), entry
    for record in comparison.records:
        for publisher, country in sorted({(name, _country(notice)) for name, notice in about.get(record.file, ())}):
            yield publisher, country, Entry(f"{record.file}: {record.matter.value}", record.sentence)


def _country(notice: str) -> str:
    return notice.partition("/")[0]


def _about(versions: list[Version]) -> dict[str, list[tuple[str, str]]]:
    """The publishers and notices that each file is about, in either version."""
    found: dict[str, set[tuple[str, str]]] = {}
    for version in versions:
        for id, notice in version.ruleset.notices.items():
            files = {f"notices/{id}.yaml", f"registers/{notice.concerns.register}.yaml"}
            files |= {f"territories/{name}.yaml" for name in version.asks_about(notice)}
            for publisher in version.ruleset.publishers:
                if version.concerns(id, publisher):
                    for file in (*files, f"publishers/{publisher}.yaml"):
                        found.setdefault(file, set()).add((publisher, id))
    return {file: sorted(pairs) for file, pairs in found.items()}


def _feed(publisher: str, country: str, entries: list[Entry], comparison: Comparison, updated: date) -> bytes:
    register_namespace("", ATOM)
    stamp = f"{updated.isoformat()}T00:00:00Z"
    feed = Element(f"{{{ATOM}}}feed")
    _add(feed, "id", _urn(publisher, country))
    _add(feed, "title", f"What readers of {publisher} are told of the law of {country.upper()}")
    _add(feed, "updated", stamp)
    _add(SubElement(feed, f"{{{ATOM}}}author"), "name", "Caveat")
    for entry in dict.fromkeys(entries):
        node = SubElement(feed, f"{{{ATOM}}}entry")
        _add(node, "id", _urn(publisher, country, comparison.before, comparison.after, *entry))
        _add(node, "title", entry.title)
        _add(node, "updated", stamp)
        _add(node, "content", entry.text)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _urn(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, "\n".join(("caveat", *parts))).urn
