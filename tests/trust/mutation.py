"""Mutation: the small ways in which a piece of code can be made wrong, one at a time.

mutmut's own operators pass over decorated functions and over everything outside of functions, which here is every
property, every class method and every default of a dataclass; so these are of our own. What only describes is left
alone: docstrings, annotations, `__all__`, decorators, and the prose for editors in the tables of keys; and so is
`strict` of `zip`, which says what must be so and changes nothing where it is.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

Argument = ast.expr | ast.keyword


@dataclass(frozen=True, slots=True)
class Splice:
    """Arguments of a call, by the first and the last that change, and what then stands there instead of them.

    So that a call of many lines keeps all but one of them; `made` is the call that comes of it.
    """

    call: ast.Call
    over: tuple[Argument, Argument]
    pieces: tuple[Argument, ...]
    made: ast.Call


Way = tuple[str, ast.AST | Splice | None]
"""What is done to a node, and what stands there then; None is nothing."""

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_ORDERING = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitAnd, ast.Pow: ast.Mult,
}  # fmt: skip
_CALLS = {
    "any": "all", "all": "any", "min": "max", "max": "min", "startswith": "endswith", "endswith": "startswith",
    "lstrip": "rstrip", "rstrip": "lstrip", "strip": "lstrip", "lower": "upper", "upper": "lower", "find": "rfind",
    "rfind": "find", "partition": "rpartition", "rpartition": "partition", "removeprefix": "removesuffix",
    "removesuffix": "removeprefix", "fullmatch": "match", "first": "last", "last": "first", "sorted": "list",
    "any_of": "all_of", "all_of": "any_of", "union": "intersection", "intersection": "union",
}  # fmt: skip
"""Whatever is called by such a name is exchanged for its like."""
_TRUTHS = {"YES": ("MAYBE",), "NO": ("MAYBE",), "MAYBE": ("YES", "NO")}
"""The three answers, which here are as much constants as numbers are."""
_DESCRIBING = frozenset({"Key", "Form"})
"""Calls whose first argument is prose for editors."""
_ALIKE = frozenset({"min", "max", "union"})
"""Calls whose arguments may stand in any order."""
_TYPING = frozenset({"TypeVar", "cast", "ParamSpec"})


@dataclass(frozen=True, slots=True)
class Mutant:
    """A piece of a file, by its bytes, and what is put in its stead.

    `at` is the first line that differs, `line` to `last` are those of the whole expression or statement, `within` is
    the function or class around it, `at_import` says that it runs when the module is loaded. `before` and `after` are
    the lines that differ.
    """

    file: str
    at: int
    line: int
    last: int
    within: str
    at_import: bool
    kind: str
    start: int
    end: int
    put: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def key(self) -> str:
        """What tells it from others for as long as its lines stay as they are, wherever they stand in the file."""
        lines = [f"{self.file} {self.within}".rstrip()]
        lines += [f"- {line.strip()}" for line in self.before] + [f"+ {line.strip()}" for line in self.after]
        return "\n".join(lines)

    def of(self, source: bytes) -> bytes:
        """The whole file with the fault in it."""
        return source[: self.start] + self.put.encode() + source[self.end :]

    def __str__(self) -> str:
        shown = [*(f"  - {line.strip()}" for line in self.before), *(f"  + {line.strip()}" for line in self.after)]
        return "\n".join([f"{self.file}:{self.at} {self.within} ({self.kind})", *shown])


@dataclass(frozen=True, slots=True)
class _Spot:
    """A node where it hangs, and the largest one around it that must be written anew for it: an f-string."""

    node: ast.AST
    parent: ast.AST
    field: str
    index: int | None
    host: ast.AST
    within: tuple[str, ...]
    at_import: bool

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def mutants(file: str, source: bytes) -> list[Mutant]:
    """Every fault that can be put into a file, in the order of its lines, none twice."""
    text = _Text(source)
    found: dict[tuple[int, int, str], Mutant] = {}
    for spot in _spots(ast.parse(source)):
        first, last = spot.host.lineno, spot.host.end_lineno  # type: ignore[attr-defined]
        for kind, instead in _ways(spot):
            written = text.spliced(instead) if isinstance(instead, Splice) and spot.host is spot.node else None
            if written is None:
                put = _written(spot, instead.made if isinstance(instead, Splice) else instead)
                if put is None:
                    continue
                written = (*text.span(spot.host, spot.host), put)
            start, end, put = written
            if put.encode() == source[start:end] or written in found:
                continue
            at, before, after = text.difference(start, end, put)
            found[written] = Mutant(
                file, at + 1, first, last, ".".join(spot.within), spot.at_import, kind, start, end, put, before, after
            )
    return sorted(found.values(), key=lambda one: (one.at, one.start, one.end, one.put))


class _Text:
    """A source file by the places of its nodes."""

    def __init__(self, source: bytes) -> None:
        self.source = source
        self.lines = source.decode().split("\n")
        self.starts = [0]
        for line in source.split(b"\n"):
            self.starts.append(self.starts[-1] + len(line) + 1)

    def span(self, first: ast.AST, last: ast.AST) -> tuple[int, int]:
        """From the first byte of one node to the last of another."""
        start = self.starts[first.lineno - 1] + first.col_offset  # type: ignore[attr-defined]
        return start, self.starts[last.end_lineno - 1] + last.end_col_offset  # type: ignore[attr-defined]

    def spliced(self, splice: Splice) -> tuple[int, int, str] | None:
        """What a splice puts where; None if that cannot be read, as where a node stands in brackets of its own."""
        start, end = self.span(*splice.over)
        first, last = splice.over
        between = self.source[self.span(first, first)[1] : self.span(last, last)[0]]
        put = between.join(self.source[slice(*self.span(piece, piece))] for piece in splice.pieces)
        begin, over = self.span(splice.call, splice.call)
        try:
            made = ast.parse(b"(" + self.source[begin:start] + put + self.source[end:over] + b")", mode="eval")
        except SyntaxError:
            return None
        return (start, end, put.decode()) if ast.dump(made.body) == ast.dump(splice.made) else None

    def difference(self, start: int, end: int, put: str) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
        """The number of the first line that differs, from 0, and the lines that do, before and after."""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end) - 1
        old = self.lines[first : last + 1]
        head, tail = self.source[self.starts[first] : start], self.source[end : self.starts[last + 1] - 1]
        new = (head + put.encode() + tail).decode().split("\n")
        while old and new and old[0] == new[0]:
            first, old, new = first + 1, old[1:], new[1:]
        while old and new and old[-1] == new[-1]:
            old, new = old[:-1], new[:-1]
        return first, tuple(old), tuple(new)


def _written(spot: _Spot, instead: ast.AST | None) -> str | None:
    """The text of what is put in the host's place; None where it cannot be written."""
    if instead is None:
        return "pass"
    if spot.host is spot.node:
        text = ast.unparse(instead)
        loose = isinstance(instead, (ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Lambda, ast.Compare, ast.NamedExpr))
        return f"({text})" if loose else text
    spot.put(instead)
    try:
        return ast.unparse(spot.host)
    except ValueError:
        return None
    finally:
        spot.put(spot.node)


