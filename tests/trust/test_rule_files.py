"""Rule files: whatever stands in them, they are told or taken, the last good set stays, and no change goes unseen.

Files are mutated by slips of the pen, by what enemies of parsers write, and at random; each is saved in a folder that
a real library watches. What is taken is compared with what was there before, and readers of both ask: where any of
them gets another answer, the comparison must say so.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from service.counsel.comparison.comparison import Comparison, compare
from service.law.cases import Cases
from service.law.examination import Finding, UnknownPublisher, Visit, examine
from service.law.moment import Moment
from service.law.reader import Reader
from service.law.ruleset import RuleSet
from service.page.grade import Grade
from service.page.record import record
from service.page.sheet import compose
from service.rulebook import Loaded, load, read, rulebook
from service.rulebook.node import Items, Node, Pairs, Source, Text
from service.web.library import Library, Load

from .mutator import FIRST, SEED, SMALL, Mutant, files, hostile, noise, slips, tricks

SLOWEST = 1.0
"""Seconds of the processor's time, of which others on the machine take nothing."""

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class Tally:
    """How many sets there were of each sort, and everything that should not have happened."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def fault(self, kind: str, mutant: Mutant, what: object = "") -> None:
        """One more; what it is about is shortened."""
        self.counts[kind] += 1
        self.faults.append(f"{kind}: {mutant.kind} in {', '.join(mutant.changes)[:60]}: {what!s:.300}")


class Room:
    """A folder of rules and the library that watches it, with what was read."""

    def __init__(self, folder: Path, base: dict[str, bytes], load: Load, through: Callable[[Load], Load]) -> None:
        self.base, self.folder, self.tick = base, folder, time.time_ns()
        self.loaded: Loaded | None = None
        self.changed: set[str] = set()

        def noted(folder: Path) -> Any:
            self.loaded = None
            self.loaded = found = load(folder)  # type: ignore[assignment]
            return found

        self._write(base)
        self.library = Library(folder, through(noted), now=lambda: NOW)
        self.library.open()
        self.library.watch.quiet = 0.0
        self.before = self._good()

    def _good(self) -> RuleSet:
        assert self.loaded is not None
        assert self.loaded.ruleset is not None
        return self.loaded.ruleset

    def _write(self, changes: dict[str, bytes]) -> None:
        for path, data in changes.items():
            real = self.folder / path
            real.parent.mkdir(parents=True, exist_ok=True)
            real.write_bytes(data)
            self.tick += 1_000_000  # files that are saved within one tick of the clock are told apart all the same
            os.utime(real, ns=(self.tick, self.tick))

    def save(self, mutant: Mutant) -> None:
        """Put a mutant's files in the place of those of the one before."""
        for path in self.changed - self.base.keys():
            (self.folder / path).unlink()
        back = {path: self.base[path] for path in self.changed & self.base.keys() - mutant.changes.keys()}
        self._write(back | dict(mutant.changes))
        self.changed = set(mutant.changes)

    def look(self) -> float:
        """Let the library see what was saved; how much of the processor's time it took."""
        self.library.refresh()  # sees that something changed
        began = time.thread_time()
        self.library.refresh()  # takes it
        return time.thread_time() - began


def trial(
    folder: Path,
    base: dict[str, bytes],
    mutants: Iterable[Mutant],
    *,
    asked: int = 8,
    load: Load = load,
    compare: Callable[[RuleSet, RuleSet], Comparison] = compare,
    through: Callable[[Load], Load] = lambda plain: plain,
) -> Tally:
    """Save, look, compare and ask. `through` lies between the reader of the rules and the library."""
    tally, chance = Tally(), Random(20261123)
    room = Room(folder, base, load, through)
    cases = Cases(room.before)
    for mutant in mutants:
        room.save(mutant)
        known = room.library.edition
        seconds = room.look()
        tally.counts["sets"] += 1
        for _ in range(2):  # only what is slow again and again is slow
            if seconds < SLOWEST:
                break
            again = time.thread_time()
            load(folder)
            seconds = min(seconds, time.thread_time() - again)
        tally.slowest = max(tally.slowest, seconds)
        if seconds >= SLOWEST:
            tally.fault("slow", mutant, f"{seconds:.1f} seconds")
        loaded, edition = room.loaded, room.library.edition
        if loaded is None:
            tally.fault("crash", mutant, room.library.refused)
            continue
        for wrong in misplaced(loaded, base | dict(mutant.changes)):
            tally.fault("not told", mutant, wrong)
        if loaded.ruleset is None or room.library.refused == "Unservable":
            tally.counts["refused"] += 1
            if edition is not known or not room.library.refused:
                tally.fault("the last good set is gone", mutant)
            continue
        tally.counts["taken"] += 1
        if edition.ruleset is not loaded.ruleset or room.library.refused:
            tally.fault("a good set is not served", mutant, room.library.refused)
        if what := next(filter(None, map(ambiguous, mutant.changes.values())), ""):
            tally.fault("ambiguous", mutant, what)
        began = time.thread_time()
        comparison = compare(room.before, loaded.ruleset)
        if (seconds := time.thread_time() - began) >= SLOWEST:
            tally.fault("slow comparison", mutant, f"{seconds:.1f} seconds")
        tally.counts["changes told" if not comparison.empty else "no change told"] += 1
        for what in untold(room.before, loaded.ruleset, cases, comparison, chance, asked):
            tally.fault("untold", mutant, what)
    return tally


