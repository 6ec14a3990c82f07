"""Proof: every reader that a rule set can tell apart, walked."""
