"""Reference: the OpenAPI document as a page for people. Plain HTML: no script, and nothing from elsewhere."""

from __future__ import annotations

import base64
import json
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from markupsafe import Markup

from ..answer import reply

ADDRESS = "http://127.0.0.1:8080"
"""Where the service listens if nothing else is said; the examples ask there."""

_STYLE = Markup("""
:root { background: Canvas; color: CanvasText; color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 64rem; padding: 1rem; }
code { overflow-wrap: anywhere; }
li { padding-block: 0.25rem; }
pre { border-inline-start: 0.25rem solid; padding: 0.5rem; white-space: pre-wrap; }
table { border-collapse: collapse; margin-block: 1rem; width: 100%; }
caption { font-weight: bold; text-align: start; }
th, td { border: 1px solid; padding: 0.375rem; text-align: start; vertical-align: top; }
""")

POLICY = reply.ALWAYS["Content-Security-Policy"] + (
    f"; style-src 'sha256-{base64.b64encode(sha256(_STYLE.encode()).digest()).decode()}'"
)
"""The policy of the page: its own style, and nothing else."""

_SHELL = Markup(
    '<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>Caveat: reference</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n<h1>Reference</h1>\n{}\n"
    "</main>\n</body>\n</html>\n"
)
_NEWLINE = Markup("\n")
_CODE = re.compile(r"`([^`]*)`")


def reference(document: Mapping[str, Any]) -> str:
    """The page for a document: every address with an example that works, then every shape by its fields."""
    parts = [
        _paragraph(document["info"]["description"]),
        Markup('<p>The same for programs: <a href="/openapi.json">openapi.json</a>.</p>'),
        _contents(document),
    ]
    for tag in document["tags"]:
        parts.append(Markup('<h2 id="{}">{}</h2>').format(_anchor(tag["name"]), tag["name"]))
        for path, method, operation in _operations(document):
            if tag["name"] in operation["tags"]:
                parts += _operation(document, path, method, operation)
    parts.append(Markup('<h2 id="shapes">Shapes</h2>'))
    for name, shape in document["components"]["schemas"].items():
        parts += _shape(name, shape)
    return str(_SHELL.format(_STYLE, _NEWLINE.join(parts)))


def example(document: Mapping[str, Any], path: str, method: str) -> str:
    """A command that asks at an address, with the examples of its parameters."""
    operation = document["paths"][path][method]
    url = path
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            url = url.replace(f"{{{parameter['name']}}}", str(parameter["example"]))
    words = ["curl", "--silent", "--globoff", ADDRESS + url]
    if "requestBody" in operation:
        (content_type,) = operation["requestBody"]["content"]
        asked = document["components"]["schemas"]["Inquiry"]["examples"][0]
        words[1:1] = ["--header", f"Content-Type: {content_type}", "--data", json.dumps(asked)]
    return shlex.join(words)


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _contents(document: Mapping[str, Any]) -> Markup:
    rows = [
        Markup('<li><a href="#{}"><code>{} {}</code></a></li>').format(operation["operationId"], method.upper(), path)
        for path, method, operation in _operations(document)
    ]
    return Markup('<nav aria-label="Addresses">\n<ul>\n{}\n</ul>\n</nav>').format(_NEWLINE.join(rows))


def _operation(document: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any]) -> Iterator[Markup]:
    id = operation["operationId"]
    yield Markup('<h3 id="{}"><code>{} {}</code></h3>').format(id, method.upper(), path)
    yield _paragraph(f"{operation['summary']}.")
    if "description" in operation:
        yield _paragraph(operation["description"])
    yield Markup("<pre><code>{}</code></pre>").format(example(document, path, method))
    if "requestBody" in operation:
        yield Markup('<p>The body is an <a href="#shape-Inquiry">Inquiry</a>, and may be empty.</p>')
    rows = [
        (Markup("<code>{}</code>").format(told["name"]), told["in"], _kind(told["schema"]), told["description"])
        for told in operation.get("parameters", ())
    ]
    if rows:
        yield _table("Parameters", ("Name", "In", "Value", "Meaning"), rows)
    yield _table("Answers", ("Status", "Meaning", "Body"), [
        (status, answer["description"], _body(answer)) for status, answer in operation["responses"].items()
    ])  # fmt: skip


