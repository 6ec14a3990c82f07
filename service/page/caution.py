"""Caution: the short sentences beside a button, in the languages in which we have them.

They are built from what the law data say of an act and from the names of countries, and from nothing else. What the
authorities have warned of is never worded as what the law says. All but the English are drafts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ..law.act import Basis, Risk
from .lexicon import part, spoken

Forms = tuple[str, str]
"""A sentence about one country, and about several."""


@dataclass(frozen=True, slots=True)
class Caution:
    """The words of one language; the slots are `{countries}`, `{threat}` and `{outcome}`.

    `acts`: an act as a heading; `joined`: that heading and what is said. `threat`: to some readers, to this one.
    `outcomes`: of an administrative and of a criminal risk, and of the first where the second is for whoever does it
    again. `sentences`: by what they rest on. `unclear`, `warned`: where the law is not clear, the second where the
    authorities have warned. `general`: where nothing is known but that there are such laws.
    """

    language: str
    acts: Mapping[str, str]
    joined: str
    threat: tuple[str, str]
    outcomes: tuple[str, str, str]
    sentences: Mapping[Basis, Forms]
    unclear: Forms
    warned: Forms
    none: Forms
    not_stated: str
    general: str

    def says(self, risk: Risk, repeated: Risk | None, basis: Basis, countries: str, several: bool, you: bool) -> str:
        """One sentence: what an act can lead to under the laws of some countries, for this reader or for some."""
        number = int(several)
        if risk is Risk.NONE and repeated is None:
            return self.none[number].format(countries=countries)
        if max(risk.loudness, repeated.loudness if repeated else 0) <= Risk.UNCLEAR.loudness:
            forms = self.warned if basis is Basis.OFFICIAL_WARNING else self.unclear
            return forms[number].format(countries=countries)
        outcome = self.outcomes[0] if risk is Risk.ADMINISTRATIVE else self.outcomes[1]
        if repeated is Risk.CRIMINAL and risk is not Risk.CRIMINAL:
            outcome = self.outcomes[2]
        threat = self.threat[int(you)].format(outcome=outcome)
        return self.sentences[basis][number].format(countries=countries, threat=threat)


def _caution(language: str, words: dict[str, Any]) -> Caution:
    sentences = {Basis(basis): forms for basis, forms in words.pop("sentences").items()}
    return Caution(language, sentences=MappingProxyType(sentences), **words)


CAUTIONS: Mapping[str, Caution] = MappingProxyType(
    {language: _caution(language, words) for language, words in part("caution").items()}
)
"""By language: some of those of the page's other words."""


def caution(language: str) -> Caution:
    """The sentences in a language or, where we have none, in English; `language` of the result says which."""
    return spoken(CAUTIONS, language)
