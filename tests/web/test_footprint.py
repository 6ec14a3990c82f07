"""Footprint: what a further worker takes of the machine's memory, at the start and after reloads."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from ..trust.pressure import built
from .house import House, until

Amount = Callable[[int, int], int]

NOTICE = "/v1/meduza/RU/en/notice.txt"
MOST = 30.0
"""MiB."""

COPIES = "import gc\ngc.freeze = lambda: None\n"
"""Looks for garbage in what the workers share, and so copies it."""


def own(found: House) -> list[float]:
    """MiB that each worker shares with nobody, after it has answered."""
    for _ in range(60):
        found.ask(NOTICE)
        found.ask("/v1/meduza/notice.html")
    texts = [Path(f"/proc/{worker}/smaps_rollup").read_text() for worker in found.workers()]
    sizes = [
        sum(map(int, re.findall(r"^Private_(?:Clean|Dirty):\s+(\d+) kB", text, re.MULTILINE))) / 1024 for text in texts
    ]
    print(sizes)
    return sizes


def test_a_further_worker_takes_little_memory_also_after_reloads(tmp_path: Path, amount: Amount) -> None:
    with built(tmp_path, "", 2) as found:
        assert all(size < MOST for size in own(found))
        for number in range(amount(0, 5)):
            found.edit(f"Edition {number}.")
            ending = f"Edition {number}."
            until(lambda ending=ending: all(ending in found.ask(NOTICE).text for _ in range(200)), 30, found)
            assert all(size < MOST for size in own(found))


def test_workers_that_copy_what_they_share_are_found_out(tmp_path: Path) -> None:
    with built(tmp_path, COPIES, 2) as found:
        assert any(size >= MOST for size in own(found))
