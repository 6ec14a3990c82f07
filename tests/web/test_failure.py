"""Failure: when something of ours breaks, readers are still warned, and nobody learns who they are."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from service.answer import edition
from service.answer.edition import Edition
from service.answer.shelf import Shelf
from service.law.publisher import Publisher
from service.law.wording import Speech
from service.web import desk

from .law import CANARY, Service, ruleset


@pytest.fixture
def broken(service: Service, monkeypatch: pytest.MonkeyPatch) -> Service:
    """A service whose examination fails, with what a reader sent in the words of the error."""

    def fail(*_: object, **__: object) -> None:
        raise KeyError(CANARY)

    for form in ("html", "txt", "json"):
        assert service.client.get(f"/v1/rferl/RU/en/notice.{form}").status_code == 200
    monkeypatch.setattr(Edition, "body", fail)
    monkeypatch.setattr(Edition, "record", fail)
    monkeypatch.setattr(Shelf, "standing", fail)  # what stands ready would be given out all the same
    monkeypatch.setattr(Shelf, "negotiated", fail)
    return service


@pytest.mark.parametrize(
    "path", ["/v1/rferl/RU/en/notice.html", "/v1/rferl/notice.html", "/v1/rferl/RU/en/notice.label.html"]
)
def test_a_fragment_falls_back_to_the_last_good_answer_for_everybody(broken: Service, path: str) -> None:
    found = broken.client.get(path)
    assert (found.status_code, found.headers["Notice-State"]) == (200, "fallback")
    assert "If you are in Russia or hold its passport…" in found.text
    assert "<section" in found.text
    for name in ("Cache-Control", "CDN-Cache-Control", "Surrogate-Control"):
        assert found.headers[name] == "no-store"


def test_plain_text_falls_back_too_and_data_say_truly_that_we_broke(broken: Service) -> None:
    assert "If you are in Russia" in broken.client.get("/v1/rferl/RU/en/notice.txt").text
    found = broken.client.get("/v1/rferl/RU/en/notice.json")
    assert (found.status_code, found.content_type) == (500, "application/problem+json")
    posted = broken.client.post("/v1/rferl/notice", json={})
    assert posted.status_code == 500
    assert len(posted.data) == broken.library.edition.size


def test_only_the_class_of_an_error_is_told_and_only_once(
    broken: Service, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        found = broken.client.get(f"/v1/rferl/RU/en/notice.html?x={CANARY}", headers={"User-Agent": CANARY})
        assert CANARY not in found.text
        assert CANARY not in broken.client.get("/v1/rferl/RU/en/notice.json").text
    assert broken.alarms == ["an answer failed: KeyError"]
    assert broken.counters.total("failures") == 6
    output = capsys.readouterr()
    assert output.out + output.err + caplog.text == ""


def test_a_publisher_without_a_universal_answer_has_its_universal_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = ruleset()
    texts = {"en": Speech("Our own words, {publisher}.")}
    rules = replace(rules, publishers={"own": Publisher("own", {"en": "Own"}, universal_text=texts)})
    service = Service(tmp_path, rules=rules)
    monkeypatch.setattr(Edition, "body", lambda *_, **__: 1 / 0)
    found = service.client.get("/v1/own/RU/ru/notice.html")
    assert found.headers["Notice-State"] == "fallback"
    assert "Our own words, Own." in found.text


def test_a_page_that_cannot_be_built_keeps_the_last_good_universal_answer(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr(edition, "compose", fail)
    service.replace(ruleset("f2"))
    found = service.client.get("/v1/rferl/RU/en/notice.html")
    assert found.headers["Notice-State"] == "fallback"
    assert found.headers["Notice-Ruleset"] == "f2"
    assert "If you are in Russia" in found.text


@pytest.fixture
def streams(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything that is written or logged, to a string."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    monkeypatch.setattr(sys, "stderr", written)
    monkeypatch.setattr(sys, "stdout", written)
    yield written
    logging.getLogger().removeHandler(handler)


def test_no_answer_and_no_stream_repeats_what_was_sent(service: Service, streams: io.StringIO) -> None:
    sent = f"{CANARY}Ä<{CANARY}>"
    names = "User-Agent Referer Cookie X-Forwarded-For CF-IPCountry Host Accept-Language If-None-Match Origin X-A"
    headers = dict.fromkeys(names.split(), CANARY)
    paths = [
        "/", "/about", "/healthz", "/readyz", f"/{sent}", f"/v1/{sent}/RU/en/notice.html", f"/v1/{sent}/notice.json",
        f"/v1/rferl/{sent}/en/notice.json", f"/v1/rferl/RU/{sent}/notice.txt", f"/v1/rferl/RU/en/{sent}",
        f"/v1/rferl/notice.json?{sent}={sent}", f"/v1/rferl/notice.html?lang={sent}",
        f"/v1/rferl/RU/en/notice.json?citizen_of={sent}", f"/v1/{sent}/RU/en/notice.json",
    ]  # fmt: skip
    bodies = [
        f'{{"reader": {{"citizen_of": "{CANARY}"}}}}', f'{{"{CANARY}": 1}}', CANARY, f'{{"on": "{CANARY}"}}',
        f'{{"place": "{CANARY}"}}', f'{{"act": "{CANARY}"}}', f'{{"content": ["{CANARY}"]}}',
    ]  # fmt: skip
    answers = [
        service.client.open(path, method=method, headers=headers)
        for path in paths
        for method in ("GET", "HEAD", "POST", "OPTIONS", "PROPFIND")
    ]
    answers += [
        service.client.post("/v1/rferl/notice", data=body, content_type=kind, headers=headers)
        for body in bodies
        for kind in ("application/json", f"text/{CANARY}")
    ]
    for answer in answers:
        assert CANARY.lower() not in answer.text.lower()
        assert CANARY.lower() not in str(answer.headers).lower()
        assert "Set-Cookie" not in answer.headers
    assert streams.getvalue() == ""
    assert service.told + service.alarms == []


def test_the_memory_of_answers_holds_no_more_than_it_may(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edition, "KEPT", 10)
    for place in ("RU", "DE", "BY", "UA-14", "unknown", "UA-43"):
        for language in ("en", "ru", "be", "fa"):
            service.client.get(f"/v1/rferl/{place}/{language}/notice.html")
    memory = service.library.edition._prepared.memory
    assert 0 < len(memory) <= 10


def test_places_that_no_rule_tells_apart_share_one_answer_in_memory(service: Service) -> None:
    for place in ("DE", "DE-BE", "US", "FR", "KZ"):
        service.client.get(f"/v1/rferl/{place}/en/notice.html")
    assert len(service.library.edition._prepared.memory) == 1


def test_metrics_and_the_details_of_readiness_are_told_to_the_operator_only(tmp_path: Path) -> None:
    service = Service(tmp_path, admin=(("127.0.0.9", 9090),))
    assert service.client.get("/metrics").status_code == 404
    assert service.client.get("/readyz").text == "ready\n"
    assert service.client.get("/healthz").text == "ok\n"
    place = {"SERVER_NAME": "127.0.0.9", "SERVER_PORT": "9090"}
    forged = service.client.get("/metrics", headers={"Host": "127.0.0.9:9090"})
    assert forged.status_code == 404
    told = service.client.get("/metrics", environ_overrides=place).text
    assert 'caveat_answers_total{state="refused"} 2' in told
    assert "caveat_uptime_seconds" in told
    details = service.client.get("/readyz", environ_overrides=place).text
    assert "ruleset: f1\n" in details
    assert "stale_registers: \n" in details


def test_the_front_page_has_a_link_to_an_answer_of_every_publisher(service: Service) -> None:
    page = service.client.get("/").text
    for publisher, language in (("rferl", "en"), ("svaboda", "be"), ("quiet", "en"), ("brazil", "pt-BR")):
        link = f"/v1/{publisher}/any/{language}/notice.html"
        assert f'href="{link}"' in page
        assert service.client.get(link).headers["Notice-State"] in ("live", "none")


def test_the_about_page_gives_the_attributions_and_explains_every_problem(service: Service) -> None:
    page = service.client.get("/about").text
    link = '<a href="https://example.org/?a=1&amp;b=2" rel="noreferrer noopener">https://example.org/?a=1&amp;b=2</a>'
    assert f"<h2>Data</h2>\n<p>From &lt;somebody&gt; &amp; others ({link}).<br>\nAnd more.</p>" in page
    assert "not legal advice" in page.replace("\n", " ")
    kind = service.client.get("/v1/nobody/RU/en/notice.json").get_json()["type"]
    assert f'id="{kind.partition("#")[2]}"' in page
    assert desk.Desk.__doc__
