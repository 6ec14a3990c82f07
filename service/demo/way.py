"""Way: one way of embedding: what it is, what a reader's device asks for, and what happens when we are down.

The lines are those that a newspaper would write, with its own path `/_r/`; docs/embedding.md has all the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

NOBODY = "Nothing beyond the page itself."
OWN = "The newspaper's own server, once, for what everybody is given."

_SSI = '<!--# include virtual="/_r/{publisher}/{place}/{language}/notice%s.html" stub="baked" -->'
_STYLE = '<link rel="stylesheet" href="/assets/reader.css">'
_ELEMENT = (
    '<script src="/assets/reader-notice.js" integrity="sha384-…" defer></script>\n'
    '<reader-notice src="/_r/{publisher}/table/{language}.json"%s>\n  …the baked text…\n</reader-notice>'
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way. `shape` is the part of the template that shows it; `fault` is what goes wrong on the way to us.

    `policy` are the directives that it needs of a page's Content-Security-Policy, besides a style sheet.
    """

    name: str
    group: str
    title: str
    says: str
    asks: str
    down: str
    lines: str
    shape: str = "fragment"
    length: str = ""
    sheet: bool = True
    fault: str = ""
    theme: str = ""
    policy: tuple[str, ...] = ()


_ACTS = (
    "curl {origin}/_r/{publisher}/{place}/{language}/acts.json\n\n"
    '<div data-rdr-act="share">\n  <p data-rdr-said>…what it says of sharing…</p>\n'
    '  <label data-rdr-ask>\n    <input type="checkbox" autocomplete="off"> I have read this\n  </label>\n'
    '  <a data-rdr-control href="…">Share</a>\n</div>'
)
_FRAME = (
    '<script src="/assets/parent.js"></script>\n'
    '<iframe data-reader src="/_r/{publisher}/frame/{place}/{language}/" title="…"\n'
    '  sandbox="allow-scripts allow-top-navigation-by-user-activation"\n'
    '  referrerpolicy="no-referrer"></iframe>'
)

_SERVER, _DEVICE, _MORE, _BROKEN = (
    "Put in by your server",
    "Put in on the reader's device",
    "Besides the notice",
    "When something breaks",
)
_STALE = "Your server's last good copy; without one, the text that was baked into the page."
_SCRIPTED = ("script-src 'self'", "connect-src 'self'")
_STAYS = "The baked text stays where it is. Nothing jumps, nothing is tried again."

