"""Printed: the recipes as they stand in the documentation, with nothing but their parameters set."""

from __future__ import annotations

from pathlib import Path

RECIPES = Path(__file__).resolve().parents[2] / "docs" / "recipes"


def printed(name: str, parameters: dict[str, str] | None = None) -> str:
    """A recipe's file; every parameter must stand in it."""
    text = (RECIPES / name).read_text(encoding="utf-8")
    for old, new in (parameters or {}).items():
        assert old in text, f"{name} has no {old}"
        text = text.replace(old, new)
    return text


def baked(language: str = "en") -> str:
    """The text that the printed article of the nginx recipe carries for when there is no other."""
    article = printed("nginx/article.html")
    start, end = article.index("<section"), article.index("</section>") + len("</section>")
    return article[start:end].replace('lang="en"', f'lang="{language}"')
