"""Hostile caches: whatever a publisher's cache keeps against our word, no reader gets another's answer."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator, Mapping, Sequence

import pytest

from ..web.house import ROOT
from .cache import ASKS_ONCE, DROPS_THE_QUERY, IGNORES_VARY, KEEPS_POST, KINDS, NAMES, NGINX_SETTINGS, Caches, caches
from .pressure import PATIENT, built

Amount = Callable[[int, int], int]
Right = Mapping[str, Sequence[bytes]]

NEGOTIATED = tuple(kind for kind in KINDS if kind.startswith("negotiated"))


@pytest.fixture(scope="module")
def between(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Caches, Right]]:
    """The caches, and what the service itself answers to either of each pair."""
    folder = tmp_path_factory.mktemp("caches")
    with (
        built(folder, PATIENT, CAVEAT_TRUSTED_PROXIES="127.0.0.0/8") as found,
        caches(folder / "caches", found.port) as running,
    ):
        right = {}
        for kind, pair in KINDS.items():
            answers = []
            for question in pair:
                connection = http.client.HTTPConnection("127.0.0.1", found.port, timeout=10)
                answers.append(question.ask(connection, "site.example").read())
                connection.close()
            assert answers[0] != answers[1], "a crossed answer could not be told from a right one"
            right[kind] = answers
        yield running, right


def is_crossed(name: str, kind: str) -> bool:
    """Whether a cache is expected to mix these readers up: only where it ignores Vary as well, and none canonical."""
    if name not in IGNORES_VARY or kind == "canonical":
        return False
    if kind == "inquiry":
        return name in KEEPS_POST
    return kind != "negotiated, with ?lang=" or name in DROPS_THE_QUERY


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_no_reader_gets_anothers_answer_but_from_a_cache_that_ignores_vary_as_well(
    between: tuple[Caches, Right], name: str, kind: str, amount: Amount
) -> None:
    running, right = between
    number = amount(200 if kind in ("negotiated", "canonical") else 80, 1_000)
    if (kind == "inquiry" and name not in KEEPS_POST) or name in ASKS_ONCE:
        number = amount(16, 200)  # no cache keeps a POST unasked; nginx lets those who wait for another wait long
    found = running.crossing(name, kind, number, right[kind])
    print(f"{name}; {kind}: {found}")
    assert (found.asked, found.strange) == (number, 0)
    if is_crossed(name, kind):
        assert found.crossed > number / 8, "this cache mixes readers up; if it does not, the others prove nothing"
    else:
        assert found.crossed == 0
    if kind == "canonical":
        assert found.kept > number / 2, "a cache that keeps nothing proves nothing"


@pytest.mark.parametrize("name", [name for name in NGINX_SETTINGS if name not in IGNORES_VARY | ASKS_ONCE])
def test_nothing_of_what_was_for_one_reader_lies_on_a_publishers_disk(
    between: tuple[Caches, Right], name: str, amount: Amount
) -> None:
    running, right = between
    for kind in (*NEGOTIATED, "canonical"):
        running.crossing(name, kind, 16, right[kind])
    assert running.lies_on_disk(name, "/v1/rferl/RU/en/notice.html"), "the search finds what is kept"
    for path in ("/v1/rferl/notice.html", "/v1/rferl/notice.txt?lang=ru", "/v1/rferl/notice.json"):
        assert not running.lies_on_disk(name, path)


def test_publishers_are_told_of_the_one_setting_that_no_answer_of_ours_survives() -> None:
    page = (ROOT / "docs/recipes/careless/README.md").read_text()
    assert "`Vary`" in page
    assert "proxy_ignore_headers" in page
