"""Trust: the keys whose signatures an operator believes, each held by another person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .key import BadKey, PublicKey, read_key

ENDING = ".pub"
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Trust:
    """Public keys, no two of which are one; at least two, as every first set is signed by two people."""

    keys: tuple[PublicKey, ...]

    def __post_init__(self) -> None:
        for what, found in (("id", [key.id for key in self.keys]), ("key", [key.raw for key in self.keys])):
            if len(set(found)) < len(found):
                raise BadKey(f"two of the trusted keys have one {what}; each person needs one of their own")
        if len(self.keys) < 2:
            raise BadKey("two trusted keys are needed at least: what removes a warning is signed by two people")

    def of(self, id: bytes) -> PublicKey | None:
        """The trusted key of an id."""
        return next((key for key in self.keys if key.id == id), None)


def read_trust(paths: Sequence[Path]) -> Trust:
    """The keys in some files, and in folders of `.pub` files; a file's name is its holder's. Raises `BadKey`."""
    found: list[PublicKey] = []
    for file in _files(paths):
        try:
            with file.open(encoding="ascii") as stream:
                found.append(read_key(stream.read(_LONGEST), file.stem))
        except (OSError, UnicodeDecodeError) as error:
            raise BadKey(f"{file}: it cannot be read ({type(error).__name__})") from None
        except BadKey as wrong:
            raise BadKey(f"{file}: {wrong}") from None
    return Trust(tuple(found))


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.iterdir() if file.suffix == ENDING)
            if not inside:
                raise BadKey(f"{path}: there is no key in this folder; they end in {ENDING}")
            found += inside
        else:
            found.append(path)
    return found
