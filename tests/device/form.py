"""Form: a check page as a browser reads it: its questions, its results, and which of them its style lets stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import product

VOID = {"meta", "input", "br"}
_RULE = re.compile(r"([^{}]+)\{display:(block|none)!important\}")
_PART = re.compile(r":has\((?::is\(([^()]*)\)|([^():]*)):checked\)")
_SELECTOR = re.compile(r"\.[a-z0-9-]+-ask((?::has\((?::is\([^()]*\)|[^():]*):checked\))*) #([a-z0-9-]+)")


@dataclass
class Choice:
    """One radio button: its id, and its label as a reader sees it."""

    id: str
    label: str = ""
    checked: bool = False


@dataclass
class Form(HTMLParser):
    """The page, read strictly: every tag closed in order."""

    text: str
    questions: dict[str, list[Choice]] = field(default_factory=dict)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    results: dict[str, list[str]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    style: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(self.text)
        self.close()
        assert self.open == []
        self.selectors = self._selectors()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag == "input":
            assert attributes["type"] == "radio"
            assert "value" not in attributes
            self._legend().append(Choice(str(attributes["id"]), checked="checked" in attributes))
        if tag == "fieldset":
            self.questions[f"?{len(self.questions)}"] = []
        if tag == "div" and re.search(r"-r\d+-\d+$", attributes.get("id") or ""):
            self.results[str(attributes["id"])] = []
            if "hidden" in attributes:
                self.hidden.add(str(attributes["id"]))
        if tag == "p" and (result := self._result()):
            self.results[result].append("")
        if tag not in VOID:
            self.open.append((tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        names = [tag for tag, _ in self.open]
        if names and names[-1] == "style":
            self.style = data
        elif names and names[-1] == "legend":
            self.questions[data] = self.questions.pop(f"?{len(self.questions) - 1}")
        elif "label" in names and data.strip():
            self._legend()[-1].label += data.strip()
        elif (result := self._result()) and "p" in names:
            self.results[result][-1] += data

    def _legend(self) -> list[Choice]:
        return list(self.questions.values())[-1]

    def _result(self) -> str:
        return next((str(a["id"]) for tag, a in self.open if tag == "div" and a.get("id") in self.results), "")

    def _selectors(self) -> list[tuple[list[frozenset[str]], str, str]]:
        """Every selector of the style that depends on an answer: one of these for each of some questions, the result
        that it is about, and whether it shows or hides it."""
        found = []
        for selectors, display in _RULE.findall(self.style):
            for selector in re.split(r",(?=\.)", selectors):
                read = _SELECTOR.fullmatch(selector)
                assert read, selector
                wanted = [
                    frozenset(name.removeprefix("#") for name in (several or one).split(","))
                    for several, one in _PART.findall(read[1])
                ]
                found.append((wanted, read[2], display))
        return found

    def standing(self, checked: frozenset[str]) -> list[str]:
        """The results that stand after some answers, by the cascade: what is hidden, then the selectors that match."""
        shown = {name: name not in self.hidden for name in self.results}
        for wanted, name, display in self.selectors:
            if all(checked & options for options in wanted):
                shown[name] = display == "block"
        return [name for name, stands in shown.items() if stands]

    def combinations(self) -> product[tuple[Choice, ...]]:
        """Every combination of answers."""
        return product(*self.questions.values())


def ids(chosen: tuple[Choice, ...]) -> frozenset[str]:
    """What is checked when some choices are made."""
    return frozenset(choice.id for choice in chosen)


def by_label(form: Form, answers: Mapping[str, str]) -> frozenset[str]:
    """What is checked when some questions are answered, by legend and label; the others are declined."""
    assert answers.keys() <= form.questions.keys()
    found = set()
    for legend, choices in form.questions.items():
        (chosen,) = [choice for choice in choices if choice.label == answers.get(legend, choices[0].label)]
        found.add(chosen.id)
    return frozenset(found)
