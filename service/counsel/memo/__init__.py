"""Memo: a rule in plain language, for counsel to read and sign."""
