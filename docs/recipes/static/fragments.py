#!/usr/bin/env python3
"""Fragments: the notices of a static site, fetched from Caveat as files before the site is built.

    fragments.py http://127.0.0.1:8080 site/partials rferl any en ru

writes site/partials/rferl.any.en.html and so on. What cannot be had stays as it was. Prints the files that changed,
a line each; nothing changed, nothing printed. The file `next_change` says when the law changes next, where that is
known: build the site anew then. Ends with 1 if a file is missing that was never had. Standard library only.
"""

import json
import os
import sys
import tempfile
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path

PATIENCE = 5  # seconds


def main(service, folder, publisher, place, *languages):
    """0, or 1 where a file is missing that was never had."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    changes = []
    missing = False
    for language in languages:
        partial = folder / f"{publisher}.{place}.{language}.html"
        address = f"/v1/{publisher}/{place}/{language}/notice"
        try:
            text = ask(service, f"{address}.html")
            changes.append(json.loads(ask(service, f"{address}.json"))["next_change"])
        except (OSError, HTTPException, ValueError, KeyError) as trouble:
            kept = "the file of before stays" if partial.exists() else "there is none"
            print(f"{partial.name}: no notice ({type(trouble).__name__}), {kept}", file=sys.stderr)
            missing = missing or not partial.exists()
            continue
        if write(partial, text):
            print(partial)
    if changes:
        write(folder / "next_change", min(filter(None, changes), default="").encode())
    return int(missing)


def ask(service, path):
    """The body of a notice. Raises ValueError for whatever is none."""
    scheme, _, host = service.partition("://")
    connection = (HTTPSConnection if scheme == "https" else HTTPConnection)(host, timeout=PATIENCE)
    try:
        connection.putrequest("GET", path, skip_accept_encoding=True)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != 200 or answer.getheader("Notice-State") not in ("live", "none") or not body:
        raise ValueError("not a notice")
    return body


def write(path, content):
    """Whole or not at all, and only what changed; whether it did."""
    if path.exists() and path.read_bytes() == content:
        return False
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(name, 0o644)
    os.replace(name, path)
    return True


if __name__ == "__main__":
    if len(sys.argv) < 6:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
