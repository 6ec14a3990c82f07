"""Minisign: keys and signatures of its are ours, and ours are its: files that it wrote, and, where it is there, itself.

The files in `minisign/` were written by minisign 0.11; its own password of `locked.key` is below.
"""

from __future__ import annotations

import base64
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from service.bundle import (
    BadKey,
    Bundle,
    Flaw,
    Reason,
    new_key,
    read_key,
    read_secret,
    read_signature,
)
from service.bundle.signature import signed

from .press import Press

WRITTEN = Path(__file__).parent / "minisign"
PASSWORD = "correct horse"
WEAK = 1 << 24
"""Bytes that scrypt works through in a test; a real key takes 64 times as many."""

there = pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not installed")


def written(name: str) -> str:
    return (WRITTEN / name).read_text(encoding="ascii")


def never() -> str:
    raise AssertionError("no password is needed")


def minisign(folder: Path, *words: str, told: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(["minisign", *words], cwd=folder, input=told, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("name", ["locked", "open"])
def test_a_signature_of_minisign_is_verified(name: str) -> None:
    content = (WRITTEN / "signed.txt").read_bytes()
    signature = read_signature((WRITTEN / f"{name}.minisig").read_bytes())
    key = read_key(written(f"{name}.pub"))
    assert signature.is_by(key, content)
    assert signature.comment == f"by the {name} key"
    assert signature.key in written(f"{name}.pub")
    assert not signature.is_by(key, content + b"!")
    assert not replace(signature, comment="by somebody").is_by(key, content)
    assert not signature.is_by(read_key(written("locked.pub" if name == "open" else "open.pub")), content)


def test_a_signature_in_the_legacy_format_is_refused() -> None:
    with pytest.raises(Flaw) as refused:
        read_signature((WRITTEN / "legacy.minisig").read_bytes())
    assert refused.value.reason is Reason.WRONG_SIGNATURE


def test_a_public_key_is_written_as_minisign_writes_it() -> None:
    for name in ("locked.pub", "open.pub"):
        assert read_key(written(name)).written() == written(name)
        assert read_key(written(name).splitlines()[1]) == read_key(written(name))


def test_the_secret_keys_of_minisign_are_opened_and_belong_to_the_public_ones() -> None:
    locked = read_secret(written("locked.key"), lambda: PASSWORD)
    assert locked.public == read_key(written("locked.pub"))
    opened = read_secret(written("open.key"), never)
    assert opened.public == read_key(written("open.pub"))
    assert PASSWORD not in repr(locked)
    assert locked.seed.hex() not in repr(locked)


def test_an_open_key_is_written_as_minisign_writes_it() -> None:
    ours = read_secret(written("open.key"), never).written("")
    assert ours.splitlines()[1] == written("open.key").splitlines()[1]


def test_a_locked_key_opens_with_its_password_alone() -> None:
    key = new_key()
    text = key.written("päss wörd", WEAK)
    assert read_secret(text, lambda: "päss wörd") == key
    assert base64.b64encode(key.seed).decode() not in text
    for wrong in ("", "pass word", "päss wörd "):
        with pytest.raises(BadKey, match="password is wrong"):
            read_secret(text, lambda wrong=wrong: wrong)


def test_every_lock_has_a_salt_of_its_own() -> None:
    key = new_key()
    assert key.written("a", WEAK) != key.written("a", WEAK)
    assert new_key() != new_key()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Ed" + bytes(40) + b"!", "no public key"),
        (b"ED" + bytes(40), "no public key"),
        (bytes(158), "secret key"),
        (b"", "no public key"),
    ],
)
def test_what_is_no_public_key_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(BadKey, match=said):
        read_key(base64.b64encode(data).decode() if data else "AAAA")


@pytest.mark.parametrize("text", ["", "untrusted comment: x\n", "one\ntwo\nthree\n", "not base64!", "AAAA\nAAAA\n"])
def test_what_is_no_key_at_all_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        read_key(text)
    with pytest.raises(BadKey):
        read_secret(text, never)


@pytest.mark.parametrize(
    ("at", "value", "said"),
    [
        (0, b"RS", "no secret key"),
        (2, b"Xx", "locked in a way"),
        (4, b"B3", "no secret key"),
        (38, (1 << 60).to_bytes(8, "little"), "more memory or work"),
        (46, (1 << 60).to_bytes(8, "little"), "more memory or work"),
        (46, bytes(8), "more memory or work"),
        (60, b"\x00\x00", "password is wrong"),
    ],
)
def test_a_damaged_secret_key_is_refused_and_cannot_eat_the_memory(at: int, value: bytes, said: str) -> None:
    data = bytearray(base64.b64decode(written("locked.key").splitlines()[1]))
    data[at : at + len(value)] = value
    with pytest.raises(BadKey, match=said):
        read_secret(base64.b64encode(data).decode(), lambda: PASSWORD)


def test_an_open_key_whose_halves_do_not_belong_together_is_refused() -> None:
    data = bytearray(base64.b64decode(written("open.key").splitlines()[1]))
    data[70] ^= 1
    with pytest.raises(BadKey, match="damaged"):
        read_secret(base64.b64encode(data).decode(), never)


@pytest.mark.parametrize("comment", ["two\nlines", "a\x1bbell", "x" * 2000])
def test_a_comment_that_cannot_be_printed_is_not_signed(comment: str) -> None:
    with pytest.raises(ValueError, match="printable"):
        signed(b"", new_key(), comment)


@there
def test_minisign_verifies_what_we_sign(press: Press, second: Bundle, tmp_path: Path) -> None:
    (tmp_path / "b.tar").write_bytes(second.written())
    subprocess.run(["tar", "xf", "b.tar"], cwd=tmp_path, check=True, timeout=60)
    for name, key in (("anna", press.anna), ("boris", press.boris)):
        (tmp_path / f"{name}.pub").write_text(key.public.written(), encoding="ascii")
        words = ["-V", "-m", "manifest.json", "-x", f"signatures/{key.public.name}.minisig", "-p", f"{name}.pub"]
        verified = minisign(tmp_path, *words)
        assert verified.returncode == 0, verified.stderr
        assert "Trusted comment: caveat bundle 2 of 2026-11-23" in verified.stdout
    manifest = tmp_path / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b" ")
    assert minisign(tmp_path, *words).returncode != 0


@there
@pytest.mark.parametrize("password", ["", "päss wörd"])
def test_minisign_signs_with_a_key_of_ours(tmp_path: Path, password: str) -> None:
    key = new_key()
    (tmp_path / "ours.key").write_text(key.written(password, WEAK), encoding="ascii")
    (tmp_path / "m.json").write_bytes(b"{}\n")
    done = minisign(tmp_path, "-S", "-s", "ours.key", "-m", "m.json", "-t", "by theirs", told=f"{password}\n")
    assert done.returncode == 0, done.stderr
    signature = read_signature((tmp_path / "m.json.minisig").read_bytes())
    assert signature.is_by(key.public, b"{}\n")
    assert signature.comment == "by theirs"


@there
def test_minisign_makes_a_key_that_we_sign_with(tmp_path: Path) -> None:
    assert minisign(tmp_path, "-G", "-W", "-p", "their.pub", "-s", "their.key").returncode == 0
    key = read_secret((tmp_path / "their.key").read_text(encoding="ascii"), never)
    (tmp_path / "m.json").write_bytes(b"{}\n")
    (tmp_path / "m.json.minisig").write_bytes(signed(b"{}\n", key, "by ours").written())
    assert minisign(tmp_path, "-V", "-m", "m.json", "-p", "their.pub").returncode == 0
