"""Reading: a file's nodes under the vocabulary, as records of typed values.

Everything that the vocabulary says is checked here and nowhere else. One mistake gives one problem: what is
misspelt is not missing as well, and what could not be read is not looked at again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from ..law.position import Position
from .node import MOST, Items, Node, Pairs, Source, Text
from .problem import Mistake, closest, listed, quoted
from .record import Record, Said
from .scalar import SCALARS, choice, tag
from .shape import Choice, Either, Form, Name, Of, Open, Prose, Row, Scalar, Several, Shape
from .vocabulary import FORMS


class _Broken:
    """What stands for a value that could not be read."""


BROKEN: Final = _Broken()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name by which a file speaks of something that is written elsewhere; `of` says of what."""

    of: str
    name: str
    at: Position


@dataclass(slots=True)
class Reading:
    """One file as it is read."""

    source: Source
    mentions: list[Mention] = field(default_factory=list)

    def form(self, node: Pairs, name: str) -> Record:
        """A closed map."""
        form, record = FORMS[name], Record(node.at)
        strange: list[tuple[Text, Node]] = []
        for key, value in node.pairs.values():
            if key.value not in form.keys:
                if key.style == "*":  # an alias, told already
                    record.broken.add("")
                else:
                    strange.append((key, value))
                continue
            record.where[key.value] = key.at
            known = form.keys[key.value]
            if isinstance(value, Text) and not value.value and not value.style:
                if not known.blank:
                    self._tell(key.at, f"{key.value} is blank", f"write {_wanted(known.shape)} after it")
                    record.broken.add(key.value)
                continue
            self._keep(record, key, self.read(value, known.shape, key))
        self._unknown(form, record, strange, node)
        self._together(form, record)
        return record

    def _keep(self, record: Record, key: Text, value: object) -> None:
        if value is not BROKEN:
            record.values[key.value] = value
        if value is BROKEN or (isinstance(value, _Row) and value.broken):
            record.broken.add(key.value)

    def _unknown(self, form: Form, record: Record, strange: list[tuple[Text, Node]], node: Pairs) -> None:
        """Keys that the vocabulary does not have, and keys that it asks for."""
        missing = [name for name, key in form.keys.items() if key.must and name not in record]
        unnamed = [key for key, _ in strange]
        for key in unnamed[:MOST]:
            meant = (
                closest(key.value, [*missing, *form.one, *form.some], 0.5) if missing or form.one or form.some else ""
            )
            meant = meant if meant and meant not in record else closest(key.value, form.keys)
            if meant:
                unnamed.remove(key)
                wrong = f"unknown key {quoted(key.value)}"
                if meant in record:
                    self._tell(key.at, wrong, f"did you mean {meant}, which stands here already?")
                else:
                    self._tell(key.at, wrong, f"did you mean {meant}?")
                    record.where[meant] = key.at
                    record.broken.add(meant)
        missing = [name for name in missing if name not in record and "" not in record.broken]
        if len(unnamed) == len(missing) == 1:
            key, name = unnamed.pop(), missing.pop()
            self._tell(key.at, f"unknown key {quoted(key.value)}", f"write {name}:, which is missing here")
            record.where[name] = key.at
            record.broken.add(name)
        if unnamed:  # several in one map are mostly one mistake: a line above them that is missing or shifted
            key, value = node.pairs[unnamed[0].value]
            if isinstance(value, Text) and not value.value and ":" in key.value:
                write = "write a space after the colon"
            elif node.flow and isinstance(value, Text) and not value.value:
                write = "put a text that has a comma in quotes"
            elif len(form.keys) > 16:
                write = f"the keys that are still free here are {listed(_free(form, record), 'and')}"
            else:
                write = f"the keys here are {listed(form.keys, 'and')}"
            many = "keys" if len(unnamed) > 1 else "key"
            names = listed([quoted(one.value) for one in unnamed[:4]], "and")
            self._tell(key.at, f"unknown {many} {names}", write)
            record.broken.add("")
        for name in missing:
            if name == "because":
                self._tell(record.at, "nothing says on what this rests", "write because: and the key of a citation")
            else:
                wanted = _wanted(form.keys[name].shape)
                self._tell(record.at, f"{name} is missing", f"write {name}: and {wanted}")
            record.broken.add(name)

    def _together(self, form: Form, record: Record) -> None:
        """Which keys may stand beside which."""
        found = [name for name in form.one if name in record]
        if len(found) > 1:
            second = sorted(found, key=lambda name: record.where[name])[1]
            if "any_of" in form.one:
                write = f"put {listed(found, 'and')} under all_of: or any_of:"
            else:
                write = f"write only one of {listed(found, 'and')}"
            self._tell(record.where[second], f"{listed(found, 'and')} stand side by side in one map", write)
            record.broken.update(found)
        for names in (form.one, form.some):
            if names and not any(name in record for name in names) and "" not in record.broken:
                if "any_of" in names:
                    self._tell(record.at, "a condition that asks nothing", "write a question, such as located_in: RU")
                else:
                    few = names if len(names) < 7 else (*names[:4], "the like")
                    self._tell(record.at, f"{listed(few)} is missing", "write one of them")
                record.broken.update(names)
        for name, key in form.keys.items():
            if name in record and key.beside and key.beside not in record:
                self._tell(record.where[name], f"{name} stands only beside {key.beside}", f"write {key.beside}:, too")
            dated = [other for other in key.needed_with if other in record]
            if dated and name not in record:
                wrong = "a dated statement without its source"
                wrong = wrong if dated[0] in ("from", "until") else "nothing says on what this rests"
                self._tell(record.where[dated[0]], wrong, "write because: and the key of a citation beside it")
                record.broken.add(name)

    def read(self, node: Node, shape: Shape, key: Text | None = None) -> object:
        """A value of a shape, or `BROKEN` where it is none; the mistake is told."""
        if isinstance(shape, Either):
            return self._either(node, shape, key)
        if isinstance(shape, Several):
            return (
                self._row(node, Row(shape.item), key) if isinstance(node, Items) else self.read(node, shape.item, key)
            )
        if isinstance(shape, Row):
            if isinstance(node, Items):
                return self._row(node, shape, key)
            item = f"[{node.value}]" if isinstance(node, Text) and node.value and "\n" not in node.value else ""
            return self._refused(node, shape, key, f"write {item}" if 0 < len(item) < 60 else "")
        if isinstance(shape, Of):
            return self.form(node, shape.form) if isinstance(node, Pairs) else self._refused(node, shape, key)
        if isinstance(shape, Open):
            return self._open(node, shape) if isinstance(node, Pairs) else self._refused(node, shape, key)
        if not isinstance(node, Text):
            return self._refused(node, shape, key)
        return self._text(node, shape, key)

    def _either(self, node: Node, shape: Either, key: Text | None) -> object:
        within = shape.text if isinstance(node, Text) else shape.row if isinstance(node, Items) else shape.map
        if within is None:
            return self._refused(node, shape, key)
        if (
            isinstance(node, Text)
            and isinstance(within, Choice)
            and isinstance(choice(node.value, within.options), Mistake)
        ):
            meant = closest(node.value, within.options)
            return self._refused(node, shape, key, f"did you mean {meant}?" if meant else "")
        return self.read(node, within, key)

    def _refused(self, node: Node, shape: Shape, key: Text | None, write: str = "") -> object:
        kind = "a list" if isinstance(node, Items) else "a map" if isinstance(node, Pairs) else "a text"
        if isinstance(node, Text) and node.style != "*":
            kind = quoted(node.value) if node.value or node.style else "nothing"
        if not (isinstance(node, Text) and node.style == "*"):
            here = f" after {key.value}" if key else ""
            if isinstance(node, Items) and shape == Of("condition", wanted="a condition"):
                write = "write any_of: or all_of: above the list"
            self._tell(node.at, f"{kind}{here} where {_wanted(shape)} should be", write or f"write {_wanted(shape)}")
        return BROKEN

    def _row(self, node: Items, shape: Row, key: Text | None) -> _Row:
        values: list[object] = []
        seen: set[str] = set()
        broken = False
        for item in node.items:
            value = self.read(item, shape.item, key if isinstance(item, Text) else None)
            if isinstance(value, Said):
                if value in seen and isinstance(item, Text):
                    self._tell(item.at, f"{quoted(value)} stands twice in this list", "remove one of the two")
                seen.add(value)
            if value is BROKEN:
                broken = True
            else:
                values.append(value)
        if len(node.items) < shape.least:
            few = "the list is empty" if not node.items else "the list has one item"
            self._tell(node.at, few, f"write at least {'one' if shape.least == 1 else 'two'}")
            broken = True
        row = _Row(values)
        row.broken = broken
        return row

    def _open(self, node: Pairs, shape: Open) -> Record:
        record = Record(node.at)
        for key, value in node.pairs.values():
            name = self._text(key, shape.key)
            if isinstance(value, Text) and not value.value and not value.style and isinstance(name, str):
                colon = "write a space after the colon" if ":" in name else f"write {_wanted(shape.value)} after it"
                self._tell(key.at, f"{quoted(name)} is blank", colon)
                name = BROKEN
            if not isinstance(name, str):
                record.broken.add("")
                continue
            record.where[name] = key.at
            self._keep(record, key, self.read(value, shape.value, key))
        for name in shape.must:
            if name not in record and "" not in record.broken:
                self._tell(node.at, f"{name} is missing", f"write {name}: and {_wanted(shape.value)}")
                record.broken.add(name)
        return record

    def _text(self, node: Text, shape: Shape, key: Text | None = None) -> object:
        value, at = node.value, node.at
        if node.style == "*":  # an alias, told already
            return BROKEN
        if isinstance(shape, Prose):
            if node.style != "|":
                self._tell(at, "a text for readers that does not stand after |", "write | here and the text below it")
                return BROKEN
            if not value.strip():
                self._tell(at, "a text without words", "write the text on the lines below, indented")
                return BROKEN
            return Said.of(value.rstrip("\n"), at)
        if node.style in ("|", ">"):
            value = value.strip()
        if not value:
            self._tell(at, "nothing stands here", f"write {_wanted(shape)}")
            return BROKEN
        read: object = value
        if isinstance(shape, Choice):
            read = choice(value, shape.options, shape.wanted, key.value if key else "")
        elif isinstance(shape, Scalar):
            read = SCALARS[shape.type](value)
        elif isinstance(shape, Name):
            read = tag(value)
            if shape.of == "citation" and isinstance(read, Mistake):
                read = value  # which is no citation's key; that says enough
            if isinstance(read, str):
                self.mentions.append(Mention(shape.of, read, at))
        if isinstance(shape, Scalar) and shape.type == "area" and isinstance(read, str) and read.islower():
            self.mentions.append(Mention("territory", read, at))
        if isinstance(read, Mistake):
            self._tell(at, read.wrong, read.write)
            return BROKEN
        return Said.of(read, at) if isinstance(read, str) else read

    def _tell(self, at: Position, wrong: str, write: str) -> None:
        self.source.tell(at, wrong, write)


class _Row(tuple[object, ...]):
    """The items of a list; `broken` is whether some could not be read."""

    broken = False


def _free(form: Form, record: Record) -> list[str]:
    return [name for name in form.keys if name not in record]


def _wanted(shape: Shape) -> str:
    """What a shape asks for, after "write"."""
    if shape.wanted:
        return shape.wanted
    if isinstance(shape, Choice):
        return listed(shape.options)
    if isinstance(shape, (Several, Row)):
        return _wanted(shape.item) if isinstance(shape, Several) else "a list"
    if isinstance(shape, Of):
        form = FORMS[shape.form]
        must = [name for name, key in form.keys.items() if key.must] or list(form.one or form.some or form.keys)
        return f"a map with {listed([f'{name}:' for name in must[:4]], 'and' if form.one == () else 'or')}"
    return "a map" if isinstance(shape, Open) else "a text"
