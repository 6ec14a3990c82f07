"""Rulebook: rule files in, a typed rule set or every mistake in them out."""

from .problem import Problem
from .rulebook import Loaded, fingerprint, load, read

__all__ = ["Loaded", "Problem", "fingerprint", "load", "read"]
