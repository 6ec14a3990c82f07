"""Attack: everything that a stranger, or one of two people alone, can put in the place of a bundle is refused."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from service.bundle import Account, BadKey, Bundle, Reason, Refused, Taken, Trust, open_bundle, read_signature
from service.bundle.archive import MOST_BYTES, MOST_FILES, packed, unpacked
from service.bundle.signature import Signature
from service.counsel.account import weigh

from .press import NOON, Attack, Press, edited, forged, reworded, rules, softened, spelt, with_notice


def parts(bundle: Bundle) -> dict[str, bytes]:
    return unpacked(bundle.written())


def signature_name(bundle: Bundle, number: int = 0) -> str:
    return f"signatures/{bundle.signatures[number].key}.minisig"


def with_file(bundle: Bundle, name: str, content: bytes = b"title: x\n") -> bytes:
    return packed(parts(bundle) | {name: content}, NOON)


def by_tar(bundle: Bundle, *members: tarfile.TarInfo, form: int = tarfile.USTAR_FORMAT) -> bytes:
    """The bundle as another program packs it, with some members more."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=form) as archive:
        for name, content in parts(bundle).items():
            entry = tarfile.TarInfo(name)
            entry.size, entry.mtime = len(content), NOON
            archive.addfile(entry, io.BytesIO(content))
        for member in members:
            archive.addfile(member)
    return stream.getvalue()


