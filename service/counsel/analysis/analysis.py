"""Analysis: what is odd in a rule set that loads: superfluous, missing, or at odds with itself.

What a file alone can show is refused or warned of when it is loaded: hidden and look-alike characters, links that
are not encrypted, citations that nobody uses. What only the whole set can show, and only by asking the engine about
everybody, is remarked on here. Forbidden words are not looked for: the rule language cannot name them yet.
"""

from __future__ import annotations

from ...law.ruleset import RuleSet
from .bloc import bloc_remarks
from .connection import connection_remarks
from .hole import hole_remarks
from .part import part_remarks
from .reach import reach_remarks
from .remark import Remark, Severity
from .statement import statement_remarks

__all__ = ["Remark", "Severity", "analyse"]

_KINDS = (bloc_remarks, connection_remarks, hole_remarks, part_remarks, reach_remarks, statement_remarks)


def analyse(ruleset: RuleSet) -> tuple[Remark, ...]:
    """Every remark on a linked rule set, by file and line, each once; the same set always gives the same."""
    found = dict.fromkeys(remark for remarks in _KINDS for remark in remarks(ruleset))
    return tuple(sorted(found, key=lambda remark: remark.rank))
