"""Acts: an article with its controls marked by what the law says of each act. Standard library only."""

import html
import json
import string
import urllib.request

CONTROLS = ("share", "comment", "like", "subscribe", "donate")
GENERAL = {"en": "This can be punished in some countries. Read first what is said here about the law."}


def marked(page, address, language="en", direction="ltr"):
    """The page with its slots filled; `address` is that of acts.json, at the site's own cache. Never raises.

    Whatever goes wrong, every control stays as it is, and the general text stands beside it.
    """
    try:
        with urllib.request.urlopen(address, timeout=0.8) as answer:
            acts = json.load(answer)
        said = {control: told["text"] for control, told in acts["controls"].items()}
        slots = {"attributes": acts["attributes"], "language": acts["language"], "direction": acts["direction"]}
    except Exception:
        said, slots = {}, {"attributes": "", "language": language, "direction": direction}
    texts = {control: html.escape(said.get(control, GENERAL[language])) for control in CONTROLS}
    return string.Template(page).substitute(texts, **slots)
