"""Translation: texts that were changed in English after somebody last touched them in another language.

Read off the history of the repository in which the rules stand, line by line: whoever changes a text need not
remember to write down that its translations are now older than it.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from ..law.notice import Notice
from ..law.ruleset import RuleSet
from ..law.wording import Speech
from .agenda import Item, Matter

SOURCE = "en"


def fallen_behind(ruleset: RuleSet, folder: Path) -> list[Item]:
    """The texts that are older than their English source; none where the folder has no history."""
    found: list[Item] = []
    for notice in ruleset.notices.values():
        if len(notice.wording.texts) > 1:
            found += _of_notice(notice, _changed(folder, f"notices/{notice.id}.yaml"))
    return found


def _of_notice(notice: Notice, changed: dict[int, date]) -> Iterator[Item]:
    by = notice.review.by if notice.review else ""
    for verdict, source in notice.wording.texts.get(SOURCE, {}).items():
        since = _last(source, changed)
        for language, texts in notice.wording.texts.items():
            text = texts.get(verdict)
            touched = _last(text, changed) if text is not None and language != SOURCE else None
            if text is not None and since and touched and touched < since:
                what = f"the text in {language} ({verdict.value}) is of {touched}, the English one of {since}"
                yield Item(Matter.TRANSLATION, text.at.file, text.at, by, since, what)


def _last(text: Speech, changed: dict[int, date]) -> date | None:
    """The day on which a line of a text was last changed."""
    lines = range(text.at.line, text.at.line + len(text.text.splitlines()) + 1)
    return max((changed[line] for line in lines if line in changed), default=None)


def _changed(folder: Path, file: str) -> dict[int, date]:
    """The day on which each line of a file was last changed, by its number."""
    command = ["git", "-C", str(folder), "blame", "--line-porcelain", "--", file]
    try:
        told = subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8", "replace")
    except (subprocess.CalledProcessError, FileNotFoundError):
        return {}
    days: dict[int, date] = {}
    number = 0
    for line in told.splitlines():
        words = line.split(" ")
        if line.startswith("\t"):
            continue
        if len(words) >= 3 and len(words[0]) == 40:
            number = int(words[2])
        elif words[0] == "committer-time":
            days[number] = datetime.fromtimestamp(int(words[1]), UTC).date()
    return days
