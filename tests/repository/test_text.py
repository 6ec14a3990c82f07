"""Text: what no committed file may say, and what some must."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

MACHINE = re.compile(r"(?:(?<![\w./$}-])|file://)/(?:work|farm|tmp|root|home|opt)/")
# Put together here, so that this file does not say what it forbids.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("deb", "debian", "org"),
        ("proxy", "golang", "org"),
        ("registry", "yarnpkg", "com"),
    )
]
LEFT_OPEN = re.compile(r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK"]) + r")\b")


def test_no_file_names_a_path_of_the_machine_it_was_written_on(texts: dict[str, str]) -> None:
    assert [name for name, text in texts.items() if MACHINE.search(text)] == []


def test_no_file_names_the_host_of_a_package_registry(texts: dict[str, str]) -> None:
    assert [(name, host) for name, text in texts.items() for host in HOSTS if host in text] == []


def test_nothing_is_left_open(texts: dict[str, str]) -> None:
    parts = ("service/", "rules/", "tests/", "data/")
    assert [name for name, text in texts.items() if name.startswith(parts) and LEFT_OPEN.search(text)] == []


def test_every_text_ends_its_last_line_and_has_no_carriage_return(texts: dict[str, str]) -> None:
    assert [name for name, text in texts.items() if text and (not text.endswith("\n") or "\r" in text)] == []


def test_the_code_is_apache_and_the_rules_are_public_domain(texts: dict[str, str]) -> None:
    assert "Apache License" in texts["LICENSE"]
    assert "END OF TERMS AND CONDITIONS" in texts["LICENSE"]
    assert texts["rules/LICENSE"].startswith("Creative Commons Legal Code\n\nCC0 1.0 Universal")


def test_the_notice_gives_the_attribution_that_the_location_data_ask_for(texts: dict[str, str]) -> None:
    for words in ("Number Resource Organization", "nro.net", "licenses/by/4.0", "IPtoASN", "PDDL|Public Domain Dedic"):
        assert re.search(words, texts["NOTICE"]), words


def test_readers_of_the_repository_are_told_that_it_is_not_legal_advice(texts: dict[str, str]) -> None:
    for name in ("NOTICE", "README.md", "CONTRIBUTING.md", "docs/why.md"):
        assert re.search(r"\b(?:not|[Nn]either is) legal advice", texts.get(name, ""), re.IGNORECASE), name


def test_the_changelog_has_a_place_for_the_next_change(texts: dict[str, str]) -> None:
    assert "\n## [Unreleased]\n" in texts["CHANGELOG.md"]


def test_a_link_inside_the_repository_leads_somewhere(root: Path, texts: dict[str, str]) -> None:
    links = [
        (name, target)
        for name, text in texts.items()
        if name.endswith(".md")
        for target in re.findall(r"\]\((?![a-z]+:|#)([^)#\s]+)", text)
    ]
    assert links
    assert [link for link in links if not (root / posixpath.dirname(link[0]) / link[1]).exists()] == []
