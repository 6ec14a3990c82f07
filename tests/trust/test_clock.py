"""Clock: around every date of the law, and when the clock goes back, a running service answers as a fresh one."""

from __future__ import annotations

import glob
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.answer import edition
from service.answer.edition import Edition
from service.law.place import UNKNOWN
from service.law.ruleset import RuleSet
from service.page.grade import Grade
from service.rulebook import Loaded, load
from service.web.app import create_app
from service.web.library import Library

from ..web.house import ROOT, house
from .pressure import built, soon

Amount = Callable[[int, int], int]
Whole = tuple[int, tuple[tuple[str, str], ...], bytes]

SECOND = timedelta(seconds=1)
MOST = 80
"""Addresses that are asked at one instant, of all that there are."""

PLACES = ("RU", "UA-43", "BY", "IR", "HK", "KG", "DE", "unknown")


@dataclass
class Running:
    """A service over the shipped rules, whose clock the test sets."""

    rules: Loaded
    now: datetime
    client: FlaskClient = field(init=False)
    library: Library = field(init=False)

    def __post_init__(self) -> None:
        self.library = Library(ROOT / "tests/seed", lambda _: self.rules, now=lambda: self.now)
        self.library.open()
        self.client = create_app(self.library, lambda *_: {UNKNOWN}).test_client(use_cookies=False)

    def start(self, rules: Loaded, instant: datetime) -> None:
        """Begin anew, at an instant; what stands in for answers that fail is not prepared, which takes long."""
        self.rules, self.now = rules, instant
        assert rules.ruleset
        self.library._edition = Edition(rules.ruleset, Grade.SOURCED, instant)

    def at(self, instant: datetime, paths: Sequence[str]) -> list[Whole]:
        """The whole answers at an instant: status, headers and body."""
        self.now = instant
        answers = [self.client.get(path) for path in paths]
        return [(answer.status_code, tuple(answer.headers), answer.data) for answer in answers]


def changes(rules: RuleSet) -> Iterator[datetime]:
    """Every instant at which the shipped rules change, long past and to come."""
    change: datetime | None = datetime(1900, 1, 1, tzinfo=UTC)
    while change := rules.next_change(change):
        yield change


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    found = load(ROOT / "tests/seed").ruleset
    assert found
    return found


@pytest.fixture(scope="module")
def paths(rules: RuleSet, pytestconfig: pytest.Config) -> tuple[str, ...]:
    """Addresses to ask: a few that differ in law, or with --soak every publisher in every place and form."""
    if not pytestconfig.getoption("--soak"):
        return (
            "/v1/rferl/RU/en/notice.html", "/v1/meduza/UA-43/ru/notice.json", "/v1/svaboda/BY/be/notice.txt",
            "/v1/iran-international/IR/fa/acts.json",
        )  # fmt: skip
    found = [f"/v1/{publisher}/check/en/" for publisher in rules.publishers]
    for publisher in rules.publishers:
        found.append(f"/v1/{publisher}/table/en.json")
        for place in PLACES:
            found += [f"/v1/{publisher}/{place}/en/{name}" for name in ("notice.html", "notice.json", "acts.json")]
    return tuple(found)


def differences(rules: RuleSet, instants: Sequence[datetime], paths: Sequence[str], anew: int) -> list[str]:
    """Where a service that runs on says something else than one that was started at the instant.

    The rules of the fresh ones are read anew every so many instants: what a rule set remembers is then young, too.
    """
    running = Running(Loaded(rules, ()), instants[0])
    fresh = Running(load(ROOT / "tests/seed"), instants[0])
    rng = random.Random(20261123)
    found: list[str] = []
    for number, instant in enumerate(instants):
        fresh.start(fresh.rules if number % anew else load(ROOT / "tests/seed"), instant)
        asked = rng.sample(paths, min(len(paths), MOST))
        pairs = zip(asked, running.at(instant, asked), fresh.at(instant, asked), strict=True)
        found += [f"{instant} {path}" for path, said, right in pairs if said != right]
        if number % 5 == 0:
            running.library.refresh()
    return found


def around(rules: RuleSet, *steps: timedelta) -> list[datetime]:
    """Instants at some distances from every change, in their order."""
    return [change + step for change in changes(rules) for step in steps]


