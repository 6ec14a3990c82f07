"""Setting: every one is documented, and every one that is named exists."""

from __future__ import annotations

import re

from service.assembly import NAMES, PREFIX
from service.cli import main

SETTINGS = {PREFIX + name.upper() for name in NAMES}


def documents(texts: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if name == "README.md" or re.match(r"docs/.+\.md$", name)}


def test_every_setting_is_documented(texts: dict[str, str]) -> None:
    told = "\n".join(documents(texts).values())
    assert {name for name in SETTINGS if not re.search(rf"\b{name}\b", told)} == set()


def test_every_setting_that_is_named_exists(texts: dict[str, str]) -> None:
    for name, text in (documents(texts) | {"Dockerfile": texts["Dockerfile"]}).items():
        assert set(re.findall(rf"\b{PREFIX}[A-Z][A-Z_]*[A-Z]\b", text)) <= SETTINGS, name


def test_every_setting_is_a_flag_of_serve() -> None:
    assert set(NAMES) <= {parameter.name for parameter in main.commands["serve"].params}


def test_every_command_is_documented(texts: dict[str, str]) -> None:
    told = "\n".join(documents(texts).values())
    assert {name for name in main.commands if f"caveat {name}" not in told} == set()
