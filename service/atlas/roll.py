"""Roll: the publishers in each register, with the days that count and the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from ..law.register import Entry, Register
from ..law.ruleset import RuleSet
from ..law.standing import State
from .frame import country, file_of, folded, joined, link, slug, table, words_of

STATES: Mapping[State, str] = {State.ENDED: "removed", State.SUSPENDED: "suspended", State.IN_DOUBT: "in doubt"}


def roll(ruleset: RuleSet) -> Markup:
    """Every register, folded, in the order of countries."""
    return joined(folded(_summary(register), joined(_register(ruleset, register)))
                  for _, register in sorted(ruleset.registers.items()))  # fmt: skip


def _summary(register: Register) -> Markup:
    code = register.id.partition("/")[0].upper()
    return Markup("{}: {} ({})").format(country(code), register.title, _entries(len(register.entries)))


def _entries(count: int) -> str:
    return "1 entry here" if count == 1 else f"{count} entries here"


def _register(ruleset: RuleSet, register: Register) -> Iterator[Markup]:
    until = f" A check holds for {register.stale_after.days} days." if register.stale_after else ""
    checked = f"last checked on {words_of(register.checked)}."
    kept = register.kept_by.rstrip(".")
    note = "Only names of publishers in this library are here, not all that the register has."
    yield Markup("<p>Kept by {}; {}{} {}</p>").format(kept, checked, until, note)
    if register.entries:
        rows = [_row(ruleset, register, entry) for entry in register.entries]
        yield table("", ("who", "decided", "listed", "what it covers", "source"), rows)
    asking = [notice for _, notice in sorted(ruleset.notices.items()) if notice.concerns.register == register.id]
    if asking:
        items = joined(
            (Markup('<li><a href="{}#{}">{}</a></li>').format(file_of(one.jurisdiction), slug(one.id), one.title["en"])
             for one in asking), "",
        )  # fmt: skip
        yield Markup("<p>What hangs on it:</p>\n<ul>{}</ul>").format(items)
    if register.review and register.review.note:
        yield Markup("<p>Still to be checked: {}</p>").format(register.review.note)


def entry_dates(entry: Entry) -> str:
    """When somebody was listed, in words, and whether they still are."""
    parts = [f"decided {entry.decided}" if entry.decided else "", f"listed {entry.listed}" if entry.listed else ""]
    parts += _ends(entry)
    return ", ".join(filter(None, parts))


def _ends(entry: Entry) -> list[str]:
    steps = zip(entry.standing.days, entry.standing.values[1:], strict=True)
    return [f"{STATES[state]} from {day.isoformat()}" for day, state in steps if state in STATES]


def source_of(register: Register, entry: Entry) -> tuple[str, str]:
    """The title and the address of an entry's source."""
    cited = register.citations.entries.get(entry.because)
    return (cited.title, cited.url) if cited else ("", "")


def _row(ruleset: RuleSet, register: Register, entry: Entry) -> tuple[Markup | str, ...]:
    listed = ruleset.publishers.get(entry.publisher)
    who = listed.called("en") if listed else entry.publisher or entry.person
    name = Markup("{}").format(who)
    if entry.name and entry.name != who:
        name = Markup("{}, as <bdi>{}</bdi>").format(who, entry.name)
    scope = "and all of its parts" if entry.covers_parts else ""
    ends = _ends(entry)
    covers = "; ".join(filter(None, (scope, ", ".join(entry.measures), *ends, entry.note)))
    title, url = source_of(register, entry)
    return name, entry.decided or "–", entry.listed or "–", covers or "–", link(title, url) if url else title or "–"
