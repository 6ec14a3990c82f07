"""Taking: whether a bundle may take the place of the one that was taken last.

The rules, in the order in which they are asked:

1. It is whole and spelt as a bundle is. What a trusted key signed must be what it signed.
2. It follows on the last one: its number is the next, and it names that one's manifest by its hash.
3. Its rules can be read, and its manifest tells of everything that they remove or alter: worked out again, here.
4. Two trusted keys signed it; one is enough where it was worked out, against the last one at hand, that it only adds.
   Without the last one nothing can be worked out, so a first set always needs two.

It is never refused for its age: stale law is better than none. `Taken.late` tells when a newer one was promised.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from ..law.ruleset import RuleSet
from .account import Account, Unfit, Weigh, Weighed
from .archive import bytes_of
from .bundle import Bundle, Parts, parted
from .manifest import Manifest
from .refusal import Flaw, Reason, Refused
from .trust import Trust

_ASK = "keep the last good one, and ask whoever published it"


@dataclass(frozen=True, slots=True)
class Taken:
    """A bundle that may be served: its rule set, who signed it, and what it does compared with the last one.

    `account`: as it was worked out against the last one (`worked_out`), or, without that, as its manifest has it.
    `strangers`: the keys that signed as well and are not trusted here; they count for nothing.
    """

    bundle: Bundle
    ruleset: RuleSet
    signers: tuple[str, ...]
    account: Account
    worked_out: bool
    strangers: tuple[str, ...] = ()

    @property
    def manifest(self) -> Manifest:
        """What it says of itself."""
        return self.bundle.manifest

    def late(self, today: date) -> bool:
        """Whether a newer one was promised by now, so that perhaps somebody keeps it from us; or its day is to come.

        No day can be refused: our clock may be wrong, and one person could date a set so that none may follow.
        """
        return today > self.manifest.renew_by or today + timedelta(days=1) < self.manifest.created

    def line(self, today: date) -> str:
        """What it is, in a line for whoever serves it."""
        manifest = self.manifest
        told = f"bundle {manifest.number} of {manifest.created}, rules {manifest.ruleset}, "
        told += f"signed by {' and '.join(self.signers)}"
        if self.strangers:
            told += f" (and by {', '.join(self.strangers)}, not trusted here)"
        if self.late(today) and today < manifest.created:
            told += f"; it is of a day to come: look at your clock, which says {today}"
        elif self.late(today):
            told += f"; a newer one was promised by {manifest.renew_by}: ask whether it is being kept from you"
        return told


def open_bundle(path: Path, trusted: Trust, last: Taken | None, weigh: Weigh) -> Taken | Refused:
    """The bundle in a file as the successor of the last one that was taken, or why it is not. Never raises."""
    return _opened(path, trusted, last, weigh, known=False)


def known_bundle(path: Path, trusted: Trust, weigh: Weigh) -> Taken | Refused:
    """A bundle that the operator took before and kept: one trusted signature shows that it is the same one."""
    return _opened(path, trusted, None, weigh, known=True)


def signers(path: Path, trusted: Trust) -> int:
    """How many trusted keys signed what is said to be a bundle; 0 for what cannot be read."""
    try:
        return len(_signers(parted(bytes_of(path)), trusted))
    except Flaw:
        return 0


def review(bundle: Bundle, previous: Bundle | None, weigh: Weigh) -> Weighed | Refused:
    """What a bundle does, as a signer has it worked out before signing: its predecessor is asked for."""
    name = f"number {bundle.manifest.number}"
    try:
        before = None
        if previous is not None:
            before = Before(previous.manifest, _read(previous, None, weigh).ruleset)
        elif bundle.manifest.previous is not None:
            raise Flaw(Reason.GAP, "its predecessor is not at hand", f"name number {bundle.manifest.previous.number}")
        return _examined(bundle, before, weigh)
    except Flaw as flaw:
        return Refused(name, flaw.reason, flaw.wrong, flaw.write)


class Before(NamedTuple):
    """What a bundle is to follow on."""

    manifest: Manifest
    ruleset: RuleSet


def _examined(bundle: Bundle, before: Before | None, weigh: Weigh) -> Weighed:
    """What a bundle's rules are and do. Raises `Flaw` where it does not follow, or its manifest tells otherwise."""
    if before is not None:
        _follows(bundle.manifest, before.manifest)
    weighed = _read(bundle, before.ruleset if before else None, weigh)
    if weighed.ruleset.fingerprint != bundle.manifest.ruleset:
        raise Flaw(Reason.FALSE_MANIFEST, "its manifest names other rules than are in it", _ASK)
    if untold := weighed.account.untold(bundle.manifest.account):
        raise Flaw(Reason.FALSE_MANIFEST, f"its manifest does not tell of {untold[0]}", _ASK)
    return weighed


