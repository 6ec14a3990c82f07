"""Revision: the rule files of a folder, or of the git revision in which a folder of rules stood as it then was."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path, PurePosixPath

from ..rulebook import Loaded, load, read


class NoSuchRevision(Exception):
    """A name that is neither a folder nor a revision with rules in it; the message says what was looked for."""


def rules_of(name: str, rules: Path) -> Loaded:
    """The rules in the folder of that name, else those of the git revision in whose tree `rules` stands."""
    folder = Path(name)
    return load(folder) if folder.is_dir() else read(_archived(name, rules))


def _archived(revision: str, rules: Path) -> dict[str, bytes]:
    """The files below a folder as they stood in a revision, by their paths below it."""
    if not rules.is_dir():
        raise NoSuchRevision(f"{revision} is no folder, and there are no rules at {rules} whose history could be read")
    folder = rules.resolve()
    try:
        root = Path(_git(folder, "rev-parse", "--show-toplevel").decode().strip())
    except NoSuchRevision:
        raise NoSuchRevision(f"{revision} is no folder, and {rules} is not in a git repository") from None
    inside = folder.relative_to(root).as_posix()
    try:
        _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except NoSuchRevision:
        raise NoSuchRevision(f"{revision} is neither a folder nor a git revision") from None
    tree = revision if inside == "." else f"{revision}:{inside}"
    try:
        packed = _git(root, "archive", "--format=tar", tree)
    except NoSuchRevision:
        raise NoSuchRevision(f"there is no folder {inside} in {revision}") from None
    files: dict[str, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isfile() else None
            if content is not None:
                files[PurePosixPath(member.name).as_posix()] = content.read()
    return files


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        found = subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)
    except (subprocess.CalledProcessError, FileNotFoundError):
        raise NoSuchRevision(arguments[0]) from None
    return found.stdout
