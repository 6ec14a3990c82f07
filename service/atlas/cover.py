"""Cover: the first page, with the map, the countries, the slider and the registers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from ..law.act import Risk
from ..law.notice import Kind, Notice
from ..law.place import UNKNOWN
from ..law.ruleset import RuleSet
from .chart import chart
from .frame import NOT_APPROVED, country, file_of, joined, page, place_name, table, words_of
from .ledger import ledger
from .roll import roll
from .timeline import SINCE, Cell, offered

LEAD = (
    "What may happen to people for reading, sharing, liking or supporting what a website publishes; in which "
    "countries, since when, and on what source. Every source is named, with how good it is. Where authorities have "
    "only warned, or where something is only done in practice, it says so."
)

_SLIDER = Markup(
    '<form id="slider" hidden>\n'
    '<p><label for="publisher">Publisher</label> <select id="publisher">\n{publishers}\n</select></p>\n'
    '<p><label for="place">Where the reader is</label> <select id="place">\n{places}\n</select></p>\n'
    '<p><label for="content">What the page carries</label> <select id="content">\n{contents}\n</select></p>\n'
    '<p><label for="day">Day</label> <input type="date" id="day" min="{since}" max="{until}" value="{until}" '
    "required></p>\n"
    '<p class="wide"><label for="range">Any day since {since_words}</label> '
    '<input type="range" id="range" min="0" max="{days}" value="{days}" step="1">\n'
    '<button type="button" id="earlier">Earlier change</button> '
    '<button type="button" id="later">Later change</button></p>\n'
    "</form>\n"
    '<p id="summary" role="status"></p>\n<div id="answers"></div>\n'
    '<script type="application/json" id="ledger">{ledger}</script>'
)


def cover(ruleset: RuleSet, cells: Sequence[Cell], day: date) -> str:
    """The first page."""
    risks = [notice for _, notice in sorted(ruleset.notices.items()) if notice.kind is Kind.READER_RISK]
    duties = [notice for _, notice in sorted(ruleset.notices.items()) if notice.kind is Kind.PUBLISHER_DUTY]
    counts = Counter(notice.jurisdiction for notice in risks)
    approved = sum(1 for one in (*risks, *duties) if one.review and one.review.approved)
    status = f"{NOT_APPROVED}" if not approved else f"Counsel has approved {approved} of these notices. {NOT_APPROVED}"
    parts = [
        Markup("<p>{}</p>").format(LEAD),
        Markup('<p class="caution"><strong>{}</strong></p>').format(status),
        Markup("<p>{}</p>").format(
            f"{len(risks)} notices about risks for readers in {len(counts)} jurisdictions, {len(duties)} labels that "
            f"publishers may owe, {len(ruleset.registers)} registers and {len(ruleset.publishers)} publishers. The day "
            f"of this page is {words_of(day)}, the last on which a rule was reviewed."
        ),
        Markup('<h2 id="map">Where</h2>'),
        chart(counts),
        table("By jurisdiction", ("jurisdiction", "risks for readers", "the gravest", "labels", "how sure"),
              _rows(risks, duties)),
        Markup('<h2 id="time">Any day, any place</h2>'),
        Markup(
            "<p>What a reader was told of whom nothing but the place is known, on a page in the publisher’s first "
            "language, and why. It is computed by the rules as they stand today: what they would have had the page "
            "say on that day, in today’s words. The same answers stand as tables on the page of each country, under "
            "every notice.</p>\n<noscript><p>The slider needs the script beside this page; the tables do not.</p>"
            "</noscript>"
        ),
        _slider(ruleset, cells, day),
        Markup('<h2 id="registers">Who is on which list</h2>'),
        roll(ruleset),
    ]  # fmt: skip
    return page("The law of the world, for readers", joined(parts), day, script=True)


def _rows(risks: Sequence[Notice], duties: Sequence[Notice]) -> Iterator[tuple[Markup | str, ...]]:
    codes = sorted({notice.jurisdiction for notice in (*risks, *duties)}, key=country)
    for code in codes:
        mine = [notice for notice in risks if notice.jurisdiction == code]
        owed = sum(1 for notice in duties if notice.jurisdiction == code)
        bases = Counter(notice.basis.value.replace("-", " ") for notice in mine)
        name = Markup('<a href="{}">{}</a>').format(file_of(code), country(code))
        sure = ", ".join(f"{count} {basis}" for basis, count in sorted(bases.items(), key=lambda one: (-one[1], one)))
        yield name, str(len(mine) or "–"), _gravest(mine), str(owed or "–"), sure or "–"


def _gravest(notices: Sequence[Notice]) -> str:
    """The loudest risk that any act has in its last state."""
    words = {Risk.CRIMINAL: "crime", Risk.ADMINISTRATIVE: "administrative offence", Risk.UNCLEAR: "unclear"}
    risks = [
        risk
        for notice in notices
        for timeline in notice.acts.values()
        if timeline.values[-1].stated and not timeline.values[-1].see
        for risk in (timeline.values[-1].risk, timeline.values[-1].repeated)
        if risk is not None
    ]
    return words.get(max(risks, key=lambda risk: risk.loudness), "–") if risks else "–"


def _slider(ruleset: RuleSet, cells: Sequence[Cell], day: date) -> Markup:
    publishers = [(id, publisher.called("en")) for id, publisher in ruleset.publishers.items()]
    places = [place for place in offered(ruleset) if place != UNKNOWN]
    whole = sorted((place_name(place), place) for place in places if "-" not in place)
    parts = sorted((place_name(place), place) for place in places if "-" in place)
    tags = sorted({cell.content for cell in cells} - {"", "*"})
    return _SLIDER.format(
        publishers=joined(_option(id, name) for name, id in sorted((name, id) for id, name in publishers)),
        places=joined([
            _option(UNKNOWN, place_name(UNKNOWN)),
            _group("Countries", whole),
            _group("Parts of countries that a law divides", parts),
        ]),
        contents=joined([_option("", "not declared"), *(_option(tag, tag) for tag in tags),
                         _option("*", "nothing of these")]),
        since=SINCE.isoformat(),
        since_words=words_of(SINCE),
        until=day.isoformat(),
        days=(day - SINCE).days,
        ledger=Markup(ledger(ruleset, cells, day)),  # noqa: S704 - JSON in which every < is escaped
    )  # fmt: skip


def _option(value: str, words: str) -> Markup:
    return Markup('<option value="{}">{}</option>').format(value, words)


def _group(label: str, places: Sequence[tuple[str, str]]) -> Markup:
    options = joined(_option(place, name) for name, place in places)
    return Markup('<optgroup label="{}">\n{}\n</optgroup>').format(label, options)
