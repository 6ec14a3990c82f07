"""Lock: every package that is installed is pinned, with its hashes, and nothing else is."""

from __future__ import annotations

import ast
import re
import sys
from importlib.metadata import packages_distributions, version
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LINE = re.compile(
    r"#.*|\s+#.*|\s+--hash=sha256:[0-9a-f]{64}( \\)?|[a-z0-9.-]+==[A-Za-z0-9.+!]+( ; [^;/\\]+)? \\",
)
LOCKS = ("requirements.lock", "requirements-dev.lock")


def pins(text: str) -> dict[str, Requirement]:
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"(?m)^\s*#.*\n", "", text))
    found = (Requirement(entry.split("\\")[0]) for entry in entries if entry.strip())
    return {canonicalize_name(pin.name): pin for pin in found}


def pinned(pin: Requirement) -> str:
    return str(pin.specifier).removeprefix("==")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_says_pins_and_hashes_and_nothing_else(texts: dict[str, str], lock: str) -> None:
    assert [line for line in texts[lock].splitlines() if not LINE.fullmatch(line)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_the_hashes_of_more_than_one_file(texts: dict[str, str], lock: str) -> None:
    for entry in re.split(r"\n(?=[a-z0-9])", texts[lock])[1:]:
        assert entry.count("--hash=sha256:") >= 2, entry.partition(" ")[0]


def test_the_lock_has_what_the_service_asks_for(texts: dict[str, str], project: dict[str, Any]) -> None:
    lock = pins(texts["requirements.lock"])
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["build"]
    assert set(wanted) >= set(project["build-system"]["requires"])
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(pinned(lock[canonicalize_name(requirement.name)])), requirement


def test_what_is_tested_is_what_is_served(texts: dict[str, str], project: dict[str, Any]) -> None:
    served, tested = (pins(texts[lock]) for lock in LOCKS)
    assert {name: pinned(pin) for name, pin in served.items() if pinned(pin) != pinned(tested[name])} == {}
    for requirement in map(Requirement, project["dependency-groups"]["dev"]):
        assert requirement.specifier.contains(pinned(tested[canonicalize_name(requirement.name)])), requirement


def test_what_is_installed_is_what_is_locked(texts: dict[str, str]) -> None:
    locked = {
        name: pinned(pin)
        for name, pin in pins(texts["requirements-dev.lock"]).items()
        if pin.marker is None or pin.marker.evaluate()
    }
    assert {name: version(name) for name in locked} == locked


def test_the_service_imports_only_what_it_asks_for(modules: dict[str, str], project: dict[str, Any]) -> None:
    asked = {canonicalize_name(Requirement(line).name) for line in project["project"]["dependencies"]}
    owners = packages_distributions()
    for name, source in modules.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Import):
                roots = {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                roots = {(node.module or "").partition(".")[0]}
            else:
                continue
            for package in roots - sys.stdlib_module_names - {"service"}:
                assert asked & {canonicalize_name(owner) for owner in owners.get(package, [])}, f"{name}: {package}"


def test_both_set_ups_refuse_a_package_without_its_hash(root: Path) -> None:
    for name in ("Makefile", "Dockerfile"):
        installs = re.findall(r"pip install [^\n&]*", (root / name).read_text(encoding="utf-8"))
        unpinned = [line for line in installs if "--require-hashes" not in line and "--no-deps" not in line]
        assert unpinned in ([], ["pip install --quiet --disable-pip-version-check '$(UV)'"])
