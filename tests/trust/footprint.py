"""Footprint: which test runs which lines of which file, and how long it takes.

Recorded once by running the tests with coverage.py, each in a context of its own, and kept; afterwards only for the
test files that changed. What a file of tests runs while it is collected counts for each test in it, what a fixture
runs that several tests share for each test that has it. A test that does not pass on the code as it stands has no
footprint, and so can find no fault.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import coverage
import pytest


@dataclass(frozen=True, slots=True)
class Trial:
    """One test: its pytest id, and its seconds of processor time when it ran alone with nothing to find."""

    id: str
    seconds: float

    @property
    def file(self) -> str:
        """The file that it stands in."""
        return self.id.partition("::")[0]


@dataclass(slots=True)
class Footprint:
    """The tests; for each line of each file those that run it, as the bits of a number; the modules that they load."""

    trials: list[Trial] = field(default_factory=list)
    lines: dict[str, dict[int, int]] = field(default_factory=dict)
    modules: list[str] = field(default_factory=list)

    def running(self, file: str, lines: Iterable[int]) -> list[Trial]:
        """The tests that run one of some lines, the quickest first."""
        known = self.lines.get(file, {})
        bits = 0
        for line in lines:
            bits |= known.get(line, 0)
        return sorted((self.trials[at] for at in _ones(bits)), key=lambda trial: (trial.seconds, trial.id))


def footprint(root: Path, sources: Sequence[Path], folders: Sequence[Path], store: Path) -> Footprint:
    """The footprint of the tests in some folders on some source files; what is stored and still true is not run."""
    under = _digest(sources)
    digests: dict[str, str] = {}
    for folder in folders:
        files = sorted(folder.rglob("test_*.py"))
        beside = _digest(
            path
            for path in folder.rglob("*")
            if path.is_file() and path not in files and "__pycache__" not in path.parts
        )
        digests |= {path.relative_to(root).as_posix(): under + beside + _digest([path]) for path in files}
    kept: dict[str, Any] = json.loads(store.read_text(encoding="utf-8")) if store.exists() else {}
    known: dict[str, Any] = kept.setdefault("files", {})
    stale = [name for name, digest in digests.items() if known.get(name, {}).get("digest") != digest]
    if stale:
        fresh = _recorded(root, sources, stale)
        known |= {name: {"digest": digests[name], **fresh["files"].get(name, _NO_TESTS)} for name in stale}
        ours = {path.relative_to(root).parts[0] for path in (*sources, *folders)}
        strange = (name for name in fresh["modules"] if name.split(".")[0] not in ours)
        kept["modules"] = sorted({*kept.get("modules", ()), *strange})
        store.parent.mkdir(parents=True, exist_ok=True)
        store.write_text(json.dumps(kept), encoding="utf-8")
    found = _joined({name: known[name] for name in digests})
    found.modules = kept["modules"]
    return found


_NO_TESTS: dict[str, Any] = {"tests": [], "lines": {}}


def _joined(files: Mapping[str, Any]) -> Footprint:
    found = Footprint()
    for name, one in files.items():
        first = len(found.trials)
        found.trials += [Trial(f"{name}::{test}", seconds) for test, seconds in one["tests"]]
        for source, lines in one["lines"].items():
            of_source = found.lines.setdefault(source, {})
            for line, bits in lines.items():
                of_source[int(line)] = of_source.get(int(line), 0) | int(bits, 16) << first
    return found


def _recorded(root: Path, sources: Sequence[Path], files: Sequence[str]) -> dict[str, Any]:
    """Run the files' tests in a process of their own and read what it wrote."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(reading)
            with os.fdopen(writing, "w", encoding="utf-8") as out:
                _record(root, sources, files, out.write)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        text = told.read()
    os.waitpid(child, 0)
    if not text:  # no test, or no pytest
        raise SystemExit("the tests could not be run to see which lines they run")
    recorded: dict[str, Any] = json.loads(text)
    return recorded


