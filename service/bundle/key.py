"""Key: what a signature is checked with, in the file format of minisign."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ALGORITHM = b"Ed"


class BadKey(Exception):
    """A key that cannot be used; the message says what is wrong with it and what to do."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: its id of eight bytes, which minisign makes at random, and Ed25519's 32; `holder`: whose it is."""

    id: bytes
    raw: bytes
    holder: str = ""

    @property
    def name(self) -> str:
        """The id as minisign prints it."""
        return named(self.id)

    def verifier(self) -> Ed25519PublicKey:
        """What checks its signatures."""
        return Ed25519PublicKey.from_public_bytes(self.raw)

    def written(self) -> str:
        """The key as a file."""
        encoded = base64.b64encode(ALGORITHM + self.id + self.raw).decode()
        return f"untrusted comment: minisign public key {self.name}\n{encoded}\n"


def named(id: bytes) -> str:
    """An id as minisign prints it: sixteen hexadecimal digits, the last byte first."""
    return id[::-1].hex().upper()


def read_key(text: str, holder: str = "") -> PublicKey:
    """The public key in a file of minisign's, or in the line of it that matters. Raises `BadKey`."""
    data = decoded(text)
    if len(data) == 158:
        raise BadKey("this is a secret key; keep it away from here, and name the public one")
    if data[:2] != ALGORITHM or len(data) != 42:
        raise BadKey("this is no public key of minisign's")
    return PublicKey(data[2:10], data[10:], holder)


def decoded(text: str) -> bytes:
    """The bytes of a key's file. Raises `BadKey`."""
    lines = text.strip().splitlines()
    if len(lines) == 2 and lines[0].startswith("untrusted comment:"):
        lines = lines[1:]
    try:
        (line,) = lines
        return base64.b64decode(line.strip(), validate=True)
    except (ValueError, binascii.Error):
        raise BadKey("this is no key in minisign's format: a comment and a line of base64") from None
