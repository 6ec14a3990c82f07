"""Change: the real service a few seconds before a law of its rules changes, and what readers of every site see then.

The service runs under libfaketime, on the shipped rules with one date edited: until then a register does not list
Kloop yet. Its caches run on the machine's own clock.
"""

from __future__ import annotations

import math
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from service.rulebook import load

from ..web.house import ROOT, house
from .recorder import Recorder, recording
from .site import Page, Site, nginx, sites, varnish

REGISTER = Path("registers/kg/extremist-materials.yaml")
LISTED = "decided: 2025-10-27"
LATER = "decided: 2027-03-01"
WATCHED, LOST = "kloop/any/en", "kloop/KG/en"
"""The notice for which the service goes on answering, and the one for which it is lost before the change."""

AHEAD = 9.0
"""Seconds before the change at which the service is started; more where this machine needs them to be ready."""

LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))


class TooLate(Exception):
    """The change came before everything was ready."""


@dataclass
class Sight:
    """What readers of one site saw. `told` and `kept` are seconds, everything else seconds from the change.

    `old` and `new` are when pages began that had the old text and when pages ended that had the new one, `lost_old`
    when pages began whose copy was still used although the service was lost. `lives` is what Varnish says of lives.
    """

    told: int
    filled: float
    old: list[float] = field(default_factory=list)
    new: list[float] = field(default_factory=list)
    lost_old: list[float] = field(default_factory=list)
    lost_baked: list[float] = field(default_factory=list)
    lives: str = ""

    @property
    def kept(self) -> float:
        """For how long the copy was used that nothing could renew; 0 where there was none."""
        return self.lost_old[-1] - self.filled if self.lost_old else 0.0


def rules(folder: Path) -> tuple[Path, float]:
    """The shipped rules with one date edited, and the instant at which they change."""
    copy = folder / "rules"
    shutil.copytree(ROOT / "tests/seed", copy)
    text = (copy / REGISTER).read_text(encoding="utf-8")
    assert text.count(LISTED) == 1
    (copy / REGISTER).write_text(text.replace(LISTED, LATER), encoding="utf-8")
    ruleset = load(copy).ruleset
    assert ruleset is not None
    change = ruleset.next_change(datetime(2027, 1, 1, tzinfo=UTC))
    assert change == datetime(2027, 2, 28, 10, tzinfo=UTC), "it is 1 March first where the day begins first"
    return copy, change.timestamp()


@contextmanager
def before_the_change(folder: Path, recorder: Recorder, ahead: float) -> Iterator[float]:
    """The service behind the recorder; when, on this machine's clock, the law changes."""
    assert LIBRARIES, "libfaketime is needed (Debian: libfaketime)"
    _, change = rules(folder)
    moment = math.ceil(time.time() + ahead)  # a whole second, as laws change: nginx counts in nothing smaller
    with house(
        folder,
        workers=1,
        LD_PRELOAD=str(LIBRARIES[0]),
        FAKETIME=f"{change - moment:+.0f}",
        NO_FAKE_STAT="1",
    ) as found:
        recorder.behind = found.port
        yield moment


@contextmanager
def untouched(folder: Path, service: int) -> Iterator[list[Site]]:
    """nginx and Varnish with what their manuals say first, and nothing of ours."""
    with nginx(folder / "un", service, untouched=True) as one, varnish(folder / "uv", service, untouched=True) as two:
        one.name, two.name = "nginx, untouched", "Varnish, untouched"
        yield [one, two]


def watch(folder: Path, after: float) -> dict[str, Sight]:
    """What the readers of every site see, until some seconds after the change."""
    for attempt in range(4):
        try:
            return _watch(folder / str(attempt), AHEAD * 2**attempt, after)
        except TooLate:
            continue
    raise TooLate("this machine is too slow to be ready before the change")


def _watch(folder: Path, ahead: float, after: float) -> dict[str, Sight]:
    folder.mkdir()
    with ExitStack() as stack:
        recorder = stack.enter_context(recording(0))
        found = list(stack.enter_context(sites(folder, recorder.port, pause=0)).values())
        found += stack.enter_context(untouched(folder, recorder.port))
        service = folder / "service"
        service.mkdir()
        moment = stack.enter_context(before_the_change(service, recorder, ahead))
        sights = {}
        for site in found:
            asked = time.time() - moment
            for notice in (WATCHED, LOST):
                _old(site.read(notice))
            sights[site.name] = Sight(int(-asked), asked)
        if time.time() > moment - 3:
            raise TooLate
        recorder.moods[f"/v1/{LOST}"] = "drops"
        while time.time() < moment + after:
            for site in found:
                sight = sights[site.name]
                if not (sight.new and sight.lost_baked and time.time() > moment + 2):
                    _see(sight, site, moment)
            time.sleep(0.03)
        sights["Varnish, untouched"].lives = _lives(found[-1])
        return sights


def _lives(site: Site) -> str:
    """What a Varnish has written down of the lives that it gave."""
    work = str(site.folder.parent / "work")
    return subprocess.run(
        ["varnishlog", "-n", work, "-d", "-g", "raw", "-i", "TTL"], capture_output=True, text=True, check=True
    ).stdout


OLD, NEW = "nothing to say", "Kyrgyz"


def _old(page: Page) -> None:
    assert OLD in page.notice, page.notice


def _see(sight: Sight, site: Site, moment: float) -> None:
    began = time.time() - moment
    notice = site.read(WATCHED).notice
    assert (OLD in notice) != (NEW in notice), (site.name, began, notice)
    if OLD in notice:
        sight.old.append(began)
    else:
        sight.new.append(time.time() - moment)
    began = time.time() - moment
    notice = site.read(LOST).notice
    assert NEW not in notice
    (sight.lost_old if OLD in notice else sight.lost_baked).append(began)
