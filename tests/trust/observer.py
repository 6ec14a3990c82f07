"""Observer: somebody on the network, who sees the records of an encrypted connection and not what is in them."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_HEADER = 5
_OVERHEAD = 17
"""Bytes that a record of TLS 1.3 has beside its header and what it carries: one for its kind, 16 of its seal."""

_CARRIES = 23


@dataclass(frozen=True)
class Answer:
    """What came: the bytes that it carried, as the records' lengths tell them, and for the tests its plain text."""

    length: int
    plain: bytes


def watched(port: int, request: bytes) -> Answer:
    """Send a request through TLS on a connection of its own, which the request must end, and look on."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    line = context.wrap_bio(incoming, outgoing)
    wire, plain = bytearray(), bytearray()
    with socket.create_connection(("127.0.0.1", port), 20) as connection:

        def more() -> bool:
            connection.sendall(outgoing.read())
            part = connection.recv(65536)
            wire.extend(part)
            incoming.write(part)
            return bool(part)

        while True:
            try:
                line.do_handshake()
                break
            except ssl.SSLWantReadError:
                assert more(), "the connection was closed during the handshake"
        wire.clear()
        line.write(request)
        while True:
            try:
                part = line.read(65536)
            except (ssl.SSLWantReadError, ssl.SSLZeroReturnError):
                part = b""
            plain.extend(part)
            if not part and not more():
                break
    return Answer(sum(_carried(wire)), bytes(plain))


def _carried(wire: bytearray) -> list[int]:
    """What each record carries, in bytes."""
    found: list[int] = []
    place = 0
    while place < len(wire):
        length = int.from_bytes(wire[place + 3 : place + _HEADER])
        if wire[place] == _CARRIES:
            found.append(length - _OVERHEAD)
        place += _HEADER + length
    return found


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate that nobody but the tests believes, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "site.example")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - timedelta(days=1))
    signed = builder.not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    return paths
