"""Counsel: what legal staff ask of a rule set: is it sound, and why does it say what it says."""
