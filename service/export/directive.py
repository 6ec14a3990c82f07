"""Directive: the blocks of nginx's configuration in which one variable is chosen by another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

SUBTAGS = "(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
"""What may follow a language in a tag (service.page.language)."""


def chosen(variable: str, by: str, values: Mapping[str, str], default: str = "", include: Sequence[str] = ()) -> str:
    """A `map`: `$variable` is what stands beside the value of `by`. Keys are compared without regard to case."""
    lines = [f'map "{by}" $caveat_{variable} {{', f"    default {quoted(default)};"]
    lines += [f"    include {file};" for file in include]
    lines += entries(values)
    return "\n".join([*lines, "}", ""])


def entries(values: Mapping[str, str]) -> list[str]:
    """The lines between the braces of a `map`."""
    return [f"    {quoted(key)} {quoted(value)};" for key, value in values.items()]


def mostly(variable: str, by: str, values: Mapping[str, str]) -> str:
    """A `map` in which what most keys have is the default."""
    ((common, _),) = Counter(values.values()).most_common(1) or [("", 0)]
    return chosen(variable, by, {key: value for key, value in values.items() if value != common}, common)


def any_of(texts: Iterable[str]) -> str:
    """A pattern for one of several texts, in their case."""
    return "|".join(_escaped(text) for text in sorted(texts))


def quoted(text: str) -> str:
    """A text as one word of the configuration."""
    return '"' + text.replace('"', '\\"') + '"'


def filled(template: str, values: Mapping[str, str]) -> str:
    """A template with its `@NAME@` filled in."""
    for name, value in values.items():
        template = template.replace(f"@{name}@", value)
    return template


def _escaped(text: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_ " else f"\\{letter}" for letter in text)
