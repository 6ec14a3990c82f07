"""Examination of the rulebook: what a file says arrives, and what is wrong in it is told."""
