"""Node: a rule file as texts, lists and maps, each with its place in the file.

Events come from libyaml, whose own composer overruns the stack on deep nesting; depth and size are counted here.
No value has a type yet, so `NO` is two letters. Anchors, aliases, tags, directives and repeated keys are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import yaml

from ..law.position import Position
from .problem import Mistake, Problem, quoted
from .syntax import explained
from .text import gate, plain

SIZE = 1 << 20
"""Bytes of the largest file that is read."""
DEPTH = 16
"""Lists and maps inside each other; the deepest rule so far has eleven."""
NODES = 100_000
"""Texts, lists and maps in one file; a register of five thousand entries has about sixty thousand."""


MOST = 100
"""Mistakes in one file after which its reading ends: nobody corrects more at a time."""


class Enough(Exception):
    """A file with so many mistakes that the rest of it is not read."""


@dataclass(slots=True)
class Source:
    """One file: its text and the problems found in it so far; `closed` once it has been read to its end.

    `muted` has the lines with a word that cannot be read as it looks: whatever else is wrong there comes of that.
    """

    file: str
    text: str = ""
    problems: list[Problem] = field(default_factory=list)
    muted: set[int] = field(default_factory=set)
    told: int = 0
    closed: bool = False

    def spot(self, offset: int) -> Position:
        """Where a character stands, by its offset in the text."""
        before = self.text.rfind("\n", 0, offset)
        return Position(self.file, self.text.count("\n", 0, offset) + 1, offset - before)

    def tell(self, at: Position, wrong: str, write: str) -> None:
        """Record a mistake, unless its line has a word that could not be read as it looks."""
        self._add(Problem(at, wrong, write))

    def warn(self, at: Position, wrong: str, write: str) -> None:
        """Record something that ought to be looked at."""
        self._add(Problem(at, wrong, write, "warning"))

    def _add(self, problem: Problem) -> None:
        self.told += 1
        if self.told > MOST:
            if self.closed:
                return
            raise Enough
        if problem.severity == "warning" or problem.position.line not in self.muted:
            self.problems.append(problem)


@dataclass(slots=True, eq=False)
class Node:
    """A value and where it begins; `flow` is whether it stands inside brackets or braces."""

    file: str
    line: int
    column: int

    @property
    def at(self) -> Position:
        """Where it stands."""
        return Position(self.file, self.line, self.column)


@dataclass(slots=True, eq=False)
class Text(Node):
    """A text as it was written; `style` is "" for a plain one, else its quotation mark, `|` or `>`."""

    value: str
    style: str


@dataclass(slots=True, eq=False)
class Items(Node):
    """A list."""

    items: list[Node]


@dataclass(slots=True, eq=False)
class Pairs(Node):
    """A map, in the order in which it was written; no key stands there twice."""

    pairs: dict[str, tuple[Text, Node]]
    flow: bool


def decoded(source: Source, data: bytes) -> bool:
    """Whether the file's bytes are a text that a rule file may have; what is not allowed in it is told."""
    start = Position(source.file, 1, 1)
    if len(data) > SIZE:
        source.tell(start, f"the file is larger than {SIZE // 1024} KiB", "split it")
        return False
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        source.tell(start, "the file is in UTF-16", "save it as UTF-8")
        return False
    try:
        source.text = data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        source.text = data[: error.start].decode()
        at = source.spot(len(source.text))
        source.tell(at, f"the byte {data[error.start]:#04x} is not UTF-8", "save the file as UTF-8")
        return False
    if not source.text.strip():
        source.tell(start, "the file is empty", "write the rule, or remove the file")
        return False
    if "\0" in source.text:
        source.tell(source.spot(source.text.index("\0")), "a NUL character", "save the file as UTF-8 text")
        return False
    for offset, mistake in gate(source.text):
        source.tell(source.spot(offset), mistake.wrong, mistake.write)
    source.muted = {problem.position.line for problem in source.problems}
    return True


def composed(source: Source, data: bytes) -> Pairs | None:
    """The map that a file is, or None where it cannot be read; either way its mistakes are told."""
    if not decoded(source, data):
        return None
    if (first := _directives(source)) is not None:
        source.tell(source.spot(first), "a directive that begins with %", "remove it")
        return None
    parser = yaml.CSafeLoader(plain(source.text))
    try:
        root = _Composer(source, parser).document()
    except yaml.MarkedYAMLError as error:
        if "\t" not in source.text:  # a tab that was told explains a break anywhere in the file
            at, mistake = explained(source.file, source.text, error)
            source.tell(at, mistake.wrong, mistake.write)
        return None
    except _Stop as stop:
        source.tell(stop.at, stop.mistake.wrong, stop.mistake.write)
        return None
    finally:
        parser.dispose()
    start = Position(source.file, 1, 1)
    if root is None:
        source.tell(start, "the file has only comments", "write the rule, or remove the file")
    elif isinstance(root, Pairs):
        return root
    else:
        kind = "list" if isinstance(root, Items) else "text"
        source.tell(root.at, f"the file is a {kind}", "begin with a key, such as title:")
    return None


