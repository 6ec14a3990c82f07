"""Openapi: the service's addresses as an OpenAPI 3.1 document, read off the routes that it really has.

A route that nothing here describes is a mistake that the tests find; lists, fields, statuses and headers are those of
the modules that answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from flask import Flask

from ..answer import reply
from ..answer.body import Form
from ..answer.edition import Edition
from ..answer.problem import KINDS
from ..answer.problem import TYPE as PROBLEM
from ..answer.reply import State
from ..device.element import ASSETS
from ..page.phrases import LABEL
from ..page.sheet import Length
from . import limit
from .schema import TEXT, Schema, choice, ref, schemas

VERSION = "3.1.0"
TYPE = "application/json"
STANDING = "/v1/{publisher}/{place}/{language}"
NEGOTIATED = "/v1/{publisher}/notice"

_SLOT = re.compile(r"<(?:[^<>:]+:)?([^<>:]+)>")


class Undescribed(LookupError):
    """A route that this module does not know how to describe; the message is its path."""


@dataclass(frozen=True, slots=True)
class _Sort:
    """How a kind of address answers.

    `kept`: whether shared caches may keep it, so that it has a tag and can answer 304. `problems`: the kinds that it
    names with their true status. `stated`: whether it says its state.
    """

    tag: str
    summary: str
    answer: str = ""
    content_type: str = "text/html; charset=utf-8"
    shape: Schema = field(default_factory=lambda: TEXT)
    kept: bool = False
    problems: tuple[str, ...] = ()
    stated: bool = True
    about: str = ""


_NOTICE, _DEVICE, _SERVICE = "Notices", "On the reader's device", "About the service"
_FAILING = ("status-in-address", "unknown-publisher", "failure")
_REFUSING = ("bad-inquiry", "bad-request", "from-a-browser", "unknown-publisher", "too-large", "not-json", "failure")
_USABLE = (
    "Answers 200 with a usable text whatever happens, because page includes print what they are given; "
    "`Notice-State` says whether it is the answer, and only then may it be kept."
)
_LENGTHS: Mapping[Length, str] = MappingProxyType(
    {Length.FULL: "in full", Length.SHORT: "without what is folded away", Length.LABEL: "in one line"}
)
_FORMS: Mapping[Form, tuple[str, Schema]] = MappingProxyType(
    {Form.HTML: ("as a fragment", TEXT), Form.JSON: ("as data", ref("Answer")), Form.TEXT: ("as plain text", TEXT)}
)

_SORTS: Mapping[str, _Sort] = MappingProxyType(
    {
        f"{STANDING}/notice.{{most}}.txt": _Sort(
            _NOTICE, "As much of the plain text as has room", "The text", reply.TYPES[Form.TEXT], kept=True,
            about=_USABLE,
        ),
        f"{STANDING}/acts.json": _Sort(
            _NOTICE, "What each act on a page can lead to", "The risk of each act", reply.TYPES[Form.JSON], ref("Acts"),
            kept=True, problems=_FAILING,
            about="For marking a page's controls. Reading is never gated; an act that is not stated is never safe.",
        ),
        "/v1/{publisher}/table/{language}.json": _Sort(
            _DEVICE, "What every place is told, for deciding on the device", "The table", reply.TYPES[Form.JSON],
            {"type": "object"}, kept=True, problems=_FAILING,
        ),
        "/v1/{publisher}/check/{language}/": _Sort(
            _DEVICE, "Does this apply to me? A page that asks and tells no one", "The page", kept=True, about=_USABLE
        ),
        "/v1/{publisher}/check/{language}/inside.html": _Sort(
            _DEVICE, "The same questions as a fragment, for a page that everyone opens", "The fragment", kept=True,
            about=_USABLE + " The header `Notice-Style` names its styles, for a policy of the page's.",
        ),
        "/v1/{publisher}/frame/{place}/{language}/": _Sort(
            _NOTICE, "The notice as a page for an iframe", "The page", kept=True, about=_USABLE
        ),
        "/v1/{publisher}/reader.css": _Sort(
            _NOTICE, "How a fragment can look, for the publisher's classes", "The style", reply.STYLE, kept=True,
            problems=_FAILING,
        ),
        "/embed/": _Sort(_DEVICE, "A page with the files to vendor, and their integrity", "The page", stated=False),
        "/embed/{name}": _Sort(
            _DEVICE, "A file to vendor", "The file", "text/javascript; charset=utf-8", problems=("not-found",),
            stated=False,
        ),
        "/": _Sort(_SERVICE, "A page with links to try", "The page", stated=False),
        "/about": _Sort(_SERVICE, "Attributions, and what each problem means", "The page", stated=False),
        "/reference": _Sort(_SERVICE, "This document as a page", "The page", stated=False),
        "/openapi.json": _Sort(
            _SERVICE, "This document", "The document", TYPE, {"type": "object"}, stated=False,
        ),
        "/healthz": _Sort(_SERVICE, "Whether the process answers", "One word", reply.TYPES[Form.TEXT], stated=False),
        "/readyz": _Sort(
            _SERVICE, "Whether there are rules to answer from", "One word", reply.TYPES[Form.TEXT], stated=False
        ),
        "/metrics": _Sort(
            _SERVICE, "Counters, for the operator alone", "Lines for Prometheus", reply.TYPES[Form.TEXT],
            problems=("not-found",), stated=False, about="Answers only at `CAVEAT_ADMIN_BIND`.",
        ),
    }
)  # fmt: skip

_INQUIRY = _Sort(
    _NOTICE,
    "A question about one reader, from the publisher's server",
    "The answer, padded to one length whatever the verdict",
    reply.TYPES[Form.JSON],
    ref("Answer"),
    problems=_REFUSING,
    about="For servers: what a browser sends is refused. What is asked is never kept and never logged.",
)


def document(app: Flask, edition: Edition, version: str) -> dict[str, Any]:
    """The document for an application and the rules that it serves. Raises `Undescribed`."""
    paths: dict[str, dict[str, Any]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=_order):
        path = _SLOT.sub(r"{\1}", rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            paths.setdefault(path, {})[method.lower()] = _operation(path, method, rule.defaults or {}, edition)
    found: dict[str, Any] = _plain({
        "openapi": VERSION,
        "info": {
            "title": "Caveat",
            "version": version,
            "summary": "Tells a website which legal notice its reader needs.",
            "description": (
                "Nothing here is legal advice. HEAD answers as GET does. A reader's status never travels in an "
                "address; there are no cookies, and every answer names its rule set."
            ),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in (_NOTICE, _DEVICE, _SERVICE)],
        "paths": paths,
        "components": {"schemas": schemas(edition), "headers": _headers()},
    })  # fmt: skip
    return found


def _plain(value: Any) -> Any:
    """As dictionaries and lists, which is what a document is made of."""
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, (list, tuple)) else value


def _order(rule: Any) -> tuple[object, ...]:
    """Notices first, the full one of each form before the shorter."""
    defaults = rule.defaults or {}
    length, form = defaults.get("length"), defaults.get("form")
    return (
        not rule.rule.startswith("/v1/"),
        form is None or length is None,
        list(Length).index(length) if length else 0,
        "<place>" not in rule.rule,
        list(Form).index(form) if form else 0,
        rule.rule,
    )


def _operation(path: str, method: str, defaults: Mapping[str, Any], edition: Edition) -> dict[str, Any]:
    sort = _INQUIRY if (path, method) == (NEGOTIATED, "POST") else _sort(path, defaults)
    names = re.findall(r"\{(\w+)\}", path)
    parameters = [_in_path(name, edition) for name in names]
    if sort.kept:
        parameters.append(_KNOWN)
    if path.startswith(f"{NEGOTIATED}.") or (path == NEGOTIATED and method == "GET"):
        parameters += _ASKED
    found: dict[str, Any] = {
        "operationId": "-".join([method.lower(), *re.findall(r"\w+", path)]),
        "tags": [sort.tag],
        "summary": sort.summary,
        **({"description": sort.about} if sort.about else {}),
        "parameters": parameters,
    }
    if method == "POST":
        found["requestBody"] = {"content": {"application/json": {"schema": ref("Inquiry")}}}
    if not parameters:
        del found["parameters"]
    return found | {"responses": _responses(sort)}


def _sort(path: str, defaults: Mapping[str, Any]) -> _Sort:
    if path in _SORTS:
        return _SORTS[path]
    if "form" not in defaults or "length" not in defaults:
        raise Undescribed(path)
    form, length = defaults["form"], defaults["length"]
    words, shape = _FORMS[form]
    kept = path.startswith(STANDING)
    where = "for the place in the path" if kept else "for wherever the request comes from, never kept"
    return _Sort(
        _NOTICE,
        f"The notice {_LENGTHS[length]}, {words}, {where}",
        "What the page says; where nothing is shown, that",
        reply.TYPES[form],
        shape,
        kept,
        _FAILING if form is Form.JSON else (),
        about="" if form is Form.JSON else _USABLE,
    )


_KNOWN = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The tag of an answer that the asker has.",
    "schema": {"type": "string", "pattern": '^(\\*|(W/)?"[0-9a-f]{1,40}")$'},
}
_ASKED = (
    {"name": "lang", "in": "query", "description": "The language of the page.", "schema": ref("Language")},
    {
        "name": "Accept-Language",
        "in": "header",
        "description": "What the reader's browser asks for, where `lang` does not say.",
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9*,;=. -]*$", "maxLength": 200},
    },
)


def _in_path(name: str, edition: Edition) -> dict[str, Any]:
    publishers = sorted(edition.ruleset.publishers)
    shapes: Mapping[str, tuple[str, Schema, object]] = {
        "publisher": ("Whose notice.", ref("Publisher"), "rferl" if "rferl" in publishers else publishers[0]),
        "place": ("Where the reader is.", ref("Place"), "RU"),
        "language": ("The language of the page.", ref("Language"), "en"),
        "most": (
            "The most UTF-16 code units, as Telegram counts.",
            {"type": "integer", "minimum": LABEL, "maximum": limit.MOST},
            1024,
        ),
        "name": ("The name of a file.", choice(ASSETS), next(iter(ASSETS), "")),
    }
    about, schema, example = shapes[name]
    return {"name": name, "in": "path", "required": True, "description": about, "schema": schema, "example": example}


def _responses(sort: _Sort) -> dict[str, Any]:
    names = ["Notice-Ruleset", *(["Notice-State"] if sort.stated else []), *_ALWAYS]
    named = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    life = {name: {"$ref": f"#/components/headers/{name}"} for name in _LIFE if sort.kept or name in reply.FLEETING}
    found: dict[str, Any] = {
        "200": {
            "description": sort.answer,
            "headers": named | life,
            "content": {sort.content_type: {"schema": sort.shape}},
        }
    }
    if sort.kept:
        found["304"] = {"description": "What the asker has is still the answer", "headers": named | life}
    titles: dict[int, list[str]] = {}
    for kind in (*sort.problems, *([] if sort.about == _USABLE else ["busy"])):
        status, title = KINDS[kind]
        titles.setdefault(status, []).append(title)
    for status, words in sorted(titles.items()):
        found[str(status)] = {"description": "; ".join(words), "content": {PROBLEM: {"schema": ref("Problem")}}}
    return found


_ALWAYS: Sequence[str] = tuple(name for name in reply.ALWAYS if name != "Content-Security-Policy")
_LIFE: Mapping[str, str] = MappingProxyType(
    {
        "Cache-Control": "What browsers may keep: nothing, unless the publisher chose otherwise.",
        "CDN-Cache-Control": "What shared caches may keep: at most 300 seconds, and never past the next change.",
        "Surrogate-Control": "The same for caches that heed this header.",
        "Surrogate-Key": "What to purge it by; only where it may be kept.",
        "Cache-Tag": "The same for caches that heed this header.",
        "ETag": "The tag of the body; only where it may be kept.",
    }
)


def _headers() -> dict[str, Any]:
    told: dict[str, Any] = {
        "Notice-Ruleset": {"description": "The name of the rule set.", "required": True, "schema": TEXT},
        "Notice-State": {
            "description": "What the answer is; only the first two may be kept.",
            "required": True,
            "schema": choice(State),
        },
    }
    always = {name: {"required": True, "schema": {"type": "string", "const": reply.ALWAYS[name]}} for name in _ALWAYS}
    life = {name: {"description": words, "schema": {"type": "string"}} for name, words in _LIFE.items()}
    return told | always | life
