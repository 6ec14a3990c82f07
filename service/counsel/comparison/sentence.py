"""Sentence: a group of readers in plain words, and the smallest of them as an example to paste."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from babel import Locale

from ...law.cases import OTHER_LANGUAGE
from ...law.examination import Visit
from ...law.moment import Moment, ends, starts
from ...law.notice import Notice
from ...law.place import UNKNOWN
from ...law.truth import MAYBE, NO, YES, Truth
from ..examples.example_text import as_the_author_writes, example_text
from .audience import Audience
from .change import Airing
from .space import Dimension, Fact
from .telling import Told
from .version import Span

MOST_NAMED = 12
"""How many places a sentence names before it counts the rest."""

_DAY = timedelta(days=1)
_ANY_DAY = date(2000, 1, 1)

_CITIZEN = {
    (YES,): "who are citizens of {}",
    (MAYBE,): "whose citizenship of {} is not known",
    (NO,): "who are not citizens of {}",
    (MAYBE, YES): "who are or may be citizens of {}",
    (NO, MAYBE): "who are not known to be citizens of {}",
    (NO, YES): "of whom it is known whether they are citizens of {}",
}
_STATELESS = {
    (YES,): "who are stateless",
    (MAYBE,): "of whom it is not known whether they are stateless",
    (NO,): "who are not stateless",
    (MAYBE, YES): "who are or may be stateless",
    (NO, MAYBE): "who are not known to be stateless",
    (NO, YES): "of whom it is known whether they are stateless",
}


def readers(audience: Audience) -> str:
    """The readers of an audience, as the subject of a sentence."""
    facts = [(dimension.fact, _fact(audience, dimension, values)) for dimension, values in audience.asked]
    pages = [words for fact, words in facts if fact in (Fact.LANGUAGE, Fact.CONTENT)]
    people = [words for fact, words in facts if fact not in (Fact.LANGUAGE, Fact.CONTENT)]
    if not (where := _where(audience)) and not facts:
        return "All readers"
    return " ".join(filter(None, ["Readers", where, " and ".join(pages), " and ".join(people)]))


def _where(audience: Audience) -> str:
    if audience.everywhere:
        return ""
    if len(audience.places[0]) == 2:
        pairs = [" or ".join(_place(audience, place) for place in sorted(pair, key=_order)) for pair in audience.places]
        return f"whom one source places in {_either(pairs, '; or ')} while another does not"
    chosen = {place for candidates in audience.places for place in candidates}
    parts, elsewhere = [], audience.space.places.elsewhere
    if elsewhere in chosen and elsewhere != UNKNOWN:
        others = [kind.place for kind in audience.space.places.classes if kind.place not in chosen | {UNKNOWN}]
        names = [name for place in others for name in _names(audience, place)]
        parts.append(f"anywhere but in {_either(names)}" if names else "anywhere that is known")
    elif names := [name for place in sorted(chosen - {UNKNOWN}) for name in _names(audience, place)]:
        parts.append(f"in {_either(names)}")
    if UNKNOWN in chosen:
        parts.append("whose place is not known")
    return " or ".join(parts)


def _place(audience: Audience, place: str) -> str:
    if place == UNKNOWN:
        return "a place that is not known"
    if place == audience.space.places.elsewhere:
        return "a place that no rule names"
    return _either(_names(audience, place))


def _names(audience: Audience, place: str) -> list[str]:
    """The names of a class of places, without those whose country is named as well."""
    members = audience.members(place)
    found = sorted(code for code in members if "-" not in code or code.partition("-")[0] not in members)
    parted = {code.partition("-")[0] for code in audience.space.places.class_of if code not in members and "-" in code}
    return [f"{named(code)[:-1]}, region not known)" if code in parted else named(code) for code in found]


def _order(place: str) -> tuple[bool, str]:
    return place == UNKNOWN, place


@cache
def named(code: str) -> str:
    """A country by its name and code, a subdivision by its code alone."""
    name = Locale("en").territories.get(code)
    return f"{name} ({code})" if name else code


def _either(names: Sequence[str], between: str = ", ") -> str:
    named_ones = list(names)
    if len(named_ones) > MOST_NAMED:
        named_ones = [*named_ones[: MOST_NAMED - 1], f"{len(named_ones) - MOST_NAMED + 1} other places"]
    return named_ones[0] if len(named_ones) == 1 else f"{between.join(named_ones[:-1])} or {named_ones[-1]}"


def _fact(audience: Audience, dimension: Dimension, values: frozenset[Hashable]) -> str:
    fact = dimension.fact
    if fact in (Fact.CITIZENSHIP, Fact.STATELESS):
        key = tuple(truth for truth in Truth if truth in values)
        words = _CITIZEN[key] if fact is Fact.CITIZENSHIP else _STATELESS[key]
        nations = [Locale("en").territories.get(code) or code for group in dimension.about for code in group]
        return words.format(_either(nations) if nations else "")
    lead, unknown = _ASKED[fact]
    known = [value for value in dimension.values if value in values and value not in (None, _NONE_NAMED[fact])]
    names = [name for value in known for name in _known(audience, dimension, value)]
    if fact is Fact.CONTENT and frozenset() in values:
        names.append("nothing that a rule names")
    missing = None in values or (fact is Fact.OCCUPATION and frozenset() in values)
    return " or ".join(filter(None, (f"{lead} {_either(names)}" if names else "", unknown if missing else "")))


_ASKED = {
    Fact.RESIDENCE: ("who live in", "of whom it is not known where they live"),
    Fact.AGE: ("who are", "whose age is not known"),
    Fact.OCCUPATION: ("who work as", "whose occupation is not known"),
    Fact.LANGUAGE: ("of pages in", "of pages in a language that is not known"),
    Fact.CONTENT: ("of pages that carry", "of pages that do not say what they carry"),
}
_NONE_NAMED: dict[Fact, Hashable] = {
    **dict.fromkeys(Fact),
    Fact.OCCUPATION: frozenset(),
    Fact.CONTENT: frozenset(),
}


def _known(audience: Audience, dimension: Dimension, value: Hashable) -> list[str]:
    groups = {group[0]: group for group in dimension.about}
    if dimension.fact is Fact.RESIDENCE:
        home = str(value)
        known = home != audience.space.places.elsewhere
        return _names(audience, home) if known else ["a place that no rule names"]
    if dimension.fact is Fact.AGE and isinstance(value, int):
        return [_age(value, [mark for mark in dimension.values if isinstance(mark, int)])]
    if dimension.fact is Fact.LANGUAGE:
        return [_language(tag) for tag in groups.get(str(value), (str(value),))]
    names = sorted(value) if isinstance(value, frozenset) else []
    return [" and ".join("/".join(groups[name]) for name in names)]


def _age(mark: int, marks: Sequence[int]) -> str:
    after = min((other for other in marks if other > mark), default=None)
    if after is None:
        return f"{mark} or older"
    return f"younger than {after}" if mark == 0 else f"{mark} to {after - 1}"


def _language(tag: str) -> str:
    if tag == OTHER_LANGUAGE:
        return "another language"
    return Locale("en").languages.get(tag) or tag


def example(audience: Audience, airing: Airing, notice: Notice, after: Told | None) -> str:
    """The smallest reader as an example of a notice, with what the new rules tell them, if it is given."""
    places, case = audience.smallest
    reviewed = notice.review.last if notice.review else None
    day = None if reviewed is not None and _within(reviewed, airing.spans) else _day(airing.spans)
    reader = replace(case.status, located_in=places)
    visit = Visit(airing.publishers[0], Moment.on(day or _ANY_DAY), reader, case.language, case.content)
    familiar = as_the_author_writes(visit, notice, audience.space.places, audience.space.asked)
    if audience.holds(familiar.reader, familiar.page_language, familiar.content):
        visit = familiar
    if after is None:
        return example_text(visit, day)
    expect = f"expect: {after.verdict.value}, shown: {after.shown.value}"
    return f"{example_text(visit, day, ()).removesuffix('}')}, {expect}}}"


def _within(day: date, spans: Iterable[Span]) -> bool:
    """Whether a date lies wholly within a span, so that it alone stands for it."""
    return any(
        (span.start is None or span.start <= starts(day)) and (span.end is None or ends(day) <= span.end)
        for span in spans
    )


def _day(spans: Sequence[Span]) -> date:
    """A date that shows what is told in one of the spans: one that lies wholly within, if there is any."""
    candidates = [_ANY_DAY]
    for span in spans:
        if span.start is not None:
            first = span.start.date()
            candidates = [first + _DAY * step for step in range(4)]
        elif span.end is not None:
            candidates = [span.end.date() - _DAY * step for step in range(4)]
        for day in candidates:
            if _within(day, [span]):
                return day
    return candidates[1] if len(candidates) > 1 else candidates[0]
