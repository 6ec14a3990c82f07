"""Schema: the rule language as JSON Schemas, from which editors complete keys and say what they mean.

One schema for each kind of file, in draft-07, which is what the YAML extensions of editors read. A schema never
refuses what the service accepts, but for a name that is the bare word `true`, `false` or `null`; what it cannot say
(that a name exists, that a text stands after `|`) is told by `caveat check`. Editors read a year as a number, so a
text of digits may be either.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from ..law.prescribed import SAME_AS_THE_MATERIAL
from .gazetteer import gazetteer
from .shape import Choice, Either, Form, Key, Name, Of, Open, Prose, Row, Scalar, Several, Shape, Words
from .vocabulary import FOLDERS, FORMS

Schema: TypeAlias = dict[str, Any]

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
_ID: Final = "[a-z0-9]+(-[a-z0-9]+)*"
_SUBDIVISION: Final = "^[A-Z]{2}-[A-Z0-9]{1,3}$"


def schemas() -> dict[str, Schema]:
    """The schema of every kind of file, by the name of the kind: `notice`, `register` and so on."""
    return {form: _file(form) for form in FOLDERS.values()}


def written(schema: Schema) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> None:
    """Write every schema to a folder; what the folder has beside them stays."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind, schema in schemas().items():
        (folder / f"{kind}.json").write_text(written(schema), encoding="utf-8")


def _file(kind: str) -> Schema:
    drawn: dict[str, Schema] = {}
    root = _form(FORMS[kind], drawn)
    about = root.pop("description")
    return {
        "$schema": DRAFT,
        "title": kind.capitalize(),
        "description": f"{about} Not legal advice.",
        **root,
        "definitions": dict(sorted(drawn.items())),
    }


def _form(form: Form, drawn: dict[str, Schema]) -> Schema:
    """A closed map; the definitions that it refers to are drawn beside it."""
    schema: Schema = {"description": form.about, "type": "object", "additionalProperties": False}
    schema["properties"] = {name: _key(key, drawn) for name, key in form.keys.items()}
    if must := [name for name, key in form.keys.items() if key.must]:
        schema["required"] = must
    if form.one:
        schema["oneOf"] = [{"required": [name]} for name in form.one]
    if form.some:
        schema["anyOf"] = [{"required": [name]} for name in form.some]
    needs: dict[str, list[str]] = {}
    for name, key in form.keys.items():
        if key.beside:
            needs.setdefault(name, []).append(key.beside)
        for other in key.needed_with:
            needs.setdefault(other, []).append(name)
    if needs:
        schema["dependencies"] = needs
    return schema


def _key(key: Key, drawn: dict[str, Schema]) -> Schema:
    """What may stand after a key, with the line that an editor shows for it."""
    value = _value(key.shape, drawn)
    if key.blank:
        value = {"anyOf": [value, {"type": "null"}]}
    if "$ref" in value:  # whatever stands beside $ref in draft-07 is not read
        value = {"allOf": [value]}
    if isinstance(key.shape, Of):
        value["type"] = "object"
    return {"description": " ".join(filter(None, (key.about, _wanted(key.shape)))), **value}


def _wanted(shape: Shape) -> str:
    """How a value is written, for the hover text."""
    inner = shape.item if isinstance(shape, (Several, Row)) else shape
    if isinstance(inner, (Scalar, Name)) and inner.wanted:
        many = "One or a list of" if isinstance(shape, Several) else "A list of" if isinstance(shape, Row) else "Write"
        return f"{many}: {inner.wanted}." if many != "Write" else f"Write {inner.wanted}."
    if isinstance(shape, Prose) or (isinstance(shape, Either) and isinstance(shape.text, Prose)):
        return "Write it after |, on lines of its own."
    if isinstance(shape, Either) and shape.wanted:
        return f"Write {shape.wanted}."
    return ""


def _value(shape: Shape, drawn: dict[str, Schema]) -> Schema:
    if isinstance(shape, Either):
        parts = [_value(part, drawn) for part in (shape.text, shape.row, shape.map) if part is not None]
        return parts[0] if len(parts) == 1 else {"anyOf": parts}
    if isinstance(shape, Several):
        one = _value(shape.item, drawn)
        return {"anyOf": [one, {"type": "array", "items": one}]}
    if isinstance(shape, Row):
        least = {"minItems": shape.least} if shape.least else {}
        return {"type": "array", "items": _value(shape.item, drawn), **least}
    if isinstance(shape, Of):
        return _drawn(shape.form, lambda: _form(FORMS[shape.form], drawn), drawn)
    if isinstance(shape, Open):
        return _open(shape, drawn)
    if isinstance(shape, Choice):
        numbers = [int(option) for option in shape.options if option.isdecimal()]
        return {"type": ["string", "integer"] if numbers else "string", "enum": [*shape.options, *numbers]}
    if isinstance(shape, Name):
        return dict(_SCALARS["id" if shape.of == "citation" else "tag"])
    if isinstance(shape, Scalar):
        if shape.type in _COUNTRIES:
            return _drawn(shape.type, lambda: _place(shape.type, drawn), drawn)
        return dict(_SCALARS[shape.type])
    return {"type": "string", "pattern": r"\S"} if isinstance(shape, Prose) else dict(_SCALARS["words"])


