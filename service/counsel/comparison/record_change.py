"""Record change: dates, sources, registers, territories, acts, penalties and defences that were entered otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any

from ...law.act import NOT_STATED, Exposures
from ...law.calendar import Calendar
from ...law.citation import Citations, Review
from ...law.condition import Condition, walk
from ...law.notice import Notice
from ...law.publisher import Publisher
from ...law.register import Entry, Register
from ...law.ruleset import RuleSet
from ...law.standing import ALWAYS, Standing
from ...law.territory import Holding, Territory
from ..phrase import phrase
from .change import Caution


class Matter(Enum):
    """What kind of entry changed."""

    FILES = "files"
    RULES = "rules"
    DATES = "dates"
    SOURCES = "sources"
    REGISTERS = "registers"
    TERRITORIES = "territories"
    ACTS = "acts"
    PENALTIES = "penalties"
    DEFENCES = "defences"
    CHOICES = "choices"
    REVIEWS = "reviews"


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One entry, in words; what readers are told because of it stands in the changes for readers."""

    matter: Matter
    file: str
    sentence: str
    caution: Caution = Caution.OTHER


def record_changes(before: RuleSet, after: RuleSet) -> tuple[RecordChange, ...]:
    """Every entry that differs, by matter and file."""
    order = list(Matter)
    found = set(_changes(before, after))
    return tuple(sorted(found, key=lambda change: (order.index(change.matter), change.file, change.sentence)))


def _changes(before: RuleSet, after: RuleSet) -> Iterator[RecordChange]:
    for kind, old, new in (
        ("notices", before.notices, after.notices),
        ("registers", before.registers, after.registers),
        ("territories", before.territories, after.territories),
        ("publishers", before.publishers, after.publishers),
        ("units", before.units, after.units),
        ("calendars", before.calendars, after.calendars),
    ):
        mine: Mapping[str, object] = old
        theirs: Mapping[str, object] = new
        for id in sorted(mine.keys() | theirs.keys()):
            file = f"{kind}/{id}.yaml"
            one, two = mine.get(id), theirs.get(id)
            if one is None or two is None:
                yield RecordChange(Matter.FILES, file, "new file" if one is None else "file removed")
            elif one != two:
                entries = list(_of_file(file, one, two))
                yield from entries
                if not entries and kind not in ("notices", "publishers") and bare(one) != bare(two):
                    yield RecordChange(Matter.RULES, file, "written otherwise")


def _of_file(file: str, one: object, two: object) -> Iterator[RecordChange]:
    mine, theirs = getattr(one, "citations", Citations()), getattr(two, "citations", Citations())
    yield from _said(Matter.SOURCES, file, _sources(mine, theirs))
    yield from _said(Matter.REVIEWS, file, _reviews(getattr(one, "review", None), getattr(two, "review", None)))
    if isinstance(one, Notice) and isinstance(two, Notice):
        yield from _said(Matter.DATES, file, _keyed(_dated(one), _dated(two), "{}: {}"))
        yield from _acts(file, one.acts, two.acts)
        yield from _said(Matter.PENALTIES, file, _penalties(one, two))
        yield from _said(Matter.DEFENCES, file, _keyed(_defences(one), _defences(two), "{}: {}"))
        yield from _said(Matter.RULES, file, _rules(one, two))
    elif isinstance(one, Register) and isinstance(two, Register):
        yield from _said(Matter.REGISTERS, file, _registers(one, two))
    elif isinstance(one, Territory) and isinstance(two, Territory):
        yield from _said(Matter.TERRITORIES, file, _keyed(_holdings(one), _holdings(two), "{}: {}"))
    elif isinstance(one, Calendar) and isinstance(two, Calendar):
        yield from _said(Matter.DATES, file, _keyed(_occasions(one), _occasions(two), "{}: {}"))
    elif isinstance(one, Publisher) and isinstance(two, Publisher):
        yield from _said(Matter.CHOICES, file, _keyed(_choices(one), _choices(two), "{}: {}"))


def _said(matter: Matter, file: str, sentences: Iterable[str]) -> Iterator[RecordChange]:
    return (RecordChange(matter, file, sentence) for sentence in sentences)


