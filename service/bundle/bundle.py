"""Bundle: a numbered set of rules in one file, with the signatures over its manifest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path

from .account import Account
from .archive import MANIFEST, MOST_BYTES, RULES, SIGNATURES, bytes_of, fits, packed, unpacked
from .manifest import LONGEST_LIFE, MOST, Manifest, Previous, lives, read_manifest
from .refusal import Flaw, Reason, Refused, shown
from .secret import SecretKey
from .signature import Signature, read_signature, signed


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that is whole and says of its files what they are; who signed it is not asked yet.

    `files`: the rule files by their paths below the rules folder, exactly as they were.
    """

    manifest: Manifest
    files: Mapping[str, bytes]
    signatures: tuple[Signature, ...] = ()

    def written(self) -> bytes:
        """The bundle as a file."""
        files = {f"{RULES}{path}": content for path, content in self.files.items()}
        files[MANIFEST] = self.manifest.written()
        for signature in self.signatures:
            files[f"{SIGNATURES}{signature.key}.minisig"] = signature.written()
        noon = datetime.combine(self.manifest.created, time(12), UTC)
        return packed(files, int(noon.timestamp()))

    def with_signature(self, signature: Signature) -> Bundle:
        """The same with one more signature, in the place of an older one by the same key."""
        others = [known for known in self.signatures if known.id != signature.id]
        return replace(self, signatures=tuple(sorted([*others, signature], key=lambda each: each.key)))

    def sign(self, key: SecretKey) -> Bundle:
        """The same with the signature of a key, whose comment says in short what was signed."""
        manifest = self.manifest
        comment = (
            f"caveat bundle {manifest.number} of {manifest.created}, rules {manifest.ruleset}: removes "
            f"{len(manifest.account.removes)}, alters {len(manifest.account.alters)}, adds {len(manifest.account.adds)}"
        )
        return self.with_signature(signed(manifest.written(), key, comment))


def new_bundle(
    files: Mapping[str, bytes],
    ruleset: str,
    account: Account,
    previous: Manifest | None,
    created: date,
    renew_by: date,
) -> Bundle:
    """The bundle of some rule files, whose fingerprint is `ruleset`, as the successor of another. Raises `Flaw`."""
    number = previous.number + 1 if previous else 1
    for path in files:
        if not fits(f"{RULES}{path}"):
            raise Flaw(Reason.BAD_NAME, f"{shown(path)} cannot be in a bundle", "give it a shorter, plainer name")
    if not lives(created, renew_by):
        wrong = f"it is of {created}, and was to be renewed by {renew_by}"
        raise Flaw(Reason.BAD_MANIFEST, wrong, f"name a day within {LONGEST_LIFE.days} days")
    if previous and created < previous.created:
        raise Flaw(Reason.BACKDATED, f"its predecessor is of {previous.created}", "name that day, or a later one")
    if number > MOST:
        raise Flaw(Reason.BAD_MANIFEST, "there is no larger number", "begin a new line of bundles, with new keys")
    manifest = Manifest(
        number,
        created,
        renew_by,
        ruleset,
        Previous(previous.number, previous.digest) if previous else None,
        account,
        {f"{RULES}{path}": sha256(content).hexdigest() for path, content in files.items()},
    )
    made = Bundle(manifest, dict(files))
    if len(made.written()) > MOST_BYTES:
        raise Flaw(Reason.TOO_LARGE, f"it would have more than {MOST_BYTES >> 20} MB", "divide the rules")
    return made


def read_bundle(path: Path) -> Bundle | Refused:
    """A bundle as its maker or a signer reads it: whole, but not yet trusted."""
    try:
        return parted(bytes_of(path)).bundle()
    except Flaw as flaw:
        return Refused(path.name, flaw.reason, flaw.wrong, flaw.write)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a bundle before its manifest is read: whoever trusts nobody yet reads no JSON of a stranger's."""

    data: bytes
    manifest: bytes
    signatures: tuple[Signature, ...]
    files: Mapping[str, bytes]

    def bundle(self) -> Bundle:
        """The bundle, if the manifest says of the files what they are. Raises `Flaw`."""
        manifest = read_manifest(self.manifest)
        for name in sorted(manifest.files.keys() | self.files.keys()):
            digest, content = manifest.files.get(name), self.files.get(name)
            if content is None:
                raise Flaw(Reason.MISSING_FILE, f"{shown(name)} is missing", "pull it again")
            if digest is None:
                raise Flaw(
                    Reason.EXTRA_FILE, f"its manifest knows nothing of {shown(name)}", "ask whoever published it"
                )
            if sha256(content).hexdigest() != digest:
                raise Flaw(
                    Reason.CHANGED_FILE, f"{shown(name)} is not what was signed", "pull it again, from its makers"
                )
        files = {name.removeprefix(RULES): content for name, content in self.files.items()}
        found = Bundle(manifest, files, self.signatures)
        if found.written() != self.data:
            raise Flaw(Reason.DAMAGED, "it is not spelt as a bundle is", "pull it again from where it is published")
        return found


def parted(data: bytes) -> Parts:
    """The parts of a bundle's bytes. Raises `Flaw`."""
    files = unpacked(data)
    manifest = files.pop(MANIFEST)
    signatures: list[Signature] = []
    for name in [name for name in files if name.startswith(SIGNATURES)]:
        signature = read_signature(files.pop(name))
        if name != f"{SIGNATURES}{signature.key}.minisig":
            raise Flaw(Reason.WRONG_SIGNATURE, f"{shown(name)} is by another key", "ask whoever published it")
        signatures.append(signature)
    return Parts(data, manifest, tuple(signatures), files)
