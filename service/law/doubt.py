"""Doubt: a fact that is not known and on which a verdict hangs."""

from __future__ import annotations

from enum import Enum


class Doubt(Enum):
    """The closed list of what a verdict can hang on, named as a request names the fact."""

    PLACE = "place"
    NATIONALITY = "nationality"
    CITIZENSHIP = "citizen_of"
    STATELESS = "stateless"
    RESIDENCE = "resident_of"
    AGE = "age"
    OCCUPATION = "occupation"
    CONTENT = "content"
    PAGE_LANGUAGE = "page_language"
    PUBLISHER = "publisher"
    LAW = "law"

    @property
    def rank(self) -> int:
        """The order of the list, in which equals stand."""
        return list(Doubt).index(self)

    @property
    def subject(self) -> str:
        """What a person would call it: citizenship and statelessness are both nationality."""
        if self in (Doubt.CITIZENSHIP, Doubt.STATELESS):
            return "nationality"
        return "residence" if self is Doubt.RESIDENCE else self.value
