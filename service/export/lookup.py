"""Lookup: the table by which a few lines on a CDN find an answer among the exported files."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ..answer.reply import ALWAYS, FLEETING, MOST, TYPES, UNKEPT, WEEK, token
from ..law.place import TWINS
from . import spot
from .press import ANYBODY, Facts, Press
from .query import status


@dataclass(frozen=True)
class Lookup:
    """The table of one export."""

    press: Press

    def written(self) -> str:
        """The table as JSON."""
        return json.dumps(self.record(), ensure_ascii=False, separators=(",", ":")) + "\n"

    def record(self) -> dict[str, Any]:
        """Everything as plain values; instants are seconds since 1970, null where they are open.

        `homes` maps folders of files to the numbers of what is said of them in `facts`.
        """
        press, number = self.press, _Numbers()
        return {
            "rules": token(press.edition.fingerprint),
            "status": status(),
            "most": MOST,
            "week": WEEK,
            "periods": [[_seconds(period.start), _seconds(period.end)] for period in press.periods],
            "places": spot.codes(press.map),
            "held": {name: spot.held(name) for name in sorted(press.cases.ruleset.territories)},
            "twins": sorted(TWINS),
            "tongues": list(press.tongues.names),
            "bare": " ".join(press.tongues.bare),
            "ears": dict(press.tongues.ears),
            "anybody": press.refusals[ANYBODY],
            "publishers": {
                publisher.id: {
                    "languages": list(publisher.languages),
                    "fallback": {tag: list(instead) for tag, instead in publisher.fallback.items()},
                    "browsers": publisher.browsers_keep,
                    "hands": dict(press.hands[publisher.id]),
                    "refused": press.refusals[publisher.id],
                    "voices": {
                        f"{tongue} {ear}": voice.name for (tongue, ear), voice in press.voices[publisher.id].items()
                    },
                    "groups": [press.groups[str(at), publisher.id] for at in range(len(press.periods))],
                }
                for publisher in press.publishers
            },
            "homes": {home: number(facts) for home, facts in press.facts.items()},
            "facts": [_told(facts) for facts in number.seen],
            "always": dict(ALWAYS),
            "fleeting": {**FLEETING, "Vary": f"{FLEETING['Vary']}, {UNKEPT}"},
            "types": {form.value: kind for form, kind in TYPES.items()},
        }


class _Numbers:
    """Numbers things in the order in which they are first seen."""

    def __init__(self) -> None:
        self.seen: dict[Facts, int] = {}

    def __call__(self, facts: Facts) -> int:
        return self.seen.setdefault(facts, len(self.seen))


def _told(facts: Facts) -> dict[str, object]:
    return {**{key: value for key, value in asdict(facts).items() if value}, "louder": _seconds(facts.louder)}


def _seconds(instant: datetime | None) -> int | None:
    return int(instant.timestamp()) if instant else None
