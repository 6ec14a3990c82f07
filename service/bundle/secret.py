"""Secret: what a person signs with, in the file format of minisign, which locks it with a password (scrypt).

The format: `struct SeckeyStruct` in minisign's src/minisign.h; how scrypt's parameters follow from the two limits
that the file keeps: `pickparams` in libsodium's pwhash_scryptsalsa208sha256.c.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import struct
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from .key import ALGORITHM, BadKey, PublicKey, decoded

MEMORY = 1 << 30
"""Bytes that scrypt works through for a new key: minisign's own choice, about four seconds. None larger is read."""
_WORK = 32
"""libsodium's limit of work for so many bytes of memory is a 32nd of them."""
_SMALLEST = 1 << 24
_LARGEST_WORK = MEMORY // _WORK
_LOCKED, _OPEN, _CHECKED = b"Sc", bytes(2), b"B2"
_FORM = struct.Struct("<2s2s2s32sQQ104s")


@dataclass(frozen=True, slots=True, repr=False)
class SecretKey:
    """A secret key: its id, and Ed25519's seed of 32 bytes. It is never printed."""

    id: bytes
    seed: bytes

    @property
    def public(self) -> PublicKey:
        """The key that its signatures are checked with."""
        return PublicKey(self.id, self.signer().public_key().public_bytes_raw())

    def signer(self) -> Ed25519PrivateKey:
        """What signs."""
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def written(self, password: str, memory: int = MEMORY) -> str:
        """The key as a file, locked with a password, or open if that is "". Raises `BadKey` without enough memory."""
        body = self.id + self.seed + self.public.raw
        if not password:
            data = _FORM.pack(ALGORITHM, _OPEN, _CHECKED, bytes(32), 0, 0, body + bytes(32))
        else:
            salt = secrets.token_bytes(32)
            memory, stream = _affordable(password, salt, memory)
            locked = _mixed(body + _check(body), stream)
            data = _FORM.pack(ALGORITHM, _LOCKED, _CHECKED, salt, memory // _WORK, memory, locked)
        kind = "encrypted secret key" if password else "unencrypted secret key"
        return f"untrusted comment: minisign {kind}\n{base64.b64encode(data).decode()}\n"


def new_key() -> SecretKey:
    """A new key, of the system's own randomness."""
    return SecretKey(secrets.token_bytes(8), secrets.token_bytes(32))


def read_secret(text: str, password: Callable[[], str]) -> SecretKey:
    """The secret key in a file of minisign's; the password is asked for if it is locked. Raises `BadKey`."""
    data = decoded(text)
    if len(data) != _FORM.size or data[:2] != ALGORITHM or data[4:6] != _CHECKED:
        raise BadKey("this is no secret key of minisign's")
    _, lock, _, salt, work, memory, body = _FORM.unpack(data)
    if lock == _LOCKED:
        if not 0 < memory <= MEMORY or not 0 < work <= _LARGEST_WORK:
            raise BadKey("this key asks for more memory or work than any key of minisign's")
        try:
            body = _mixed(body, _stretched(password(), salt, work, memory))
        except MemoryError:
            raise BadKey(f"there is not enough memory to open this key: it takes {memory >> 20} MB") from None
        if not hmac.compare_digest(body[72:], _check(body[:72])):
            raise BadKey("the password is wrong, or the file is damaged")
    elif lock != _OPEN:
        raise BadKey("this key is locked in a way that is not known here")
    key = SecretKey(body[:8], body[8:40])
    if not hmac.compare_digest(key.public.raw, body[40:72]):
        raise BadKey("the file is damaged")
    return key


def _affordable(password: str, salt: bytes, memory: int) -> tuple[int, bytes]:
    """The most memory, up to a limit, that there is for scrypt, and what it makes of a password."""
    while memory >= _SMALLEST:
        try:
            return memory, _stretched(password, salt, memory // _WORK, memory)
        except MemoryError:
            memory //= 2  # as minisign does: a key that is locked less well is still locked
    raise BadKey("there is not enough memory to lock a key with a password")


def _stretched(password: str, salt: bytes, work: int, memory: int) -> bytes:
    work = max(work, 32768)
    if work < memory // 32:
        rounds, most = 1, work // 32
    else:
        rounds, most = 0, memory // 1024
    power = next((power for power in range(1, 63) if 1 << power > most // 2), 63)
    rounds = rounds or max(1, min((work // 4) >> power, 0x3FFFFFFF) // 8)
    return Scrypt(salt=salt, length=104, n=1 << power, r=8, p=rounds).derive(password.encode())


def _check(body: bytes) -> bytes:
    return blake2b(ALGORITHM + body, digest_size=32).digest()


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
