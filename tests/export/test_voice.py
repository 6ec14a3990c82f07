"""Examination of voices: a tag that a text is looked up for in another spelling has a tongue that finds the same."""

from __future__ import annotations

import pytest

from service.export.voice import OTHER, Tongues
from service.law.publisher import Publisher
from service.page.language import chain, normal

SAID = ("en", "fa", "he", "ru", "zh-Hans", "zh-Hant")
PUBLISHER = Publisher("gazette", {"en": "Gazette"}, languages=("en", "zh-Hant"))


def found(tag: str) -> tuple[str, ...]:
    return tuple(language for language in chain(tag, PUBLISHER) if language in SAID)


@pytest.mark.parametrize(
    "tag",
    [
        "zh", "zh-CN", "zh-SG", "zh-HK", "zh-TW", "zh-MO", "zh-Hans", "zh-Hant", "zh-Hant-TW", "prs", "iw", "fa-AF",
        "ru-RU", "yue", "ckb",
    ],
)  # fmt: skip
def test_a_tongue_finds_what_the_service_finds_for_the_tag(tag: str) -> None:
    tongues = Tongues(SAID, ())
    bare = tag.partition("-")[0]
    tongue = next((name for name in (tag, bare) if name in tongues.names), OTHER)
    assert bare in tongues.bare
    assert found(tongues.tag(tongue)) == found(normal(tag))


def test_languages_in_which_nothing_is_said_add_no_tongue() -> None:
    assert Tongues(("en", "ru"), ()).names == ("en", "ru")