def member(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.type, found.linkname, found.mtime = kind, target, NOON
    return found


def zipped(bundle: Bundle) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts(bundle).items():
            archive.writestr(name, content)
    return stream.getvalue()


def resigned(bundle: Bundle, **changes: object) -> bytes:
    """The bundle with its first signature changed after it was made."""
    signature = replace(bundle.signatures[0], **changes)  # type: ignore[arg-type]
    return packed(parts(bundle) | {signature_name(bundle): signature.written()}, NOON)


def with_size(bundle: Bundle, size: bytes) -> bytes:
    """The bundle whose manifest's header gives another size, under a right checksum."""
    data = bytearray(bundle.written())
    data[124:136] = size
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    return bytes(data)


def sparse(press: Press) -> Path:
    path = press.folder / "large.bin"
    with path.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    return path


def pipe(press: Press) -> Path:
    path = press.folder / "pipe"
    os.mkfifo(path)
    return path


def manifest_of(bundle: Bundle, old: bytes, new: bytes) -> bytes:
    written = bundle.manifest.written()
    assert written.count(old) >= 1
    return written.replace(old, new, 1)


def hand_made(old: bytes, new: bytes) -> Attack:
    """A manifest that is written otherwise in one place, and signed by both."""
    return lambda press, _, two: spelt(manifest_of(two, old, new), two.files, press.anna, press.boris)


def lying(press: Press, one: Bundle) -> bytes:
    """A set that warns less, whose manifest says that it removes nothing, signed by both."""
    honest = press.both(softened(rules()), one)
    return forged(honest, press.anna, press.boris, removes=[], alters=[])


SIGNATURES: dict[str, tuple[Attack, Reason]] = {
    "nobody signed it": (lambda press, one, two: replace(two, signatures=()).written(), Reason.NO_SIGNATURE),
    "only a stranger signed it": (
        lambda press, one, two: press.made(with_notice(rules()), one, press.mallory).written(),
        Reason.UNKNOWN_KEY,
    ),
    "a stranger signed under anna's name": (
        lambda press, one, two: press.made(
            with_notice(rules()), one, replace(press.mallory, id=press.anna.id)
        ).written(),
        Reason.WRONG_SIGNATURE,
    ),
    "anna's signature was taken from another set": (
        lambda press, one, two: packed(
            parts(two) | {name: content for name, content in parts(one).items() if name.startswith("signatures/")}, NOON
        ),
        Reason.WRONG_SIGNATURE,
    ),
    "one good signature does not cover up for a bad one": (
        lambda press, one, two: resigned(two, over_content=bytes(64)), Reason.WRONG_SIGNATURE
    ),
    "the comment was changed after it was signed": (
        lambda press, one, two: resigned(two, comment="caveat bundle 2: removes nothing"), Reason.WRONG_SIGNATURE
    ),
    "the signature over the comment is another's": (
        lambda press, one, two: resigned(two, over_comment=two.signatures[1].over_comment), Reason.WRONG_SIGNATURE
    ),
    "a signature stands under another key's name": (
        lambda press, one, two: packed(
            {name: content for name, content in parts(two).items() if name != signature_name(two, 1)}
            | {signature_name(two, 1): parts(two)[signature_name(two)]},
            NOON,
        ),
        Reason.WRONG_SIGNATURE,
    ),
    "a legacy signature, without the hash": (
        lambda press, one, two: packed(
            parts(two) | {signature_name(two): parts(two)[signature_name(two)].replace(b"\nRU", b"\nRW")}, NOON
        ),
        Reason.WRONG_SIGNATURE,
    ),
    "a signature that is no signature": (
        lambda press, one, two: packed(parts(two) | {signature_name(two): b"untrusted comment: x\n"}, NOON),
        Reason.WRONG_SIGNATURE,
    ),
    "the comment that nobody signs was changed": (
        lambda press, one, two: packed(
            parts(two)
            | {signature_name(two): parts(two)[signature_name(two)].replace(b"signature with", b"it is safe;")},
            NOON,
        ),
        Reason.DAMAGED,
    ),
}  # fmt: skip

NUMBERS: dict[str, tuple[Attack, Reason]] = {
    "the same one again": (lambda press, one, two: one.written(), Reason.SAME_BUNDLE),
    "another set of the same number": (
        lambda press, one, two: press.both(with_notice(rules())).written(),
        Reason.SAME_NUMBER,
    ),
    "a number is left out": (lambda press, one, two: press.both(rules(), two).written(), Reason.GAP),
    "the largest number of all": (
        lambda press, one, two: forged(two, press.anna, press.boris, number=999_999), Reason.GAP
    ),
    "it follows on another set of the same number": (
        lambda press, one, two: press.both(with_notice(rules()), press.both(reworded(rules()))).written(),
        Reason.BROKEN_CHAIN,
    ),
    "it follows on nothing": (
        lambda press, one, two: forged(two, press.anna, press.boris, previous=None), Reason.BROKEN_CHAIN
    ),
    "it names another number before it": (
        lambda press, one, two: forged(
            two, press.anna, press.boris, previous={"number": 7, "manifest": one.manifest.digest}
        ),
        Reason.BROKEN_CHAIN,
    ),
}  # fmt: skip

FILES: dict[str, tuple[Attack, Reason]] = {
    "its last byte is missing": (lambda press, one, two: two.written()[:-1], Reason.CUT),
    "its end is missing": (lambda press, one, two: two.written()[:-1024], Reason.CUT),
    "half of it is missing": (lambda press, one, two: two.written()[: len(two.written()) // 2], Reason.CUT),
    "half of its first header": (lambda press, one, two: two.written()[:256], Reason.NO_BUNDLE),
    "nothing is there": (lambda press, one, two: b"", Reason.NO_BUNDLE),
    "only the end is there": (lambda press, one, two: bytes(1024), Reason.NO_BUNDLE),
    "a page that says it is not found": (lambda press, one, two: b"<!doctype html>" + b" " * 4096, Reason.NO_BUNDLE),
    "something follows": (lambda press, one, two: two.written() + b"\0", Reason.DAMAGED),
    "a second bundle follows": (lambda press, one, two: two.written() + one.written(), Reason.DAMAGED),
    "it is compressed": (lambda press, one, two: gzip.compress(two.written()), Reason.NO_BUNDLE),
    "it is a zip": (lambda press, one, two: zipped(two), Reason.NO_BUNDLE),
    "another program packed it": (lambda press, one, two: by_tar(two), Reason.DAMAGED),
    "another time is on its files": (lambda press, one, two: packed(parts(two), NOON + 1), Reason.DAMAGED),
    "a file too many": (lambda press, one, two: with_file(two, "rules/notices/ru/third.yaml"), Reason.EXTRA_FILE),
    "a file is missing": (
        lambda press, one, two: packed(
            {name: content for name, content in parts(two).items() if "second" not in name}, NOON
        ),
        Reason.MISSING_FILE,
    ),
    "a file was changed": (
        lambda press, one, two: packed(
            parts(two) | {f"rules/{path}": content for path, content in softened(rules()).items()}, NOON
        ),
        Reason.CHANGED_FILE,
    ),
    "a file twice": (
        lambda press, one, two: two.written()[:-1024] + packed({"rules/units/by/base-unit.yaml": b""}, NOON),
        Reason.SAME_NAME,
    ),
    "a file as large as it says": (lambda press, one, two: with_size(two, b"77777777777\0"), Reason.TOO_LARGE),
    "a size below nothing": (lambda press, one, two: with_size(two, b"\xff" * 12), Reason.DAMAGED),
    "a size in words": (lambda press, one, two: with_size(two, b"0x000000010\0"), Reason.DAMAGED),
    "a rule file that is too large": (
        lambda press, one, two: with_file(two, "rules/notices/ru/third.yaml", bytes((1 << 20) + 1)),
        Reason.TOO_LARGE,
    ),
    "too many files": (
        lambda press, one, two: packed(
            {"manifest.json": b"{}"} | {f"rules/n{number}.yaml": b"" for number in range(MOST_FILES)}, NOON
        ),
        Reason.TOO_LARGE,
    ),
    "more bytes than are read": (lambda press, one, two: sparse(press), Reason.TOO_LARGE),
    "a folder": (lambda press, one, two: press.folder, Reason.UNREADABLE),
    "a pipe that nobody writes to": (lambda press, one, two: pipe(press), Reason.UNREADABLE),
    "no file": (lambda press, one, two: press.folder / "none", Reason.UNREADABLE),
}  # fmt: skip

NAMES = (
    "../../etc/cron.d/job.yaml", "/etc/job.yaml", "rules/../../job.yaml", "rules/notices/../../../job.yaml",
    "rules/./job.yaml", "rules//job.yaml", "rules/.hidden.yaml", "rules\\job.yaml", "C:/job.yaml", "rules/JOB.yaml",
    "rules/notices/ru/job.yaml/", "rules/notices/ru/job.py", "rules/notices/ru/джоб.yaml", "rules/a\x1b[2Jb.yaml",
    "job.yaml", "Manifest.json", "manifest.json/", "signatures/anna.minisig", "signatures/../anna.minisig", " ", "-rf",
)  # fmt: skip

KINDS = {
    "symbolic link": member("rules/notices/ru/third.yaml", tarfile.SYMTYPE, "/etc/passwd"),
    "hard link": member("rules/notices/ru/third.yaml", tarfile.LNKTYPE, "manifest.json"),
    "folder": member("rules/notices/ru/third.yaml", tarfile.DIRTYPE),
    "device": member("rules/notices/ru/third.yaml", tarfile.CHRTYPE),
    "pipe": member("rules/notices/ru/third.yaml", tarfile.FIFOTYPE),
    "contiguous file": member("rules/notices/ru/third.yaml", tarfile.CONTTYPE),
    "sparse file": member("rules/notices/ru/third.yaml", tarfile.GNUTYPE_SPARSE),
}

MANIFESTS: dict[str, tuple[Attack, Reason]] = {
    "of a later form": (hand_made(b"caveat-bundle/1", b"caveat-bundle/2"), Reason.UNKNOWN_FORMAT),
    "not JSON": (hand_made(b"{", b""), Reason.BAD_MANIFEST),
    "a list": (lambda press, one, two: spelt(b"[]\n", two.files, press.anna, press.boris), Reason.BAD_MANIFEST),
    "empty": (lambda press, one, two: spelt(b"", two.files, press.anna, press.boris), Reason.BAD_MANIFEST),
    "a key twice": (hand_made(b' "number": 2,', b' "number": 2,\n "number": 2,'), Reason.BAD_MANIFEST),
    "a key that is not known": (hand_made(b' "number": 2,', b' "number": 2,\n "safe": true,'), Reason.BAD_MANIFEST),
    "a key is missing": (hand_made(b' "number": 2,\n', b""), Reason.BAD_MANIFEST),
    "another order": (
        hand_made(b' "format": "caveat-bundle/1",\n "number": 2,', b' "number": 2,\n "format": "caveat-bundle/1",'),
        Reason.BAD_MANIFEST,
    ),
    "a space": (hand_made(b'"number": 2', b'"number":  2'), Reason.BAD_MANIFEST),
    "an escape": (hand_made(b"caveat-bundle/1", b"caveat-bundle\\/1"), Reason.BAD_MANIFEST),
    "a number that is none": (hand_made(b'"number": 2', b'"number": true'), Reason.BAD_MANIFEST),
    "a number with a point": (hand_made(b'"number": 2', b'"number": 2.0'), Reason.BAD_MANIFEST),
    "a number below one": (hand_made(b'"number": 2', b'"number": -2'), Reason.BAD_MANIFEST),
    "a number of 10,000 digits": (hand_made(b'"number": 2', b'"number": ' + b"9" * 10_000), Reason.BAD_MANIFEST),
    "not a number": (hand_made(b'"number": 2', b'"number": NaN'), Reason.BAD_MANIFEST),
    "lists in lists": (hand_made(b'"number": 2', b'"number": ' + b"[" * 100_000), Reason.BAD_MANIFEST),
    "a date that does not exist": (hand_made(b"2026-11-23", b"2026-11-31"), Reason.BAD_MANIFEST),
    "a date spelt otherwise": (hand_made(b"2026-11-23", b"20261123"), Reason.BAD_MANIFEST),
    "a promise for after a year": (hand_made(b'"renew_by": "2026-12-24"', b'"renew_by": "2027-12-24"'),
                                   Reason.BAD_MANIFEST),
    "a promise that is broken already": (hand_made(b'"renew_by": "2026-12-24"', b'"renew_by": "2026-11-23"'),
                                         Reason.BAD_MANIFEST),
    "a hash in capitals": (hand_made(b'.yaml": "', b'.yaml": "A'), Reason.BAD_MANIFEST),
    "a file outside the rules": (hand_made(b'"rules/notices', b'"../notices'), Reason.BAD_MANIFEST),
    "not UTF-8": (hand_made(b"caveat-bundle", b"caveat-\xff"), Reason.BAD_MANIFEST),
    "half a character": (hand_made(b'"removes": []', b'"removes": ["\\ud800"]'), Reason.BAD_MANIFEST),
    "other rules than it names": (hand_made(b'"ruleset": "', b'"ruleset": "0'), Reason.BAD_MANIFEST),
    "the fingerprint of other rules": (
        lambda press, one, two: forged(two, press.anna, press.boris, ruleset="0" * 16), Reason.FALSE_MANIFEST
    ),
    "that removes nothing, though it does": (lambda press, one, two: lying(press, one), Reason.FALSE_MANIFEST),
    "that rewords nothing, though it does": (
        lambda press, one, two: forged(
            press.both(reworded(rules()), one), press.anna, press.boris, alters=[]
        ),
        Reason.FALSE_MANIFEST,
    ),
    "that removes a warning of another publisher": (
        lambda press, one, two: forged(
            press.both(softened(rules()), one), press.anna, press.boris, alters=[],
            removes=[entry | {"publishers": ["somebody-else"]} for entry in json.loads(
                press.both(softened(rules()), one).manifest.written())["removes"]],
        ),
        Reason.FALSE_MANIFEST,
    ),
    "rules with a mistake": (
        lambda press, one, two: forged(
            two, press.anna, press.boris,
            files=edited(dict(two.files), "notices/ru/listed.yaml", "kind: reader-risk", "knid: reader-risk"),
        ),
        Reason.BAD_RULES,
    ),
    "no rules at all": (lambda press, one, two: forged(two, press.anna, press.boris, files={}), Reason.BAD_RULES),
}  # fmt: skip

KEYS: dict[str, tuple[Attack, Reason]] = {
    "anna alone removes a warning": (
        lambda press, one, two: press.made(softened(rules()), one, press.anna).written(), Reason.TOO_FEW_KEYS
    ),
    "boris alone rewords one": (
        lambda press, one, two: press.made(reworded(rules()), one, press.boris).written(), Reason.TOO_FEW_KEYS
    ),
    "anna and a stranger remove a warning": (
        lambda press, one, two: press.made(softened(rules()), one, press.anna, press.mallory).written(),
        Reason.TOO_FEW_KEYS,
    ),
    "anna alone says that she removes something, though she does not": (
        lambda press, one, two: forged(
            two, press.anna, removes=json.loads(press.both(softened(rules()), one).manifest.written())["removes"]
        ),
        Reason.TOO_FEW_KEYS,
    ),
    "anna alone says that she adds, and removes": (
        lambda press, one, two: forged(
            press.made(softened(rules()), one), press.anna, removes=[], alters=[]
        ),
        Reason.FALSE_MANIFEST,
    ),
}  # fmt: skip

ATTACKS = {
    f"{kind}: {name}": attack
    for kind, attacks in {
        "signature": SIGNATURES, "number": NUMBERS, "file": FILES, "manifest": MANIFESTS, "keys": KEYS,
    }.items()
    for name, attack in attacks.items()
}  # fmt: skip


def opened(press: Press, pulled: bytes | Path, last: Bundle | None) -> Taken | Refused:
    path = pulled if isinstance(pulled, Path) else press.saved(pulled)
    return open_bundle(path, press.trust, press.taken(last) if last else None, weigh)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_for_its_reason(press: Press, first: Bundle, second: Bundle, name: str) -> None:
    attack, reason = ATTACKS[name]
    found = opened(press, attack(press, first, second), first)
    assert isinstance(found, Refused)
    assert found.reason is reason, str(found)
    assert str(found).isprintable()


def test_what_the_attacks_begin_with_is_taken(press: Press, first: Bundle, second: Bundle) -> None:
    assert isinstance(opened(press, second.written(), first), Taken)
    assert isinstance(opened(press, spelt(second.manifest.written(), second.files, press.anna), first), Taken)
    assert isinstance(opened(press, forged(second, press.anna, press.boris), first), Taken)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_elsewhere_is_refused(press: Press, first: Bundle, second: Bundle, name: str) -> None:
    found = opened(press, with_file(second, name), first)
    assert isinstance(found, Refused)
    assert found.reason is Reason.BAD_NAME, str(found)
    assert str(found).isprintable()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_plain_file_is_refused(press: Press, first: Bundle, second: Bundle, kind: str) -> None:
    found = opened(press, by_tar(second, KINDS[kind]), first)
    assert isinstance(found, Refused)
    assert found.reason is Reason.BAD_NAME, str(found)


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_tar_of_another_kind_is_refused(press: Press, first: Bundle, second: Bundle, form: int) -> None:
    long = member("rules/" + "long-" * 30 + "name.yaml", tarfile.REGTYPE)
    found = opened(press, by_tar(second, long, form=form), first)
    assert isinstance(found, Refused)


def test_an_older_number_is_refused_however_it_is_signed(press: Press, first: Bundle, second: Bundle) -> None:
    found = opened(press, first.written(), second)
    assert isinstance(found, Refused)
    assert found.reason is Reason.OLD_NUMBER


def test_one_person_with_two_keys_is_no_second_person(press: Press) -> None:
    anna = press.anna.public
    with pytest.raises(BadKey, match="one key"):
        Trust((anna, replace(anna, id=b"12345678")))
    with pytest.raises(BadKey, match="one id"):
        Trust((anna, replace(press.boris.public, id=anna.id)))
    with pytest.raises(BadKey, match="two trusted keys"):
        Trust((anna,))


def test_a_signature_counts_once_however_often_it_is_there(press: Press, first: Bundle) -> None:
    softer = press.made(softened(rules()), first, press.anna)
    (signature,) = softer.signatures
    twice = replace(softer, signatures=(signature, signature))
    found = opened(press, twice.written(), first)
    assert isinstance(found, Refused)
    assert found.reason is Reason.TOO_FEW_KEYS


def test_a_program_that_fails_on_a_bundle_refuses_it(press: Press, first: Bundle, second: Bundle) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    found = open_bundle(press.saved(second), press.trust, press.taken(first), broken)  # type: ignore[arg-type]
    assert isinstance(found, Refused)
    assert found.reason is Reason.FAULT


def test_every_reason_is_given_by_some_attack() -> None:
    elsewhere = {Reason.OLD_NUMBER, Reason.BACKDATED, Reason.BAD_NAME, Reason.FAULT}  # the second is told to makers
    assert {reason for _, reason in ATTACKS.values()} | elsewhere == set(Reason)


def test_a_lone_signature_reads_as_it_was_written(second: Bundle) -> None:
    for signature in second.signatures:
        assert read_signature(signature.written()) == signature
        assert isinstance(signature, Signature)


def test_an_empty_account_needs_one_key() -> None:
    assert Account().keys_needed == 1
