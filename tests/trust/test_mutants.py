"""Mutants: the tool that plants faults finds out which tests are good and which cannot fail."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from .mutants import EQUIVALENT, PACKAGES, ROOT, Score, declared, generated
from .mutation import mutants

PRICE = """\
LEAST = 10


class Order:
    def __init__(self, number: int) -> None:
        self.number = number

    @property
    def is_large(self) -> bool:
        return self.number > LEAST


def price(order: Order) -> int:
    if order.is_large:
        return order.number - 5
    return order.number


def count(most: int) -> int:
    at = 0
    while at < most:
        at += 1
    return at
"""

GOOD = """\
from shop.price import Order, count, price


def test_a_large_order_is_cheaper():
    assert [price(Order(number)) for number in (10, 11)] == [10, 6]
"""

CANNOT_FAIL = """\
from shop.price import Order, price


def test_a_large_order_is_cheaper():
    assert price(Order(11)) is not False or price(Order(10))
"""


def campaign(folder: Path, test: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Show the faults of a small shop to one test."""
    (folder / "shop").mkdir()
    (folder / "shop/__init__.py").touch()
    (folder / "shop/price.py").write_text(PRICE)
    (folder / "trials").mkdir()
    (folder / "trials/test_price.py").write_text(test)
    command = [sys.executable, "-m", "tests.trust.mutants", "--root", str(folder), "--package", "shop"]
    return subprocess.run(
        [*command, "--tests", "trials", "--equivalent", str(folder / "equivalent.txt"), *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


PRICES = [f"shop/price.py:{line}" for line in (1, 10, 14, 15, 16)]


def test_good_tests_find_what_is_planted(tmp_path: Path) -> None:
    told = campaign(tmp_path, GOOD, "--only", *PRICES)
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.splitlines()[-1].startswith("shop: 10 of 10 killed, 100.0%")
    assert (tmp_path / "shop/price.py").read_text() == PRICE, "no file is ever changed"


def test_a_test_that_cannot_fail_finds_too_little(tmp_path: Path) -> None:
    """What is declared to change nothing does not count against it."""
    (tmp_path / "equivalent.txt").write_text(
        "# reviewed\n\nshop/price.py price\n- return order.number - 5\n"
        "+ return order.number - 6\nbecause five is nothing\nto us\n"
    )
    told = campaign(tmp_path, CANNOT_FAIL, "--only", *PRICES)
    assert told.returncode == 1, told.stdout + told.stderr
    assert "survived: shop/price.py:15 price (arithmetic)" in told.stdout
    assert "  - return order.number - 5\n  + return (order.number + 5)" in told.stdout
    assert "order.number - 6" not in told.stdout
    assert told.stdout.splitlines()[-1].endswith(", 1 equivalent")


def test_a_declared_fault_that_does_not_exist_is_told(tmp_path: Path) -> None:
    (tmp_path / "equivalent.txt").write_text("shop/price.py price\n- gone\n+ away\nbecause it was here once\n")
    told = campaign(tmp_path, GOOD)
    assert told.returncode == 1
    assert "no such fault:\nshop/price.py price\n- gone\n+ away" in told.stderr


def test_a_test_that_fails_on_the_right_code_finds_nothing(tmp_path: Path) -> None:
    told = campaign(tmp_path, GOOD.replace("6]", "7]"), "--only", *PRICES)
    assert told.returncode == 1
    assert "run by no test: shop/price.py:15" in told.stdout


def test_a_loop_that_never_ends_is_found(tmp_path: Path) -> None:
    test = "from shop.price import count\n\n\ndef test_it():\n    assert count(3) == 3\n"
    told = campaign(tmp_path, test, "--only", "shop/price.py:22", "--patience", "0.5")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "ended by SIGPROF" in told.stderr


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("def f(a, b):\n    return a < b\n", {"return (a <= b)", "return None"}),
        ("def f(a, b):\n    if a and not b:\n        pass\n",
         {"if (a or not b):", "if (not (a and (not b))):", "if (not a) and not b:", "if a and b:"}),
        ("for a in b:\n    continue\n", {"break", "pass"}),
        ("def f(a=1):\n    g(a, 2)\n",
         {"def f(a=2):", "def f(a=0):", "pass", "g(2, a)", "g(a, 3)", "g(a, 1)"}),
        ("def f(a):\n    return f'{a} of {a!r}'\n", {"return None", "return f'{a}XX of XX{a!r}'"}),
        ("'''What it is.'''\n__all__ = ['a']\nimport a\nb: 'c'\n", set()),
        ("def f(a):\n    return YES if a is MAYBE else NO\n",
         {"return None", "return MAYBE if a is MAYBE else NO", "return YES if (a is not MAYBE) else NO",
          "return YES if a is YES else NO", "return YES if a is NO else NO", "return YES if a is MAYBE else MAYBE"}),
    ],
)  # fmt: skip
def test_these_are_all_the_faults_of_a_line(code: str, wanted: set[str]) -> None:
    made = {line.strip() for one in mutants("x.py", code.encode()) for line in one.after}
    assert made == wanted


def test_every_fault_of_the_law_can_be_compiled_and_changes_the_program() -> None:
    for package, ones in generated(ROOT, ["service/law"]).items():
        assert len(ones) > 1_000, package
        for one in ones[::25]:
            source = (ROOT / one.file).read_bytes()
            assert ast.dump(ast.parse(one.of(source))) != ast.dump(ast.parse(source)), one


def test_what_is_declared_equivalent_still_exists() -> None:
    """A reason must not outlive the line that it is about."""
    reasons = declared(EQUIVALENT)
    files = {key.split(" ")[0].splitlines()[0] for key in reasons}
    every = {one.key for file in files for one in mutants(file, (ROOT / file).read_bytes())}
    assert sorted(reasons.keys() - every) == []
    assert all(file.startswith(PACKAGES) for file in files)


def test_a_score_under_the_promise_does_not_pass() -> None:
    assert not Score("law", 1000, 100, 0, 94).passes
    assert Score("law", 1000, 100, 0, 95).passes
    assert Score("law", 1000, 101, 1, 95).passes
    low, high = Score("law", 1000, 100, 0, 95).range
    assert 0.88 < low < 0.89
    assert 0.97 < high < 0.98
    assert Score("law", 100, 100, 0, 95).range == (0.95, 0.95)