def _drawn(name: str, draw: Callable[[], Schema], drawn: dict[str, Schema]) -> Schema:
    name = name.replace(" ", "-")
    if name not in drawn:
        drawn[name] = {}  # a condition has conditions within it
        drawn[name] = draw()
    return {"$ref": f"#/definitions/{name}"}


def _open(shape: Open, drawn: dict[str, Schema]) -> Schema:
    """A map whose keys are names; where they are a closed list, an editor completes them."""
    value = _value(shape.value, drawn)
    schema: Schema = {"type": "object"}
    if isinstance(shape.key, Choice):
        schema |= {"properties": dict.fromkeys(shape.key.options, value), "additionalProperties": False}
    else:
        schema |= {"additionalProperties": value}
        if pattern := None if isinstance(shape.key, Words) else _value(shape.key, drawn).get("pattern"):
            schema["propertyNames"] = {"pattern": pattern}
        if shape.must:
            schema["properties"] = dict.fromkeys(shape.must, value)
            schema["required"] = list(shape.must)
    return schema


_COUNTRIES: Final = ("country", "other country", "place", "candidate", "area")


def _place(type: str, drawn: dict[str, Schema]) -> Schema:
    """Countries by name, so that an editor offers them; parts of countries by their form."""
    country: Schema = {"$ref": "#/definitions/country"}
    if type == "country":
        codes = sorted(code for code in gazetteer().parents if "-" not in code)
        return {"description": "A country's code in ISO 3166-1.", "enum": codes, "enumDescriptions": _names(codes)}
    _drawn("country", lambda: _place("country", drawn), drawn)
    others: dict[str, list[Schema]] = {
        "other country": [{"enum": ["other"]}],
        "place": [{"type": "string", "pattern": _SUBDIVISION}],
        "candidate": [{"enum": ["unknown"]}, {"type": "string", "pattern": _SUBDIVISION}],
        "area": [{"type": "string", "pattern": _SUBDIVISION}, _SCALARS["id"]],
    }
    return {"anyOf": [country, *others[type]]}


def _names(codes: list[str]) -> list[str]:
    from babel import Locale

    called = Locale("en").territories
    return [str(called.get(code, code)) for code in codes]


def _text(pattern: str) -> Schema:
    return {"type": "string", "pattern": f"^({pattern})$"}


def _digits(pattern: str, kind: str = "integer") -> Schema:
    """A text of which editors take some for numbers."""
    return {"type": ["string", kind], "pattern": f"^({pattern})$", "minimum": 0}


_MONTH: Final = "[0-9]{4}-(0[1-9]|1[0-2])"
_DAY: Final = f"{_MONTH}-(0[1-9]|[12][0-9]|3[01])"

_SCALARS: Mapping[str, Schema] = {
    "words": {"type": ["string", "number", "boolean"]},
    "flag": {"type": "string", "enum": ["yes", "no"]},
    "number": _digits("[0-9]{1,15}"),
    "decimal": _digits(r"[0-9]{1,15}(\.[0-9]{1,6})?", "number"),
    "day": _text(_DAY),
    "partial day": _digits(f"{_DAY}|{_MONTH}|[0-9]{{4}}") | {"minimum": 1800, "maximum": 2199},
    "term": _text("[0-9]{1,4} (day|week|month|year|hour)s?"),
    "span": _text("[0-9]{1,4} (day|week)s?"),
    "language": _text("[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?"),
    "label language": _text(f"{SAME_AS_THE_MATERIAL}|[a-z]{{2,3}}(-[A-Z][a-z]{{3}})?(-([A-Z]{{2}}|[0-9]{{3}}))?"),
    "link": {"type": "string", "pattern": "^https://"},
    "id": _digits(_ID),
    "tag": _digits(f"{_ID}(/{_ID})*"),
    "currency": _text("[A-Z]{3}"),
    "life": _text("[0-9]{1,4} (second|minute)s?"),
    "near": _text("[0-9]{1,4} days? (before|after)|election day"),
    "zone": {"type": "string", "pattern": "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$"},
    "prefix": _text("[a-z][a-z0-9-]{0,31}"),
    "verbatim": {"type": ["string", "number", "boolean"]},
}  # fmt: skip

if __name__ == "__main__":
    write(Path(sys.argv[1]))
