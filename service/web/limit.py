"""Limit: how long a plain text may be, as a path says it."""

from __future__ import annotations

from werkzeug.routing import BaseConverter, ValidationError

from ..page.phrases import LABEL

MOST = 65536
"""UTF-16 code units; no channel that we know takes more."""


class Limit(BaseConverter):
    """A number from 80, which any label has room in, to 65536; without leading zeros, so that it has one spelling."""

    regex = "[1-9][0-9]{1,4}"

    def to_python(self, value: str) -> int:
        """The number."""
        number = int(value)
        if not LABEL <= number <= MOST:
            raise ValidationError
        return number
