"""Hatch: an answer that stands ready is what Flask would have answered: status, headers in their order, and bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from service.answer.shelf import NAMES, Ready, Shelf
from service.web.hatch import Hatch

from .law import FUTURE, NOW, Service, ruleset

Told = tuple[str, list[tuple[str, str]], bytes]
Asked = tuple[str, str, dict[str, str]]
"""Method, path with its query, and headers."""


def environ(asked: Asked) -> dict[str, Any]:
    method, path, headers = asked
    found = EnvironBuilder(method=method, path="/", environ_base={"REMOTE_ADDR": "192.0.2.1"}).get_environ()
    path, _, query = path.partition("?")
    found |= {"PATH_INFO": path, "QUERY_STRING": query}
    if "Host" in headers and not headers["Host"]:
        del found["HTTP_HOST"]
    return found | {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items() if value}


def told(app: Callable[..., Iterable[bytes]], asked: Asked) -> Told:
    given: list[tuple[str, list[tuple[str, str]]]] = []
    content = app(environ(asked), lambda status, headers, _=None: given.append((status, list(headers))))
    body = b"".join(content)
    if close := getattr(content, "close", None):
        close()
    ((status, headers),) = given
    return status, headers, body


@dataclass
class Pair:
    """A service, and how often the hatch left an answer to Flask."""

    service: Service
    left: int = 0

    def __post_init__(self) -> None:
        self.hatch = self.service.app.wsgi_app
        assert isinstance(self.hatch, Hatch)
        self.hatch._behind = self._flask

    def _flask(self, *arguments: Any) -> Iterable[bytes]:
        self.left += 1
        return Flask.wsgi_app(self.service.app, *arguments)

    def differs(self, asked: Asked) -> tuple[Told, Told] | None:
        """What both said if they differ, None if they do not; both are asked twice: ready, and not yet ready."""
        for _ in range(2):
            both = told(self.hatch, asked), told(lambda *a: Flask.wsgi_app(self.service.app, *a), asked)
            if both[0] != both[1]:
                return both
        return None


@pytest.fixture
def pair(service: Service) -> Pair:
    return Pair(service)


PLACES = [
    "any",
    "unknown",
    "RU",
    "RU-MOW",
    "UA-43",
    "DE",
    "held",
    "HK",
    "CN-HK",
    "ru",
    "Any",
    "XX",
    "",
    "RU ",
    "é",
    "%52U",
]
LANGUAGES = ["en", "ru", "be", "uk", "fr", "pt-BR", "en-GB", "EN", "xx", "", "en-US-x"]
PUBLISHERS = ["rferl", "svaboda", "quiet", "brazil", "nobody", "Rferl", "", "rferl%20"]
ENDINGS = [
    *NAMES,
    "notice",
    "notice.htm",
    "notice.HTML",
    "notice.300.txt",
    "acts.json",
    "notice.html/",
    "",
    "notice.long.html",
]
QUERIES = ["", "?", "?lang=ru", "?lang=RU", "?lang=xx", "?lang=", "?lang=ru&lang=en", "?lang=ru&v=1", "?v=3",
           "?citizen_of=RU", "?lang=ru%20", "?Lang=ru", "?lang=ru;q=1"]  # fmt: skip
ODD = [
    *(("GET", path, {}) for path in ("/", "//", "/v1", "/v1/", "/v1/rferl", "/v1//notice.html", "/v2/rferl/notice.html",
       "//v1/rferl/notice.html", "/v1/rferl/RU/en/notice.html/x", "/v1/rferl/notice.html\x00",
       "/v1/rferl/notice.html;a",
       "/v1/rferl/notice", "/healthz", "/v1/rferl/../rferl/notice.html", "v1/rferl/notice.html", "",
       "/v1/rferl/check/en/notice.html", "/v1/rferl/frame/RU/en/", "/v1/rferl/table/en.json", "/v1/rferl/reader.css",
       "/v1/rferl/RU/en\xff/notice.html")),
    *((method, path, {}) for method, path in product(
        ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "get", "GETX"),
        ("/v1/rferl/RU/en/notice.html", "/v1/rferl/notice.json", "/v1/rferl/notice"))),
]  # fmt: skip
ACCEPTED = [
    "",
    "ru",
    "ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7",
    "be,ru",
    "uk",
    "xx",
    "*",
    "en;q=0",
    "ru;q=a",
    ",",
    "é",
    "be-tarask,pt-BR",
]
CONDITIONS = ["", "*", '"a"', 'W/"a"', "SAME", 'SAME, W/"b"', 'W/"b", SAME', '"', "SAME-weakless"]
OTHERS: list[dict[str, str]] = [
    {},
    {"X-Forwarded-For": "203.0.113.9, 10.0.0.1"},
    {"X-Forwarded-Host": "other.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/p"},
    {"Host": "other.example:1"},
    {"Host": ""},
    {"Host": "a b\x00"},
    {"Upgrade": "websocket", "Connection": "Upgrade"},
    {"Connection": "Upgrade"},
    {"Range": "bytes=0-3"},
    {"If-Modified-Since": "Sat, 01 Jan 2028 00:00:00 GMT"},
    {"If-Match": '"a"'},
    {"Origin": "https://other.example", "Sec-Fetch-Site": "cross-site"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"Accept": "application/json", "Accept-Encoding": "gzip"},
    {"Cookie": "a=b", "Authorization": "Basic x"},
    {"Content-Length": "5", "Content-Type": "application/json"},
]  # fmt: skip


def condition(pair: Pair, path: str, wanted: str) -> dict[str, str]:
    if not wanted:
        return {}
    headers = dict(told(pair.hatch, ("GET", path, {}))[1])
    tag = headers.get("ETag", 'W/"none"')
    return {"If-None-Match": wanted.replace("SAME-weakless", tag.removeprefix("W/")).replace("SAME", tag)}


def standing() -> Iterator[str]:
    yield from (f"/v1/rferl/{place}/{language}/notice.html" for place, language in product(PLACES, LANGUAGES))
    yield from (f"/v1/{publisher}/RU/en/{name}" for publisher, name in product(PUBLISHERS, ENDINGS))
    yield from (f"/v1/{publisher}/{name}" for publisher, name in product(PUBLISHERS, ENDINGS))
    yield from (
        f"/v1/{path}{query}" for path, query in product(["rferl/RU/en/notice.txt", "svaboda/notice.txt"], QUERIES)
    )


def every(pair: Pair) -> Iterator[Asked]:
    """Requests of every kind: each part of one varied by itself."""
    for method, path in product(("GET", "HEAD"), standing()):
        yield method, path, {}
    yield from ODD
    for method, path in product(("GET", "HEAD"), ("/v1/svaboda/RU/be/notice.html", "/v1/svaboda/notice.html")):
        for others in OTHERS:
            yield method, path, others
        for wanted in CONDITIONS:
            yield method, path, condition(pair, path, wanted)
    for accepted, query in product(ACCEPTED, ("", "?lang=be", "?lang=xx", "?lang=")):
        yield "GET", f"/v1/svaboda/notice.json{query}", {"Accept-Language": accepted}


def differences(pair: Pair) -> list[tuple[Asked, tuple[Told, Told]]]:
    return [(asked, found) for asked in every(pair) if (found := pair.differs(asked)) is not None]


def test_every_kind_of_request_is_answered_as_flask_answers_it(pair: Pair) -> None:
    assert differences(pair) == []


def test_what_is_usually_asked_stands_ready_and_what_is_odd_does_not(pair: Pair) -> None:
    for asked in (
        ("GET", "/v1/rferl/RU/en/notice.html", {}),
        ("HEAD", "/v1/rferl/any/ru/notice.short.html", {}),
        ("GET", "/v1/svaboda/held/fr/notice.json", {"If-None-Match": "*"}),
        ("GET", "/v1/svaboda/notice.txt?lang=ru", {"X-Forwarded-For": "203.0.113.9"}),
        ("GET", "/v1/svaboda/notice.html", {"Accept-Language": "be,ru;q=0.8"}),
    ):
        told(pair.hatch, asked)
        assert pair.left == 0, asked
    for number, asked in enumerate(ODD, 1):
        told(pair.hatch, asked)
        assert pair.left == number, asked


def test_the_life_of_an_answer_runs_down_as_flask_says(tmp_path: Path) -> None:
    """From long before a change that adds a risk to long after it, and back: a clock may be set."""
    changes = (NOW + timedelta(days=30)).date()
    pair = Pair(Service(tmp_path, ruleset(changes_on=changes, gone_on=date(2027, 3, 1))))
    change = pair.service.library.edition.cases.period(NOW).end
    assert change is not None
    steps = [-timedelta(days=20), -timedelta(days=8), *(timedelta(seconds=s) for s in (
        -604_901, -604_900, -604_899.5, -604_800, -86_400, -301, -300, -299.5, -0.5, 0, 0.5, 300, 90_000)),
        timedelta(days=20)]  # fmt: skip
    lives = set()
    for step in [*steps, *reversed(steps), *steps[::3]]:
        pair.service.now = change + step
        for path in ("/v1/rferl/BY/en/notice.html", "/v1/svaboda/BY/be/notice.txt", "/v1/quiet/DE/en/notice.json"):
            assert pair.differs(("GET", path, {})) is None, (step, path)
        lives.add(dict(told(pair.hatch, ("GET", "/v1/rferl/BY/en/notice.html", {}))[1])["CDN-Cache-Control"])
    assert pair.left == 0
    assert len(lives) > 6


def test_other_rules_stand_ready_at_once(pair: Pair) -> None:
    asked = ("GET", "/v1/rferl/RU/en/notice.html", {})
    before = told(pair.hatch, asked)
    pair.service.replace(replace(pair.service.rules, fingerprint="f2"))
    assert pair.differs(asked) is None
    assert told(pair.hatch, asked) != before
    assert pair.left == 0


def test_a_publisher_that_lets_browsers_keep_says_so_as_flask_does(tmp_path: Path) -> None:
    rules = ruleset(changes_on=FUTURE.date())
    owner = replace(rules.publishers["rferl"], browsers_keep=60)
    pair = Pair(Service(tmp_path, replace(rules, publishers={**rules.publishers, "rferl": owner})))
    asked = ("GET", "/v1/rferl/RU/en/notice.html", {})
    assert pair.differs(asked) is None
    assert dict(told(pair.hatch, asked)[1])["Cache-Control"] == "private, max-age=60"


def test_every_answer_is_counted_as_flask_counts_it(pair: Pair) -> None:
    counters = pair.service.counters
    for asked, name in (
        (("GET", "/v1/rferl/RU/en/notice.html", {}), "live"),
        (("GET", "/v1/quiet/DE/en/notice.html", {}), "none"),
    ):
        before = counters.total(name)
        told(pair.hatch, asked)
        assert counters.total(name) == before + 1
    assert pair.left == 0


def test_a_source_that_fails_costs_nobody_a_warning_and_is_told_of_once(pair: Pair) -> None:
    pair.service.origin = RuntimeError("Kanarienvogel")
    asked = ("GET", "/v1/rferl/notice.html", {"Accept-Language": "ru"})
    assert pair.differs(asked) is None
    assert pair.service.alarms == ["a location source failed: RuntimeError"]
    assert pair.service.counters.total("failures") == 4


INSTANTS = st.integers(0, 5 * 365 * 86_400 * 2).map(lambda halves: NOW + timedelta(seconds=halves / 2))
ORIGINS = st.frozensets(
    st.sampled_from(["RU", "UA-43", "BY", "DE", "HK", "CN-HK", "unknown", "XX", "RU-MOW"]), max_size=3
)
KNOWN = st.sampled_from(PUBLISHERS[:4])
SEGMENTS = st.sampled_from([*PUBLISHERS, *PLACES, *LANGUAGES, *ENDINGS, "v1", "notice.html", "check", "frame", "table"])
PATHS = st.one_of(
    st.tuples(KNOWN, st.sampled_from(PLACES), st.sampled_from(LANGUAGES), st.sampled_from(ENDINGS)),
    st.tuples(KNOWN, st.sampled_from(ENDINGS)),
    st.lists(SEGMENTS, max_size=6).map(tuple),
).map(lambda parts: "/v1/" + "/".join(parts))
HEADERS = {
    "Accept-Language": st.sampled_from(ACCEPTED)
    | st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=12),
    "If-None-Match": st.sampled_from(['W/"a"', "*", "garbage"]),
    "X-Forwarded-For": st.sampled_from(["203.0.113.9", "x"]),
}
REQUESTS = st.tuples(
    st.sampled_from(["GET", "GET", "GET", "HEAD", "POST"]),
    st.tuples(PATHS, st.sampled_from(QUERIES)).map("".join),
    st.fixed_dictionaries({}, optional=HEADERS),
)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return Pair(Service(tmp_path_factory.mktemp("hatch"), ruleset(changes_on=FUTURE.date(), gone_on=date(2027, 3, 1))))


@settings(max_examples=settings.default.max_examples * 3 if settings.default else 200)
@given(REQUESTS, INSTANTS, ORIGINS)
def test_any_request_at_any_time_is_answered_as_flask_answers_it(
    lasting: Pair, asked: Asked, now: datetime, origin: frozenset[str]
) -> None:
    lasting.service.now, lasting.service.origin = now, origin
    assert lasting.differs(asked) is None


LIFE = "a life that never runs down"
WRONGS: dict[str, Callable[[Ready], Ready]] = {
    "one wrong header": lambda ready: replace(
        ready, lasting=[*ready.lasting[:-1], ("Access-Control-Allow-Origin", "")]
    ),
    "one header too few": lambda ready: replace(ready, passing=ready.passing[:-1]),
    "two headers swapped": lambda ready: replace(ready, lasting=[*ready.lasting[1:], ready.lasting[0]]),
    "a length for 304": lambda ready: replace(ready, unchanged=[*ready.unchanged, ("Content-Length", "0")]),
    "one wrong byte": lambda ready: replace(ready, body=replace(ready.body, content=ready.body.content[:-1] + b"!")),
    LIFE: lambda ready: replace(ready, steady=datetime.max.replace(tzinfo=UTC)),
}


@pytest.mark.parametrize("wrong", WRONGS)
def test_one_thing_that_is_wrong_is_found_out(wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = Pair(Service(tmp_path, ruleset(changes_on=FUTURE.date())))
    sound = Shelf._written
    monkeypatch.setattr(Shelf, "_written", lambda *a: WRONGS[wrong](sound(*a)))
    if wrong == LIFE:
        assert pair.differs(("GET", "/v1/rferl/BY/en/notice.html", {})) is None
        pair.service.now += timedelta(days=1)
        assert pair.differs(("GET", "/v1/rferl/BY/en/notice.html", {})) is not None
    else:
        assert any(pair.differs(asked) for asked in every(pair))


def test_a_hatch_that_hands_out_to_a_question_with_a_status_in_it_is_found_out(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = Hatch._found
    monkeypatch.setattr(Hatch, "_found", lambda self, given: sound(self, given | {"QUERY_STRING": ""}))
    assert pair.differs(("GET", "/v1/svaboda/notice.txt?citizen_of=RU", {})) is not None


def test_what_stands_ready_is_keyed_by_the_rules_alone(pair: Pair) -> None:
    """However many languages and places readers come with, no more is kept than rules can tell apart."""
    assert isinstance(pair.hatch, Hatch)
    for tag, place in product(("ru", "ru-RU", "gv-IM", "haw-US", "gv", "haw"), ("DE", "FR", "US", "DE-BE", "RU")):
        pair.service.origin = (place,)
        told(pair.hatch, ("GET", "/v1/rferl/notice.html", {"Accept-Language": tag}))
        told(pair.hatch, ("GET", "/v1/rferl/notice.html?lang=" + tag, {}))
        told(pair.hatch, ("GET", f"/v1/rferl/{place}/{tag}/notice.html", {}))
    shelf = pair.hatch._shelf
    assert shelf is not None
    assert len(shelf._ready) <= 2 * 2 * 3
    kept = repr(list(shelf._ready))
    assert not any(f"'{word}'" in kept for word in ("ru-RU", "gv", "gv-IM", "haw", "haw-US", "DE-BE", "US"))
