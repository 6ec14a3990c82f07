"""Archive: the one file that a bundle is, a tar (POSIX.1-2001 ustar) that can be spelt in one way only.

Any `tar` unpacks it. It is read here by hand and strictly: names are closed, there are no links, nothing is
compressed, and whoever reads it packs it again and compares, so that no byte of it can be another.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from .refusal import Flaw, Reason, shown

MANIFEST = "manifest.json"
SIGNATURES = "signatures/"
RULES = "rules/"

MOST_BYTES = 64 << 20
"""Bytes of the largest bundle; the rules that ship make one of 0.3 MB."""
MOST_FILES = 20_000
MOST_IN_A_FILE = 1 << 20
"""Bytes of the largest rule file, as the rulebook has it."""
MOST_IN_THE_MANIFEST = 16 << 20
LONGEST_NAME = 100
"""Letters of a name that fit in a ustar header without being divided."""

_BLOCK = 512
_END = bytes(2 * _BLOCK)
_NAME = re.compile(
    r"manifest\.json|signatures/[0-9A-F]{16}\.minisig|rules/(?:[a-z0-9][a-z0-9-]*/)*[a-z0-9][a-z0-9-]*\.yaml"
)
_OCTAL = re.compile(rb"[0-7]{11}\0")


def fits(name: str) -> bool:
    """Whether a bundle may have a file of that name."""
    return len(name) <= LONGEST_NAME and _NAME.fullmatch(name) is not None


def packed(files: Mapping[str, bytes], seconds: int) -> bytes:
    """The archive of some files, all of one time (seconds since 1970), the manifest first."""
    ranks = {MANIFEST: 0, SIGNATURES: 1}
    parts: list[bytes] = []
    for name in sorted(files, key=lambda name: (ranks.get(name.partition("/")[0] + "/" * ("/" in name), 2), name)):
        content = files[name]
        parts += [_header(name, len(content), seconds), content, bytes(-len(content) % _BLOCK)]
    return b"".join([*parts, _END])


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files of an archive. Raises `Flaw`; that it is spelt as it must be is for the caller to compare."""
    files: dict[str, bytes] = {}
    offset = 0
    while not data.startswith(_END, offset):
        header = data[offset : offset + _BLOCK]
        if len(header) < _BLOCK or (files and len(data) < offset + len(_END) and not any(header)):
            raise _nothing() if not files else _cut()
        name, size = _entry(header, first=not files)
        if name in files:
            raise Flaw(Reason.SAME_NAME, f"it has {shown(name)} twice", "pull it again from where it is published")
        offset += _BLOCK
        if offset + size > len(data):
            raise _cut()
        files[name] = data[offset : offset + size]
        if len(files) > MOST_FILES:
            raise Flaw(Reason.TOO_LARGE, f"it has more than {MOST_FILES} files", "ask whoever made it")
        offset += size + -size % _BLOCK
    if not files:
        raise _nothing()
    if len(data) > offset + len(_END):
        raise Flaw(Reason.DAMAGED, "something follows its end", "pull it again from where it is published")
    return files


def bytes_of(path: Path) -> bytes:
    """The bytes of a file that may be a bundle. Raises `Flaw`."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise Flaw(Reason.UNREADABLE, "this is no plain file", "name the file of a bundle")
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        why = (os.strerror(error.errno) if error.errno else type(error).__name__).lower()
        raise Flaw(Reason.UNREADABLE, f"it cannot be read ({why})", "let it be read, or name another") from None
    if len(data) > MOST_BYTES:
        raise Flaw(Reason.TOO_LARGE, f"it has more than {MOST_BYTES >> 20} MB", "ask whoever made it")
    return data


def save(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a file beside its place and move it there, so that nobody ever reads half of it. Raises `OSError`."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
        with open(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _header(name: str, size: int, seconds: int) -> bytes:
    fields = [
        name.encode().ljust(100, b"\0"), b"0000644\0", b"0000000\0", b"0000000\0", b"%011o\0" % size,
        b"%011o\0" % seconds, b" " * 8, b"0", bytes(100), b"ustar\x0000", bytes(64), b"0000000\0", b"0000000\0",
        bytes(167),
    ]  # fmt: skip
    header = b"".join(fields)
    return header[:148] + b"%06o\0 " % sum(header) + header[156:]


def _entry(header: bytes, *, first: bool) -> tuple[str, int]:
    """The name and size that a header gives. Raises `Flaw`."""
    if header[257:263] != b"ustar\0" or header[148:156] != b"%06o\0 " % (sum(header) - sum(header[148:156]) + 256):
        raise _nothing() if first else Flaw(Reason.DAMAGED, "a header in it is damaged", "pull it again")
    name = (header[345:500].rstrip(b"\0") + header[:100].partition(b"\0")[0]).decode("latin-1")
    if header[156:157] != b"0" or not fits(name):
        wrong = f"{shown(name)} is no plain file" if fits(name) else f"no bundle has a file {shown(name)}"
        raise Flaw(Reason.BAD_NAME, wrong, "do not unpack it by other means, and ask whoever published it")
    if first and name != MANIFEST:
        raise _nothing()
    if not _OCTAL.fullmatch(header[124:136]):
        raise Flaw(Reason.DAMAGED, f"the size of {shown(name)} is damaged", "pull it again")
    size = int(header[124:135], 8)
    if size > (MOST_IN_THE_MANIFEST if name == MANIFEST else MOST_IN_A_FILE):
        raise Flaw(Reason.TOO_LARGE, f"{shown(name)} is too large", "ask whoever made it")
    return name, size


def _nothing() -> Flaw:
    return Flaw(Reason.NO_BUNDLE, "this is no bundle", "name a file that caveat bundle make wrote")


def _cut() -> Flaw:
    return Flaw(Reason.CUT, "its end is missing", "pull it again, and rename it only when it is whole")
