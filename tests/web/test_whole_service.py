"""The main job, end to end: real rules, real location data, a real server, and readers behind a trusted proxy."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from .house import House, house

SEED = (
    'RFE/RL has been declared an "undesirable organization" by the Russian government.\n\n'
    "If you are in Russia or the Russia-controlled parts of Ukraine and hold a Russian passport or are a stateless "
    "person residing permanently in Russia or the Russia-controlled parts of Ukraine, please note that you could face "
    "fines or imprisonment for sharing, liking, commenting on, or saving our content, or for contacting us.\n\n"
    "To find out more, click here (https://www.rferl.org/)."
)
UNDESIRABLE = "ru/undesirable-organization"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("whole"), CAVEAT_TRUSTED_PROXIES="127.0.0.1/32") as found:
        yield found


def told(running: House, address: str, publisher: str = "rferl", language: str = "en") -> dict[str, dict[str, object]]:
    """What a reader at an address is told, by notice."""
    path = f"/v1/{publisher}/notice.json?lang={language}"
    document = json.loads(running.ask(path, **{"X-Forwarded-For": address}).body)
    return {notice["id"]: notice for notice in document["notices"]}


@pytest.mark.parametrize("address", ["95.24.0.1", "87.240.190.67", "2a00:1148::1", "::ffff:95.24.0.1"])
def test_a_reader_in_russia_gets_the_seed_as_a_law_that_may_apply(running: House, address: str) -> None:
    notice = told(running, address)[UNDESIRABLE]
    assert (notice["verdict"], notice["shown"]) == ("may_apply", "full")
    assert notice["text"] == SEED
    assert notice["depends_on"] == ["citizen_of", "stateless", "resident_of", "law"]


@pytest.mark.parametrize(
    ("address", "depends"),
    [
        ("81.162.64.1", True),  # Bakhchysarai in Crimea: one source says Russia, the other Ukraine
        ("109.248.57.1", True),  # Czechia or Russia
        ("178.172.248.1", True),  # Belarus or Russia
        ("194.25.0.68", False),  # Germany, say both
    ],
)
def test_where_sources_disagree_the_most_cautious_answer_wins(running: House, address: str, depends: bool) -> None:
    notice = told(running, address)[UNDESIRABLE]
    assert notice["shown"] == ("full" if depends else "folded")
    assert ("place" in notice["depends_on"]) is depends  # type: ignore[operator]


@pytest.mark.parametrize("address", ["10.0.0.1", "100.64.1.1", "nowhere", "", "155.11.202.22"])
def test_a_reader_who_cannot_be_placed_is_told_what_anybody_is_told(running: House, address: str) -> None:
    anybody = json.loads(running.ask("/v1/rferl/any/en/notice.json").body)
    assert told(running, address) == {notice["id"]: notice for notice in anybody["notices"]}


def test_a_reader_of_svaboda_in_belarus_is_told_of_belarus_and_the_russian_laws_are_folded(running: House) -> None:
    found = told(running, "93.125.0.1", "svaboda", "be")
    assert {id: (notice["verdict"], notice["shown"]) for id, notice in found.items()} == {
        "by/extremist-formation": ("applies", "full"),
        "by/extremist-materials": ("applies", "full"),
        "ru/undesirable-organization": ("may_apply", "folded"),
        "ru/undesirable-organization-funding": ("may_apply", "folded"),
    }


@pytest.mark.parametrize("publisher", ["rferl", "svaboda", "meduza", "dw", "moscowtimes"])
def test_no_publisher_is_given_the_foreign_agent_label_that_it_does_not_carry(running: House, publisher: str) -> None:
    for place in ("RU", "any", "DE"):
        document = json.loads(running.ask(f"/v1/{publisher}/{place}/ru/notice.json").body)
        assert all(notice["kind"] == "reader-risk" for notice in document["notices"])
        assert "Настоящий материал" not in document["html"]


def test_what_iran_s_authorities_have_warned_of_is_never_called_a_crime(running: House) -> None:
    found = told(running, "2.176.0.1", "iran-international", "fa")["ir/contact-with-designated-media"]
    assert found["basis"] == "official-warning"
    assert "have warned" in str(found["text"])
    assert "crime" not in str(found["text"])


def test_a_server_that_knows_its_reader_is_told_for_certain(running: House) -> None:
    asked = {"place": "DE", "language": "en", "page_language": "en", "reader": {"citizen_of": ["DE", "RU"]}}
    answer = running.ask(
        "/v1/rferl/notice", "POST", body=json.dumps(asked).encode(), **{"Content-Type": "application/json"}
    )
    found = {notice["id"]: notice for notice in json.loads(answer.body)["notices"]}
    assert found[UNDESIRABLE]["verdict"] == "applies"
    nothing = running.ask("/v1/rferl/notice", "POST", body=b"{}", **{"Content-Type": "application/json"})
    assert len(nothing.body) == len(answer.body)
