"""Publisher: a website or a brand of one, from its file."""

from __future__ import annotations

from datetime import timedelta

from ..law.prescribed import Label
from ..law.publisher import Publisher
from ..law.wording import Wording
from .citation import citations, review
from .label import label
from .problem import guess, listed
from .reading import Reading
from .record import Record
from .wording import own_wording, speeches


def publisher(id: str, record: Record, reading: Reading) -> Publisher:
    """The publisher that a file describes."""
    read_again = review(record, reading)
    names = record.record("name")
    _fallbacks(record, reading)
    said = record.record("notices")
    own: dict[str, Wording] = {}
    slots: dict[str, dict[str, str | tuple[str, ...]]] = {}
    labels: dict[str, Label] = {}
    for notice in said or ():
        one = said.record(notice) if said else None
        if one and (texts := one.record("wording")):
            own[str(notice)] = own_wording(texts, reading, approved=bool(read_again and read_again.approved))
        if one and (values := one.record("slots")):
            slots[str(notice)] = {
                str(name): values.text(name) if values.said(name) else values.plain(name) for name in values
            }
        if one:
            labels[str(notice)] = label(one)
    page = record.record("page")
    kept = page.get("browsers_keep", timedelta) if page else None
    return Publisher(
        id=id,
        name={str(tongue): names.text(tongue) for tongue in names} if names else {"en": record.text("name")},
        languages=record.plain("languages"),
        fallback=_fallback(record.record("fallback")),
        part_of=record.text("part_of"),
        run_by=record.plain("run_by"),
        universal=record.plain("universal") if "universal" in record else None,
        universal_text=speeches(record.record("universal_text"), reading),
        carries=frozenset(record.plain("carries")),
        hides=record.text("held_back") == "hide",
        may_carry=frozenset(record.plain("may_carry")),
        site=frozenset(record.plain("site")),
        own=own,
        slots=slots,
        labels={notice: said for notice, said in labels.items() if said != Label()},
        heading_level=int(page.text("heading_level") or 2) if page else 2,
        class_prefix=(page.text("class_prefix") if page else "") or "rdr",
        browsers_keep=int(kept.total_seconds()) if kept else 0,
        citations=citations(record, reading, all_used=False),
        review=read_again,
        at=record.at,
    )


def _fallback(record: Record | None) -> dict[str, tuple[str, ...]]:
    return {str(language): record.plain(language) for language in record} if record else {}


def _fallbacks(record: Record, reading: Reading) -> None:
    """Tell a fall-back to a language that the publisher does not have, or for one that it has."""
    languages, written = record.plain("languages"), record.record("fallback")
    if not written or "languages" in record.broken:
        return
    for language in written:
        if language in languages:
            wrong = f"a fall-back for {language}, in which it publishes"
            reading.source.tell(written.place(language), wrong, "remove it")
        for other in written.names(language):
            if other not in languages:
                write = guess(other, languages, f"write one of its languages: {listed(languages)}")
                reading.source.tell(other.at, f"a fall-back to {other}, in which it does not publish", write)
