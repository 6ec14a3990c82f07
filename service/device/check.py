"""Check: "Does this apply to me?", a page on which readers answer and learn, with nothing sent and nothing kept.

Radio buttons and selectors: what is checked decides, by `:has(:checked)`, which of the prepared results stands. There
is no script in it, no address that is asked, and the same bytes for every reader. A browser without `:has`, and one
without any style, shows the conditional texts, as if every question had been declined.

To put it into an ordinary page, so that nobody has to open a page that is about nothing else: write `inlined(…)` into
the page when it is built, again after each change of the rules. Where the page has a policy for styles, let it name
`digest(…)` of the fragment, or move what stands between `<style>` and `</style>` into a stylesheet of its own. A page
that runs scripts of others must not carry it: scripts can read what is checked. Link to it for everybody alike.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from markupsafe import Markup

from ..law.cases import Cases
from ..law.moment import Moment
from ..law.publisher import Publisher, fits_as_prefix
from ..law.verdict import Verdict
from ..page import html
from ..page.grade import Grade
from ..page.language import direction
from ..page.phrases import phrases
from .cover import Grid, Product
from .outcome import Chart, Inquest, Outcome
from .question import Option, Question
from .region import country_name
from .words import Words

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)

PAGE = (
    ":root{color-scheme:light dark;font:100%/1.5 system-ui,sans-serif}"
    "body{margin:0;padding:1rem;overflow-wrap:anywhere}main{max-inline-size:44rem;margin-inline:auto}"
    "a{text-underline-offset:.15em}"
)
"""How the whole page looks: in the reader's own colours, so dark and forced colours are theirs as well."""

FORM = (
    ".P-ask fieldset{margin:1rem 0;padding:.5rem .75rem;border:1px solid;min-inline-size:0}"
    ".P-ask fieldset p{margin:0 0 .25rem}"
    ".P-ask legend{font-weight:bold;padding-inline:.25rem}"
    ".P-ask label{display:flex;gap:.6rem;align-items:baseline;padding-block:.3rem;min-block-size:1.5rem}"
    ".P-ask input{flex:none;margin:0;inline-size:1.1rem;block-size:1.1rem;align-self:center}"
    ".P-ask button{font:inherit;padding:.4rem .8rem}"
    ".P-told{border-inline-start:.25rem solid;padding-inline-start:.75rem}"
    "@supports selector(:has(*)){.P-old{display:none}}"
    "@media print{.P-ask form{display:none}.P-ask a::after{content:' (' attr(href) ')'}}"
)
"""How the form looks wherever it stands; `P` is the prefix. What was answered is not printed, only what came of it."""


def written(cases: Cases, publisher: Publisher, language: str, grade: Grade, instant: datetime) -> str:
    """The whole page, in the language asked for ("" if none was) or what the publisher has instead."""
    inquest = Inquest(cases, publisher, language, grade, _moment(cases, instant))
    prefix, words = _prefix(publisher.class_prefix), inquest.words
    head = Markup(
        '<!doctype html>\n<html lang="{}" dir="{}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<meta name="referrer" content="no-referrer">\n'
        "<title>{}</title>\n"
    ).format(words.language, direction(words.language), words.title)
    style = f"<style>{PAGE}{_style(inquest.charts, prefix)}</style>"
    return f"{head}{style}\n</head>\n<body>\n<main>\n{_form(inquest, prefix, 1)}</main>\n</body>\n</html>\n"


def inlined(
    cases: Cases,
    publisher: Publisher,
    language: str,
    grade: Grade,
    instant: datetime,
    *,
    prefix: str | None = None,
    level: int | None = None,
) -> str:
    """The same form as a fragment, its style before it, for a page of the publisher's own (see above).

    Every class, id and name begins with `prefix`; headings begin at `level`. Both are the publisher's by default.
    Raises ValueError for a prefix that blockers hide and a level that leaves no room for two below it.
    """
    prefix = _prefix(publisher.class_prefix if prefix is None else prefix)
    level = min(publisher.heading_level, 4) if level is None else level
    if not 1 <= level <= 4:
        raise ValueError("the first heading has a level from 1 to 4")
    inquest = Inquest(cases, publisher, language, grade, _moment(cases, instant))
    return f"<style>{_style(inquest.charts, prefix)}</style>\n{_form(inquest, prefix, level)}"


def digest(page: str) -> str:
    """The styles of a page or a fragment, as a Content-Security-Policy names them."""
    hashes = (b64encode(sha256(style.encode()).digest()).decode() for style in _STYLE.findall(page))
    return " ".join(f"'sha256-{hash}'" for hash in hashes)


def policy(page: str) -> str:
    """The Content-Security-Policy of the whole page: with it, no answer can leave the page, by any mistake of ours."""
    styles = digest(page) or "'none'"
    return (
        f"default-src 'none'; style-src {styles}; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox"
    )


def _moment(cases: Cases, instant: datetime) -> Moment:
    """One moment of the period in which an instant lies: the bytes are the same throughout it."""
    period = cases.period(instant)
    if period.start is not None:
        return Moment.at(period.start)
    return Moment.at(instant if period.end is None else period.end - timedelta.resolution)


