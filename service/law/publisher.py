"""Publisher: a website or a brand of one, its languages, and what it chose to say and to print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .citation import Citations, Review
from .position import NOWHERE, Position
from .prescribed import Label
from .wording import Speech, Wording


@dataclass(frozen=True, slots=True)
class Publisher:
    """One publisher. Its facts are closed: what it does not say is not so.

    `languages`: the first is what is served where nothing else fits. `fallback`: for a language that it does not
    have, those to try instead. `universal`: the notices that a reader of whom nothing is known sees in full, in
    order; None where the publisher does not say. `hides`: whether notices for readers elsewhere are hidden
    rather than folded. `own`: its own wording of a notice; `slots`: its values for a prescribed text;
    `labels`: how it words what is prescribed otherwise.
    `heading_level` and `class_prefix` are of its pages; `browsers_keep` is for how many seconds a reader's browser
    may keep an answer, 0 by default: a device may be searched.
    """

    id: str
    name: Mapping[str, str]
    languages: tuple[str, ...] = ("en",)
    fallback: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    part_of: str = ""
    run_by: tuple[str, ...] = ()
    universal: tuple[str, ...] | None = None
    universal_text: Mapping[str, Speech] = field(default_factory=dict)
    carries: frozenset[str] = frozenset()
    hides: bool = False
    may_carry: frozenset[str] = frozenset()
    site: frozenset[str] = frozenset()
    own: Mapping[str, Wording] = field(default_factory=dict)
    slots: Mapping[str, Mapping[str, str | tuple[str, ...]]] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)
    heading_level: int = 2
    class_prefix: str = "rdr"
    browsers_keep: int = 0
    citations: Citations = field(default_factory=Citations)
    review: Review | None = None
    at: Position = NOWHERE

    def called(self, language: str) -> str:
        """The publisher's name in a language, else in English."""
        return self.name.get(language) or self.name.get("en") or self.id


_PREFIX = re.compile(r"[a-z][a-z0-9-]{0,31}")
_HIDDEN = re.compile(r"cookie|consent|gdpr|cmp|banner|popup|legal|terms|disclaimer|notice|(^|[-_])ad")


def fits_as_prefix(text: str) -> bool:
    """Whether classes may begin so: lower-case letters, digits and hyphens, and no word that blockers hide."""
    return bool(_PREFIX.fullmatch(text)) and not _HIDDEN.search(text)
