"""Document: what the pages about the rules quote from them stands there."""

from __future__ import annotations

import re
from collections.abc import Mapping

PAGE = "docs/rule-language.md"
REQUIREMENTS = 37
LINK = re.compile(r"\]\(\.\./(rules/[^)\s]+\.yaml)\)")
QUOTED = re.compile(LINK.pattern + r" `([^`]+)`")
ROW = re.compile(r"^\| (\d+) \|", re.MULTILINE)
UNUSED = re.compile(r"^\| (`.+?) \|", re.MULTILINE)


def astray(page: str, texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The quotations that no line of the file beside them has, or whose file is not there."""
    return [
        (name, quoted)
        for name, quoted in QUOTED.findall(page)
        if not any(quoted in line for line in texts.get(name, "").splitlines())
    ]


def in_use(constructs: list[str], rules: Mapping[str, str]) -> list[tuple[str, str]]:
    """The constructs that a rule file has outside its examples, each with a file."""
    laws = {name: re.sub(r"#.*", "", text.split("\nexamples:")[0]) for name, text in rules.items()}
    return [
        (one, name)
        for one in constructs
        for name, text in laws.items()
        if re.search(rf"(?<![\w-]){re.escape(one)}\b" + ("" if ":" in one else ":"), text)
    ]


def idle(page: str) -> list[str]:
    """What the page says is built and used by no shipped notice."""
    part = page.partition("\n## Built, and used by no shipped notice\n")[2].partition("\n## ")[0]
    return [name for row in UNUSED.findall(part) for name in re.findall(r"`([^`]+)`", row)]


def test_every_line_that_the_rule_language_quotes_stands_in_its_file(texts: dict[str, str]) -> None:
    page = texts[PAGE]
    names = {name for name, _ in QUOTED.findall(page)}
    assert len([name for name in names if name.startswith("rules/notices/")]) > 30
    assert len(LINK.findall(page)) == len(QUOTED.findall(page))
    assert astray(page, texts) == []


def test_a_line_changed_by_one_letter_or_a_file_that_went_is_noticed(texts: dict[str, str]) -> None:
    page = texts[PAGE]
    name, quoted = QUOTED.findall(page)[0]
    assert astray(page.replace(f"`{quoted}`", f"`{quoted}z`"), texts) == [(name, quoted + "z")]
    assert astray(page, {**texts, name: ""})[0] == (name, quoted)
    assert astray(page, {other: text for other, text in texts.items() if other != name})[0] == (name, quoted)


def test_every_requirement_has_a_row_with_a_line_of_a_shipped_file(texts: dict[str, str]) -> None:
    page = texts[PAGE]
    assert ROW.findall(page) == [str(number) for number in range(1, REQUIREMENTS + 1)]
    assert [line for line in page.splitlines() if ROW.match(line) and not QUOTED.search(line)] == []


def test_what_is_said_to_be_used_by_no_notice_is_used_by_none(texts: dict[str, str]) -> None:
    rules = {name: text for name, text in texts.items() if re.match(r"rules/(notices|registers)/.*\.yaml$", name)}
    found = idle(texts[PAGE])
    assert len(found) > 5
    assert in_use(found, rules) == []
    assert in_use(["read_habitually", "is: in doubt"], rules)
