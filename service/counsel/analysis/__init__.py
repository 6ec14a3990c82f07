"""Analysis: what in a rule set cannot be meant."""