def _directives(source: Source) -> int | None:
    """Where the first line of many begins with %: libyaml compares each tag that is declared with all before it."""
    lines = [found.start() for found in islice(re.finditer(r"^%", source.text, re.MULTILINE), MOST)]
    return lines[0] if len(lines) == MOST else None


class _Stop(Exception):
    """A file of which no more is read."""

    def __init__(self, at: Position, mistake: Mistake) -> None:
        super().__init__()
        self.at, self.mistake = at, mistake


class _Composer:
    """Nodes out of events, with a stack of its own."""

    def __init__(self, source: Source, parser: yaml.CSafeLoader) -> None:
        self.source, self.file, self.parser = source, source.file, parser
        self.open: list[Items | Pairs] = []
        self.keys: list[Text | None] = []
        self.count = 0

    def document(self) -> Node | None:
        """The one document of the file."""
        root: Node | None = None
        documents = 0
        for event in self._events():
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._stop(event, "a second document in one file", "write one rule in a file, without ---")
                if event.version or event.tags:
                    raise self._stop(event, "a directive that begins with %", "remove it")
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                self.open.pop()
                self.keys.pop()
            elif isinstance(event, yaml.NodeEvent):
                node = self._node(event)
                self._place(node)
                root = root or node
                if isinstance(node, (Items, Pairs)):
                    self.open.append(node)
                    self.keys.append(None)
                    if len(self.open) > DEPTH:
                        raise self._stop(
                            event, f"more than {DEPTH} lists and maps inside each other", "write it flatter"
                        )
        return None if isinstance(root, Text) and not root.value and not root.style else root

    def _events(self) -> Iterator[yaml.Event]:
        while self.parser.check_event():
            if event := self.parser.get_event():
                yield event

    def _stop(self, event: yaml.Event, wrong: str, write: str) -> _Stop:
        return _Stop(self._at(event), Mistake(wrong, write))

    def _at(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        return Position(self.file, mark.line + 1, mark.column + 1) if mark else Position(self.file, 1, 1)

    def _node(self, event: yaml.NodeEvent) -> Node:
        self.count += 1
        if self.count > NODES:
            raise self._stop(event, f"more than {NODES} values in one file", "split it")
        at = self._at(event)
        line, column = at.line, at.column
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"an alias, *{event.anchor}", "write the value itself, or put the text in quotes")
            return Text(self.file, line, column, "", "*")
        if event.anchor:
            self._refuse(event, f"an anchor, &{event.anchor}", "remove it, or put the text in quotes")
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag is not None:
            self._refuse(event, f"a tag, {quoted(event.tag)}", "remove it, or put the text in quotes")
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(self.file, line, column, [])
        if isinstance(event, yaml.MappingStartEvent):
            return Pairs(self.file, line, column, {}, bool(event.flow_style))
        return (
            self._scalar(event, line, column) if isinstance(event, yaml.ScalarEvent) else Node(self.file, line, column)
        )

    def _scalar(self, event: yaml.ScalarEvent, line: int, column: int) -> Text:
        style, begin, end = event.style or "", event.start_mark, event.end_mark
        written = self.source.text[begin.index : end.index] if style == '"' and begin and end else ""
        if "\\" in written and not next(gate(written), None) and (found := next(gate(event.value), None)):
            self._refuse(event, f"an escape that spells {found[1].wrong}", found[1].write)
        return Text(self.file, line, column, event.value, style)

    def _refuse(self, event: yaml.Event, wrong: str, write: str) -> None:
        self.source.tell(self._at(event), wrong, write)

    def _place(self, node: Node) -> None:
        """Put a node where it belongs: into the list, or under the key that waits, or as the next key."""
        if not self.open:
            return
        parent = self.open[-1]
        if isinstance(parent, Items):
            parent.items.append(node)
        elif (key := self.keys[-1]) is None:
            if not isinstance(node, Text):
                raise _Stop(node.at, Mistake("a list or a map where a key should be", "put the key in quotes"))
            self.keys[-1] = node
        else:
            self.keys[-1] = None
            if key.value in parent.pairs:
                first = parent.pairs[key.value][0].line
                wrong = f"{quoted(key.value)} stands here twice, first in line {first}"
                self.source.tell(key.at, wrong, "remove one of the two")
            if key.value not in parent.pairs or _is_blank(parent.pairs[key.value][1]):
                parent.pairs[key.value] = (key, node)


def _is_blank(node: Node) -> bool:
    return isinstance(node, Text) and not node.value.strip()
