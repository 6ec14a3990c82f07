"""Embedding page: whatever docs/embedding.md names exists, and its lines do what it says."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from werkzeug.test import Client

from service.assembly import NAMES, PREFIX
from service.cli import main
from service.device.element import ASSETS, INTEGRITY
from service.locate.edge import PRESETS
from service.page.style import style
from service.rulebook import load
from service.web.app import create_app
from service.web.library import Library

from .conftest import ROOT

TEXT = (ROOT / "docs/embedding.md").read_text(encoding="utf-8")
CODE = dict(enumerate(re.findall(r"^ *```([a-z]*)\n(.*?)^ *```$", TEXT, re.MULTILINE | re.DOTALL)))
ELEMENT = (ROOT / "service/device/element/src/element.js").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    """The lines to copy of one kind."""
    return [lines for found, lines in CODE.values() if found == kind]


@pytest.fixture(scope="module")
def service(library: Library) -> Client:
    return Client(create_app(library, lambda *_: frozenset({"unknown"})))


def test_every_link_in_the_page_leads_to_a_file_or_a_heading() -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", TEXT)
    headings = {
        re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
        for words in re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    }
    assert len(targets) > 15
    for target in targets:
        if target.startswith("#"):
            assert target[1:] in headings
        else:
            assert (ROOT / "docs" / target).is_file(), target


def test_every_address_answers(service: Client) -> None:
    named = set(re.findall(r"(?:/_r|/v1)(/rferl/[\w./-]+)(?![\w$./-])", TEXT))
    assert len(named) > 12
    for path in named:
        answer = service.post(f"/v1{path}", json={}) if path == "/rferl/notice" else service.get(f"/v1{path}")
        assert answer.status_code == 200, path
        assert answer.headers.get("Notice-State") in ("live", None), path
    files = set(re.findall(r"127\.0\.0\.1:8080(/embed/[\w.-]+)", TEXT))
    assert files == {"/embed/reader-notice.js"}
    assert service.get("/embed/reader-notice.js").get_data() == ASSETS["reader-notice.js"].content


def test_every_short_name_of_an_answer_is_one(service: Client) -> None:
    for name in re.findall(r"`(notice\.[\w.]+)`", TEXT):
        if not (ROOT / "docs/recipes/python" / name).exists() and not (ROOT / "docs/recipes/php" / name).exists():
            assert service.get(f"/v1/rferl/any/en/{name}").headers["Notice-State"] == "live", name


def test_every_command_exists() -> None:
    commands = set(re.findall(r"\bcaveat ([a-z]+)", "\n".join([*blocks("sh"), *re.findall(r"`([^`]+)`", TEXT)])))
    assert {"serve", "demo"} <= commands <= set(main.commands)
    made = set(re.findall(r"\bmake ([a-z]+)", "\n".join(re.findall(r"`([^`]+)`", TEXT))))
    assert made <= set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_every_setting_and_every_cdn_is_known() -> None:
    assert set(re.findall(rf"\b{PREFIX}([A-Z_]+)", TEXT)) <= {name.upper() for name in NAMES}
    rows = re.findall(r"^\| `([a-z]+)` \| `([\w-]+)` \| (?:`([\w-]+)`)?", TEXT, re.MULTILINE)
    told = {name: tuple(filter(None, headers)) for name, *headers in rows}
    assert told == dict(PRESETS)


def test_every_header_that_is_named_is_sent_or_read(service: Client) -> None:
    sent = set()
    for path in ("/v1/rferl/any/en/notice.html", "/v1/rferl/check/en/", "/v1/rferl/check/en/inside.html"):
        sent |= {name.lower() for name, _ in service.get(path).headers}
    read = {header.lower() for headers in PRESETS.values() for header in headers}
    named = {name.lower() for name in re.findall(r"`([A-Z][\w]*(?:-[A-Za-z]+)+)`", TEXT)}
    assert "notice-state" in named
    assert named - sent - read == set()


def test_the_publishers_keys_are_taken_as_printed(tmp_path: Path) -> None:
    (lines,) = blocks("yaml")
    shutil.copytree(ROOT / "tests/seed", tmp_path / "rules")
    file = tmp_path / "rules/publishers/rferl.yaml"
    file.write_text(file.read_text(encoding="utf-8") + lines, encoding="utf-8")
    loaded = load(tmp_path / "rules")
    assert loaded.ruleset is not None, [str(problem) for problem in loaded.problems]
    library = Library(tmp_path / "rules", load)
    library.open()
    answer = Client(create_app(library, lambda *_: frozenset({"unknown"}))).get("/v1/rferl/any/en/notice.html")
    assert '<h3 class="rf-title"' in answer.get_data(as_text=True)
    assert "max-age=60" in answer.headers["Cache-Control"]


def test_every_class_and_property_is_one_that_we_write(service: Client) -> None:
    written = style() + service.get("/v1/iran-international/any/fa/notice.html").get_data(as_text=True)
    for name in re.findall(r"`\.(rdr[\w-]*)`", TEXT):
        assert name in written, name
    isolated = (ROOT / "service/device/element/src/style.css").read_text(encoding="utf-8")
    properties = set(re.findall(r"--rdr-\w+", TEXT))
    assert properties == set(re.findall(r"--rdr-\w+", isolated))


def test_the_element_has_the_attributes_and_lengths_that_are_named() -> None:
    section = TEXT.partition("\n## `<reader-notice>`")[2].partition("\n## ")[0]
    for name in re.findall(r"^\| `([\w-]+)` \|", section, re.MULTILINE):
        assert f'"{name}"' in ELEMENT or f"// {name} " in ELEMENT, name
    for written in re.findall(r"<reader-notice[^>]*>", TEXT):
        for name in re.findall(r' ([\w-]+)="', written):
            assert f"// {name} " in ELEMENT, name


@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not on this machine")
def test_the_hash_is_worked_out_by_the_line_that_is_printed(tmp_path: Path) -> None:
    (line,) = (line for lines in blocks("sh") for line in lines.splitlines() if line.startswith("openssl"))
    (tmp_path / "reader-notice.js").write_bytes(ASSETS["reader-notice.js"].content)
    told = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert f"sha384-{told.stdout}" == INTEGRITY


def test_the_comment_by_which_pages_are_watched_ends_every_fragment(service: Client) -> None:
    words = re.findall(r'grep -c "([^"]+)"', TEXT)
    assert words == ["rdr: end"]
    for place in ("any", "RU", "DE"):
        assert words[0] in service.get(f"/v1/rferl/{place}/en/notice.html").get_data(as_text=True)


def test_the_lines_that_call_the_recipes_fit_them() -> None:
    (python,), (php,) = blocks("python"), blocks("php")
    space: dict[str, object] = {}
    exec((ROOT / "docs/recipes/python/notice.py").read_text(encoding="utf-8"), space)
    space |= {"SERVICE": "http://127.0.0.1:9", "baked": "the baked text"}
    exec(python, space)
    assert space["html"] == "the baked text"
    assert "function notice(string $publisher, string $place, string $language, string $baked)" in (
        ROOT / "docs/recipes/php/notice.php"
    ).read_text(encoding="utf-8")
    assert re.fullmatch(r"echo notice\('\w+', '\w+', '\w+', \$baked\);\n", php)
    assert all(name in (ROOT / "docs/recipes/nginx/README.md").read_text() for name in ("site.conf", "pages.conf"))


class Balance(HTMLParser):
    """Whether every tag that is opened is closed."""

    def __init__(self, lines: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(lines)
        self.close()

    def handle_starttag(self, tag: str, attributes: object) -> None:
        if tag not in ("link", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attributes: object) -> None:
        """Opened and closed at once."""


def test_lines_of_html_close_what_they_open_and_load_nothing_from_elsewhere() -> None:
    assert len(blocks("html")) > 8
    for lines in blocks("html"):
        assert Balance(lines).open == []
        assert re.findall(r'(?:src|href|virtual)="(?!/(?!/)|mailto:)', lines) == []


def test_no_line_puts_a_readers_status_or_a_negotiated_address_into_a_page() -> None:
    for lines in blocks("html"):
        assert re.findall(r'(?:src|href|virtual)="/[^"]*\?', lines) == []
        assert not re.search(r"/_r/[\w-]+/notice\.", lines)