def misplaced(loaded: Loaded, files: dict[str, bytes]) -> Iterator[str]:
    """What is wrong with what was told of a set: every problem names a file, a line of it, and what to write."""
    if (loaded.ruleset is None) is not bool(loaded.errors):
        yield "neither refused nor taken"
    names = {_printable(path): path for path in files}
    for problem in loaded.problems:
        at = replace(problem.position, file=names.get(problem.position.file, problem.position.file))
        if "the program failed" in problem.wrong:
            yield f"crash: {problem}"
        if at.file not in files and not (at.file.endswith("/") and any(path.startswith(at.file) for path in files)):
            yield f"no such file: {problem}"
        lines = files.get(at.file, b"").replace(b"\r\n", b"\n").count(b"\n") + 1
        if not 1 <= at.line <= lines or at.column < 1 or not problem.wrong or not problem.write:
            yield f"nowhere: {problem}"
        if not str(problem).isprintable():
            yield f"not printable: {problem!r}"


def _printable(path: str) -> str:
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in path)


def ambiguous(data: bytes) -> str:
    """What in a file that was taken two readers of YAML could read in two ways, found without the rulebook."""
    for token in yaml.scan(data.decode(), Loader=yaml.CSafeLoader):
        if isinstance(token, (yaml.AliasToken, yaml.AnchorToken, yaml.TagToken, yaml.DirectiveToken)):
            return type(token).__name__
    waiting = [yaml.compose(data.decode(), Loader=yaml.CSafeLoader)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [str(key.value) for key, _ in node.value]
            if len(keys) != len(set(keys)):
                return "a key stands twice"
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return ""


# ---- who asks, and what they are told ------------------------------------------------------------------------


def visits(
    before: RuleSet, after: RuleSet, cases: Cases, chance: Random, number: int
) -> Iterator[tuple[Visit, datetime]]:
    """Readers whom either set can tell apart, most of them about the notices that differ."""
    ids = sorted(before.notices.keys() | after.notices.keys())
    moved = [id for id in ids if before.notices.get(id) != after.notices.get(id)] or ids
    publishers = sorted(before.publishers.keys() | after.publishers.keys())
    instants = sorted({NOW, *before.history.transitions, *after.history.transitions})
    both = (cases, Cases(after))
    drawn = [chance.choice(instants) for _ in range(3)] + [NOW]
    for _ in range(number):
        of, id, at = chance.choice(both), chance.choice(moved if chance.random() < 0.8 else ids), chance.choice(drawn)
        notice = of.ruleset.notices.get(id) or before.notices.get(id) or after.notices[id]
        moment = Moment.at(at)
        kinds = of.places(moment).classes
        places = {chance.choice(kinds).place for _ in range(2 if chance.random() < 0.2 else 1)}
        status = chance.choice(of.statuses(notice, moment))
        visit = Visit(
            chance.choice(publishers),
            moment,
            replace(status, located_in=frozenset(places)),
            chance.choice(of.languages(notice)),
            chance.choice(of.contents(notice)),
        )
        yield near_miss(visit, chance), at


def near_miss(visit: Visit, chance: Random) -> Visit:
    """The same reader or, half of the time, one with one fact less or another."""
    reader = visit.reader
    facts: list[Reader] = [
        reader, reader, replace(reader, citizen_of=frozenset()), replace(reader, not_citizen_of=frozenset({"other"})),
        replace(reader, resident_of=None), replace(reader, located_in=frozenset({"unknown"})),
        replace(reader, citizen_of=reader.citizen_of | {"RU"}),
    ]  # fmt: skip
    if reader.age is not None:
        facts.append(replace(reader, age=max(reader.age - 1, 0)))
    return visit if chance.random() < 0.5 else replace(visit, reader=chance.choice(facts))


def answer(ruleset: RuleSet, visit: Visit, language: str) -> tuple[dict[str, Finding], dict[str, Any]]:
    """The findings for a reader, and everything that they are served, but for the name of the set."""
    try:
        examination = examine(ruleset, visit)
    except UnknownPublisher:
        return {}, {}
    served = record(compose(ruleset, examination, language, Grade.SOURCED))
    served["html"] = served["html"].replace(served.pop("ruleset"), "")
    return {found.notice.id: found for found in examination.findings}, served


def untold(
    before: RuleSet, after: RuleSet, cases: Cases, comparison: Comparison, chance: Random, number: int
) -> Iterator[str]:
    """Readers who are answered otherwise and of whom the comparison does not speak."""
    for visit, at in visits(before, after, cases, chance, number):
        for language in dict.fromkeys(("en", visit.page_language or "ru")):
            (one, said), (two, says) = (answer(ruleset, visit, language) for ruleset in (before, after))
            if said == says:
                continue
            if comparison.empty:
                yield f"nothing is told, and {visit} differs in {[key for key in said if said[key] != says.get(key)]}"
                return
            for id in sorted(one.keys() | two.keys()):
                mine, theirs = (_told(found.get(id)) for found in (one, two))
                if mine != theirs and len(visit.reader.candidates) == 1 and not comparison.limits:
                    holds = [
                        change
                        for change in comparison.changes
                        if change.notice == id
                        and change.holds(visit.publisher, at, visit.reader, visit.page_language, visit.content)
                    ]
                    if not holds:
                        yield f"{id}: {mine} became {theirs} for {visit}"
                        return


def _told(found: Finding | None) -> tuple[str, str]:
    if found is None or (found.shown.value == "none" and found.verdict.value == "does_not_apply"):
        return "does_not_apply", "none"
    return found.verdict.value, found.shown.value


# ---- proofs --------------------------------------------------------------------------------------------------


def mixed(base: dict[str, bytes], number: int, seed: int) -> Iterator[Mutant]:
    """Mostly slips of the pen, some tricks, some noise."""
    chance = Random(seed)
    yield from slips(base, number * 7 // 10, chance)
    yield from tricks(base, number * 2 // 10, chance)
    yield from noise(base, number - number * 7 // 10 - number * 2 // 10, chance)


def test_a_mutated_file_of_the_small_set_is_told_or_taken_and_no_change_goes_unseen(
    tmp_path: Path, amount: Callable[[int, int], int]
) -> None:
    base, number = files(SMALL), amount(250, 16_000)
    tally = trial(tmp_path, base, mixed(base, number, 1), asked=amount(6, 30))
    assert tally.faults == []
    assert tally.counts["sets"] == number
    assert tally.counts["refused"] > number / 3
    assert tally.counts["changes told"] > number / 20
    print(tally.counts, f"slowest {tally.slowest:.3f} s")


def test_a_mutated_file_of_the_rules_that_ship_is_told_or_taken_and_no_change_goes_unseen(
    tmp_path: Path, amount: Callable[[int, int], int]
) -> None:
    base, number = files(SEED), amount(40, 4000)
    tally = trial(tmp_path, base, mixed(base, number, 2), asked=amount(6, 30))
    assert tally.faults == []
    assert tally.counts["sets"] == number
    assert tally.counts["refused"] > number / 4
    print(tally.counts, f"slowest {tally.slowest:.3f} s")


def test_a_hostile_file_is_told_or_taken_within_a_second(tmp_path: Path, amount: Callable[[int, int], int]) -> None:
    mutants = list(hostile())[: amount(FIRST, 1000)]
    tally = trial(tmp_path, files(SMALL), mutants, asked=2)
    assert tally.faults == []
    print(tally.counts, f"slowest {tally.slowest:.3f} s")


# ---- controls ------------------------------------------------------------------------------------------------


def hasty(source: Source, data: bytes) -> Pairs | None:
    """A file as PyYAML reads it: the last of two keys wins, NO is false, and what is no YAML error is nobody's."""
    try:
        value = yaml.safe_load(data)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        source.tell(source.spot(min(mark.index, len(source.text)) if mark else 0), "this is not YAML", "correct it")
        return None
    except yaml.YAMLError:
        source.tell(source.spot(0), "this is not YAML", "correct it")
        return None
    source.text = data.decode()
    found = _noded(source, value)
    if isinstance(found, Pairs):
        return found
    source.tell(source.spot(0), "this is no map", "begin with a key")
    return None


def _noded(source: Source, value: object) -> Node:
    if isinstance(value, dict):
        names = {key: "on" if key is True else str(key) for key in value}  # `on:` is true
        pairs = {
            names[key]: (Text(source.file, 1, 1, names[key], ""), _noded(source, below)) for key, below in value.items()
        }
        return Pairs(source.file, 1, 1, pairs, False)
    if isinstance(value, list):
        return Items(source.file, 1, 1, [_noded(source, below) for below in value])
    text = str(value)
    if value is None or isinstance(value, bool):
        text = "yes" if value else "no" if value is False else ""
    return Text(source.file, 1, 1, text, "|" if "\n" in text else "")


def test_a_reader_that_takes_yaml_as_it_comes_crashes_and_takes_what_is_ambiguous(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = files(SMALL)
    doubled = [
        Mutant("a key twice", {path: data.replace(b"basis: statute", b"basis: practice\nbasis: statute", 1)})
        for path, data in base.items()
        if b"basis: statute" in data
    ]
    crooked = [
        one for one in hostile() if one.kind in ("500,000 brackets", "a date that is none", "a name that is no name")
    ]
    crooked = [replace(one, changes={path: data[:20_000] for path, data in one.changes.items()}) for one in crooked]
    plain = trial(tmp_path / "plain", base, [*doubled, *crooked])
    assert plain.faults == []
    monkeypatch.setattr(rulebook, "composed", hasty)
    tally = trial(tmp_path / "hasty", base, [*doubled, *crooked])
    assert tally.counts["ambiguous"] == len(doubled) == 5
    assert tally.counts["not told"] >= 2, tally.faults
    assert all("crash" in fault for fault in tally.faults if fault.startswith("not told")), tally.faults


def test_a_library_that_leaves_out_what_it_cannot_read_is_found(tmp_path: Path) -> None:
    base = files(SMALL)

    def lenient(plain: Load) -> Load:
        def load(folder: Path) -> Any:
            found: Any = plain(folder)
            if found.ruleset is not None:
                return found
            bad = {problem.position.file for problem in found.errors}
            return read({path: data for path, data in files(folder).items() if path not in bad})

        return load

    mutants = [Mutant("cut off", {"publishers/gazette-east.yaml": b"name: The Gaz"})]
    assert trial(tmp_path / "plain", base, mutants).faults == []
    tally = trial(tmp_path / "lenient", base, mutants, through=lenient)
    assert tally.counts["the last good set is gone"] == 1


@pytest.mark.parametrize(
    ("left_out", "old", "new"),
    [
        ("wording", "You can be fined for sharing", "You cannot be fined for sharing"),
        ("wording", "https://law.example.org/more", "https://law.example.org/less"),
        ("records", "share: {risk: administrative, repeated: criminal", "share: {risk: none"),
        ("changes", "{citizen_of: RU}, {stateless: yes}", "{citizen_of: RU}"),
    ],
)
def test_a_comparison_that_leaves_something_out_is_found(tmp_path: Path, left_out: str, old: str, new: str) -> None:
    base = files(SMALL)
    path = "notices/ru/listed.yaml"
    mutants = [Mutant(left_out, {path: base[path].decode().replace(old, new, 1).encode()})]
    assert mutants[0].changes[path] != base[path]

    def blind(before: RuleSet, after: RuleSet) -> Comparison:
        left: dict[str, Any] = {left_out: ()}
        return replace(compare(before, after), **left)

    told = trial(tmp_path / "plain", base, mutants, asked=60)
    assert told.faults == []
    assert told.counts["changes told"] == 1
    assert trial(tmp_path / "blind", base, mutants, asked=60, compare=blind).counts["untold"] == 1