WAYS: tuple[Way, ...] = (
    Way(
        "included", _SERVER, "Ready-made style",
        "Your server puts the fragment into the article; reader.css dresses it, light or dark.",
        NOBODY, _STALE, f"{_STYLE}\n{_SSI % ''}",
    ),
    Way(
        "house", _SERVER, "Your own style",
        "The same fragment in the newspaper's own type. Every class begins with a prefix of your choice.",
        NOBODY, _STALE, _SSI % "", shape="house",
    ),
    Way(
        "bare", _SERVER, "No style at all",
        "The page as a text browser shows it, or any browser whose style sheet did not arrive.",
        NOBODY, _STALE, _SSI % "", sheet=False,
    ),
    Way(
        "short", _SERVER, "Short",
        "Without what is folded away behind a line.",
        NOBODY, _STALE, f"{_STYLE}\n{_SSI % '.short'}", length="short",
    ),
    Way(
        "label", _SERVER, "Label",
        "One line of at most 80 characters, for a list of articles or a player.",
        NOBODY, _STALE, f"{_STYLE}\n{_SSI % '.label'}", length="label",
    ),
    Way(
        "element", _DEVICE, "Element",
        "One small file of your own and one table, the same for everybody. The device decides, and tells nobody. "
        "Where your edge wrote no place, the clock's time zone may raise the caution, never lower it.",
        OWN, _STAYS, _ELEMENT % ' place="{place}"', shape="element", policy=_SCRIPTED,
    ),
    Way(
        "element-host", _DEVICE, "Element, your style",
        "The same, in the newspaper's own style and not in a shadow of its own.",
        OWN, _STAYS, _ELEMENT % ' place="{place}" theme="host"', shape="element", theme="host", policy=_SCRIPTED,
    ),
    Way(
        "frame", _DEVICE, "Frame",
        "A whole page in a frame, for a place where nothing else can be put. Ten lines of script give it its height; "
        "without them it has a generous one and scrolls.",
        OWN, "What your proxy says then stands in the box: let it keep the last good page, and put a link beneath.",
        _FRAME,
        shape="frame", policy=("frame-src 'self'", "script-src 'self'"),
    ),
    Way(
        "text", _MORE, "Plain text",
        "For Telegram, YouTube or a newsletter, cut to its limit as it is counted there, in UTF-16 units.",
        NOBODY, "Your bot keeps the last good text.",
        "curl {origin}/_r/{publisher}/{place}/{language}/notice.1024.txt", shape="text",
    ),
    Way(
        "acts", _MORE, "Controls, by act",
        "What sharing, liking or giving may cost here is marked at the control that does it. Reading is never gated, "
        "and an act that is not marked is not thereby safe.",
        NOBODY, "The general text stands beside every control: not known is never safe.",
        _ACTS, shape="acts",
    ),
    Way(
        "check", _MORE, "Check page, linked",
        "“Does this apply to me?”, answered on the device without a script. To ask for the page is itself a sign, so "
        "give everybody the same link.",
        "The newspaper's own server, for one page, when the link is followed.",
        "The link leads nowhere; the notice stays.",
        '<a href="/_r/{publisher}/check/{language}/" rel="noreferrer">Does this apply to me?</a>', shape="check",
    ),
    Way(
        "check-inside", _MORE, "Check page, inside",
        "The same questions inside the article itself: nobody who looks at the line can tell who opened them.",
        NOBODY, "Your server leaves the questions out; the notice stays.",
        "<details>\n<summary>Does this apply to me?</summary>\n"
        '<!--# include virtual="/_r/{publisher}/check/{language}/inside.html" -->\n</details>',
        shape="check-inside",
    ),
    Way(
        "down", _BROKEN, "We are down",
        "The service has never been reached: the page shows the text that was baked in when it was made.",
        NOBODY, "This is it.", _SSI % "", shape="baked",
    ),
    Way(
        "misspelt", _BROKEN, "A misspelt name",
        "Somebody wrote a publisher's name that no file is about. The service answers in words that name no one.",
        NOBODY, "This is it.", '<!--# include virtual="/_r/{publisher}-misspelt/{place}/{language}/notice.html" -->',
        shape="misspelt",
    ),
    *(
        Way(
            f"element-{fault}", _BROKEN, f"Element: {title}", says, OWN, "This is it.",
            _ELEMENT % ' place="{place}"', shape="element", fault=fault, policy=_SCRIPTED,
        )
        for fault, title, says in (
            ("error", "500", "The table comes back as an error page."),
            ("slow", "too slow", "The table takes three seconds; the element waits for two."),
            ("portal", "hotel network", "A captive portal answers everything with its log-in page."),
            ("broken", "half a table", "The answer breaks off in its middle."),
            ("moved", "sent elsewhere", "The table's address redirects, which the element does not follow."),
        )
    ),
    Way(
        "element-blocked", _BROKEN, "Element: no script",
        "The page's own policy, or the reader, allows no script.",
        NOBODY, "This is it.", _ELEMENT % ' place="{place}"', shape="element",
    ),
    Way(
        "frame-error", _BROKEN, "Frame: 500",
        "The proxy's error page stands in the box, with only a link beneath it. That is why a frame comes last.",
        OWN, "This is it.",
        _FRAME,
        shape="frame", fault="error", policy=("frame-src 'self'", "script-src 'self'"),
    ),
)  # fmt: skip

BY_NAME = {way.name: way for way in WAYS}


def groups() -> dict[str, list[Way]]:
    """The ways under the headings that they stand under."""
    found: dict[str, list[Way]] = {}
    for way in WAYS:
        found.setdefault(way.group, []).append(way)
    return found
