"""Mutants: how many faults, put one at a time into the law, the locator and the rulebook, the tests find.

    python -m tests.trust.mutants [--sample N | --all] [--seed N] [--resume | --again]

For each fault only those tests run that run its lines, the quickest first, until one fails; a fault that they let
pass is then shown to the other tests of the module until `--budget` seconds of tests have been spent on it. No file
is ever changed: the fault is in the memory of one process, which is forked for it, loads the faulty module in the
place of the right one, and ends. What the other tests of a survivor would have said is not known, so a score is
rather too low than too high. Faults that change nothing stand in `equivalent.txt`, each with its reason, and do not
count.

The right code is shown in the same way to every test that found a fault; if one finds a fault in that as well, no
score is worth saying. The tests' clock is the processor's, so that a busy machine finds no more than an idle one.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import importlib
import json
import math
import os
import resource
import signal
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from random import Random
from types import CodeType, ModuleType

import pytest
from hypothesis import HealthCheck, Phase, settings

from .footprint import QUIETLY, Footprint, Trial, footprint
from .mutation import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("service/law", "service/locate", "service/rulebook")
TESTS = ("tests/law", "tests/locate", "tests/rulebook", "tests/counsel", "tests/page")
EQUIVALENT = Path(__file__).with_name("equivalent.txt")
WANTED = 0.95
_MEMORY = 4 << 30
_LOST = 900
"""Seconds of anybody's clock after which a process that does nothing is ended."""


class Fate(Enum):
    """What became of a fault."""

    KILLED = "killed"
    SURVIVED = "survived"
    NOT_RUN = "run by no test"

    @property
    def is_killed(self) -> bool:
        """Whether a test found it."""
        return self is Fate.KILLED


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a fault, by what, and how many tests saw it."""

    fate: Fate
    by: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Of one package: how many faults there are, were tried, do not count, and were found."""

    package: str
    generated: int
    tried: int
    equivalent: int
    killed: int

    @property
    def counted(self) -> int:
        """Those that a test could find."""
        return self.tried - self.equivalent

    @property
    def share(self) -> float:
        """How many of those were found; where there is nothing to find, all."""
        return self.killed / self.counted if self.counted else 1.0

    @property
    def passes(self) -> bool:
        """Whether enough were found."""
        return self.share >= WANTED

    @property
    def range(self) -> tuple[float, float]:
        """Between what the share of all faults lies, 95 times in 100 (Wilson 1927); a census has no range."""
        if self.tried == self.generated or not self.counted:
            return self.share, self.share
        number, z = self.counted, 1.96
        middle = (self.share + z * z / (2 * number)) / (1 + z * z / number)
        spread = math.sqrt(self.share * (1 - self.share) / number + z * z / (4 * number * number))
        spread *= z / (1 + z * z / number)
        return middle - spread, min(middle + spread, 1.0)

    def __str__(self) -> str:
        low, high = self.range
        return (
            f"{self.package}: {self.killed} of {self.counted} killed, {self.share:.1%} "
            f"(of all, {low:.1%} to {high:.1%}); {self.tried} of {self.generated} tried, "
            f"{self.equivalent} equivalent"
        )


# ---- one fault -----------------------------------------------------------------------------------------------


class _Loader(SourceFileLoader):
    """Loads a module from a text that stands in no file."""

    def __init__(self, name: str, path: str, text: bytes) -> None:
        super().__init__(name, path)
        self.text = text

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.text, self.path, "exec", dont_inherit=True)


class _Instead(MetaPathFinder):
    """Finds the faulty module where the right one is asked for."""

    def __init__(self, name: str, path: Path, text: bytes) -> None:
        self.name, self.path, self.text = name, path, text

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        return spec_from_file_location(fullname, self.path, loader=_Loader(fullname, str(self.path), self.text))


class _Chosen:
    """Runs the chosen tests in the order given, each for no more than its time; a plugin of pytest."""

    def __init__(self, trials: Sequence[Trial], patience: float) -> None:
        self.patience = patience
        self.order = {trial.id: at for at, trial in enumerate(trials)}
        self.seconds = {trial.id: trial.seconds for trial in trials}
        self.found = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (item for item in items if item.nodeid in self.order), key=lambda item: self.order[item.nodeid]
        )

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        signal.setitimer(signal.ITIMER_PROF, self.patience * (1 + self.seconds[item.nodeid]))
        return (yield)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and not self.found:
            self.found = report.nodeid

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.found:
            self.found = report.nodeid


def shown(root: Path, mutant: Mutant | None, trials: Sequence[Trial], patience: float) -> Verdict:
    """What becomes of a fault that is shown to some tests, in a process of its own; None is the right code."""
    if not trials:
        return Verdict(Fate.NOT_RUN)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os.setsid()
        code = 70
        try:
            code = _face(root, mutant, trials, writing, patience)
        finally:
            os._exit(code)
    os.close(writing)
    signal.alarm(_LOST)
    try:
        with os.fdopen(reading, "rb") as told:
            by = told.read().decode(errors="replace")
        _, status = os.waitpid(child, 0)
    except TimeoutError:
        by, status = "it never ended", signal.SIGKILL
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
    finally:
        signal.alarm(0)
    if os.WIFSIGNALED(status):
        return Verdict(Fate.KILLED, by or f"ended by {signal.Signals(os.WTERMSIG(status)).name}")
    code = os.WEXITSTATUS(status)
    if code in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return Verdict(Fate.SURVIVED)
    return Verdict(Fate.KILLED, by or f"pytest ended with {code}")


