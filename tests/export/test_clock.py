"""Examination of what an export says while time goes by: it never lives past a change, and changes with the law."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from service.export import Order, Summary, export
from service.export.clock import below
from service.law.moment import ends, starts
from service.page.grade import Grade

from ..web.house import free_ports
from ..web.law import Service
from ..web.law import ruleset as small
from .stand import Asker, Seen, nginx

LISTED_ON, GONE_ON = date(2026, 12, 1), date(2026, 12, 3)
FIRST, SECOND = starts(LISTED_ON), ends(GONE_ON - timedelta(days=1))
PATHS = [
    f"/v1/{publisher}/{path}"
    for publisher in ("rferl", "svaboda", "quiet", "brazil")
    for path in (
        "any/en/notice.html", "BY/ru/notice.json", "held/be/notice.short.txt", "RU/pt-BR/acts.json", "DE/pt/notice.txt",
        "table/en.json", "check/ru/", "frame/BY/be/", "reader.css",
    )
]  # fmt: skip


def numbers(seen: Seen) -> tuple[int, int]:
    """For how long it is fresh, and for how long it may be used in all."""
    found = re.fullmatch(r"public, max-age=(\d+), stale-if-error=(\d+)", seen.headers["CDN-Cache-Control"])
    assert found, seen.headers
    surrogate = f"max-age={found[1]}, stale-if-error={found[2]}"
    assert seen.headers["Surrogate-Control"] == surrogate
    return int(found[1]), int(found[1]) + int(found[2])


def served(service: Service, path: str) -> Seen:
    answer = service.client.get(path)
    headers = {name: ", ".join(answer.headers.getlist(name)) for name, _ in answer.headers}
    return Seen(answer.status_code, headers, answer.data)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, Service, Summary]:
    """An export made before a law changes, that is true until the change after it."""
    folder, (port,) = tmp_path_factory.mktemp("clock"), free_ports(1)
    rules = small("f1", LISTED_ON, GONE_ON)
    rules = replace(
        rules, publishers={**rules.publishers, "brazil": replace(rules.publishers["brazil"], browsers_keep=120)}
    )
    at = FIRST - timedelta(hours=30)
    order = Order(rules, Grade.SOURCED, at, ahead=timedelta(hours=31), listen=f"127.0.0.1:{port}")
    summary = export(order, folder)
    (folder / "service").mkdir()
    return folder, port, Service(folder / "service", rules), summary


def test_an_export_names_its_changes(made: tuple[Path, int, Service, Summary]) -> None:
    summary = made[3]
    assert [datetime.fromisoformat(change) for change in summary.changes] == [FIRST]
    assert datetime.fromisoformat(summary.next_change) == SECOND
    assert datetime.fromisoformat(summary.since) < FIRST


@pytest.mark.parametrize("before", [10 * 24 * 3600, 24 * 3600, 4000, 400, 200, 70, 30, -5, -3600, -25 * 3600 - 1800])
def test_no_answer_outlives_the_law(made: tuple[Path, int, Service, Summary], before: int) -> None:
    folder, port, service, _ = made
    now = FIRST - timedelta(seconds=before)
    service.now = now
    with nginx(folder, port, now), Asker(port) as asker:
        for path in PATHS:
            ours, theirs = asker.ask(path), served(service, path)
            lives, fresh = numbers(ours), numbers(theirs)
            assert all(one <= other for one, other in zip(lives, fresh, strict=True)), path
            assert lives[0] > 0 or fresh[0] < 60, path
            own = [int(re.sub(r"\D", "", seen.headers["Cache-Control"]) or 0) for seen in (ours, theirs)]
            assert own[0] <= own[1], path
            assert (own[0] > 0) == (path.startswith("/v1/brazil/") and "check" not in path and lives[0] > 0), path
            same = [
                {name: value for name, value in seen.listed.items() if not name.endswith("-Control")}
                for seen in (ours, theirs)
            ]
            assert same[0] == same[1], path
            assert ours.body == theirs.body, path


@pytest.mark.parametrize("after", [1, 3600])
def test_after_its_term_an_export_says_so_and_nobody_keeps_it(
    made: tuple[Path, int, Service, Summary], after: int
) -> None:
    folder, port, service, _ = made
    service.now = SECOND - timedelta(seconds=5)
    with nginx(folder, port, SECOND + timedelta(seconds=after)), Asker(port) as asker:
        for path in PATHS:
            seen = asker.ask(path)
            assert seen.headers["Cache-Control"] == seen.headers["CDN-Cache-Control"] == "no-store", path
            assert seen.headers["Notice-State"] == "fallback", path
            if path.endswith((".html", ".txt", "/")):
                assert (seen.status, seen.body) == (200, served(service, path).body), path
            else:
                assert (seen.status, seen.headers["Content-Type"]) == (500, "application/problem+json"), path


def test_an_export_for_a_later_day_is_not_taken_for_today(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    at = FIRST + timedelta(hours=1)
    export(Order(small("f1", LISTED_ON), Grade.SOURCED, at, ahead=timedelta(0), listen=f"127.0.0.1:{port}"), tmp_path)
    with nginx(tmp_path, port, FIRST - timedelta(seconds=30)), Asker(port) as asker:
        seen = asker.ask("/v1/rferl/BY/en/notice.html")
        assert (seen.headers["Notice-State"], seen.headers["CDN-Cache-Control"]) == ("fallback", "no-store")
        assert b"Belarus" in seen.body
    with nginx(tmp_path, port, at), Asker(port) as asker:
        assert asker.ask("/v1/rferl/BY/en/notice.html").headers["Notice-State"] == "live"


def test_a_pattern_finds_the_numbers_below_another() -> None:
    for mark in (1_763_939_580, 1_700_000_000, 1_999_999_999, 1_000_000_001, 2_000_000_000):
        pattern = re.compile(rf"^{below(mark)}\.")
        for number in (mark - 1, mark, mark + 1, mark - 999_999, mark + 999_999, mark - 10, mark + 10):
            assert bool(pattern.search(f"{number:010d}.123")) == (number < mark), (mark, number)
    assert datetime(2026, 12, 1, tzinfo=UTC).timestamp() < 10**10
