"""Example text: examples, readers and conditions as they are written in a rule file, ready to paste."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from ...law.cases import OTHER_LANGUAGE, Places
from ...law.condition import (
    Age,
    CitizenOf,
    Condition,
    Content,
    During,
    Everyone,
    Leaf,
    LocatedIn,
    Naming,
    Not,
    Occupation,
    PageLanguage,
    Possibly,
    ResidentOf,
    SameAs,
    Stateless,
    UnlessDetermined,
)
from ...law.examination import Visit
from ...law.notice import Notice
from ...law.place import UNKNOWN
from ...rulebook.date import DAY_ITSELF

_PLAIN = re.compile(r"[^\W_][\w/.\- ]*(?<! )")
"""What needs no quotation marks in a flow map, whatever stands around it."""

_KEYS: dict[type[Naming], str] = {
    LocatedIn: "located_in",
    ResidentOf: "resident_of",
    CitizenOf: "citizen_of",
    Occupation: "occupation",
    Content: "content",
    PageLanguage: "page_language",
}
_LONGEST = 100


def condition_text(node: Condition) -> str:
    """A condition on one line, by the name of its case if it has one, shortened where it is long."""
    if node.case:
        return f"case: {node.case}"
    text = _condition(node)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _condition(node: Condition) -> str:
    if isinstance(node, Naming):
        return f"{_KEYS[type(node)]}: {_list(node.names)}"
    if isinstance(node, Stateless):
        return f"stateless: {'yes' if node.expected else 'no'}"
    if isinstance(node, Age):
        ends = {"from": node.least, "to": node.most}
        return "age: {" + ", ".join(f"{end}: {age}" for end, age in ends.items() if age is not None) + "}"
    if isinstance(node, During):
        return f"during: {{calendar: {node.calendar}, from: {_near(node.first)}, to: {_near(node.last)}}}"
    if isinstance(node, Everyone):
        return "everyone: yes"
    if isinstance(node, SameAs):
        return f"same_as: {node.notice}"
    parts = ["{" + _condition(part) + "}" for part in node.parts]
    if isinstance(node, UnlessDetermined):
        return f"unless_determined: {parts[0]}"
    if isinstance(node, (Not, Possibly)):
        return f"{type(node).__name__.lower()}: {parts[0]}"
    return f"{'all_of' if type(node).__name__ == 'AllOf' else 'any_of'}: [{', '.join(parts)}]"


def _near(days: int) -> str:
    return f"{abs(days)} days {'before' if days < 0 else 'after'}" if days else DAY_ITSELF


def example_text(visit: Visit, on: date | None, blank: Iterable[str] = ("expect",)) -> str:
    """A reader as an example on one line; each `blank` key is left for the lawyer, and is refused until filled.

    `on` None means the day of the file's last review.
    """
    parts = [f"name: {_scalar(called(visit, on))}", f"publisher: {_scalar(visit.publisher)}"]
    if on is not None:
        parts.append(f"on: {on}")
    parts.append(f"reader: {reader_text(visit)}")
    if visit.content is not None:
        parts.append("content: [" + ", ".join(map(_scalar, sorted(visit.content))) + "]")
    return "- {" + ", ".join([*parts, *(f"{key}: " for key in blank)]) + "}"


def reader_text(visit: Visit) -> str:
    """What is known of a visit's reader, as the map that an example has under `reader`."""
    reader = visit.reader
    known: list[tuple[str, str]] = []
    if reader.candidates != {UNKNOWN}:
        known.append(("located_in", _list(sorted(reader.located_in))))
    if reader.citizen_of:
        known.append(("citizen_of", _list(sorted(reader.citizen_of))))
    if reader.not_citizen_of:
        known.append(("not_citizen_of", _list(sorted(reader.not_citizen_of))))
    if reader.stateless is not None:
        known.append(("stateless", "yes" if reader.stateless else "no"))
    if reader.resident_of is not None:
        known.append(("resident_of", _scalar(reader.resident_of)))
    if reader.age is not None:
        known.append(("age", str(reader.age)))
    if reader.occupation:
        known.append(("occupation", _list(sorted(reader.occupation))))
    if visit.page_language is not None:
        known.append(("page_language", _scalar(visit.page_language)))
    return "{" + ", ".join(f"{key}: {value}" for key, value in known) + "}"


def called(visit: Visit, on: date | None) -> str:
    """A name for the example of a visit, in words."""
    reader = visit.reader
    words = ["in " + " or ".join(sorted(reader.located_in)) if reader.candidates != {UNKNOWN} else "place not known"]
    if reader.citizen_of:
        words.append("a citizen of " + " and ".join(sorted(reader.citizen_of)))
    if reader.not_citizen_of:
        words.append("not a citizen of " + " or ".join(sorted(reader.not_citizen_of)))
    if reader.stateless is not None:
        words.append("stateless" if reader.stateless else "not stateless")
    if reader.resident_of is not None:
        words.append(f"lives in {reader.resident_of}")
    if reader.age is not None:
        words.append(f"aged {reader.age}")
    words.extend(f"works as {occupation}" for occupation in sorted(reader.occupation))
    if visit.page_language is not None:
        words.append(f"{visit.page_language} page")
    if visit.content is not None:
        words.append("the page carries " + (" and ".join(sorted(visit.content)) or "nothing of the kind"))
    if on is not None:
        words.append(f"on {on}")
    return f"{visit.publisher}, {', '.join(words)}"


def as_the_author_writes(visit: Visit, notice: Notice, places: Places, asked: Collection[Leaf]) -> Visit:
    """The same case with the places and the language that the notice's own examples use, where they lie in it."""
    used = Counter(place for example in notice.examples for place in example.reader.located_in)
    used.update(example.reader.resident_of for example in notice.examples if example.reader.resident_of)
    members = {kind.place: kind.members for kind in places.classes}

    def familiar(place: str) -> str:
        like = [other for other in used if other in members.get(place, ())]
        return min(like, key=lambda other: (-used[other], other), default=place)

    reader = visit.reader
    home = reader.resident_of
    return replace(
        visit,
        reader=replace(
            reader,
            located_in=frozenset(map(familiar, reader.located_in)),
            resident_of=None if home is None else familiar(home),
        ),
        page_language=_familiar_language(visit.page_language, notice, asked),
    )


def _familiar_language(language: str | None, notice: Notice, asked: Collection[Leaf]) -> str | None:
    if language is None:
        return None
    groups = [leaf.names for leaf in asked if isinstance(leaf, PageLanguage)]
    named = {name for group in groups for name in group}
    used = Counter(example.page_language for example in notice.examples if example.page_language)
    if language == OTHER_LANGUAGE:
        others = [other for other in used if other.partition("-")[0] not in named]
        return min(others, key=lambda other: (-used[other], other), default="en" if "en" not in named else language)
    like = [other for other in used if all((other in group) is (language in group) for group in groups)]
    return min(like, key=lambda other: (-used[other], other), default=language)


def _list(names: Sequence[str]) -> str:
    return _scalar(names[0]) if len(names) == 1 else "[" + ", ".join(map(_scalar, names)) + "]"


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