def test_a_second_before_at_and_after_every_date_a_running_service_answers_as_a_fresh_one(
    rules: RuleSet, paths: Sequence[str], amount: Amount
) -> None:
    instants = around(rules, -SECOND, 0 * SECOND, SECOND)
    assert len(instants) > 90
    assert differences(rules, instants, paths, amount(50, 1)) == []


def test_a_clock_that_goes_back_ten_minutes_or_anywhere_changes_nothing(
    rules: RuleSet, paths: Sequence[str], amount: Amount
) -> None:
    minutes = timedelta(minutes=5)
    instants = around(rules, minutes, -minutes, minutes)
    far = [*instants, datetime(1970, 1, 1, tzinfo=UTC), datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC)]
    random.Random(20261123).shuffle(far)
    assert differences(rules, instants[:: amount(4, 1)] + far[: amount(20, len(far))], paths, amount(50, 1)) == []


def test_a_service_that_keeps_its_answers_past_a_date_is_found_out(
    rules: RuleSet, paths: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edition._Prepared, "holds", lambda *_: True)
    assert differences(rules, around(rules, -SECOND, SECOND)[-12:], paths[:3], 50)


def test_a_second_before_a_date_nobody_may_keep_an_answer_past_it(rules: RuleSet, paths: Sequence[str]) -> None:
    running = Running(Loaded(rules, ()), datetime(1900, 1, 1, tzinfo=UTC))
    for change in changes(rules):
        for status, headers, _ in running.at(change - SECOND, paths[:5]):
            assert status == 200
            assert dict(headers)["CDN-Cache-Control"].startswith(("public, max-age=1, ", "public, max-age=0, "))


def heard(rules: RuleSet, path: str) -> tuple[datetime, bytes, bytes]:
    """The last change that an address tells of, and its answer's body before and after."""
    running = Running(Loaded(rules, ()), datetime.now(UTC))
    for change in reversed(list(changes(rules))):
        (_, _, before), (_, _, after) = (running.at(change + step, [path])[0] for step in (-SECOND, SECOND))
        if before != after:
            return change, before, after
    raise AssertionError("no change is heard here")


HANDS = """
import os
from datetime import datetime
from pathlib import Path
from service.web.library import Library
Library.__init__.__kwdefaults__["now"] = lambda: datetime.fromisoformat(Path(os.environ["HANDS"]).read_text())
"""
"""A server whose clock stands in a file."""

NOTICE = "/v1/meduza/RU/en/notice.txt"


def test_a_server_whose_clock_jumps_answers_rightly_at_once(rules: RuleSet, tmp_path: Path) -> None:
    change, before, after = heard(rules, NOTICE)
    hands = tmp_path / "hands"

    def put(instant: datetime) -> None:
        (tmp_path / "beside").write_text(instant.isoformat())
        (tmp_path / "beside").replace(hands)

    put(change + timedelta(minutes=5))
    with built(tmp_path, HANDS, HANDS=str(hands)) as found:
        assert found.ask(NOTICE).body == after
        for step, body in (
            (timedelta(minutes=-5), before),
            (timedelta(minutes=5), after),
            (timedelta(days=-3), before),
            (0 * SECOND, after),
            (-SECOND, before),
            (SECOND, after),
        ):
            put(change + step)
            assert {found.ask(NOTICE).body for _ in range(20)} == {body}


def test_a_server_hears_a_date_while_it_runs(rules: RuleSet, tmp_path: Path, amount: Amount) -> None:
    """Under a clock that is set back to seconds before the date; a machine that starts slowly only hears the end."""
    if not amount(0, 1):
        pytest.skip("a part of make soak: above, the server's clock stands in a file")
    change, before, after = heard(rules, NOTICE)
    (library,) = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    faked: Mapping[str, str] = {
        "LD_PRELOAD": library, "TZ": "UTC", "FAKETIME": f"@{change - 5 * SECOND:%Y-%m-%d %H:%M:%S}",
        "NO_FAKE_STAT": "1", "FAKE_UTIME": "0",
    }  # fmt: skip
    with house(tmp_path, 1, **faked) as found:
        said: list[bytes] = []

        def hears() -> bool:
            said.append(found.ask(NOTICE).body)
            return said[-1] == after

        assert soon(hears, 60)
        said += [found.ask(NOTICE).body for _ in range(20)]
    heard_at = said.index(after)
    assert set(said[:heard_at]) <= {before}
    assert set(said[heard_at:]) == {after}