def _shape(name: str, shape: Mapping[str, Any]) -> Iterator[Markup]:
    yield Markup('<h3 id="shape-{}">{}</h3>').format(name, name)
    if "description" in shape:
        yield _paragraph(shape["description"])
    if "properties" not in shape:
        yield Markup("<p>{}</p>").format(_kind(shape))
        return
    required = shape.get("required", ())
    rows = [
        (
            Markup("<code>{}</code>").format(field),
            "always" if field in required else "not always",
            _kind(told),
            _marked(told.get("description", "")),
        )
        for field, told in shape["properties"].items()
    ]
    yield _table(f"Fields of {name}", ("Field", "There", "Value", "Meaning"), rows)


def _body(answer: Mapping[str, Any]) -> Markup:
    kinds = [
        Markup("<code>{}</code>{}").format(kind, _named(content["schema"]))
        for kind, content in answer.get("content", {}).items()
    ]
    return Markup(", ").join(kinds) or Markup("none")


def _named(schema: Mapping[str, Any]) -> Markup:
    return Markup(", {}").format(_kind(schema)) if "$ref" in schema else Markup("")


def _kind(schema: Mapping[str, Any]) -> Markup:
    """What values a shape takes, in a few words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return Markup('<a href="#shape-{}">{}</a>').format(name, name)
    if "enum" in schema:
        return Markup(", ").join(Markup("<code>{}</code>").format(value) for value in schema["enum"])
    if "anyOf" in schema:
        return Markup(" or ").join(_kind(part) for part in schema["anyOf"])
    if "items" in schema:
        return Markup("list of: {}").format(_kind(schema["items"]))
    if "properties" in schema:
        return Markup("; ").join(
            Markup("<code>{}</code>: {}").format(name, _kind(told)) for name, told in schema["properties"].items()
        )
    if "additionalProperties" in schema:
        return Markup("by name: {}").format(_kind(schema["additionalProperties"]))
    if "pattern" in schema:
        return Markup("text such as <code>{}</code>").format(schema["pattern"].strip("^$"))
    if "minimum" in schema:
        return Markup("{} to {}").format(schema["minimum"], schema["maximum"])
    kinds = schema.get("type", "object")
    words = [kinds] if isinstance(kinds, str) else list(kinds)
    return Markup(" or ").join(_WORDS.get(schema.get("format", ""), _WORDS[word]) if word == "string" else _WORDS[word]
                               for word in words)  # fmt: skip


_WORDS: Mapping[str, str] = {
    "string": "text", "boolean": "true or false", "integer": "a whole number", "object": "an object", "null": "null",
    "date": "a day", "date-time": "an instant", "uri": "an address",
}  # fmt: skip


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str | Markup]]) -> Markup:
    """A table whose first column names its rows."""
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(word) for word in heads)
    lines = [
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            first, Markup("").join(Markup("<td>{}</td>").format(_marked(cell)) for cell in rest)
        )
        for first, *rest in rows
    ]
    return Markup("<table>\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>").format(
        caption, head, _NEWLINE.join(lines)
    )


def _paragraph(text: str) -> Markup:
    return Markup("<p>{}</p>").format(_marked(text))


def _marked(text: str | Markup) -> Markup:
    """Text in which what stands between backquotes is code."""
    if isinstance(text, Markup):
        return text
    words = _CODE.split(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if odd % 2 else part for odd, part in enumerate(words)
    )


def _anchor(name: str) -> str:
    return re.sub(r"[^a-z]+", "-", name.lower())
