"""Standing: what has a place and a language in its path beside the notice: the risk per act, and a limited text."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from service.law.moment import starts
from service.page.plain import units

from .law import FUTURE, Service, ruleset

LASTING = "public, max-age=300, stale-if-error=604800"


def test_the_risk_per_act_is_data_that_shared_caches_may_keep(service: Service) -> None:
    answer = service.client.get("/v1/rferl/RU/en/acts.json")
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert (answer.headers["Notice-State"], answer.headers["CDN-Cache-Control"]) == ("live", LASTING)
    assert (answer.headers["Content-Language"], answer.headers["Cache-Control"]) == ("en", "no-store")
    again = service.client.get("/v1/rferl/RU/en/acts.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert answer.json["controls"]["share"]["gate"] == "confirm"
    assert (answer.json["place"], answer.json["publisher"]) == ("known", "rferl")


@pytest.mark.parametrize("place", ["any", "unknown", "XX", "any?v=1"])
def test_where_the_place_is_not_known_nothing_asks_for_a_confirmation(service: Service, place: str) -> None:
    path, _, query = place.partition("?")
    data = service.client.get(f"/v1/rferl/{path}/en/acts.json?{query}").json
    assert data["place"] == "unknown"
    assert {said["gate"] for said in data["controls"].values()} == {"inform"}


def test_any_and_unknown_are_one_answer_and_another_spelling_is_never_stored(service: Service) -> None:
    bodies = {service.client.get(f"/v1/rferl/{place}/en/acts.json").data for place in ("any", "unknown", "XX")}
    assert len(bodies) == 1
    for path in ("XX/en", "ru/en", "RU/EN", "RU/xx"):
        answer = service.client.get(f"/v1/rferl/{path}/acts.json")
        assert answer.headers["CDN-Cache-Control"] == "no-store"


def test_where_nothing_applies_the_data_say_so_and_mark_nothing(service: Service) -> None:
    answer = service.client.get("/v1/quiet/DE/en/acts.json")
    assert answer.headers["Notice-State"] == "none"
    assert (answer.json["attributes"], answer.json["controls"]) == ("", {})


@pytest.mark.parametrize(
    ("path", "status", "state"),
    [
        ("/v1/nobody/RU/en/acts.json", 404, "unknown-publisher"),
        ("/v1/rferl/RU/en/acts.json?citizen_of=RU", 400, "refused"),
        ("/v1/rferl/RU/acts.json", 404, "refused"),
        ("/v1/rferl/acts.json", 404, "refused"),
    ],
)
def test_what_goes_wrong_with_the_data_is_told_truly(service: Service, path: str, status: int, state: str) -> None:
    answer = service.client.get(path)
    assert (answer.status_code, answer.headers["Notice-State"]) == (status, state)
    assert answer.content_type == "application/problem+json"


def test_the_risk_is_not_kept_past_the_next_change(tmp_path: Path) -> None:
    change = starts(FUTURE.date())
    service = Service(tmp_path, rules=ruleset(changes_on=FUTURE.date()))
    path = "/v1/rferl/BY/en/acts.json"
    before = service.client.get(path).json
    service.now = change
    after = service.client.get(path).json
    assert before["next_change"] == change.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert after["next_change"] > before["next_change"]
    service.now = change - timedelta(seconds=7)
    assert "max-age=7, " in service.client.get(path).headers["CDN-Cache-Control"]


@pytest.mark.parametrize("most", [80, 81, 150, 300, 1024, 4096, 65536])
@pytest.mark.parametrize("language", ["en", "ru", "be", "uk", "fa"])
def test_a_limited_text_fits_and_may_be_kept(service: Service, most: int, language: str) -> None:
    answer = service.client.get(f"/v1/rferl/any/{language}/notice.{most}.txt")
    assert 0 < units(answer.text) <= most
    assert (answer.status_code, answer.content_type) == (200, "text/plain; charset=utf-8")
    assert (answer.headers["Notice-State"], answer.headers["CDN-Cache-Control"]) == ("live", LASTING)


def test_with_room_it_is_the_whole_text_and_without_it_less(service: Service) -> None:
    whole = service.client.get("/v1/rferl/RU/ru/notice.txt").text.rstrip("\n")
    assert units(whole) > 100
    assert service.client.get(f"/v1/rferl/RU/ru/notice.{units(whole)}.txt").text == whole
    less = service.client.get(f"/v1/rferl/RU/ru/notice.{units(whole) - 1}.txt").text
    assert less != whole
    assert whole.startswith(less.partition("\n")[0])


@pytest.mark.parametrize("most", ["79", "0", "65537", "1e3", "-80", "99999", "100000", " 80", "080.0", "079"])
def test_a_limit_that_is_none_is_refused_with_a_usable_text(service: Service, most: str) -> None:
    answer = service.client.get(f"/v1/rferl/RU/en/notice.{most}.txt")
    assert (answer.status_code, answer.headers["Notice-State"]) == (200, "refused")
    assert answer.headers["CDN-Cache-Control"] == "no-store"
    assert answer.text.strip()


@pytest.mark.parametrize("most", ["080", "0001024", "\u0668\u0660"])
def test_another_spelling_of_a_limit_is_answered_and_never_stored(service: Service, most: str) -> None:
    answer = service.client.get(f"/v1/rferl/RU/en/notice.{most}.txt")
    assert answer.data == service.client.get(f"/v1/rferl/RU/en/notice.{int(most)}.txt").data
    assert (answer.headers["Notice-State"], answer.headers["CDN-Cache-Control"]) == ("live", "no-store")


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/v1/nobody/RU/{}/notice.80.txt", "unknown-publisher"),
        ("/v1/rferl/RU/{}/notice.80.txt?citizen_of=RU", "refused"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ru", "be", "uk", "fa"])
def test_what_stands_in_for_a_limited_text_fits_too(service: Service, path: str, state: str, language: str) -> None:
    answer = service.client.get(path.format(language))
    assert (answer.status_code, answer.headers["Notice-State"]) == (200, state)
    assert 10 < units(answer.text) <= 80


def test_where_nothing_applies_a_limited_text_is_an_empty_line(service: Service) -> None:
    answer = service.client.get("/v1/quiet/DE/en/notice.80.txt")
    assert (answer.text, answer.headers["Notice-State"]) == ("\n", "none")


def test_any_number_of_limits_is_kept_as_one_answer(service: Service) -> None:
    memory = service.library.edition._prepared.memory
    service.client.get("/v1/rferl/RU/en/notice.80.txt")
    size = len(memory)
    for most in range(81, 200):
        service.client.get(f"/v1/rferl/RU/en/notice.{most}.txt")
    assert len(memory) == size
