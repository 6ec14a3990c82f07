"""Outlook: what a rule set would lead to once it is served, beyond what its files say of each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..law.condition import Content, LocatedIn, SameAs, affirmed_places, leaves, walk
from ..law.doubt import Doubt
from ..law.notice import Kind, Notice
from ..law.publisher import Publisher
from ..law.ruleset import RuleSet
from ..law.situation import Situation
from ..law.truth import NO
from ..law.world import LIMIT, Axis, Table, TooManyWorlds, axes
from .condition import once_named
from .problem import listed
from .shelf import Shelf


def look_ahead(shelf: Shelf) -> None:
    """Tell rules that cannot be examined, and warn of what readers would miss."""
    ruleset = shelf.ruleset()
    for volume, record, _ in list(shelf.sound("notice", Notice)):
        notice = ruleset.notices.get(volume.id)
        if notice is None:
            continue
        if any(isinstance(node, SameAs) for node in walk(notice.applies_when)):
            once_named(notice.applies_when, volume.reading)
        if _too_many(ruleset, notice):
            wrong = f"more than {LIMIT} ways in which the facts could be: too many separate facts"
            volume.source.tell(record.place("applies_when"), wrong, "split it into several notices")
        unsure = notice.warn_when_unsure
        only_places = unsure is not None and all(isinstance(leaf, LocatedIn) for leaf in leaves(unsure))
        if only_places and not affirmed_places(notice.applies_when):
            wrong = "the law names no place, and warn_when_unsure only a place"
            at = record.place("warn_when_unsure")
            volume.source.warn(at, wrong, "add a page_language, or write warn_when_unsure: everyone")
    if shelf.all_sound("notice", "register", "publisher"):
        _universal(shelf, ruleset)
        _languages(shelf, ruleset)


def _too_many(ruleset: RuleSet, notice: Notice) -> bool:
    """Whether a reader of whom nothing is known could be in more worlds than can be examined."""
    days = {day for node in walk(notice.applies_when) for day in node.standing.days}
    if notice.review:
        days.add(notice.review.last)
    tags = frozenset(name for leaf in leaves(notice.applies_when) if isinstance(leaf, Content) for name in leaf.names)
    both = Axis(Doubt.LAW, (False, True), (frozenset(), frozenset()))
    try:
        for day in days:
            situation = Situation(ruleset.ground(day), may_carry=tags)
            Table(situation, [*axes([notice.applies_when], situation), both, replace(both, doubt=Doubt.PUBLISHER)])
    except TooManyWorlds:
        return True
    return False


def _concerning(ruleset: RuleSet, publisher: Publisher) -> list[Notice]:
    """The warnings that concern a publisher on the day of its last review."""
    if publisher.review is None:
        return []
    day = publisher.review.last
    return [
        notice
        for notice in ruleset.notices.values()
        if notice.kind is Kind.READER_RISK and ruleset.concerned(notice, publisher, None, day) is not NO
    ]


def _universal(shelf: Shelf, ruleset: RuleSet) -> None:
    """Notices that concern a publisher and are not among those that everybody sees, or the reverse."""
    for volume, record, publisher in shelf.sound("publisher", Publisher):
        if publisher.universal is None or volume.source.problems:
            continue  # what it says of itself may be misspelt, and then says nothing of its notices either
        concerning = [notice.id for notice in _concerning(ruleset, publisher)]
        left_out = [id for id in concerning if id not in publisher.universal]
        if left_out:
            many = "concern it and are" if len(left_out) > 1 else "concerns it and is"
            wrong = f"{listed(left_out, 'and')} {many} not in universal"
            write = "add it, or leave it folded for a reader of whom nothing is known"
            volume.source.warn(record.place("universal"), wrong, write)
        for name in record.names("universal"):
            if name not in concerning:
                volume.source.warn(name.at, f"{name} does not concern this publisher", "remove it from universal:")


def _languages(shelf: Shelf, ruleset: RuleSet) -> None:
    """Languages in which a publisher publishes and a notice that concerns it says nothing."""
    silent: dict[tuple[str, str], list[str]] = {}
    for publisher in ruleset.publishers.values():
        for notice in _concerning(ruleset, publisher):
            own = publisher.own.get(notice.id)
            spoken = {*notice.wording.texts, *(own.texts if own else ())}
            for language in publisher.languages:
                if not _covered(language, spoken):
                    silent.setdefault((notice.id, language), []).append(publisher.id)
    for (id, language), publishers in silent.items():
        volume = shelf.volumes["notice", id]
        role = notice.review.by if (notice := ruleset.notices[id]).review else "its reviewer"
        if volume.record:
            wrong = f"{id} has no {language} wording, and {listed(publishers, 'and')} publish in it"
            wrong = wrong if len(publishers) > 1 else wrong.replace(" publish in", " publishes in")
            volume.source.warn(
                volume.record.place("wording"), wrong, f"{role} is to supply it under wording: {language}:"
            )


def _covered(language: str, spoken: Iterable[str]) -> bool:
    """Whether a language or a shorter tag of it is spoken."""
    return any(language == one or language.startswith(f"{one}-") for one in spoken)
