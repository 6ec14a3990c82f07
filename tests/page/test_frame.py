"""The frame: a whole page with the fragment, and a policy that admits only what we wrote ourselves."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest

from service.page.frame import frame, policy
from service.page.html import fragment

from .law import BY, RULESET, sheet


def hashed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def test_it_is_a_whole_page_in_the_language_of_the_sheet_with_the_fragment_in_it() -> None:
    page = frame(sheet("spoken", "unknown", "fa"))
    assert page.startswith('<!DOCTYPE html>\n<html lang="fa" dir="rtl">\n<head>\n<meta charset="utf-8">\n')
    assert "<title>خطرهای حقوقی برای خوانندگان Spoken</title>" in page
    assert fragment(sheet("spoken", "unknown", "fa"), level=1) in page
    assert page.count("<h1") == 1
    assert page.endswith("</html>\n")


def test_a_title_in_another_language_than_the_page_says_so() -> None:
    kazakh = replace(sheet("own"), language="kk")
    assert '<html lang="kk" dir="ltr">' in frame(kazakh)
    assert '<title lang="en" dir="ltr">Legal risks for readers of RFE/RL</title>' in frame(kazakh)


def test_its_classes_begin_as_its_style_does_whatever_the_publisher_wants_elsewhere() -> None:
    own = sheet("own")
    assert frame(replace(own, publisher=replace(own.publisher, class_prefix="mirror", heading_level=4))) == frame(own)


def test_the_policy_admits_the_pages_style_and_script_and_nothing_else() -> None:
    page = frame(sheet("own"))
    (look,), (script,) = (
        re.findall("<style>(.*?)</style>", page, re.DOTALL),
        re.findall("<script>(.*?)</script>", page, re.DOTALL),
    )
    assert policy(page) == (
        f"default-src 'none'; style-src {hashed(look)}; script-src {hashed(script)}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors *"
    )
    assert "unsafe" not in policy(page)


def test_the_policy_is_the_same_for_every_page_and_admits_nothing_that_was_put_into_one() -> None:
    page = frame(sheet("own"))
    assert policy(frame(sheet("plain", "RU", "fa"))) == policy(page)
    assert policy(page.replace("</body>", "<script>alert(1)</script></body>")) == policy(page)
    assert policy("<style>a</style><script>b</script>").startswith(
        "default-src 'none'; style-src 'none'; script-src 'none';"
    )


def test_the_script_says_how_high_the_page_is_and_does_nothing_else() -> None:
    (script,) = re.findall("<script>(.*?)</script>", frame(sheet("own")), re.DOTALL)
    assert len(script.strip().splitlines()) <= 12
    assert script.count("postMessage") == 1
    for word in ("fetch", "XMLHttpRequest", "cookie", "Storage", "src", "innerHTML", "eval", "import", "sendBeacon"):
        assert word not in script
    assert 'addEventListener("message"' not in script


def test_links_leave_the_frame() -> None:
    page = frame(sheet("own"))
    assert '<base target="_top">' in page
    assert 'rel="noreferrer noopener"' in page


def test_where_nothing_is_said_the_page_has_no_section() -> None:
    page = frame(sheet("quiet"))
    assert "<section" not in page
    assert "nothing to say" in page


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "</title><script>x</script>", "{style}", "{0.__class__}"]
)
def test_hostile_words_stay_words(hostile: str) -> None:
    notices = dict(RULESET.notices)
    notices[BY] = replace(notices[BY], title={"en": hostile})
    publishers = {**RULESET.publishers, "plain": replace(RULESET.publishers["plain"], name={"en": hostile})}
    page = frame(sheet("plain", ruleset=replace(RULESET, notices=notices, publishers=publishers)))
    assert page.count("<script") == page.count("</script") == 1
    assert page.count("<style") == 1
    assert "alert(1)</script>" not in page
    assert policy(page) == policy(frame(sheet("own")))