def _read(bundle: Bundle, before: RuleSet | None, weigh: Weigh) -> Weighed:
    weighed = weigh(before, bundle.files)
    if isinstance(weighed, Unfit):
        why = weighed.reasons[0] if weighed.reasons else "there is nothing in them"
        raise Flaw(Reason.BAD_RULES, f"its rules have mistakes ({why})", _ASK)
    return weighed


def _opened(path: Path, trusted: Trust, last: Taken | None, weigh: Weigh, *, known: bool) -> Taken | Refused:
    try:
        parts = parted(bytes_of(path))
        names = _signers(parts, trusted)
        bundle = parts.bundle()
        weighed = _examined(bundle, Before(last.manifest, last.ruleset) if last else None, weigh)
        if not known:
            _enough(names, bundle.manifest, weighed.account, last)
    except Flaw as flaw:
        return Refused(path.name, flaw.reason, flaw.wrong, flaw.write)
    except Exception as error:  # a fault of ours in one bundle must not end the service that holds the last one
        return Refused(path.name, Reason.FAULT, f"the program failed on it ({type(error).__name__})", "report it")
    strangers = tuple(signature.key for signature in bundle.signatures if trusted.of(signature.id) is None)
    does = weighed.account if last else bundle.manifest.account
    return Taken(bundle, weighed.ruleset, names, does, last is not None, strangers)


def _signers(parts: Parts, trusted: Trust) -> tuple[str, ...]:
    """The holders of the trusted keys that signed. Raises `Flaw` if one of them did not, though it is said so."""
    if not parts.signatures:
        raise Flaw(Reason.NO_SIGNATURE, "nobody signed it", "have it signed with caveat bundle sign")
    names: list[str] = []
    for signature in parts.signatures:
        key = trusted.of(signature.id)
        if key is None:
            continue
        if not signature.is_by(key, parts.manifest):
            raise Flaw(
                Reason.WRONG_SIGNATURE, f"the signature of {key.holder or key.name} is not over this manifest", _ASK
            )
        names.append(key.holder or key.name)
    if not names:
        theirs = ", ".join(signature.key for signature in parts.signatures)
        raise Flaw(Reason.UNKNOWN_KEY, f"no key that signed it is trusted here ({theirs})", _ASK)
    return tuple(sorted(names))


def _follows(manifest: Manifest, last: Manifest) -> None:
    if manifest.number == last.number:
        if manifest == last:
            raise Flaw(Reason.SAME_BUNDLE, f"it is the one that was taken last, number {last.number}", "nothing to do")
        raise Flaw(Reason.SAME_NUMBER, f"it is another set with the number {last.number} of the last one", _ASK)
    if manifest.number < last.number:
        wrong = f"its number {manifest.number} is older than that of the last one, {last.number}"
        raise Flaw(Reason.OLD_NUMBER, wrong, _ASK)
    if manifest.number > last.number + 1:
        missing = _numbers(last.number + 1, manifest.number - 1)
        wrong = f"its number is {manifest.number}, and the last one taken is {last.number}"
        raise Flaw(Reason.GAP, wrong, f"pull number {missing} too")
    if manifest.previous is None or (manifest.previous.number, manifest.previous.manifest) != (
        last.number,
        last.digest,
    ):
        raise Flaw(Reason.BROKEN_CHAIN, f"it does not follow on the number {last.number} that was taken here", _ASK)


def _numbers(first: int, end: int) -> str:
    return str(first) if first == end else f"{first} to {end}"


def _enough(names: tuple[str, ...], manifest: Manifest, account: Account, last: Taken | None) -> None:
    if len(names) >= 2:
        return
    if last is None:
        why = "its predecessor is not at hand, so that nothing can be worked out"
    elif account.removes or manifest.account.removes:
        why = f"it removes a warning: {(account.removes or manifest.account.removes)[0]}"
    elif account.alters or manifest.account.alters:
        why = f"it alters what is told: {(account.alters or manifest.account.alters)[0]}"
    else:
        return
    raise Flaw(Reason.TOO_FEW_KEYS, f"only {names[0]} signed it, and {why}", "have a second person sign it")
