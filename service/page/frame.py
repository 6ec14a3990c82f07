"""Frame: a sheet as a whole page, for an iframe.

The page tells the one that holds it how high it is, and nothing else: `{rdrHeight: pixels}`, 0 where nothing is said.
Links replace the page that holds the frame, because many sites refuse to be shown inside another.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from markupsafe import escape

from .html import PREFIX, fragment
from .language import direction
from .sheet import Sheet
from .style import style

_NONE = "'none'"

_LOOK = ":root{color-scheme:light dark}body{margin:0;padding:4px;font:100%/1.55 system-ui,sans-serif}.rdr{margin:0}"

_TELL = """
(() => {
  const page = document.documentElement;
  let told;
  const tell = () => {
    const rdrHeight = document.querySelector(".rdr") ? Math.ceil(page.getBoundingClientRect().height) : 0;
    if (rdrHeight !== told && parent !== self) parent.postMessage({ rdrHeight: told = rdrHeight }, "*");
  };
  addEventListener("load", tell);
  addEventListener("resize", tell);
  if (self.ResizeObserver) new ResizeObserver(tell).observe(page);
})();
"""
"""To whatever page holds it: the same bytes are sent to everyone, so the height says nothing about a reader."""

_PAGE = """\
<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title{spoken}>{title}</title>
<base target="_top">
<style>{style}</style>
</head>
<body>
<main>
{fragment}</main>
<script>{script}</script>
</body>
</html>
"""


def frame(sheet: Sheet) -> str:
    """The page. It is of its own, so its heading is of the first level, and its classes begin as they do with us."""
    words = sheet.words.language
    return _PAGE.format(
        language=escape(sheet.language),
        direction=direction(sheet.language),
        spoken=f' lang="{escape(words)}" dir="{direction(words)}"' if words != sheet.language else "",
        title=escape(sheet.heading),
        style=_look(),
        fragment=fragment(sheet, level=1, prefix=PREFIX),
        script=_TELL,
    )


def policy(page: str) -> str:
    """The Content-Security-Policy under which such a page runs what we wrote ourselves, and can load nothing."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hash(_look()) if f'<style>{_look()}</style>' in page else _NONE}",
            f"script-src {_hash(_TELL) if f'<script>{_TELL}</script>' in page else _NONE}",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors *",
        )
    )


def _look() -> str:
    return style(PREFIX) + _LOOK


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