def _face(root: Path, mutant: Mutant | None, trials: Sequence[Trial], told: int, patience: float) -> int:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if mutant is not None:
        path = root / mutant.file
        sys.meta_path.insert(0, _Instead(dotted(mutant.file), path, mutant.of(path.read_bytes())))
    time.perf_counter = time.process_time
    chosen = _Chosen(trials, patience)
    signal.setitimer(signal.ITIMER_PROF, 60)
    files = list(dict.fromkeys(trial.file for trial in trials))
    code = pytest.main(
        ["-x", *QUIETLY, "--tb=short", "--hypothesis-profile=mutants", f"--rootdir={root}", *files], plugins=[chosen]
    )
    os.write(told, chosen.found.encode())
    return int(code)


def dotted(file: str) -> str:
    """The name by which a source file is imported."""
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


# ---- the campaign --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Campaign:
    """Where the code is, what its tests run, and how long one fault may take them."""

    root: Path
    footprint: Footprint
    budget: float
    patience: float

    def trials(self, mutant: Mutant) -> Iterator[list[Trial]]:
        """First the tests that run the fault's lines, then the module's others, then any; all within the budget.

        Those of the fault's own floor come before those of other floors, whose files take longer to load. The lines
        of what runs at import, as a constant, say nothing of who needs it: there each file is asked in turn.
        """
        floor = Path(mutant.file).parent.name
        if mutant.at_import:
            home = [trial for trial in self.footprint.trials if floor in trial.file.split("/")]
            groups = [in_turn(home), in_turn(self.footprint.trials)]
        else:
            near = self.footprint.running(mutant.file, range(mutant.line, mutant.last + 1))
            near.sort(key=lambda one: floor not in one.file.split("/"))
            module = self.footprint.running(mutant.file, self.footprint.lines.get(mutant.file, ()))
            groups = [near[:SOME], near[SOME:], in_turn(module)]
        left = self.budget
        already = set[str]()
        for group in groups:
            taken: list[Trial] = []
            for trial in group:
                if trial.id not in already and (trial.seconds <= left or not already):
                    left -= trial.seconds
                    already.add(trial.id)
                    taken.append(trial)
            if taken:
                yield taken

    def verdict(self, mutant: Mutant) -> Verdict:
        """What becomes of one fault."""
        found = Verdict(Fate.NOT_RUN)
        for trials in self.trials(mutant):
            found = shown(self.root, mutant, trials, self.patience)
            if found.fate.is_killed:
                break
        return found

    def check(self, verdicts: Collection[Verdict]) -> None:
        """Show the right code, in the same way, to every test that found a fault; none may find one in that."""
        killers = {verdict.by for verdict in verdicts}
        trials = [one for one in self.footprint.trials if killers & {one.id, one.file}]
        trials.sort(key=lambda one: one.seconds)
        found = shown(self.root, None, trials, self.patience)
        if found.fate.is_killed:
            raise SystemExit(f"a test fails on the right code, so no score is worth saying: {found.by}")


SOME = 40
"""So many of the quickest are asked first, before the files of all the others are loaded."""


QUICK = 0.5
"""Seconds of a test for which the others do not wait."""


def in_turn(trials: Iterable[Trial]) -> list[Trial]:
    """The quickest test of every file, then the second of every file, and so on; those that are slow at the end."""
    files: dict[str, int] = {}
    placed: list[tuple[bool, int, float, str, Trial]] = []
    for trial in sorted(trials, key=lambda one: (one.seconds, one.id)):
        files[trial.file] = files.get(trial.file, 0) + 1
        placed.append((trial.seconds > QUICK, files[trial.file], trial.seconds, trial.id, trial))
    return [trial for *_, trial in sorted(placed)]


def generated(root: Path, packages: Sequence[str]) -> dict[str, list[Mutant]]:
    """Every fault of every package."""
    return {
        package: [
            one
            for path in sorted((root / package).rglob("*.py"))
            for one in mutants(path.relative_to(root).as_posix(), path.read_bytes())
        ]
        for package in packages
    }


def declared(path: Path) -> dict[str, str]:
    """The faults that change nothing, with the reason for each: the file, the lines that differ, and why."""
    found: dict[str, str] = {}
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for block in text.split("\n\n"):
        lines = [line for line in block.strip().splitlines() if not line.startswith("#")]
        if lines:
            at = next((at for at, line in enumerate(lines) if line.startswith("because ")), None)
            if at is None or at < 2:
                raise SystemExit(f"{path.name}: no reason, or no fault: {lines[0]}")
            found["\n".join(lines[:at])] = " ".join(lines[at:])
    return found


def preload(names: Iterable[str]) -> None:
    """Load what the tests load and is none of ours, so that no fault pays for it."""
    for name in names:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()