def _record(root: Path, sources: Sequence[Path], files: Sequence[str], write: Any) -> None:
    time.perf_counter = time.process_time
    recorder = Recorder(root, coverage.Coverage(data_file=None, include=[str(path) for path in sources]))
    recorder.measured.start()
    pytest.main([*QUIETLY, f"--rootdir={root}", *files], plugins=[recorder])
    recorder.measured.stop()
    write(json.dumps({"files": recorder.told(), "modules": [name for name in sys.modules if name != "__main__"]}))
    sys.stdout.flush()


_NOT_NEEDED = ("cacheprovider", "schemathesis", "xdist", "xdist.looponfail", "anyio", "platformdirs")
QUIETLY = (
    "-q", "--no-header", "-W", "ignore::pytest.PytestAssertRewriteWarning",
    *(part for plugin in _NOT_NEEDED for part in ("-p", f"no:{plugin}")),
)  # fmt: skip
"""How pytest is started for each fault: without the plugins that take a second to load."""


class Recorder:
    """Tells coverage which test is running; a plugin of pytest."""

    def __init__(self, root: Path, measured: coverage.Coverage) -> None:
        self.root = root
        self.measured = measured
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()
        self.having: dict[str, set[str]] = {}
        self.shared: dict[str, float] = {}

    def pytest_collectstart(self, collector: pytest.Collector) -> None:
        """What runs until a test begins belongs to the file that is collected."""
        self.measured.switch_context(f"{collector.nodeid.partition('::')[0]}::")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """One test, with everything that is set up for it."""
        self.measured.switch_context(item.nodeid)
        for name in getattr(item, "fixturenames", ()):
            self.having.setdefault(f"fixture {name}", set()).add(item.nodeid)
        self.seconds[item.nodeid] = sum(self.shared.values())
        begun = time.process_time()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] += time.process_time() - begun - sum(self.shared.values())

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: pytest.FixtureRequest) -> Iterator[None]:
        """What several tests share is set up in one of them, and counts for all."""
        if fixturedef.scope == "function":
            return (yield)
        context = f"fixture {fixturedef.argname}"
        self.measured.switch_context(context)
        begun = time.process_time()
        try:
            return (yield)
        finally:
            self.shared[context] = self.shared.get(context, 0.0) + time.process_time() - begun
            self.measured.switch_context(next(reversed(self.seconds), ""))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """What was skipped or failed cannot find a fault."""
        if not report.passed:
            self.failed.add(report.nodeid)

    def told(self) -> dict[str, Any]:
        """Per file of tests: its tests with their seconds, and source → line → the tests as bits in hexadecimal."""
        files: dict[str, Any] = {}
        for id, own in self.seconds.items():
            if id not in self.failed:
                name, _, test = id.partition("::")
                seconds = own + sum(more for context, more in self.shared.items() if id in self.having.get(context, ()))
                files.setdefault(name, {"tests": [], "lines": {}})["tests"].append([test, round(max(seconds, 0), 4)])
        places = {
            f"{name}::{test}": (name, at) for name, one in files.items() for at, (test, _) in enumerate(one["tests"])
        }
        data = self.measured.get_data()
        for source in data.measured_files():
            path = Path(source).relative_to(self.root).as_posix()
            for line, contexts in data.contexts_by_lineno(source).items():
                for context in contexts:
                    for name, bits in self._tests(context, files, places).items():
                        lines = files[name]["lines"].setdefault(path, {})
                        lines[line] = lines.get(line, 0) | bits
        for one in files.values():
            one["lines"] = {path: {line: f"{bits:x}" for line, bits in sorted(lines.items())}
                            for path, lines in one["lines"].items()}  # fmt: skip
        return files

    def _tests(self, context: str, files: Mapping[str, Any], places: Mapping[str, tuple[str, int]]) -> dict[str, int]:
        """The tests for which a context counts, as bits, by file."""
        name = context.removesuffix("::")
        if name in files:
            return {name: (1 << len(files[name]["tests"])) - 1}
        found: dict[str, int] = {}
        for id in self.having.get(context, {context}) & places.keys():
            file, at = places[id]
            found[file] = found.get(file, 0) | 1 << at
        return found


def _ones(bits: int) -> Iterator[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
