"""Tree: a fragment as nodes that a script can build one by one.

Under a strict policy a page lets no script turn a text into markup, so what is sent is the tree itself. A node is a
text, a list of a tag, its attributes and its children, or the number of a node in the grove.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

TAGS = frozenset(
    {"section", "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "ul", "li", "details", "summary", "a", "bdi",
     "small", "strong", "time"}
)  # fmt: skip
"""What the element on the device builds; it passes over any other tag."""

ATTRIBUTES = frozenset({"class", "id", "lang", "dir", "href", "rel", "aria-labelledby", "data-nosnippet", "datetime"})
"""What it sets; it passes over any other attribute."""

Node = Any
"""A text; or a list of a tag, a map of attributes, and the children; or a number."""


class NotBuildable(ValueError):
    """A fragment that the element would not build whole."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[list[Node]] = [["", {}]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS or not {name for name, _ in attrs} <= ATTRIBUTES:
            raise NotBuildable(f"<{tag}> with {sorted(name for name, _ in attrs)}")
        node: list[Node] = [tag, {name: value or "" for name, value in attrs}]
        self.open[-1].append(node)
        self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self.open.pop()[0] != tag:
            raise NotBuildable(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if len(self.open) > 1 or data.strip():
            self.open[-1].append(data)


def nodes(fragment: str) -> list[Node]:
    """The nodes of a fragment, without comments and without what stands between its outermost parts."""
    reader = _Reader()
    reader.feed(fragment)
    reader.close()
    if len(reader.open) > 1:
        raise NotBuildable(f"<{reader.open[-1][0]}> is not closed")
    return reader.open[0][2:]


class Grove:
    """Trees that share their branches: what stands in several of them is kept once, and called by its number."""

    def __init__(self, trees: Iterable[list[Node]]) -> None:
        self._seen: Counter[str] = Counter()
        self._numbers: dict[str, int] = {}
        self.kept: list[Node] = []
        for tree in trees:
            for node in tree:
                self._count(node)

    def shared(self, tree: list[Node]) -> list[Node]:
        """A tree, with numbers in the place of what is kept."""
        return [self._shared(node) for node in tree]

    def _count(self, node: Node) -> None:
        if isinstance(node, list):
            key = json.dumps(node)
            self._seen[key] += 1
            if self._seen[key] == 1:
                for child in node[2:]:
                    self._count(child)

    def _shared(self, node: Node) -> Node:
        if not isinstance(node, list):
            return node
        key = json.dumps(node)
        if self._seen[key] == 1:
            return [*node[:2], *map(self._shared, node[2:])]
        if key not in self._numbers:
            branch = [*node[:2], *map(self._shared, node[2:])]
            self._numbers[key] = len(self.kept)
            self.kept.append(branch)
        return self._numbers[key]
