"""Schema: the shapes of what is asked and answered, as JSON Schema; their closed lists are the code's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any

from ..answer import address
from ..answer.edition import Edition
from ..answer.measure import MOST_TAGS
from ..answer.problem import KINDS
from ..law.act import ACTS, Basis, Mind, Risk
from ..law.citation import Seen
from ..law.doubt import Doubt
from ..law.notice import Kind
from ..law.place import UNKNOWN
from ..law.prescribed import MANNERS, MEDIA
from ..law.reader import OTHER
from ..law.verdict import Shown, Verdict
from ..page.grade import Grade
from ..page.risk import CONTROLS, MARKED, NOT_STATED, READING, Gate
from ..page.sheet import UNIVERSAL
from . import inquiry

Schema = Mapping[str, Any]

TEXT: Schema = MappingProxyType({"type": "string", "minLength": 1})
LANGUAGE = "[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?"
"""A language as it may be stored: in its usual spelling."""

CODE = "[A-Z]{2}(-[A-Z0-9]{1,3})?"
"""A place as ISO 3166 writes one."""


def choice(values: Iterable[Enum | str]) -> dict[str, Any]:
    """One of a closed list."""
    return {"type": "string", "enum": [value.value if isinstance(value, Enum) else value for value in values]}


def ref(name: str) -> dict[str, str]:
    """A shape by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def schemas(edition: Edition) -> dict[str, Any]:
    """Every shape by name; what a rule set names (publishers, countries, tags) is that of an edition."""
    return {
        "Publisher": {
            "description": "The name of a publisher's file.",
            **choice(sorted(edition.ruleset.publishers)),
        },
        "Place": {
            "description": "Not known, a code of ISO 3166-1 or 3166-2, or a territory that has no code.",
            "anyOf": [
                choice((address.ANYWHERE, UNKNOWN, *sorted(edition.ruleset.territories))),
                {"type": "string", "pattern": f"^{CODE}$", "maxLength": 6},
            ],
            "examples": [address.ANYWHERE, "RU", "UA-43", "DE"],
        },
        "Language": {
            "description": "A tag of BCP 47.",
            "type": "string",
            "pattern": f"^{LANGUAGE}$",
            "maxLength": 11,
            "examples": ["en", "ru", "fa"],
        },
        "Country": {
            "description": "A code of ISO 3166-1.",
            **choice(sorted(code for code in edition.ruleset.gazetteer.parents if "-" not in code)),
        },
        "Inquiry": _inquiry(edition),
        "Reader": _closed({name: _FACTS[name] for name in inquiry.FACTS}, ()) | {"description": _READER},
        "Answer": _answer(),
        "Notice": _notice(),
        "Look": _look(),
        "Exposure": _exposure(),
        "Citation": _closed(
            {
                "key": TEXT,
                "title": TEXT,
                "seen": choice(Seen),
                "url": {"type": "string", "format": "uri"},
                "checked": _DAY,
            },
            ("key", "title", "seen", "checked"),
        ),
        "Acts": _acts(),
        "Act": _act(),
        "Problem": {
            "description": "What is wrong, after RFC 9457. Its words are constants and repeat nothing of the request.",
            **_closed(
                {
                    "type": choice(f"/about#{kind}" for kind in KINDS),
                    "title": choice(dict.fromkeys(title for _, title in KINDS.values())),
                    "status": {"type": "integer", "enum": sorted({status for status, _ in KINDS.values()})},
                    "detail": TEXT,
                },
                ("type", "title", "status"),
            ),
        },
    }


