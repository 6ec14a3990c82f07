"""Examination of the law floor, written from RULES.md and not from the code."""
