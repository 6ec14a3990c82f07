"""Page: a notice in words. An examination comes in; html, json and plain text go out, escaped once, here."""