def _closed(properties: Mapping[str, Any], required: Iterable[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _whole(properties: Mapping[str, Any]) -> dict[str, Any]:
    return _closed(properties, properties)


def _either(value: Schema, most: int = 50) -> dict[str, Any]:
    """One or several."""
    return {"anyOf": [value, {"type": "array", "items": value, "maxItems": most}]}


_DAY: Schema = {"type": "string", "format": "date"}
_INSTANT: Schema = {"type": ["string", "null"], "format": "date-time"}
_READER = "What the reader says now, never what an account's profile says. What is left out is not known."

_FACTS: Mapping[str, Schema] = MappingProxyType(
    {
        "citizen_of": {"description": "Citizenships that the reader holds.", **_either(ref("Country"))},
        "not_citizen_of": {
            "description": f"Citizenships that the reader does not hold; `{OTHER}`: none but those that are named.",
            **_either({"anyOf": [ref("Country"), choice([OTHER])]}),
        },
        "stateless": {"type": "boolean"},
        "resident_of": {
            "description": "Where the reader lives for good, or holds a permit to: an assigned code of ISO 3166.",
            "anyOf": [choice(["", address.ANYWHERE, UNKNOWN]), {"type": "string", "pattern": f"^{CODE}$"}],
        },
        "age": {"type": "integer", "minimum": 0, "maximum": inquiry.OLDEST},
        "occupation": {"description": "What the reader works as.", **_either(TEXT)},
    }
)


def _inquiry(edition: Edition) -> dict[str, Any]:
    fields: Mapping[str, Schema] = {
        "place": {"description": "Where the reader may be; several where sources disagree.", **_either(ref("Place"))},
        "language": {"description": "The language of the answer.", **ref("Language")},
        "page_language": {"description": "The language of the page, if another than `language`.", **ref("Language")},
        "content": {
            "description": f"What the page carries, at most {MOST_TAGS} tags; left out: not known.",
            **_either(choice(sorted(edition.tags)), MOST_TAGS),
        },
        "act": {"description": "What the reader is about to do: orders the notices, hides none.", **choice(ACTS)},
        "on": {"description": "A day to ask about, instead of today.", **_DAY, "examples": ["2026-11-23"]},
        "reader": ref("Reader"),
    }
    asked = _closed({name: fields[name] for name in inquiry.FIELDS}, ())
    return asked | {
        "description": "A question about one reader; every field may be left out, and an unknown one is refused.",
        "examples": [{"place": "RU", "language": "en", "reader": {"citizen_of": ["RU"]}}],
    }


def _answer() -> dict[str, Any]:
    return _whole(
        {
            "publisher": ref("Publisher"),
            "language": {"description": "The language that is served.", **ref("Language")},
            "ruleset": {"description": "The name of the rule set.", **TEXT},
            "next_change": {"description": "When the answer may next change; null if no change is known.", **_INSTANT},
            "lists_checked": {
                "description": "When the oldest of the registers that matter was last looked at.",
                "type": ["string", "null"],
                "format": "date",
            },
            "notices": {"description": "In the order of the page.", "type": "array", "items": ref("Notice")},
            "html": {"description": "The fragment.", **TEXT},
            "text": {"description": "The same as plain text; empty where nothing is shown.", "type": "string"},
        }
    )


def _notice() -> dict[str, Any]:
    properties: dict[str, Any] = {
        "id": TEXT,
        "kind": {"description": "A warning to readers, or a label that the publisher chose to carry.", **choice(Kind)},
        "basis": choice(Basis),
        "verdict": {
            "description": "What the law says.",
            **choice(verdict for verdict in Verdict if verdict is not Verdict.DOES_NOT_APPLY),
        },
        "shown": {
            "description": "How much the page gets.",
            **choice(shown for shown in Shown if shown is not Shown.NONE),
        },
        "depends_on": {
            "description": "What is not known and would settle it, most telling first.",
            "type": "array",
            "items": choice(Doubt),
        },
        "grade": {
            "description": f"How far the text was checked; `{UNIVERSAL}`: the publisher's own text stands in.",
            **choice((*Grade, UNIVERSAL)),
        },
        "text": {"description": "Left out of what is folded.", "type": "string"},
        "elements": {
            "description": "Of some labels, what they have to say.",
            "type": "array",
            "items": _closed({"name": TEXT, "say": TEXT, "when": TEXT}, ("name", "say")),
        },
        "form": {
            "description": "Of some labels, how they have to look or sound, by medium; for whoever lays out the page.",
            "type": "object",
            "propertyNames": choice(MEDIA),
            "additionalProperties": ref("Look"),
        },
        "acts": {
            "description": "The risk of each act that the law states; one that is left out is not stated, never safe.",
            "type": "object",
            "propertyNames": choice(ACTS),
            "additionalProperties": ref("Exposure"),
        },
        "defences": {
            "description": "Of some laws, what one may answer with; no verdict depends on it.",
            "type": "array",
            "items": _closed(
                {"what": TEXT, "includes": {"type": "array", "items": TEXT}, "because": TEXT}, ("what", "because")
            ),
        },
        "citations": {"type": "array", "items": ref("Citation")},
    }
    return _closed(properties, [name for name in properties if name not in ("text", "elements", "form", "defences")])


def _look() -> dict[str, Any]:
    showing = _closed({"at": TEXT, "for": TEXT, "covers": TEXT, "dismiss": TEXT}, ("at",))
    judged = {"type": "array", "items": TEXT}
    shows = {"type": "array", "items": showing}
    every = {"description": "It has to stand on every item.", "type": "boolean"}
    return _closed(
        {**dict.fromkeys(MANNERS, TEXT), "shows": shows, "every_item": every, "judged_by_hand": judged}, ()
    ) | {"description": "As the law says it, in words; nothing of it is computed."}


def _exposure() -> dict[str, Any]:
    stated = {
        "risk": choice(Risk),
        "repeated": choice(Risk),
        "basis": choice(Basis),
        "mind": choice(Mind),
        "because": TEXT,
    }
    return {
        "anyOf": [_closed(stated, ("risk",)), _whole({"see": {"description": "The notice that states it.", **TEXT}})]
    }


def _acts() -> dict[str, Any]:
    control = _whole({"gate": choice(Gate), "text": TEXT})
    return _whole(
        {
            "publisher": ref("Publisher"),
            "language": {"description": "The language of the texts.", **ref("Language")},
            "direction": choice(("ltr", "rtl")),
            "ruleset": TEXT,
            "next_change": _INSTANT,
            "place": {
                "description": "Whether the reader's place is known; if not, nothing asks.",
                **choice(("known", UNKNOWN)),
            },
            "attributes": {"description": "Those of the controls, ready to be printed into a tag.", "type": "string"},
            "general": {"description": "What to say beside a control when nothing else is known.", **TEXT},
            "controls": {
                "description": "What to put before a control; one that is left out needs nothing.",
                **_closed(dict.fromkeys(CONTROLS, control), ()),
            },
            "acts": _whole(dict.fromkeys((*READING, *MARKED), ref("Act"))),
        }
    )


def _act() -> dict[str, Any]:
    return _closed(
        {
            "risk": {"description": f"The loudest; `{NOT_STATED}` is never safe.", **choice((*Risk, NOT_STATED))},
            "repeated": {"description": "What the second time can lead to, where that is more.", **choice(Risk)},
            "verdict": choice(verdict for verdict in Verdict if verdict is not Verdict.DOES_NOT_APPLY),
            "basis": choice(Basis),
            "notices": {
                "description": "Those that state something of it, loudest first.",
                "type": "array",
                "items": TEXT,
            },
            "gate": {"description": "Never there for reading.", **choice(Gate)},
            "text": TEXT,
        },
        ("risk", "notices"),
    )
