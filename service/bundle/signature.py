"""Signature: one person's signature in the file format of minisign (Ed25519 over BLAKE2b-512, with a signed comment).

The format: https://jedisct1.github.io/minisign/. Only prehashed signatures (`ED`) are read; the legacy ones (`Ed`)
would let the same bytes be taken for a hash.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from hashlib import blake2b

from cryptography.exceptions import InvalidSignature

from .key import PublicKey, named
from .refusal import Flaw, Reason
from .secret import SecretKey

LONGEST_COMMENT = 1024
_ALGORITHM = b"ED"
_UNTRUSTED = "untrusted comment: "
_TRUSTED = "trusted comment: "


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature: by the key of which `id`, over the content (`over_content`) and over itself and `comment`."""

    id: bytes
    over_content: bytes
    comment: str
    over_comment: bytes

    @property
    def key(self) -> str:
        """The name of the key, as minisign prints it."""
        return named(self.id)

    def written(self) -> bytes:
        """The signature as a file; the comment that is not signed is always the same."""
        lines = [
            f"{_UNTRUSTED}signature with the key {self.key}",
            base64.b64encode(_ALGORITHM + self.id + self.over_content).decode(),
            f"{_TRUSTED}{self.comment}",
            base64.b64encode(self.over_comment).decode(),
        ]
        return "".join(f"{line}\n" for line in lines).encode()

    def is_by(self, key: PublicKey, content: bytes) -> bool:
        """Whether a key made it over some content, and over its comment."""
        if key.id != self.id:
            return False
        verifier = key.verifier()
        try:
            verifier.verify(self.over_content, _hashed(content))
            verifier.verify(self.over_comment, self.over_content + self.comment.encode())
        except InvalidSignature:
            return False
        return True


def read_signature(data: bytes) -> Signature:
    """The signature in a file of ours or of minisign's. Raises `Flaw`."""
    try:
        lines = data.decode().removesuffix("\n").split("\n")
        untrusted, first, trusted, second = lines
        over_content, over_comment = base64.b64decode(first, validate=True), base64.b64decode(second, validate=True)
    except (ValueError, binascii.Error):
        raise _wrong("a signature in it is not in minisign's format") from None
    if not untrusted.startswith(_UNTRUSTED) or not trusted.startswith(_TRUSTED):
        raise _wrong("a signature in it has no comments")
    if over_content[:2] != _ALGORITHM or len(over_content) != 74 or len(over_comment) != 64:
        raise _wrong("a signature in it is of another kind")
    comment = trusted.removeprefix(_TRUSTED)
    if len(comment) > LONGEST_COMMENT or not (comment.replace("\t", " ").isprintable()):
        raise _wrong("a comment in it cannot be printed")
    return Signature(over_content[2:10], over_content[10:], comment, over_comment)


def signed(content: bytes, key: SecretKey, comment: str) -> Signature:
    """A key's signature over some content, with a comment of one printable line."""
    if len(comment) > LONGEST_COMMENT or not comment.isprintable():
        raise ValueError("the comment must be one printable line")
    signer = key.signer()
    over_content = signer.sign(_hashed(content))
    return Signature(key.id, over_content, comment, signer.sign(over_content + comment.encode()))


def _hashed(content: bytes) -> bytes:
    return blake2b(content, digest_size=64).digest()


def _wrong(what: str) -> Flaw:
    return Flaw(Reason.WRONG_SIGNATURE, what, "sign it again with caveat bundle sign, or with minisign 0.10 or newer")