def _keyed(old: Mapping[str, str], new: Mapping[str, str], form: str) -> Iterator[str]:
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if before is None:
            yield form.format(key, f"new, {after}")
        elif after is None:
            yield form.format(key, f"gone, was {before}")
        elif before != after:
            yield form.format(key, f"{before} became {after}")


def _stands(standing: Standing) -> str:
    if not standing.days:
        return f"always {standing.values[0].value}"
    return ", ".join(f"{state.value} from {day}" for day, state in zip(standing.days, standing.values[1:], strict=True))


def _dated(notice: Notice) -> dict[str, str]:
    found = {"the notice": _stands(notice.standing)}
    count: Counter[str] = Counter()
    for tree in filter(None, (notice.applies_when, notice.warn_when_unsure)):
        for node in walk(tree):
            if node.standing is not ALWAYS:
                name = _called(node)
                count[name] += 1
                found[f"{name} ({count[name]})" if count[name] > 1 else name] = _stands(node.standing)
    return found


def _called(node: Condition) -> str:
    return f"case {node.case}" if node.case else phrase(node).rstrip(":")


def _sources(old: Citations, new: Citations) -> Iterator[str]:
    for key in sorted(old.entries.keys() | new.entries.keys()):
        one, two = old.entries.get(key), new.entries.get(key)
        if one is None or two is None:
            there = two or one
            title = f'"{there.title}" ({there.seen.value})' if there else ""
            yield f"{key}: {'new source' if one is None else 'source removed'} {title}"
        else:
            if one.checked != two.checked:
                yield f"{key}: opened on {two.checked}, before on {one.checked}"
            for what, before, after in (
                ("title", one.title, two.title),
                ("address", one.url, two.url),
                ("grade", one.seen.value, two.seen.value),
                ("quotation", one.quote, two.quote),
            ):
                if before != after:
                    yield f'{key}: {what} "{before}" became "{after}"'


def _reviews(old: Review | None, new: Review | None) -> Iterator[str]:
    facts = ("by", "last", "next", "approved_by", "note")
    mine = {fact.replace("_", " "): str(getattr(old, fact)) or "nothing" for fact in facts} if old else {}
    theirs = {fact.replace("_", " "): str(getattr(new, fact)) or "nothing" for fact in facts} if new else {}
    yield from _keyed(mine, theirs, "{}: {}")


def _registers(old: Register, new: Register) -> Iterator[str]:
    if old.checked != new.checked:
        yield f"the list was checked on {new.checked}, before on {old.checked}"
    for what, before, after in (
        ("kept by", old.kept_by, new.kept_by),
        ("stale after", str(old.stale_after), str(new.stale_after)),
    ):
        if before != after:
            yield f"{what}: {before} became {after}"
    yield from _keyed(_entries(old.entries), _entries(new.entries), "{}: {}")


def _entries(entries: Sequence[Entry]) -> dict[str, str]:
    found: dict[str, str] = {}
    count: Counter[str] = Counter()
    for entry in entries:
        name = f"person {entry.person}" if entry.person else entry.publisher
        if entry.measures:
            name += f" ({', '.join(entry.measures)})"
        facts = [
            _stands(entry.standing), "covers all parts" if entry.covers_parts else "",
            f"decided {entry.decided}" if entry.decided else "", f"listed {entry.listed}" if entry.listed else "",
            f"ends when {entry.ends_when}" if entry.ends_when else "", f'spelled "{entry.name}"' if entry.name else "",
            f"because {entry.because}" if entry.because else "",
        ]  # fmt: skip
        count[name] += 1
        found[f"{name} #{count[name]}" if count[name] > 1 else name] = "; ".join(filter(None, facts))
    return found


def _holdings(territory: Territory) -> dict[str, str]:
    found: dict[str, str] = {}
    for how, holdings in (("wholly", territory.wholly), ("partly", territory.partly)):
        for holding in holdings:
            key = f"{holding.place} {how}"
            found[key] = "; and ".join(filter(None, (found.get(key), _holding(holding))))
    return found


def _holding(holding: Holding) -> str:
    share = f", {holding.share}" if holding.share else ""
    because = f", because {holding.because}" if holding.because else ""
    return f"{_stands(holding.standing)}{share}{because}"


