"""Element: the file itself: small, built from its sources and from nothing else, and without what it must not use."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from base64 import b64encode
from hashlib import sha384
from pathlib import Path

import pytest

from service.device.element import ASSETS, INTEGRITY, NAME
from service.device.tree import ATTRIBUTES, TAGS

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "service" / "device" / "element"
BUILT = ASSETS[NAME].content


def test_the_file_is_what_its_sources_build(tmp_path: Path) -> None:
    if shutil.which("node") is None:
        pytest.skip("this machine has no node")
    assert (ROOT / "node_modules" / "esbuild").is_dir(), "first: npm ci"
    told = subprocess.run(
        ["node", "build.js", str(tmp_path / NAME)], cwd=FOLDER, capture_output=True, text=True, timeout=60
    )
    assert told.returncode == 0, told.stderr
    assert (tmp_path / NAME).read_bytes() == BUILT


def test_the_file_with_its_style_is_at_most_three_kilobytes_compressed() -> None:
    assert len(gzip.compress(BUILT, 9, mtime=0)) <= 3000


def test_the_file_uses_nothing_that_stores_or_spies_or_that_a_strict_page_refuses() -> None:
    used = re.findall(
        r"innerHTML|outerHTML|insertAdjacent|DOMParser|document\.write|eval\(|Function\(|localStorage|sessionStorage|"
        r"indexedDB|caches|cookie|sendBeacon|XMLHttp|WebSocket|EventSource|geolocation|navigator|import\(|\.focus\(|"
        r"alert|role=",
        BUILT.decode(),
    )
    assert used == []
    assert BUILT.decode().count("fetch(") == 1


def test_the_file_has_a_plain_name_and_one_that_never_has_another_content() -> None:
    plain, lasting = sorted(ASSETS, key=len)
    assert (plain, ASSETS[plain].lasting, ASSETS[lasting].lasting) == (NAME, False, True)
    assert re.fullmatch(r"reader-notice-[0-9a-f]{12}\.js", lasting)
    assert ASSETS[plain].content == ASSETS[lasting].content
    assert "sha384-" + b64encode(sha384(BUILT).digest()).decode() == INTEGRITY


def test_what_it_is_built_with_is_pinned_and_the_lock_names_no_place_to_load_from() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    assert re.fullmatch(r"\d+\.\d+\.\d+", package["devDependencies"]["esbuild"])
    assert "dependencies" not in package
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_the_device_builds_the_tags_and_attributes_that_the_table_may_hold() -> None:
    source = (FOLDER / "src" / "tree.js").read_text()
    tags, attributes = re.findall(r"/\^\((.*)\)\$/;", source)
    every = set(tags.replace("h[1-6]", "h1|h2|h3|h4|h5|h6").split("|"))
    assert every == TAGS
    assert {*attributes.split("|"), "href"} == ATTRIBUTES