def _spots(tree: ast.Module) -> Iterator[_Spot]:
    """Every node that does something, each with where it hangs."""

    def below(node: ast.AST, host: ast.AST | None, within: tuple[str, ...], at_import: bool) -> Iterator[_Spot]:
        for field, index, child in _children(node):
            if _only_describes(child, node, field, index):
                continue
            inner, named = at_import, within
            around = host or (child if isinstance(child, ast.JoinedStr) else None)
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                named = (*within, child.name)
            elif hasattr(child, "end_col_offset"):
                yield _Spot(child, node, field, index, around or child, within, at_import)
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)) and field == "body":
                inner = False
            yield from below(child, around, named, inner)

    return below(tree, None, (), True)


def _children(node: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    for field, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            yield field, None, value
        elif isinstance(value, list):
            for index, one in enumerate(value):
                if isinstance(one, ast.AST):
                    yield field, index, one


def _only_describes(child: ast.AST, parent: ast.AST, field: str, index: int | None) -> bool:
    """Whether nothing that the program does hangs on a node."""
    if isinstance(child, ast.keyword) and child.arg == "strict":
        return True
    if field in ("annotation", "returns", "decorator_list", "type_params", "bases", "keywords"):
        return not (isinstance(parent, ast.Call) and field == "keywords")
    if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
        return True
    if isinstance(child, (ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal)):
        return True
    if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
        return True
    if isinstance(child, (ast.Assign, ast.AnnAssign)):
        targets = child.targets if isinstance(child, ast.Assign) else [child.target]
        alias = isinstance(child, ast.AnnAssign) and ast.unparse(child.annotation) == "TypeAlias"
        return alias or any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets)
    called = _called(child)
    if called in _TYPING or (isinstance(parent, ast.Call) and _called(parent) in _DESCRIBING and index == 0):
        return field != "keywords"
    return isinstance(parent, ast.Subscript) and field == "value" and called == ""


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return "-"
    return node.func.id if isinstance(node.func, ast.Name) else "-"


