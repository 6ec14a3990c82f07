"""Advisories: whether any dependency that is shipped is known to be unsafe, and how many were really asked about.

pip-audit is green also when it could ask nobody about anything; so what it audited is counted, and fewer than are
locked is a failure that says so. `make audit`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements.lock"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Audit:
    """How many dependencies are locked, how many were audited, and what is known of them."""

    locked: int
    audited: int
    known: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """Whether every dependency was audited and nothing is known."""
        return self.locked == self.audited > 0 and not self.known

    def __str__(self) -> str:
        line = f"{self.audited} of {self.locked} locked dependencies audited, {len(self.known)} advisories"
        if not self.audited:
            line += "; the advisory service cannot be reached from here"
        return "\n".join([line, *self.known])


def locked(lock: Path = LOCK) -> tuple[str, ...]:
    """The names of everything that a lock file pins."""
    return tuple(sorted({name.lower() for name in _PINNED.findall(lock.read_text(encoding="utf-8"))}))


def audit(lock: Path = LOCK) -> Audit:
    """Ask about everything that a lock file pins. Nothing is installed."""
    command = [sys.executable, "-m", "pip_audit", "--strict", "--disable-pip", "--format", "json", "-r", str(lock)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return counted(told, len(locked(lock)))


def counted(told: str, number: int) -> Audit:
    """What pip-audit's report comes to; no report means that nothing was audited."""
    try:
        found = json.loads(told)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return Audit(number, 0, ())
    asked = [one for one in found if "vulns" in one and "skip_reason" not in one]
    known = tuple(f"{one['name']} {one['version']}: {flaw['id']}" for one in asked for flaw in one["vulns"])
    return Audit(number, len(asked), known)


def main() -> None:
    """Print it; the exit code says whether it passes."""
    found = audit()
    sys.stdout.write(f"{found}\n")
    sys.exit(not found.passes)


if __name__ == "__main__":
    main()
