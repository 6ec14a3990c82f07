"""Press: makes bundles of small rules for tests, honest ones and others, with keys of three people."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from service.bundle import Bundle, SecretKey, Taken, Trust, known_bundle, new_bundle, new_key
from service.bundle.archive import MANIFEST, RULES, SIGNATURES, packed
from service.bundle.signature import signed
from service.counsel.account import account, weigh
from service.rulebook import read

ROOT = Path(__file__).resolve().parents[2]
SMALL = ROOT / "tests/mistakes/good"
SEED = ROOT / "tests/seed"
DAY = date(2026, 11, 23)
NOON = 1795435200
"""Seconds of noon on that day, the time of every file in a bundle of it."""

Files = dict[str, bytes]


def rules(folder: Path = SMALL) -> Files:
    """The rule files of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}


def edited(files: Files, path: str, old: str, new: str) -> Files:
    """The same files with one place in one of them written otherwise."""
    text = files[path].decode()
    assert text.count(old) >= 1, (path, old)
    return files | {path: text.replace(old, new, 1).encode()}


def sound(folder: Path) -> Path:
    """A folder of the small rules, with the one example of theirs corrected that the rules do not bear out."""
    for path, content in rules().items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.replace(b"doubts: [place, nationality]", b"doubts: [place, nationality, law]"))
    return folder


def with_notice(files: Files, name: str = "notices/ru/second.yaml") -> Files:
    """The same files with one more notice, so that somebody is warned of more."""
    text = files["notices/ru/listed.yaml"].decode().replace("Sharing what a listed", "Quoting what a listed")
    return files | {name: text.encode()}


def softened(files: Files) -> Files:
    """The same files, with a publisher that is listed a year later: for that year its readers are not warned."""
    old, new = "decided: 2024-02-02, listed: 2024-02-20", "decided: 2025-02-02, listed: 2025-02-20"
    return edited(files, "registers/ru/list.yaml", old, new)


def reworded(files: Files) -> Files:
    """The same files, with other words in one text."""
    return edited(files, "notices/by/money.yaml", "You can be fined for giving money.", "You can be fined.")


@dataclass
class Press:
    """Where bundles are made; anna and boris are trusted, mallory is not."""

    folder: Path
    anna: SecretKey = field(default_factory=new_key)
    boris: SecretKey = field(default_factory=new_key)
    mallory: SecretKey = field(default_factory=new_key)
    written: int = 0

    @property
    def trust(self) -> Trust:
        return Trust((replace(self.anna.public, holder="anna"), replace(self.boris.public, holder="boris")))

    def made(self, files: Files, before: Bundle | None = None, *keys: SecretKey, day: date = DAY) -> Bundle:
        """An honest bundle of some files, signed by some keys."""
        after = read(files).ruleset
        assert after is not None, [str(problem) for problem in read(files).errors]
        old = read(before.files).ruleset if before else None
        made = new_bundle(files, after.fingerprint, account(old, after), before.manifest if before else None,
                          day, day + timedelta(days=31))  # fmt: skip
        for key in keys:
            made = made.sign(key)
        return made

    def both(self, files: Files, before: Bundle | None = None) -> Bundle:
        """An honest bundle that both trusted people signed."""
        return self.made(files, before, self.anna, self.boris)

    def saved(self, data: bytes | Bundle, name: str = "") -> Path:
        """A file with the bytes of a bundle."""
        self.written += 1
        path = self.folder / (name or f"pulled-{self.written}.bin")
        path.write_bytes(data.written() if isinstance(data, Bundle) else data)
        return path

    def taken(self, bundle: Bundle) -> Taken:
        """A bundle as the one that was taken last."""
        found = known_bundle(self.saved(bundle), self.trust, weigh)
        assert isinstance(found, Taken), str(found)
        return found


def spelt(manifest: bytes, files: Mapping[str, bytes], *keys: SecretKey, extra: Mapping[str, bytes] = {}) -> bytes:
    """A bundle with any manifest at all, signed as it stands."""
    parts = {MANIFEST: manifest, **{f"{RULES}{path}": content for path, content in files.items()}, **extra}
    for key in keys:
        signature = signed(manifest, key, "made by hand")
        parts[f"{SIGNATURES}{signature.key}.minisig"] = signature.written()
    return packed(parts, NOON)


def forged(bundle: Bundle, *keys: SecretKey, files: Files | None = None, **changes: Any) -> bytes:
    """A bundle whose manifest says something else in some fields, and is signed so."""
    document = json.loads(bundle.manifest.written())
    if files is not None:
        document["files"] = {f"{RULES}{path}": sha256(files[path]).hexdigest() for path in sorted(files)}
    document |= changes
    manifest = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
    return spelt(manifest, bundle.files if files is None else files, *keys)


Attack = Callable[["Press", Bundle, Bundle], bytes | Path]
"""Makes what is pulled, given the press, the bundle taken last, and an honest successor of it."""