def read(journal: Path) -> dict[str, Verdict]:
    """What was found before: a line of each fault, the last one counts."""
    lines = journal.read_text(encoding="utf-8").splitlines() if journal.exists() else []
    return {key: Verdict(Fate(fate), by) for key, fate, by in map(json.loads, lines)}


def scores(
    every: Mapping[str, Sequence[Mutant]], tried: Mapping[Mutant, Verdict], excused: Collection[str]
) -> list[Score]:
    """The score of each package."""
    found = []
    for package, all_of_it in every.items():
        ours = [one for one in all_of_it if one in tried]
        counted = [one for one in ours if one.key not in excused]
        killed = sum(tried[one].fate.is_killed for one in counted)
        found.append(Score(package, len(all_of_it), len(ours), len(ours) - len(counted), killed))
    return found


def _lost(*_: object) -> None:
    raise TimeoutError


def main() -> None:
    """Print every survivor and the score of each package; the exit code says whether all of them pass."""
    if os.environ.get("PYTHONHASHSEED") != "0":  # the same fault meets the same order of sets every time
        os.execve(
            sys.executable, [sys.executable, "-m", __spec__.name, *sys.argv[1:]], os.environ | {"PYTHONHASHSEED": "0"}
        )
    asked = _arguments()
    root: Path = asked.root.resolve()
    os.chdir(root)
    sys.path.insert(0, str(root))
    signal.signal(signal.SIGALRM, _lost)
    settings.register_profile(
        "mutants", deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    every = generated(root, asked.package)
    excused = declared(asked.equivalent)
    if unknown := excused.keys() - {one.key for ones in every.values() for one in ones}:
        raise SystemExit("declared as equivalent, and no such fault:\n" + "\n\n".join(sorted(unknown)))
    store: Path = root / "build/mutants"
    sources = [path for package in asked.package for path in sorted((root / package).rglob("*.py"))]
    seen = footprint(root, sources, [root / folder for folder in asked.tests], store / "footprint.json")
    preload(seen.modules)
    campaign = Campaign(root, seen, asked.budget, asked.patience)
    journal = store / "verdicts.jsonl"
    if not (asked.again or asked.resume):
        journal.unlink(missing_ok=True)
    before = read(journal)
    tried: dict[Mutant, Verdict] = {}
    chosen = [one for package, ones in every.items() for one in sampled(package, ones, asked)]
    for at, one in enumerate(chosen, 1):
        begun = time.monotonic()
        known = before.get(one.key)
        if known and (known.fate.is_killed or asked.resume):
            tried[one] = known
            continue
        tried[one] = Verdict(Fate.SURVIVED, "declared") if one.key in excused else campaign.verdict(one)
        with journal.open("a", encoding="utf-8") as kept:
            kept.write(json.dumps([one.key, tried[one].fate.value, tried[one].by]) + "\n")
        told = f"{at}/{len(chosen)} {tried[one].fate.value} {time.monotonic() - begun:.1f} s {one.file}:{one.at}"
        sys.stderr.write(f"{told} {tried[one].by}\n")
    campaign.check(tried.values())
    for one, verdict in tried.items():
        if not verdict.fate.is_killed and one.key not in excused:
            sys.stdout.write(f"{verdict.fate.value}: {one}\n")
    found = scores(every, tried, excused)
    sys.stdout.write("".join(f"{score}\n" for score in found))
    sys.exit(not all(score.passes for score in found))


def sampled(package: str, ones: Sequence[Mutant], asked: argparse.Namespace) -> list[Mutant]:
    """The faults of a package that are tried; a larger sample holds every smaller one."""
    if asked.only:
        return [one for one in ones if f"{one.file}:{one.at}".startswith(tuple(asked.only))]
    if asked.all:
        return list(ones)
    shuffled = sorted(ones, key=lambda one: (one.at, one.key, one.put))
    Random(f"{asked.seed} {package}").shuffle(shuffled)
    return shuffled[asked.skip : asked.skip + asked.sample]


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="mutants", description="How many planted faults the tests find.")
    asked.add_argument("--sample", type=int, default=150, help="faults of each package")
    asked.add_argument("--skip", type=int, default=0, help="so many of the same order are left out")
    asked.add_argument("--all", action="store_true", help="every fault: days")
    asked.add_argument("--only", nargs="*", metavar="FILE:LINE", help="the faults of a file or a line")
    asked.add_argument("--again", action="store_true", help="those that were found the last time are not tried again")
    asked.add_argument("--resume", action="store_true", help="nothing that was tried the last time is tried again")
    asked.add_argument("--seed", type=int, default=5)
    asked.add_argument("--budget", type=float, default=60.0, help="seconds of tests for one fault")
    asked.add_argument("--patience", type=float, default=10.0, help="seconds for a test that has no time of its own")
    asked.add_argument("--root", type=Path, default=ROOT)
    asked.add_argument("--package", nargs="+", default=PACKAGES)
    asked.add_argument("--tests", nargs="+", default=TESTS)
    asked.add_argument("--equivalent", type=Path, default=EQUIVALENT)
    return asked.parse_args()


if __name__ == "__main__":
    main()
