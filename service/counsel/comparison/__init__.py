"""Comparison: who is told something else by one rule set than by another."""
