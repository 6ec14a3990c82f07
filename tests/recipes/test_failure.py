"""Failure: whatever becomes of the service, the article has a notice in it and never an error page."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from .conftest import NAMES
from .recorder import FAILURES, Recorder
from .site import Page, Site

LIVE = "<!-- rdr: rules"
BAKED = 'id="rdr-baked"'
SEED = 'RFE/RL has been declared an "undesirable organization"'
NEVER = re.compile(r"\b(?:40\d|50\d)\b|error|bad gateway|guru|problem|not found|unavailable|warning:", re.IGNORECASE)
LONGEST = 1.9
"""Seconds that a page takes at most: connecting, waiting, and this machine's own business."""


def holds_up(page: Page) -> None:
    """The page is whole and has one notice that can be read."""
    assert page.status == 200
    assert page.notice.count("<section") == page.notice.count("</section>") == 1
    assert SEED in page.notice
    assert NEVER.search(page.notice) is None, page.notice
    assert page.seconds < LONGEST


def test_the_service_s_words_stand_in_the_page(site: Site) -> None:
    page = site.read()
    holds_up(page)
    assert LIVE in page.notice
    assert BAKED not in page.notice


@pytest.mark.parametrize("failure", FAILURES)
def test_without_a_copy_the_page_says_its_own_words(site: Site, recorder: Recorder, failure: str) -> None:
    with recorder.failing(failure):
        page = site.read()
    holds_up(page)
    assert BAKED in page.notice
    assert LIVE not in page.notice


@pytest.mark.parametrize("failure", FAILURES)
def test_a_fresh_copy_is_used_and_nobody_is_asked(site: Site, recorder: Recorder, failure: str) -> None:
    before = site.read()
    assert LIVE in before.notice
    recorder.seen.clear()
    with recorder.failing(failure):
        page = site.read()
    holds_up(page)
    assert page.notice == before.notice
    assert recorder.seen == []


STRICT, RENEWED = "rferl/DE/en", "rferl/FR/en"
"""A notice that may not be used after a failure at all, and one for which the service has another text by then."""


@pytest.fixture(scope="module")
def past_their_life(all_sites: dict[str, Site], recorder_kept: Recorder) -> None:
    """Every site has copies that it must ask for anew."""
    recorder_kept.heal()
    recorder_kept.life = 1
    recorder_kept.moods["/DE/"] = "strict"
    for site in all_sites.values():
        site.forget()
        for notice in ("rferl/any/en", STRICT, RENEWED):
            assert LIVE in site.read(notice).notice
    time.sleep(2.2)


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_past_its_life_is_not_used_when_that_is_not_allowed(
    past_their_life: None, all_sites: dict[str, Site], recorder: Recorder, name: str
) -> None:
    with recorder.failing("500"):
        page = all_sites[name].read(STRICT)
    holds_up(page)
    assert BAKED in page.notice


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_past_its_life_is_not_used_when_the_service_has_another(
    past_their_life: None, all_sites: dict[str, Site], recorder: Recorder, name: str
) -> None:
    recorder.mark = b"<!-- another -->"
    assert "<!-- another -->" in all_sites[name].read(RENEWED).notice


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_past_its_life_is_used_for_as_long_as_the_service_fails(
    past_their_life: None, all_sites: dict[str, Site], recorder: Recorder, name: str
) -> None:
    with recorder.failing("500"):  # between two failures too: Varnish asks once more behind the reader's back
        for failure in FAILURES:
            recorder.seen.clear()
            with recorder.failing(failure):
                page = all_sites[name].read()
            holds_up(page)
            assert LIVE in page.notice, failure
            assert recorder.seen or failure == "refused", "it asked first"


@pytest.mark.parametrize("name", ["nginx", "Varnish", "Python"])
def test_no_reader_waits_for_what_another_waits_for(all_sites: dict[str, Site], recorder: Recorder, name: str) -> None:
    site = all_sites[name]
    site.forget()
    with recorder.failing("hangs"), ThreadPoolExecutor(6) as pool:
        pages = list(pool.map(lambda _: site.read(), range(6)))
    for page in pages:
        holds_up(page)


def test_a_service_that_came_back_is_heard_again(site: Site, recorder: Recorder) -> None:
    with recorder.failing("500"):
        assert BAKED in site.read().notice
    assert LIVE in site.read().notice


def test_a_publisher_typed_wrongly_in_the_page_leaves_the_page_s_own_words(site: Site) -> None:
    assert BAKED in site.read("rferk/any/en").notice