def _form(inquest: Inquest, prefix: str, level: int) -> Markup:
    """A disabled button stands first, and the form is a dialog's: Enter then sends nothing in any browser."""
    words, publisher = inquest.words, inquest.publisher
    own = phrases(words.language)
    about = own.heading.format(publisher=publisher.called(words.language))
    lines = [
        Markup('<div class="{}-ask" lang="{}" dir="{}" data-nosnippet>').format(
            prefix, words.language, direction(words.language)
        ),
        Markup("<h{0}>{1}</h{0}>").format(level, words.title),
        Markup("<p>{}</p>").format(about),
    ]
    if words.language != "en":
        lines.append(Markup("<p><small>{}</small></p>").format(own.draft))
    if inquest.charts:
        lines.append(Markup("<p>{}</p>").format(words.intro))
        lines.append(Markup('<form method="dialog" autocomplete="off">\n<button disabled hidden></button>'))
        lines += [_question(question, words, prefix) for question in inquest.questions]
        lines.append(Markup('<p><button type="reset">{}</button></p>\n</form>').format(words.clear))
        lines.append(Markup("<h{0}>{1}</h{0}>").format(level + 1, words.results))
        lines.append(Markup('<p class="{}-old">{}</p>').format(prefix, words.old))
        lines.append(Markup('<div class="{}-told" role="status" aria-atomic="false">').format(prefix))
        for number, chart in enumerate(inquest.charts):
            lines += _results(chart, words, f"{prefix}-r{number}", prefix, level + 2)
        lines.append(Markup("</div>"))
    else:
        lines.append(Markup("<p>{}</p>").format(words.nothing))
    lines.append(Markup("<h{0}>{1}</h{0}>").format(level + 1, words.limits_heading))
    lines += [Markup("<p>{}</p>").format(paragraph) for paragraph in words.limits.split("\n\n")]
    return Markup("\n").join([*lines, Markup("</div>\n")])


def _question(question: Question, words: Words, prefix: str) -> Markup:
    """No option has a value: were the form ever sent, it would not say which was chosen."""
    name = f"{prefix}-{question.topic.value}"
    described = Markup(' aria-describedby="{}"').format(name) if question.hint else ""
    lines = [Markup("<fieldset{}>\n<legend>{}</legend>").format(described, question.legend)]
    if question.hint:
        lines.append(Markup('<p id="{}"><small>{}</small></p>').format(name, question.hint))
    for number, option in enumerate(question.options):
        checked = Markup(" checked") if number == 0 else ""
        lines.append(
            Markup('<label><input type="radio" name="{0}" id="{0}{1}"{2}> {3}</label>').format(
                name, number, checked, _label(option, words)
            )
        )
    return Markup("\n").join([*lines, Markup("</fieldset>")])


def _label(option: Option, words: Words) -> Markup:
    if option.language and option.language != words.language:
        return Markup('<bdi lang="{}">{}</bdi>').format(option.language, option.label)
    return Markup("<span>{}</span>").format(option.label)


def _results(chart: Chart, words: Words, name: str, prefix: str, level: int) -> Iterator[Markup]:
    title, language = chart.notice.called(words.language)
    country = country_name(chart.notice.jurisdiction, words.language)
    yield Markup("<h{0}>{1}: <span{3}>{2}</span></h{0}>").format(
        level, country, title, html.attributes(language, words.language)
    )
    for number, outcome in enumerate(chart.outcomes):
        yield Markup('<div id="{}-{}"{}>\n{}\n</div>').format(
            name, number, Markup(" hidden") if number else "", _result(outcome, words, prefix)
        )


def _result(outcome: Outcome, words: Words, prefix: str) -> Markup:
    verdict = {
        Verdict.APPLIES: words.applies,
        Verdict.MAY_APPLY: words.may_apply,
        Verdict.DOES_NOT_APPLY: words.does_not_apply,
    }[outcome.verdict]
    if outcome.verdict is Verdict.DOES_NOT_APPLY:
        return Markup("<p>{}</p>").format(verdict)
    texts = [html.written_passage(passage, words.language, prefix) for passage in outcome.passages]
    return Markup("\n").join([Markup("<p><strong>{}</strong></p>").format(verdict), *texts])


def _style(charts: Iterable[Chart], prefix: str) -> str:
    """Which results stand after which answers. Where no selector fits, that of whoever declines everything stands.

    `!important`, because stylesheets exist that say it of everything that is hidden.
    """
    shown: list[str] = []
    gone: list[str] = []
    for number, chart in enumerate(charts):
        grid = Grid(tuple(len(question.options) for question in chart.questions))
        name = f"#{prefix}-r{number}"
        for outcome in range(1, len(chart.outcomes)):
            where = sum(1 << cell for cell, found in enumerate(chart.cells) if found == outcome)
            shown += [f"{_selector(chart, part, prefix)} {name}-{outcome}" for part in grid.cover(where)]
        where = sum(1 << cell for cell, found in enumerate(chart.cells) if found)
        gone += [f"{_selector(chart, part, prefix)} {name}-0" for part in grid.cover(where)]
    rules = [f"{','.join(selectors)}{{display:{kind}!important}}"
             for selectors, kind in ((shown, "block"), (gone, "none")) if selectors]  # fmt: skip
    return FORM.replace("P-", f"{prefix}-") + "".join(rules)


def _selector(chart: Chart, part: Product, prefix: str) -> str:
    """The form in which, of every question that matters, one of some options is checked."""
    found = f".{prefix}-ask"
    for question, chosen in zip(chart.questions, part, strict=True):
        if len(chosen) < len(question.options):
            names = [f"#{prefix}-{question.topic.value}{option}" for option in sorted(chosen)]
            one_of = names[0] if len(names) == 1 else f":is({','.join(names)})"
            found += f":has({one_of}:checked)"
    return found


def _prefix(prefix: str) -> str:
    if not fits_as_prefix(prefix):
        raise ValueError("a prefix is lower-case letters, digits and hyphens, and no word that blockers hide")
    return prefix
