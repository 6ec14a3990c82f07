"""Harness: a target under libFuzzer, which keeps whatever reaches code that nothing before it reached.

Run as a program: the name of a target, `every` for all but the slowest, or that of a planted fault; a folder;
libFuzzer's options. The folder gets `seeds` and `words`, and what is found. Ends with 0 where nothing was.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

import atheris

SLOWEST = 1.0
"""Seconds of the processor's time, of which others on the machine take nothing, in code slowed by being watched."""

STUCK = 300
"""Seconds by the clock after which libFuzzer ends what does not end by itself; a busy machine may take a while."""

LONGEST = 65_536
SEEDS = 10_000
A_FEW = 12
"""Seeds of each target where all have their turn."""


class Slow(Exception):
    """Something took longer than a second, and again when it was tried again."""


def timed(ask: Callable[[bytes], object]) -> Callable[[bytes], None]:
    """Asking, with an eye on the clock."""

    def once(data: bytes) -> float:
        began = time.thread_time()
        ask(data)
        return time.thread_time() - began

    def asked(data: bytes) -> None:
        if once(data) >= SLOWEST and (seconds := once(data)) >= SLOWEST:
            raise Slow(f"{seconds:.1f} seconds for {len(data)} bytes")

    return asked


def every(targets: Mapping[str, Any]) -> Callable[[bytes], None]:
    """All targets as one; the first byte chooses. Whole rule sets are left out: they would take all the time."""
    asks = [target.ask for name, target in targets.items() if name != "joined"]

    def ask(data: bytes) -> None:
        if data:
            asks[data[0] % len(asks)](data[1:])

    return ask


# ---- planted faults ------------------------------------------------------------------------------------------


def unguarded(data: bytes) -> None:
    """Reads the pairs of RFC 7239, and looks at the first letter of a value that may have none."""
    for pair in data.decode("latin-1").split(";"):
        name, _, value = pair.partition("=")
        if name == "for" and value[0] == "[":
            value.index("]")


def quadratic(data: bytes) -> None:
    """Counts each entry among those before it."""
    entries = data.split(b",")
    for at in range(len(entries)):
        for before in range(at):
            entries[before].strip()


def leftmost(data: bytes) -> None:
    """Believes the first entry, which is the client's own."""
    from . import target

    plain = target.origin
    target.origin = lambda peer, header, trusted: (  # type: ignore[assignment]
        plain(peer, header.partition(",")[0], trusted) if header else plain(peer, header, trusted)
    )
    try:
        target.forwarded(data)
    finally:
        target.origin = plain


PLANTED: Mapping[str, tuple[Callable[[bytes], object], tuple[bytes, ...]]] = {
    "unguarded": (unguarded, (b"for=_hidden;proto=https", b"by=10.0.0.1;for=unknown")),
    "quadratic": (quadratic, (b"95.24.0.1, 10.0.0.7", b"," * 5000)),
    "leftmost": (leftmost, (b"unknown", b"reader.example")),
}
"""Readers of headers with a fault each, and seeds; only the second of the quadratic one meets the fault at once."""


# ---- the program ---------------------------------------------------------------------------------------------


def main(name: str, folder: Path, options: list[str]) -> None:
    """Look for faults. Does not return."""
    words: tuple[str, ...] = ()
    longest = LONGEST
    if name in PLANTED:
        plain, seeds = PLANTED[name]
        ask = atheris.instrument_func(plain)
        if plain is leftmost:
            with atheris.instrument_imports(include=["service"]):
                import_module(f"{__package__}.target")  # of which it spoils a part
    else:
        with atheris.instrument_imports(include=["service"], exclude=["service.cli"]):
            from .target import TARGETS
        if name == "every":
            ask = every(TARGETS)
            words = tuple(word for target in TARGETS.values() for word in target.words)
            seeds = tuple(
                bytes([number]) + seed
                for number, target in enumerate(TARGETS.values())
                if target is not TARGETS["joined"]
                for seed in islice(target.seeds(), A_FEW)
            )
        else:
            target = TARGETS[name]
            ask, seeds, words, longest = target.ask, tuple(target.seeds()), target.words, target.longest
    corpus, found = folder / "seeds", folder / "found"
    for made in (corpus, found):
        made.mkdir(parents=True)
    for number, seed in enumerate(seeds[:SEEDS]):
        (corpus / f"{number:05}").write_bytes(seed[:longest])
    lines = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words)
    (folder / "words").write_text("".join(f'"{line}"\n' for line in lines))
    settings = [
        f"-max_len={longest}", f"-timeout={STUCK}", f"-report_slow_units={STUCK}", "-len_control=0", "-verbosity=0",
        f"-artifact_prefix={found}/",
        *([f"-dict={folder / 'words'}"] if words else []),
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *settings, *options, str(corpus)], timed(ask))
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
