"""Printed: what the recipes' pages say beside the files that the other tests run."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from .printed import RECIPES, baked, printed
from .recorder import Recorder
from .site import USUAL, Site, nginx, nginx_again

OURS = ("nginx", "varnish", "python", "php", "static")


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_the_text_in_the_printed_article_is_what_anybody_is_told(
    recorder: Recorder, all_sites: dict[str, Site]
) -> None:
    told = words(all_sites["Python"].read().notice)
    assert [line for line in map(words, re.findall(r"<(?:p|h2)\b.*?</(?:p|h2)>", baked())) if line not in told] == []


@pytest.mark.parametrize("folder", OURS)
def test_every_file_of_a_recipe_is_named_on_its_page(folder: str) -> None:
    page = printed(f"{folder}/README.md")
    assert [file.name for file in (RECIPES / folder).iterdir() if file.is_file() and f"`{file.name}`" not in page] == [
        "README.md"
    ]


@pytest.mark.parametrize(
    ("page", "line", "place"),
    [
        ("nginx/README.md", '<!--# include virtual="/_r/{}/notice.html" stub="baked" -->', "$notice_place"),
        ("varnish/README.md", '<esi:include src="/_r/{}/notice.html"/>', ""),
        ("varnish/README.md", "`/_r/{}/notice.html`", "here"),
    ],
)
def test_the_lines_on_a_page_are_those_of_its_article(page: str, line: str, place: str) -> None:
    wanted = line.format(USUAL.replace("any", place) if place else USUAL)
    assert wanted in printed(page)
    assert line.startswith("`") or line.format(USUAL) in printed(page.replace("README.md", "article.html"))


def test_copies_of_nginx_outlive_a_restart(recorder: Recorder, tmp_path: Path) -> None:
    with nginx(tmp_path / "n", recorder.port) as site:
        before = site.read()
        assert "<!-- rdr: rules" in before.notice
    with recorder.failing("500"), nginx_again(tmp_path / "n", site.port):
        assert site.read().notice == before.notice
