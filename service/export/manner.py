"""Manner: what a server says beside an answer: its language, what it is, and how long it lives.

Answers are many and manners few, so each has a place of its own in the configuration, with its words written out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from ..answer.reply import ALWAYS, COMMON, FRAMED, LASTING
from .clock import Clock
from .directive import chosen, mostly, quoted
from .press import Facts, Press
from .spot import held

FLEETING_LEAVES = ("table.json", "check.html", "inside.html", "reader.css")


@dataclass(frozen=True, slots=True)
class Manner:
    """One manner; `own`, `shared` and `surrogate` are the words, or variables for them, on lives."""

    number: int
    publisher: str
    language: str
    state: str
    own: str
    shared: str
    surrogate: str


class Manners:
    """Every manner of an export, and the answers at addresses that are spelt in the one way."""

    def __init__(self, press: Press, clock: Clock) -> None:
        self._press, self._clock = press, clock
        self._louder: list[datetime | None] = [None, *sorted(clock.louder)]
        self._browsers = sorted({publisher.browsers_keep for publisher in press.publishers} - {0})
        self._made: dict[tuple[str, str, str, int], Manner] = {}
        self.kept: Mapping[str, str] = dict(self._kept())

    @property
    def all(self) -> tuple[Manner, ...]:
        """Every manner, by its number."""
        return tuple(self._made.values())

    @cached_property
    def _homes(self) -> Mapping[str, Facts]:
        return {
            home: facts for home, facts in self._press.facts.items() if home.split("/")[2] not in ("hand", "refused")
        }

    def _kept(self) -> Iterator[tuple[str, str]]:
        """What is asked for → the manner and the home of the answer, for every address that caches keep."""
        press = self._press
        tongues = [tongue for tongue in press.tongues.all if tongue != "none"]
        asked = [name for name in press.spots if "+" not in name]
        asked += [held(name) for name in press.cases.ruleset.territories]
        for (number, id), groups in press.groups.items():
            browsers = press.cases.ruleset.publishers[id].browsers_keep
            for spot in asked:
                for tongue in tongues:
                    voice = press.voices[id][tongue, press.tongues.ear(tongue)]
                    home = f"{number}/{id}/{groups[spot]}/{voice.name}"
                    manner = self._manner(id, press.facts[home], browsers)
                    yield f"{number}: {id} {spot} {tongue}", f"{manner.number}/{home}"

    def _manner(self, publisher: str, facts: Facts, browsers: int) -> Manner:
        louder = self._louder.index(facts.louder)
        key = (publisher, facts.language, facts.state, louder)
        if key not in self._made:
            own = f"$caveat_own{browsers}" if browsers else "no-store"
            lives = (own, f"$caveat_shared{louder}", f"$caveat_surrogate{louder}")
            self._made[key] = Manner(len(self._made), publisher, facts.language, facts.state, *lives)
        return self._made[key]

    def kept_headers(self, rules: str) -> str:
        """The headers on lives where the home of an answer is a variable."""
        return _kept_headers(rules, "$caveat_kept_own", "$caveat_kept_shared", "$caveat_kept_surrogate")

    def hand_headers(self, rules: str, own: str) -> str:
        """The same of what a browser takes away."""
        return _kept_headers(rules, own, "$caveat_hand_shared", "$caveat_hand_surrogate")

    def maps(self) -> Iterator[str]:
        """The blocks in which everything that is said beside an answer is found."""
        yield chosen("kept", "$caveat_period:$args $caveat_publisher $caveat_spot $caveat_tongue", self.kept)
        yield from self._lives()
        homes = self._homes
        coarse = _commonest((_voice(home), facts.language) for home, facts in homes.items())
        yield chosen("voice_language", "$caveat_publisher $caveat_voice", coarse)
        odd = {home: facts.language for home, facts in homes.items() if facts.language != coarse[_voice(home)]}
        yield chosen("spoken", "$caveat_home", odd, "$caveat_voice_language")
        acts = _commonest((_voice(home), facts.acts_language) for home, facts in homes.items())
        yield chosen("voice_acts_language", "$caveat_publisher $caveat_voice", acts)
        odd = {home: facts.acts_language for home, facts in homes.items() if facts.acts_language != acts[_voice(home)]}
        yield chosen("acts_language", "$caveat_home", odd, "$caveat_voice_acts_language")
        yield mostly("state", "$caveat_home", {home: facts.state for home, facts in homes.items()})
        yield mostly("frame_policy", "$caveat_home", {home: facts.frame_policy for home, facts in homes.items()})
        louder = {home: str(self._louder.index(facts.louder)) for home, facts in homes.items()}
        yield mostly("louder", "$caveat_home", louder)
        yield from self._handouts()
        refused = {home: facts for home, facts in self._press.facts.items() if home.split("/")[2] == "refused"}
        yield mostly("excuse_language", "$caveat_away", {home: facts.language for home, facts in refused.items()})
        hand = "|".join(leaf.replace(".", "\\.") for leaf in FLEETING_LEAVES)
        yield chosen("away_language", "$caveat_why $caveat_known $caveat_leaf", {
            f"~^(?:fleeting|over) known (?:{hand})$": "$caveat_away_hand",
            "~^(?:fleeting|over) known acts\\.json$": "$caveat_acts_language",
            "~^(?:fleeting|over) known ": "$caveat_spoken",
        }, "$caveat_excuse_language")  # fmt: skip
        yield chosen("away_policy", "$caveat_why $caveat_known $caveat_leaf", {
            "~^(?:fleeting|over) known frame\\.html$": "$caveat_frame_policy",
            "~ frame\\.html$": FRAMED,
            "~^(?:fleeting|over) known check\\.html$": "$caveat_away_check_policy",
        }, ALWAYS["Content-Security-Policy"])  # fmt: skip
        style = {"~^(?:fleeting|over) known inside\\.html$": "$caveat_away_inside_style"}
        yield chosen("away_style", "$caveat_why $caveat_known $caveat_leaf", style)

    def _handouts(self) -> Iterator[str]:
        hands = {home: facts for home, facts in self._press.facts.items() if home.split("/")[2] == "hand"}
        spoken = {home: facts.language for home, facts in hands.items()}
        policies = {home: facts.check_policy for home, facts in hands.items()}
        styles = {home: facts.inside_style for home, facts in hands.items()}
        away = "$caveat_number/$caveat_publisher/hand/$caveat_away_hand"
        yield mostly("hand_spoken", "$caveat_hand", spoken)
        for name, values in (("check_policy", policies), ("inside_style", styles)):
            yield mostly(name, "$caveat_hand", values)
            yield mostly(f"away_{name}", away, values)

    def _lives(self) -> Iterator[str]:
        clock = self._clock
        stages = range(len(clock.stages))
        for number, louder in enumerate(self._louder):
            lives = {str(s): f"max-age={clock.fresh(s)}, stale-if-error={clock.stale(s, louder)}" for s in stages}
            yield mostly(f"surrogate{number}", "$caveat_stage", lives)
            yield mostly(
                f"shared{number}", "$caveat_stage", {stage: f"public, {life}" for stage, life in lives.items()}
            )
        numbers = {str(number): f"$caveat_surrogate{number}" for number in range(len(self._louder))}
        yield chosen("kept_surrogate", "$caveat_louder", numbers)
        yield chosen("kept_shared", "$caveat_louder", {n: v.replace("surrogate", "shared") for n, v in numbers.items()})
        ends = {str(number): self._louder.index(period.end) for number, period in enumerate(self._press.periods)}
        for name in ("shared", "surrogate"):
            values = {period: f"$caveat_{name}{number}" for period, number in ends.items()}
            yield mostly(f"hand_{name}", "$caveat_number", values)
        for keep in self._browsers:
            own = {str(s): f"private, max-age={min(keep, f)}" if (f := clock.fresh(s)) else "no-store" for s in stages}
            yield mostly(f"own{keep}", "$caveat_stage", own)
        owns = {p.id: f"$caveat_own{p.browsers_keep}" for p in self._press.publishers if p.browsers_keep}
        yield chosen("kept_own", "$caveat_publisher", owns, "no-store")
        yield chosen(
            "file_own", "$uri", {"~-[0-9a-f]{12}\\.[a-z]+$": LASTING["Cache-Control"]}, COMMON["Cache-Control"]
        )
        for name, header in (("file_shared", "CDN-Cache-Control"), ("file_surrogate", "Surrogate-Control")):
            yield chosen(name, "$uri", {"~-[0-9a-f]{12}\\.[a-z]+$": LASTING.get(header, "")}, COMMON[header])


def _kept_headers(rules: str, own: str, shared: str, surrogate: str) -> str:
    tags = ["publisher-$caveat_publisher", f"rules-{rules}"]
    lines = {
        "Cache-Control": own,
        "CDN-Cache-Control": shared,
        "Surrogate-Control": surrogate,
        "Surrogate-Key": quoted(" ".join(tags)),
        "Cache-Tag": quoted(",".join(tags)),
    }
    found = [f"add_header {name} {value};" for name, value in lines.items()]
    return "\n    ".join([*found, "gzip_static on;", "add_header Vary Accept-Encoding;"])


def _voice(home: str) -> str:
    _, publisher, _, voice = home.split("/")
    return f"{publisher} {voice}"


def _commonest(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    counts: dict[str, Counter[str]] = {}
    for key, value in pairs:
        counts.setdefault(key, Counter())[value] += 1
    return {key: count.most_common(1)[0][0] for key, count in counts.items()}
