"""Program: a rule set as plain data, all that an engine in another language needs to decide what this one decides.

No texts, names, sources or penalties: only what a verdict, what is shown of it and its doubts hang on. Dates stay
dates, so a program speaks for all of time; whoever runs it makes the dates that it is somewhere of an instant.
The format is described in docs/porting/README.md. Run as a module, this writes the folder in which a port finds
the program of a folder of rules and the trials that the port has to pass.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from ..law.act import Exposure, Exposures
from ..law.condition import (
    Age,
    AllOf,
    AnyOf,
    Condition,
    Everyone,
    Naming,
    Not,
    Possibly,
    SameAs,
    Stateless,
    UnlessDetermined,
)
from ..law.notice import Notice
from ..law.place import Gazetteer
from ..law.publisher import Publisher
from ..law.register import Entry
from ..law.ruleset import RuleSet
from ..law.standing import ALWAYS, Standing
from ..law.territory import Holding, Territory
from ..law.zone import Zone

Plain: TypeAlias = dict[str, Any]

FORMAT: Final = 2
"""The number of the format; an engine refuses a program of another, which may have words that it does not know."""

NAMING: Final[Mapping[str, str]] = {
    "LocatedIn": "located_in",
    "ResidentOf": "resident_of",
    "CitizenOf": "citizen_of",
    "Occupation": "occupation",
    "Content": "content",
    "PageLanguage": "page_language",
}


def program(ruleset: RuleSet) -> Plain:
    """The rule set as JSON values, the same for the same rules; what has the value that is usual is left out."""
    asked = {notice.concerns.register for notice in ruleset.notices.values()}
    return {
        "format": FORMAT,
        "places": _places(ruleset.gazetteer),
        "territories": {id: _territory(ruleset.territories[id]) for id in sorted(ruleset.territories)},
        "registers": {
            id: [_entry(entry) for entry in ruleset.registers[id].entries]
            for id in sorted(asked & {*ruleset.registers})
        },
        "publishers": {id: _publisher(ruleset.publishers[id]) for id in sorted(ruleset.publishers)},
        "notices": {id: _notice(ruleset.notices[id]) for id in sorted(ruleset.notices)},
    }


def written(program: Plain) -> str:
    """A program as it stands in its file: one line a thing that has an id, so that a change is seen where it is."""
    sections = []
    for name, section in program.items():
        if isinstance(section, dict) and name != "places":
            lines = ",\n  ".join(f"{_text(id)}: {_text(thing)}" for id, thing in section.items())
            sections.append(f"{_text(name)}: {{\n  {lines}\n }}" if lines else f"{_text(name)}: {{}}")
        else:
            sections.append(f"{_text(name)}: {_text(section)}")
    return "{" + ",\n ".join(sections) + "}\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def _places(gazetteer: Gazetteer) -> dict[str, str]:
    """Every code that has others directly in it, and every country: what follows the hyphen of those, in one text."""
    below: dict[str, list[str]] = {}
    for code, above in gazetteer.parents.items():
        if above:
            below.setdefault(above, []).append(code.partition("-")[2])
        else:
            below.setdefault(code, [])
    return {code: " ".join(sorted(below[code])) for code in sorted(below)}


def _territory(territory: Territory) -> Plain:
    return _without_usual(
        wholly=[_holding(held) for held in territory.wholly], partly=[_holding(held) for held in territory.partly]
    )


def _holding(held: Holding) -> Plain:
    return {"place": held.place, **_standing(held.standing)}


def _entry(entry: Entry) -> Plain:
    named = {"person": entry.person} if entry.person else {"publisher": entry.publisher}
    return named | _without_usual(
        covers_parts=entry.covers_parts, measures=list(entry.measures), **_standing(entry.standing)
    )


def _publisher(publisher: Publisher) -> Plain:
    chosen = {} if publisher.universal is None else {"universal": list(publisher.universal)}
    return chosen | _without_usual(
        part_of=publisher.part_of,
        run_by=list(publisher.run_by),
        site=sorted(publisher.site),
        may_carry=sorted(publisher.may_carry),
        carries=sorted(publisher.carries),
        hides=publisher.hides,
    )


def _notice(notice: Notice) -> Plain:
    concern = notice.concerns
    unsure = notice.warn_when_unsure
    return {
        "kind": notice.kind.value,
        "concerns": _without_usual(
            register=concern.register, measure=concern.measure, content=list(concern.content), site=concern.site
        ),
        **({} if notice.zone is None else {"zone": _zone(notice.zone)}),
        **_standing(notice.standing),
        "applies_when": _condition(notice.applies_when),
        **({} if unsure is None else {"warn_when_unsure": _condition(unsure)}),
        **_without_usual(acts={act: _risks(notice.acts[act]) for act in sorted(notice.acts)}),
    }


def _condition(node: Condition) -> Plain:
    return {**_question(node), **_standing(node.standing)}


def _question(node: Condition) -> Plain:
    if isinstance(node, (AllOf, SameAs)):
        return {"all_of": [_condition(part) for part in node.parts]}
    if isinstance(node, AnyOf):
        return {"any_of": [_condition(part) for part in node.of]}
    if isinstance(node, Not):
        return {"not": _condition(node.of)}
    if isinstance(node, Possibly):
        return {"possibly": _condition(node.of)}
    if isinstance(node, UnlessDetermined):
        return {"unless_determined": _condition(node.of)}
    if isinstance(node, Naming):
        return {NAMING[type(node).__name__]: list(node.names)}
    if isinstance(node, Stateless):
        return {"stateless": node.expected}
    if isinstance(node, Age):
        return {"age": {end: age for end, age in (("from", node.least), ("to", node.most)) if age is not None}}
    if isinstance(node, Everyone):
        return {"everyone": True}
    raise TypeError(f"no word for this condition: {type(node).__name__}")


def _standing(standing: Standing) -> Plain:
    """The states and the days since which they hold; nothing where it is in force for ever."""
    if standing == ALWAYS:
        return {}
    return {"standing": [[day, state.value] for day, state in zip(_since(standing.days), standing.values, strict=True)]}


def _zone(zone: Zone) -> list[list[str | int]]:
    """The minutes by which its clocks are ahead of UTC and the instants, in UTC, since which they are."""
    since = ["", *(at.strftime("%Y-%m-%dT%H:%M:%S") for at in zone.since)]
    return [[at, int(ahead.total_seconds() // 60)] for at, ahead in zip(since, zone.offsets, strict=True)]


def _risks(exposures: Exposures) -> list[list[str]]:
    return [[day, _risk(one)] for day, one in zip(_since(exposures.days), exposures.values, strict=True)]


def _risk(exposure: Exposure) -> str:
    if not exposure.stated:
        return "not stated"
    return "see" if exposure.see else exposure.risk.value


def _since(days: tuple[Any, ...]) -> list[str]:
    """The days of a timeline as texts; the empty one, which sorts before all others, is the beginning of time."""
    return ["", *(day.isoformat() for day in days)]


def _without_usual(**values: object) -> Plain:
    """What is neither empty nor false."""
    return {key: value for key, value in values.items() if value}


def write(rules: Path, folder: Path) -> None:
    """Write `program.json` and `cases.jsonl` of a folder of rules; what else the folder has stays."""
    from ..rulebook import load
    from . import selection, trial

    loaded = load(rules)
    if loaded.ruleset is None:
        raise SystemExit(f"the rules cannot be loaded; run: caveat check {rules}")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "program.json").write_text(written(program(loaded.ruleset)), encoding="utf-8")
    (folder / "cases.jsonl").write_text(trial.written(selection.trials(loaded.ruleset)), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[2]) if len(sys.argv) > 2 else Path("rules"), Path(sys.argv[1]))
