"""Prescribed: what a law prescribes for a label, from its file."""

from __future__ import annotations

from itertools import islice

from ..law.prescribed import MANNERS, SAME_AS_THE_MATERIAL, Element, Fixed, Look, Prescribed, Showing, Slot
from .citation import in_order
from .lock import fingerprint_of
from .node import MOST
from .problem import closest
from .reading import Reading
from .record import Record, Said
from .text import slots
from .wording import spot

WAYS = ("text", "one_of", "elements", "from_order")
"""How a label can be prescribed; of a version exactly one."""


def prescribed(record: Record | None, reading: Reading) -> Prescribed | None:
    """What a law prescribes; a hash is over the text with the names of its slots in place."""
    if record is None:
        return None
    rows = record.records("versions")
    if "versions" not in record:
        return _version(record, reading)
    in_order(rows, reading)
    for key in ("language", "written_in", "slots", "linked", "form"):
        if key in record:
            wrong = f"{key} beside versions"
            reading.source.tell(record.place(key), wrong, f"write {key}: in each version that has it")
    versions = [_version(row, reading) for row in rows]
    if not versions:
        return Prescribed("", at=record.at)
    first = versions[0]
    return Prescribed(
        first.language, first.text, first.hash, first.slots, first.because, record.at, first.others, first.follows,
        first.linked, first.from_order, first.elements, first.looks, first.since, tuple(versions[1:]),
    )  # fmt: skip


def _version(record: Record, reading: Reading) -> Prescribed:
    """One version: from a day on, or for good."""
    text = record.said("text") or Said.of("", record.at)
    options = [(one.said("text") or Said.of("", one.at), one) for one in record.records("one_of")]
    fields = _fields(record.record("slots"), [text, *(option for option, _ in options)], record, reading)
    fixed = [_locked(option, one, reading) for option, one in options]
    alone = _locked(text, record, reading) if text else Fixed("", "")
    if not text and "hash" in record and "text" not in record:
        reading.source.tell(record.place("hash"), "a hash without a text", "write it beside its text:")
    chosen, *others = fixed or [alone]
    language, follows = _language(record, bool(chosen.text), reading)
    return Prescribed(
        language=language,
        text=chosen.text,
        hash=chosen.hash,
        slots=fields,
        because=record.text("because"),
        at=record.at,
        others=tuple(others),
        follows=follows,
        linked=record.flag("linked"),
        from_order=record.flag("from_order"),
        elements=_elements(record, reading),
        looks=tuple(_look(medium, form.record(medium)) for form in [record.record("form")] if form for medium in form),
        since=record.partial("from"),
    )


def _language(record: Record, worded: bool, reading: Reading) -> tuple[str, bool]:
    """The language of the texts as they stand here, and whether a label has to be in that of the material."""
    said, written = record.text("language"), record.text("written_in")
    if record.broken & {"language", "written_in", "", *WAYS}:
        return said if said != SAME_AS_THE_MATERIAL else written, said == SAME_AS_THE_MATERIAL
    if said == SAME_AS_THE_MATERIAL:
        if worded and not written:
            wrong = "nothing says in which language the text is written here"
            reading.source.tell(record.place("language"), wrong, "write written_in: and a language, such as en")
        return written, True
    if written:
        wrong = "written_in beside a language that is not that of the material"
        reading.source.tell(record.place("written_in"), wrong, "remove it")
    if worded and not said:
        reading.source.tell(record.at, "language is missing", "write language: and a language, such as ru")
    return said, False


def _fields(written: Record | None, texts: list[Said], record: Record, reading: Reading) -> dict[str, Slot]:
    """The slots, each of which has to stand in some text, and every slot of a text among them."""
    fields = {str(name): _slot(str(name), written.record(name)) for name in written} if written else {}
    if written is not None and written.broken:
        return fields
    known = tuple(written.where) if written else ()
    used: list[str] = []
    for text in texts:
        for offset, mistake in islice(slots(text, known), MOST + 1):
            reading.source.tell(spot(reading.source, text, offset), mistake.wrong, mistake.write)
            used.append(text[offset + 1 :].partition("}")[0])
    whole = "".join(texts)
    for name in known if whole else ():
        if "{" + name + "}" not in whole and not any(closest(one, [name]) for one in used):
            reading.source.tell(
                written.place(name) if written else record.at,
                f"the slot {name} does not stand in the text",
                f"write {{{name}}} in the text, or remove the slot",
            )
    return fields


def _slot(name: str, record: Record | None) -> Slot:
    if record is None:
        return Slot(name)
    return Slot(name, record.plain("of"), record.text("join"), record.text("list"))


def _locked(text: Said, record: Record, reading: Reading) -> Fixed:
    """A text with its hash; one that is missing or no longer right is told, unless a slot in it is wrong as well."""
    right = fingerprint_of(text)
    told = {problem.position.line for problem in reading.source.problems}
    lines = range(text.at.line, text.at.line + text.count("\n") + 2)
    if text and told.isdisjoint(lines):
        hash = record.said("hash")
        if hash and hash != right:
            reading.source.tell(hash.at, "the prescribed text has changed", f"if on purpose, write hash: {right}")
        elif hash is None and "hash" not in record.broken and "hash" not in record and "" not in record.broken:
            reading.source.tell(record.place("text"), "the prescribed text has no hash", f"write hash: {right}")
    return Fixed(str(text), right, text.at)


def ordered(record: Record, reading: Reading) -> Fixed | None:
    """The text that came with an order, in an entry of a register."""
    text = record.said("text")
    if text is None:
        return None
    if "language" not in record and not record.broken & {"", "language"}:
        wrong = "the text of an order without its language"
        reading.source.tell(record.place("text"), wrong, "write language: and a language, such as en")
    if slip := next(slots(text, ()), None):
        wrong = "a slot or a brace in the text of an order"
        reading.source.tell(spot(reading.source, text, slip[0]), wrong, "write the text as it came")
    return _locked(text, record, reading)


def _elements(record: Record, reading: Reading) -> tuple[Element, ...]:
    found: dict[str, Element] = {}
    for row in record.records("elements"):
        name = row.said("name")
        if name and name in found:
            wrong = f"two elements are called {name}, the first in line {found[name].at.line}"
            reading.source.tell(name.at, wrong, "give one of them another name")
        elif name:
            found[str(name)] = Element(str(name), row.text("say"), row.text("when"), row.text("because"), name.at)
    return tuple(found.values())


def _look(medium: str, record: Record | None) -> Look:
    if record is None:
        return Look(medium)
    return Look(
        medium=str(medium),
        manners={manner: record.text(manner) for manner in MANNERS if record.text(manner)},
        shows=tuple(
            Showing(one.text("at"), one.text("for"), one.text("covers"), one.text("dismiss"))
            for one in record.records("shows")
        ),
        every_item=record.flag("every_item"),
        judged=record.plain("judged_by_hand"),
        because=record.text("because"),
    )
