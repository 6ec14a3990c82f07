"""Notice: one law, from its file."""

from __future__ import annotations

from ..law.act import Basis
from ..law.condition import Condition, During, Everyone, UnlessDetermined, walk
from ..law.example import Example
from ..law.notice import Concern, Kind, Notice
from ..law.reader import Reader
from ..law.verdict import Shown, Verdict
from ..law.zone import Zone
from .citation import citations, review, steps
from .condition import condition, once_named
from .defence import defences
from .forbidden import forbidden
from .penalty import acts, penalty
from .prescribed import prescribed
from .reading import Reading
from .record import Record
from .wording import english, wording


def notice(id: str, record: Record, reading: Reading) -> Notice:
    """The notice that a file describes; what could not be read stands for itself, and is told already."""
    read_again = review(record, reading)
    kind = Kind(record.text("kind") or Kind.READER_RISK)
    fixed = prescribed(record.record("prescribed"), reading)
    texts = record.record("wording")
    asked, unsure = record.record("applies_when"), record.record("warn_when_unsure")
    tree = condition(asked, reading) if asked else Everyone()
    once_named(tree, reading)
    for node in walk(tree) if kind is Kind.READER_RISK and "kind" not in record.broken else ():
        if isinstance(node, UnlessDetermined):
            wrong = "unless_determined in a warning, in which what is not known may be either"
            reading.source.tell(node.at, wrong, "write not: instead")
    if kind is Kind.READER_RISK and "kind" not in record.broken:
        if "prescribed" in record:
            at = record.place("prescribed")
            reading.source.tell(at, "a prescribed text in a warning to readers", "write kind: publisher-duty")
        else:
            english(texts, record, reading)
    elif "kind" not in record.broken and "prescribed" not in record:
        english(texts, record, reading)
    return Notice(
        id=id,
        title=_title(record),
        kind=kind,
        basis=Basis(record.text("basis") or Basis.STATUTE),
        concerns=_concern(record.record("concerns")),
        applies_when=tree,
        standing=steps(record, reading),
        warn_when_unsure=_plain(condition(unsure, reading), reading) if unsure else None,
        acts=acts(record.record("acts"), reading),
        penalties=tuple(penalty(one, reading) for one in record.records("penalties")),
        defences=defences(record, reading),
        wording=wording(texts, reading, approved=bool(read_again and read_again.approved)),
        prescribed=fixed,
        zone=_zone(record, kind, reading),
        must_not_say=forbidden(record, reading),
        citations=citations(record, reading),
        review=read_again,
        examples=_examples(record, reading),
        at=record.at,
    )


def _zone(record: Record, kind: Kind, reading: Reading) -> Zone | None:
    if "zone" in record and kind is Kind.READER_RISK and "kind" not in record.broken:
        wrong = "a time zone in a warning, which begins early and ends late for everybody"
        reading.source.tell(record.place("zone"), wrong, "remove it")
    return record.get("zone", Zone)


def _plain(tree: Condition, reading: Reading) -> Condition:
    """What is asked of readers elsewhere, in which nothing that is dated or a duty's has a meaning."""
    for node in walk(tree):
        if isinstance(node, During):
            reading.source.tell(node.at, "during in warn_when_unsure", "write it in applies_when:")
        elif isinstance(node, UnlessDetermined):
            reading.source.tell(node.at, "unless_determined in warn_when_unsure", "ask for the age: itself")
    return tree


def _title(record: Record) -> dict[str, str]:
    titles = record.record("title")
    if titles:
        return {str(language): titles.text(language) for language in titles}
    return {"en": record.text("title")}


def _concern(record: Record | None) -> Concern:
    if record is None:
        return Concern()
    return Concern(
        register=record.text("register"),
        measure=record.text("measure"),
        content=record.plain("content"),
        site=record.text("site"),
        at=record.at,
    )


def _examples(record: Record, reading: Reading) -> tuple[Example, ...]:
    found: list[Example] = []
    names: dict[str, int] = {}
    for one in record.records("examples"):
        name = one.said("name")
        if name and name in names:
            wrong = f"two examples are called {name}, the first in line {names[name]}"
            reading.source.tell(name.at, wrong, "give one of them another name")
        if name:
            names.setdefault(name, name.at.line)
        found.append(_example(one))
    return tuple(found)


def _example(record: Record) -> Example:
    reader = record.record("reader") or Record(record.at)
    return Example(
        name=record.text("name"),
        publisher=record.text("publisher"),
        reader=Reader(
            located_in=frozenset(reader.plain("located_in")),
            citizen_of=frozenset(reader.plain("citizen_of")),
            not_citizen_of=frozenset(reader.plain("not_citizen_of")),
            stateless=reader.get("stateless", bool),
            resident_of=reader.text("resident_of") or None,
            age=reader.get("age", int),
            occupation=frozenset(reader.plain("occupation")),
        ),
        expect=Verdict(record.text("expect") or Verdict.MAY_APPLY),
        page_language=reader.text("page_language") or None,
        shown=Shown(record.text("shown")) if record.text("shown") else None,
        doubts=frozenset(record.plain("doubts")) if "doubts" in record else None,
        content=frozenset(record.plain("content")) if "content" in record else None,
        on=record.day("on"),
        site=frozenset(record.plain("site")) if "site" in record else None,
        carries=record.flag("carries"),
        at=record.at,
    )
