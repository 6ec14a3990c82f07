"""Answer: what is said, byte by byte and header by header; whoever serves it, live or from files, says the same."""
