"""Law: what a rule set says to a reader. Pure: no YAML, web framework, clock or file."""
