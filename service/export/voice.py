"""Voice: the language that an answer is in, with what the law is told of the page's language.

There are many tags and few voices: tags that no text and no rule tells apart are one *tongue*; a tongue is one of
the languages in which something can be said or that a rule asks about, `OTHER` for all others that exist, or `NONE`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale

from ..law.cases import questions
from ..law.condition import Leaf, PageLanguage
from ..law.notice import Notice
from ..law.publisher import Publisher
from ..law.situation import covers
from ..page.language import NEWER, SPELLINGS, chain, lineage, normal, shorter

OTHER, NONE = "other", "none"
"""The tongues of languages that make no difference, and of what names no language."""


@dataclass(frozen=True, slots=True)
class Voice:
    """`language` chooses the text, `told` is what the law is told; "" and None stand for not known."""

    name: str
    language: str
    told: str | None


class Tongues:
    """The tongues of a rule set. `languages` are those in which something can be said."""

    def __init__(self, languages: Collection[str], notices: Iterable[Notice]) -> None:
        self._said = frozenset(languages)
        leaves = [leaf for notice in notices for leaf in questions(notice)]
        named = {*self._said, *(name for leaf in _about(leaves) for name in leaf.names)}
        spelt = {tag for tag in SPELLINGS if not named.isdisjoint(lineage(tag))}
        older = {tag for tag in NEWER if not named.isdisjoint(shorter(normal(tag)))}
        self.names = tuple(sorted({*named, *spelt, *older}))
        bare = {tag for tag in map(normal, Locale("en").languages) if tag and "-" not in tag}
        self.bare = tuple(sorted(bare | older))
        """Every language that has a tag without a hyphen."""
        self._stranger = next(
            tag for tag in self.bare if not any(covers(tag, name) or covers(name, tag) for name in self.names)
        )
        self.ears = self._ears(leaves)

    def tag(self, tongue: str) -> str:
        """A tag of a tongue; "" of none."""
        return self._stranger if tongue == OTHER else "" if tongue == NONE else normal(tongue)

    @property
    def all(self) -> tuple[str, ...]:
        """Every tongue."""
        return (*self.names, OTHER, NONE)

    def ear(self, tongue: str) -> str:
        """The first tongue of those that no rule tells apart when it is told of a page in them."""
        return self.ears[tongue]

    def chosen(self, publisher: Publisher) -> tuple[str, ...]:
        """The tongues that a publisher can be found to have for a reader's languages."""
        instead = [tags[0] for tags in publisher.fallback.values() if tags]
        return tuple(dict.fromkeys([NONE, *publisher.languages, *instead]))

    def voices(self, publisher: Publisher, notices: Iterable[Notice]) -> Mapping[tuple[str, str], Voice]:
        """The voice for the tongue asked for and for what the law is told; `notices` are those that may be shown."""
        leaves = [leaf for notice in notices for leaf in questions(notice)]
        asked = [(tongue, self.ear(tongue)) for tongue in self.all]
        asked += [(tongue, ear) for tongue in self.chosen(publisher) for ear in dict.fromkeys(self.ears.values())]
        made: dict[tuple[object, ...], Voice] = {}
        found: dict[tuple[str, str], Voice] = {}
        for tongue, ear in asked:
            language, told = self.tag(tongue), self.tag(ear) or None
            spoken = tuple(tag for tag in chain(language, publisher) if tag in self._said)
            heard = _heard(leaves, told)
            if (spoken, heard) not in made:
                name = "+".join(spoken) + (f".{ear}" if any(_about(leaves)) else "")
                made[spoken, heard] = Voice(name, language, told)
            found[tongue, ear] = made[spoken, heard]
        return found

    def hands(self, publisher: Publisher) -> Mapping[str, str]:
        """Tongue → the language of what a browser takes away."""
        return {
            tongue: next((tag for tag in chain(self.tag(tongue), publisher) if tag in self._said), "en")
            for tongue in self.all
        }

    def _ears(self, leaves: Sequence[Leaf]) -> Mapping[str, str]:
        first: dict[object, str] = {}
        return {
            tongue: first.setdefault(_heard(leaves, self.tag(tongue) or None), tongue)
            for tongue in (NONE, OTHER, *self.names)
        }


def _about(leaves: Iterable[Leaf]) -> list[PageLanguage]:
    return [leaf for leaf in leaves if isinstance(leaf, PageLanguage)]


def _heard(leaves: Iterable[Leaf], told: str | None) -> tuple[bool, ...] | None:
    """What questions about the page's language are answered; None where there is no answer."""
    asked = _about(leaves)
    if told is None and asked:
        return None
    return tuple(any(covers(name, told or "") for name in leaf.names) for leaf in asked)
