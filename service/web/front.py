"""Front: two plain pages for people, with links to try and with where the data come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from ..answer.problem import KINDS
from ..law.ruleset import RuleSet

_SHELL = Markup(
    '<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>{}</title>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n{}\n</main>\n</body>\n</html>\n"
)
_PLACES = ("any", "RU", "BY", "UA-43", "DE")
_ADDRESS = re.compile(r"https://[^\s<>\"]*[^\s<>\",.;:)]")
_NEWLINE = Markup("\n")


def front(ruleset: RuleSet) -> str:
    """What this is, and an answer of every publisher to look at."""
    rows = [
        Markup('<li lang="en"><b>{}</b>: {}</li>').format(
            publisher.called("en"), Markup(", ").join(_links(publisher.id, publisher.languages))
        )
        for publisher in sorted(ruleset.publishers.values(), key=lambda publisher: publisher.id)
    ]
    parts = [
        Markup("<p>Caveat tells a website which legal notice its reader needs. Nothing here is legal advice.</p>"),
        Markup("<h2>Try it</h2>\n<p>The notices of a publisher for readers in some place, in its first language:</p>"),
        Markup("<ul>\n{}\n</ul>").format(_NEWLINE.join(rows)),
        Markup(
            "<p>Every one is there as <code>.html</code>, <code>.json</code> and <code>.txt</code>. A place is "
            "<code>any</code> or a code of ISO 3166. For the place that a request comes from: "
            "<code>/v1/PUBLISHER/notice.html</code>.</p>"
        ),
        Markup(
            '<p>Rule set <code>{}</code>. <a href="/reference">Reference</a>. <a href="/embed/">Embedding</a>. '
            '<a href="/about">About</a>.</p>'
        ).format(ruleset.fingerprint),
    ]
    return str(_SHELL.format("Caveat", "Caveat", _NEWLINE.join(parts)))


def embed(files: Mapping[str, str]) -> str:
    """The files that a website takes to its own origin, name → integrity."""
    rows = [
        Markup('<pre>&lt;script defer src="<a href="/embed/{}">{}</a>" integrity="{}"&gt;&lt;/script&gt;</pre>')
        .format(name, name, integrity) for name, integrity in files.items()
    ]  # fmt: skip
    parts = [
        Markup("<p>Take these files to your own origin: a request to ours tells the network who read what.</p>"),
        *rows,
        Markup('<p>A style for the fragment, in the classes that a publisher chose, is at '
               "<code>/v1/PUBLISHER/reader.css</code>.</p>"),
        Markup('<p><a href="/">Front page</a></p>'),
    ]  # fmt: skip
    return str(_SHELL.format("Embedding Caveat", "Embedding", _NEWLINE.join(parts)))


def about(attributions: str) -> str:
    """Whose data these are, that this is no advice, and what the problems mean that an answer can name."""
    parts = [
        Markup(
            "<p>Caveat repeats what published law, courts and authorities are reported to say. It is not legal "
            "advice, it knows nobody's case, and an act that a notice does not name is not thereby safe.</p>"
        ),
        *_paragraphs(attributions),
        Markup("<h2>Problems</h2>\n<dl>\n{}\n</dl>").format(
            _NEWLINE.join(
                Markup('<dt id="{}">{}</dt>\n<dd>{} (status {})</dd>').format(kind, kind, title, status)
                for kind, (status, title) in KINDS.items()
            )
        ),
        Markup('<p><a href="/">Front page</a></p>'),
    ]
    return str(_SHELL.format("About Caveat", "About", _NEWLINE.join(parts)))


def _links(publisher: str, languages: Sequence[str]) -> Iterable[Markup]:
    language = languages[0] if languages else "en"
    for place in _PLACES:
        yield Markup('<a href="/v1/{}/{}/{}/notice.html">{}</a>').format(publisher, place, language, place)


def _paragraphs(text: str) -> Iterable[Markup]:
    """Plain text in paragraphs; a line over hyphens is a heading."""
    for part in text.strip().split("\n\n"):
        heading, _, rest = part.strip().partition("\n")
        if rest and not rest.strip("-\n"):
            yield Markup("<h2>{}</h2>").format(heading)
        elif part.strip():
            yield Markup("<p>{}</p>").format(Markup("<br>\n").join(map(_linked, part.strip().splitlines())))


def _linked(line: str) -> Markup:
    """A line in which the addresses are links."""
    words = _ADDRESS.split(line)
    links = [Markup('<a href="{}" rel="noreferrer noopener">{}</a>').format(url, url) for url in _ADDRESS.findall(line)]
    return Markup("").join(part for pair in zip(words, [*links, ""], strict=True) for part in pair)