def _ways(spot: _Spot) -> Iterator[Way]:
    """Everything that can be done to a node."""
    node = spot.node
    if spot.field in ("test", "ifs") or isinstance(spot.parent, ast.BoolOp):
        yield from _negated(node)
    match node:
        case ast.Compare(left=left, ops=ops, comparators=others):
            for at, op in enumerate(ops):
                if other := _COMPARISONS.get(type(op)):
                    yield "comparison", ast.Compare(left, [*ops[:at], other(), *ops[at + 1 :]], others)
        case ast.BoolOp(op=op, values=values):
            yield "and, or", ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not dropped", operand
        case ast.UnaryOp(op=ast.USub() | ast.Invert(), operand=operand):
            yield "sign dropped", operand
        case ast.BinOp(left=left, op=op, right=right) if other_op := _ARITHMETIC.get(type(op)):
            yield "arithmetic", ast.BinOp(left, other_op(), right)
        case ast.Constant(value=value):
            yield from _constant(value, spot)
        case ast.Name(id=name, ctx=ast.Load()):
            yield from (("truth", ast.Name(other_name)) for other_name in _TRUTHS.get(name, ()))
        case ast.Call():
            yield from _call(node)
        case ast.Lambda(args=args, body=body) if not isinstance(body, ast.Constant):
            yield "lambda of nothing", ast.Lambda(args, ast.Constant(None))
        case ast.Starred() | ast.Slice():
            pass
        case ast.ExceptHandler(type=ast.Tuple(elts=kinds), name=name, body=body):
            pass
        case ast.Tuple(elts=[*kinds]) if isinstance(spot.parent, ast.ExceptHandler):
            for at in range(len(kinds)):
                yield "exception not caught", ast.Tuple([*kinds[:at], *kinds[at + 1 :]], ast.Load())
        case ast.stmt():
            yield from _statement(node)


def _negated(node: ast.AST) -> Iterator[Way]:
    """The opposite of a condition, unless another way makes it already."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return
    if isinstance(node, ast.Compare) and not (len(node.ops) > 1 or isinstance(node.ops[0], _ORDERING)):
        return
    if isinstance(node, ast.expr):
        yield "condition negated", ast.UnaryOp(ast.Not(), node)


def _constant(value: object, spot: _Spot) -> Iterator[Way]:
    if isinstance(value, bool):
        yield "constant", ast.Constant(not value)
    elif isinstance(value, int | float):
        yield "constant", ast.Constant(value + 1)
        yield "constant", ast.Constant(value - 1)
    elif isinstance(value, str) and not isinstance(spot.parent, ast.FormattedValue):
        yield "text", ast.Constant(f"XX{value}XX" if value else "XX")
    elif isinstance(value, bytes):
        yield "text", ast.Constant(b"XX" + value)


def _call(node: ast.Call) -> Iterator[Way]:
    func, args, keywords = node.func, node.args, node.keywords
    name = func.id if isinstance(func, ast.Name) else func.attr if isinstance(func, ast.Attribute) else ""
    if other := _CALLS.get(name):
        if name == "sorted":
            yield "not sorted", ast.Call(ast.Name(other), args[:1], [])
        else:
            called = ast.Name(other) if isinstance(func, ast.Name) else ast.Attribute(func.value, other)  # type: ignore[attr-defined]
            yield "its like called", ast.Call(called, args, keywords)
    for at, (one, two) in enumerate(pairwise(args if name not in _ALIKE else ())):
        if not isinstance(one, ast.Starred) and not isinstance(two, ast.Starred):
            swapped = ast.Call(func, [*args[:at], two, one, *args[at + 2 :]], keywords)
            yield "arguments swapped", Splice(node, (one, two), (two, one), swapped)
    every: list[Argument] = sorted([*args, *keywords], key=lambda part: (part.lineno, part.col_offset))
    for at, keyword in enumerate(keywords):
        if keyword.arg in (None, "strict"):
            continue
        fewer = ast.Call(func, args, [*keywords[:at], *keywords[at + 1 :]])
        where = every.index(keyword)
        if where > 0:
            yield "argument dropped", Splice(node, (every[where - 1], keyword), (every[where - 1],), fewer)
        elif len(every) > 1:
            yield "argument dropped", Splice(node, (keyword, every[1]), (every[1],), fewer)
        else:
            yield "argument dropped", fewer


def _statement(node: ast.stmt) -> Iterator[Way]:
    match node:
        case ast.Return(value=value) if value is not None and ast.unparse(value) != "None":
            yield "returns nothing", ast.Return(ast.Constant(None))
        case ast.Return() | ast.Raise() | ast.Expr() | ast.Delete():
            yield "statement removed", None
        case ast.Break():
            yield "break, continue", ast.Continue()
        case ast.Continue():
            yield "break, continue", ast.Break()
            yield "statement removed", None
        case ast.AugAssign(target=target, op=op, value=value):
            yield "statement removed", None
            if other := _ARITHMETIC.get(type(op)):
                yield "arithmetic", ast.AugAssign(target, other(), value)
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield "statement removed", None
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if _reads(value, name):
            yield "statement removed", None


def _reads(value: ast.expr, name: str) -> bool:
    """Whether an assignment makes something new of the name's old value, so that it can be left out."""
    return any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(value))
