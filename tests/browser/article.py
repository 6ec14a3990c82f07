"""Article: a publisher's page around some fragments, and what an accessibility checker says of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame, Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

HOST = "body { margin: 0 auto; max-width: 44rem; padding: 1rem; font: 1.0625rem/1.6 Georgia, serif }"
"""What an article page has of its own."""

WORDS = {
    "en": ("The river at night", "The ferry left at dawn, and with it the last of the summer visitors."),
    "ru": ("Река ночью", "Паром ушёл на рассвете, и с ним последние летние гости."),
    "fa": ("رودخانه در شب", "قایق سپیده‌دم رفت و آخرین مهمانان تابستان را با خود برد."),
    "ar": ("النهر ليلا", "غادرت العبّارة عند الفجر ومعها آخر زوّار الصيف."),
}


@dataclass(frozen=True)
class Findings:
    """What axe-core said: a line for every violation, and the names of the rules that were passed by something."""

    violations: list[str]
    passed: frozenset[str]


def article(
    fragments: Sequence[str], language: str = "en", *, style: str = "", scheme: str = "light dark", head: str = ""
) -> str:
    """A page with an article, the fragments after its first paragraph; `scheme` is the color-scheme it declares."""
    title, paragraph = WORDS[language]
    direction = "rtl" if language in ("fa", "ar") else "ltr"
    declared = f":root {{ color-scheme: {scheme} }} " if scheme else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{declared}{HOST}\n{style}</style>{head}</head>\n<body><main><h1>{title}</h1><p>{paragraph}</p>\n"
        f"{''.join(fragments)}<p>{paragraph}</p></main></body>\n</html>\n"
    )


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def examined(page: Page | Frame, *rules: str) -> Findings:
    """What axe-core finds in a page as it now stands, by all of its rules or by some."""
    page.evaluate(_axe())
    chosen = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    found: dict[str, list[dict[str, Any]]] = page.evaluate(
        "chosen => axe.run(document, {runOnly: chosen, resultTypes: ['violations']})", chosen
    )
    return Findings(
        [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]],
        frozenset(one["id"] for one in found["passes"]),
    )


def overflow(page: Page | Frame) -> int:
    """By how many pixels a page is wider than its window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width
