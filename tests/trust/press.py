"""Press: whoever writes rules under a running service: sound editions, broken ones, in place and by a moved link."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from service.rulebook import load

from ..web.house import EDITED, ENDING, ROOT, House

Damage = Callable[[Path, random.Random], object]


def _cut(tree: Path, rng: random.Random) -> None:
    """Half a file, as an editor leaves it that was stopped while it saved."""
    path = _any(tree, rng)
    content = path.read_bytes()
    path.write_bytes(content[: rng.randrange(len(content) - 1)])


def _mistyped(tree: Path, rng: random.Random) -> None:
    """One letter more in the middle of a word."""
    path = _any(tree, rng)
    text = path.read_text()
    place = rng.randrange(len(text))
    path.write_text(text[:place] + rng.choice("{}:-\t#&*!|'\"") + text[place:])


def _any(tree: Path, rng: random.Random) -> Path:
    return rng.choice(sorted(tree.rglob("*.yaml")))


def _written(content: bytes) -> Damage:
    return lambda tree, rng: _any(tree, rng).write_bytes(content)


def _emptied(tree: Path, _: random.Random) -> None:
    for path in tree.rglob("*.yaml"):
        path.unlink()


DAMAGES: tuple[Damage, ...] = (
    _written(b""),
    _written(b"{"),
    _written(b"null\n"),
    _written(b"[]\n"),
    _written(b"\x00\xff" * 50),
    _written(b"[" * 100_000),
    _written(b"a: &a [x]\n" + b"".join(b"%c: &%c [*%c,*%c]\n" % (n + 1, n + 1, n, n) for n in range(97, 117))),
    _written(b"<!DOCTYPE html><title>Sign in</title>\n"),
    _written(b"title: A\ntitle: B\n"),
    _cut,
    _mistyped,
    lambda tree, rng: _any(tree, rng).write_bytes(rng.randbytes(2000)),
    lambda tree, rng: (tree / "territories/russia-controlled.yaml").unlink(),
    lambda tree, rng: shutil.rmtree(tree / "registers"),
    lambda tree, rng: shutil.rmtree(tree / "publishers"),
    lambda tree, rng: shutil.copy(tree / EDITED, tree / "notices/ru/Copy of it.yaml"),
    _emptied,
)
"""Ways in which a set of rules can be broken; those that leave it sound by chance are tried again."""


def damaged(tree: Path, rng: random.Random) -> None:
    """Break a set of rules in a way that its reader must refuse."""
    for _ in range(100):
        shutil.rmtree(tree, ignore_errors=True)
        shutil.copytree(ROOT / "tests/seed", tree)
        rng.choice(DAMAGES)(tree, rng)
        if load(tree).ruleset is None:
            return
    raise AssertionError("a hundred damages left the rules sound")


@dataclass
class Press:
    """Writes under a folder to which a link named `rules` leads; `sound` are the endings that were ever published."""

    folder: Path
    rng: random.Random = field(default_factory=lambda: random.Random(20261123))
    number: int = 0
    sound: list[str] = field(default_factory=lambda: [ENDING])

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self._lead_to(self._tree(ENDING))

    def good(self) -> str:
        """Publish a sound edition: saved in place, saved beside and renamed, or as a whole folder; its ending."""
        ending = f"Edition {self.number + 1}."
        self.sound.append(ending)
        text = (ROOT / "tests/seed" / EDITED).read_text().replace(ENDING, ending)
        if not (self.folder / "rules" / EDITED).exists() or self.rng.random() < 0.5:
            self._lead_to(self._tree(ending))
        elif self.rng.random() < 0.5:
            self._restored().write_text(text)
        else:
            beside = self._restored().with_name(".beside")
            beside.write_text(text)
            beside.replace(self.folder / "rules" / EDITED)
        return ending

    def bad(self) -> None:
        """Publish a broken edition, most often as a whole folder, which is taken at once."""
        tree = self._next()
        damaged(tree, self.rng)
        self._lead_to(tree)

    def _restored(self) -> Path:
        """The edited file in a folder whose other files are sound."""
        if load(self.folder / "rules").ruleset is None:
            self._lead_to(self._tree(self.sound[-2]))
        return self.folder / "rules" / EDITED

    def _tree(self, ending: str) -> Path:
        tree = self._next()
        shutil.copytree(ROOT / "tests/seed", tree)
        path = tree / EDITED
        path.write_text(path.read_text().replace(ENDING, ending))
        return tree

    def _next(self) -> Path:
        self.number += 1
        if self.number > 3:  # nobody reads it any more
            shutil.rmtree(self.folder / f"tree-{self.number - 3}", ignore_errors=True)
        return self.folder / f"tree-{self.number}"

    def _lead_to(self, tree: Path) -> None:
        link = self.folder / ".next"
        link.symlink_to(tree.name)
        os.replace(link, self.folder / "rules")


def texts(found: House, path: str, press: Press) -> set[bytes]:
    """Every right answer at an address at which the edited notice is shown."""
    original = found.ask(path).body
    assert ENDING.encode() in original
    return {original.replace(ENDING.encode(), ending.encode()) for ending in press.sound}
