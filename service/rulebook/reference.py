"""Reference: what one file says of another: names, circles, cases, slots and measures."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from ..law.condition import SameAs, cases, walk
from ..law.notice import Kind, Notice
from ..law.publisher import Publisher
from ..law.register import Register
from .gazetteer import area_meant
from .label import carried, orders, worded
from .node import MOST
from .problem import closest, guess, listed, quoted
from .reading import Mention
from .record import Record
from .shelf import HEAVIEST, Shelf, Volume
from .wording import cases_spoken_for

_FILES = ("notice", "register", "publisher", "territory", "unit", "calendar")


def refer(shelf: Shelf) -> None:
    """Tell every reference that does not lead where it should."""
    for volume in shelf:
        _names(volume, shelf)
    _words(shelf)
    _circles(shelf)
    registers, notices = shelf.made("register", Register), shelf.made("notice", Notice)
    for volume, record, notice in list(shelf.sound("notice", Notice)):
        _measure(volume, record, notice, registers)
        _sees_itself(volume, notice)
        orders(volume, record, notice, shelf)
    trees = {id: list(cases(notice.applies_when)) for id, notice in shelf.ruleset().notices.items()}
    for volume, record, _ in list(shelf.sound("publisher", Publisher)):
        _lists(volume, record, notices)
        _own(volume, record, notices, trees)
        carried(volume, record, notices)


def _names(volume: Volume, shelf: Shelf) -> None:
    """Names of files that are not there, each told once a file."""
    found: dict[tuple[str, str], list[Mention]] = {}
    for mention in volume.mentions:
        if mention.of in _FILES and (mention.of, mention.name) not in shelf.volumes:
            found.setdefault((mention.of, mention.name), []).append(mention)
    for (of, name), mentions in islice(found.items(), MOST):
        known = shelf.names(of)
        times = f" ({len(mentions)} times)" if len(mentions) > 1 else ""
        plural = "territories" if of == "territory" else f"{of}s"
        write = guess(name, known, f"write {plural}/{name}.yaml first")
        if of == "territory" and not closest(name, known):
            write = area_meant(name) or write
        volume.source.tell(mentions[0].at, f"unknown {of} {quoted(name)}{times}", write)


def _words(shelf: Shelf) -> None:
    """Words that files share without a file of their own; one that nobody else uses is probably misspelt."""
    for of, asked_by, told_by in (("person", "register", "publisher"), ("content", "notice", "publisher"),
                                  ("site", "notice", "publisher")):  # fmt: skip
        if not shelf.all_sound(asked_by):
            continue
        known = {mention.name for volume in shelf if volume.form == asked_by for mention in volume.mentions
                 if mention.of == of}  # fmt: skip
        where = {"person": "stands in no register", "content": "is asked for by no notice"}
        for volume in shelf:
            strange = (one for one in volume.mentions if one.of == of and one.name not in known)
            for mention in islice(strange if volume.form == told_by else (), MOST):
                said = where.get(of, "is asked for by no notice")
                write = guess(mention.name, known, "nothing comes of it")
                volume.source.warn(mention.at, f"{mention.name} {said}", write)


def _circles(shelf: Shelf) -> None:
    """Publishers that are parts of themselves, and conditions that are the same as themselves."""
    above = {id: one.part_of for id, one in shelf.made("publisher", Publisher).items()}
    same = {id: [node.notice for node in walk(one.applies_when) if isinstance(node, SameAs)]
            for id, one in shelf.made("notice", Notice).items()}  # fmt: skip
    told: set[str] = set()
    for of, key, below in (
        ("publisher", "part_of", {id: [parent] for id, parent in above.items()}),
        ("notice", "same_as", same),
    ):
        for id in sorted(below):
            circle = _circle(id, below)
            if circle and id not in told:
                told.update(circle)
                volume = shelf.volumes[of, id]
                spot = next(one.at for one in volume.mentions if one.of == of and one.name == circle[1 % len(circle)])
                wrong = f"{key} leads in a circle: {' → '.join((*circle, id))}"
                volume.source.tell(spot, wrong, f"remove one {key}: of them")
        told.clear()
    weights = shelf.weights()
    for volume, record, _ in list(shelf.sound("notice", Notice)):
        if weights[volume.id] > HEAVIEST and all(weights[target] <= HEAVIEST for target in same[volume.id]):
            wrong = f"with what same_as brings in, the condition has more than {HEAVIEST} parts"
            volume.source.tell(record.place("applies_when"), wrong, "split it")


def _circle(id: str, below: Mapping[str, list[str]]) -> tuple[str, ...]:
    """The shortest way from a name back to itself, or nothing."""
    seen = set[str]()
    ways: list[tuple[str, ...]] = [(id,)]
    while ways:
        longer: list[tuple[str, ...]] = []
        for way in ways:
            for name in below.get(way[-1], ()):
                if name == id:
                    return way
                if name not in seen:
                    seen.add(name)
                    longer.append((*way, name))
        ways = longer
    return ()


def _measure(volume: Volume, record: Record, notice: Notice, registers: Mapping[str, Register]) -> None:
    register = registers.get(notice.concerns.register)
    written = record.record("concerns")
    if register and written and (measure := written.said("measure")):
        known = {word for entry in register.entries for word in entry.measures}
        if measure not in known:
            write = guess(measure, known, f"write measures: [{measure}] in its entries")
            volume.source.tell(measure.at, f"no entry of {register.id} has the measure {quoted(measure)}", write)


def _sees_itself(volume: Volume, notice: Notice) -> None:
    for act, exposures in notice.acts.items():
        for exposure in exposures.values:
            if exposure.see == notice.id:
                volume.source.tell(exposure.at, f"{act} is said to stand in this notice itself", "write risk: instead")


def _lists(volume: Volume, record: Record, notices: Mapping[str, Notice]) -> None:
    """The kinds of the notices that a publisher lists, and the slots of the labels that it carries."""
    for key, kind in (("universal", Kind.READER_RISK), ("carries", Kind.PUBLISHER_DUTY)):
        for name in record.names(key):
            notice = notices.get(name)
            if notice and notice.kind is not kind:
                wrong = f"{name} is a {notice.kind.value}, and {key} lists {kind.value} notices"
                other = "carries" if key == "universal" else "universal"
                volume.source.tell(name.at, wrong, f"remove it, or write it under {other}:")
    own = record.record("notices")
    for name in record.names("carries"):
        notice = notices.get(name)
        if notice and notice.prescribed and notice.kind is Kind.PUBLISHER_DUTY:
            one = own.record(name) if own else None
            slots = one.record("slots") if one else None
            missing = [slot for slot in notice.prescribed.fields if not (slots and slot in slots)]
            if missing:
                strange = [slot for slot in slots or () if slot not in notice.prescribed.fields]
                missing = [slot for slot in missing if not closest(slot, strange)]
            if missing:
                many = "its slots" if len(missing) > 1 else "its slot"
                wrong = f"{name} is carried without {many} {listed(missing, 'and')}"
                volume.source.tell(name.at, wrong, f"write notices: with {name}: and slots:")


def _own(volume: Volume, record: Record, notices: Mapping[str, Notice], known: Mapping[str, list[str]]) -> None:
    """What a publisher says of a notice: which cases it speaks for, and what stands in the slots."""
    written = record.record("notices")
    for id in written or ():
        one = written.record(id) if written else None
        notice = notices.get(id)
        if one is None or notice is None:
            continue
        texts = one.record("wording")
        for language in texts or ():
            tongue = texts.record(language) if texts else None
            for verdict in ("applies", "may_apply"):
                speech = tongue.record(verdict) if tongue else None
                if speech and id in known:
                    cases_spoken_for(speech, known[id], id, volume.reading)
        worded(volume, one, notice)
        if slots := one.record("slots"):
            _slots(volume, slots, notice)


def _slots(volume: Volume, slots: Record, notice: Notice) -> None:
    fields = notice.prescribed.fields if notice.prescribed else {}
    for name in slots:
        at = slots.place(name)
        if name not in fields:
            otherwise = f"its slots are {listed(fields, 'and')}" if fields else "remove it"
            volume.source.tell(at, f"{notice.id} has no slot {name}", guess(name, fields, otherwise))
            continue
        allowed = fields[name].of
        known = frozenset(allowed)
        value = slots.said(name)
        if not allowed and value is None:
            volume.source.tell(at, f"a list in the slot {name}, which takes one text", "write a text")
        strange = (word for word in slots.names(name) if word not in known)
        for word in islice(strange if allowed else (), MOST):
            write = guess(word, allowed, f"write {listed(allowed)}")
            volume.source.tell(word.at, f"{quoted(word)} cannot stand in the slot {name}", write)
