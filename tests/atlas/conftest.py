"""Conftest: the rules that ship, what readers were told of them, and the pages as they are now and as committed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from service.atlas.book import KEPT, book
from service.law.ruleset import RuleSet
from service.rulebook import load

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs/law"


@pytest.fixture(scope="session")
def law() -> RuleSet:
    """The rules that ship."""
    loaded = load(ROOT / "rules")
    assert loaded.ruleset is not None, loaded.errors
    return loaded.ruleset


@pytest.fixture(scope="session")
def pages(law: RuleSet) -> Mapping[str, str]:
    """The pages as the rules make them now."""
    return book(law)


@pytest.fixture(scope="session")
def committed() -> Mapping[str, str]:
    """The pages as they lie in the repository, without those that are written by hand."""
    return {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir() if path.name not in KEPT}