def _occasions(calendar: Calendar) -> dict[str, str]:
    found = {str(one.day): f"a day of it because {one.because}" for one in calendar.occasions}
    return {"known until": str(calendar.known_until), **found}


def _acts(file: str, old: Mapping[str, Exposures], new: Mapping[str, Exposures]) -> Iterator[RecordChange]:
    nothing = Exposures.always(NOT_STATED)
    for act in sorted(old.keys() | new.keys()):
        one, two = old.get(act, nothing), new.get(act, nothing)
        if bare(one) == bare(two):
            continue
        days = sorted({*one.days, *two.days})
        quieter = two.values[0].loudness < one.values[0].loudness or any(
            two.at(day).loudness < one.at(day).loudness for day in days
        )
        caution = Caution.LESS if quieter else Caution.OTHER
        yield RecordChange(Matter.ACTS, file, f"{act}: {_risks(one)} became {_risks(two)}", caution)


def _risks(exposures: Exposures) -> str:
    risks = []
    for since, exposure in zip([None, *exposures.days], exposures.values, strict=True):
        if exposure.stated or not exposures.days:
            said = f"see {exposure.see}" if exposure.see else exposure.risk.value if exposure.stated else "not stated"
            again = f", {exposure.repeated.value} if repeated" if exposure.repeated else ""
            basis = f" by {exposure.basis.value}" if exposure.basis else ""
            because = f" because {exposure.because}" if exposure.because else ""
            risks.append(f"{said}{again}{basis}{because}{f' from {since}' if since else ''}")
    return ", then ".join(risks)


def _penalties(old: Notice, new: Notice) -> Iterator[str]:
    mine, theirs = (Counter(bare(penalty) for penalty in notice.penalties) for notice in (old, new))
    gone, come = sum((mine - theirs).values()), sum((theirs - mine).values())
    if gone or come:
        yield f"{gone} gone or changed, {come} new or changed"


def _defences(notice: Notice) -> dict[str, str]:
    return {
        one.what: "; ".join(filter(None, (", ".join(one.includes), f"because {one.because}", one.note)))
        for one in notice.defences
    }


def _rules(old: Notice, new: Notice) -> Iterator[str]:
    """What decides whom a notice is for; whether any reader is told something else is another question."""
    for part in ("kind", "basis", "concerns", "zone", "applies_when", "warn_when_unsure", "must_not_say", "examples"):
        if bare(getattr(old, part)) != bare(getattr(new, part)):
            yield f"{part} written otherwise"


def _choices(publisher: Publisher) -> dict[str, str]:
    return {
        "languages": ", ".join(publisher.languages),
        "fallback": ", ".join(f"{tag} to {' '.join(others)}" for tag, others in sorted(publisher.fallback.items())),
        "part of": publisher.part_of or "nothing",
        "run by": ", ".join(publisher.run_by) or "not said",
        "universal": "not said" if publisher.universal is None else ", ".join(publisher.universal) or "none",
        "carries": ", ".join(sorted(publisher.carries)) or "nothing",
        "held back": "hide" if publisher.hides else "fold",
        "may carry": ", ".join(sorted(publisher.may_carry)) or "nothing",
        "site": ", ".join(sorted(publisher.site)) or "nothing",
        "heading level": str(publisher.heading_level or "not said"),
        "class prefix": publisher.class_prefix or "not said",
        "browsers keep": str(publisher.browsers_keep or "not said"),
        "slots": str(sorted((id, sorted(values.items())) for id, values in publisher.slots.items())),
    }


def bare(thing: Any) -> Hashable:
    """A thing without the positions at which it stands in a file."""
    if isinstance(thing, Enum):
        return thing
    if is_dataclass(thing) and not isinstance(thing, type):
        parts = tuple(bare(getattr(thing, field.name)) for field in fields(thing) if field.name != "at")
        return type(thing).__name__, parts
    if isinstance(thing, Mapping):
        return tuple(sorted(((str(key), bare(value)) for key, value in thing.items()), key=lambda pair: pair[0]))
    if isinstance(thing, (tuple, list)):
        return tuple(bare(part) for part in thing)
    plain: Hashable = thing
    return plain
