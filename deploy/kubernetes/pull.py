"""Pull: takes every bundle that was published since the last one here, verified, and ends with 1 if one is refused.

`SOURCE` is the folder that bundles are published in; the arguments are the folder they go to and the trusted keys.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

LONGEST = 64 * 1024 * 1024
"""Bytes of a bundle: whoever stands at the source must not be able to fill the volume."""


def pull(source: str, folder: Path, trusted: Path) -> str:
    """Bundles one after the other, each verified against the one before it. What went wrong, or nothing."""
    here = sorted(folder.glob("bundle-??????.tar"))
    number = int(here[-1].stem.removeprefix("bundle-")) + 1 if here else 1
    while True:
        name = f"bundle-{number:06}.tar"
        try:
            with urlopen(source.rstrip("/") + "/" + name, timeout=30) as answer:
                content = answer.read(LONGEST + 1)
        except HTTPError as error:
            # No newer one is the usual case; but a source without even a first is a wrong address.
            return "" if error.code in (403, 404) and number > 1 else f"{name}: {error.code}"
        if len(content) > LONGEST:
            return f"{name}: too long"
        arriving = folder / f"{name}.arriving"  # the service takes what ends in .tar, so it is renamed when it is whole
        arriving.write_bytes(content)
        before = ["--previous", str(folder / f"bundle-{number - 1:06}.tar")] if number > 1 else []
        command = ["caveat", "bundle", "verify", str(arriving), "--trust", str(trusted), *before]
        if subprocess.run(command, check=False).returncode:
            arriving.unlink()
            return f"{name}: refused"
        arriving.rename(folder / name)
        number += 1


if __name__ == "__main__":
    try:
        sys.exit(pull(os.environ["SOURCE"], Path(sys.argv[1]), Path(sys.argv[2])) or None)
    except OSError as error:
        sys.exit(f"the source cannot be reached or the folder cannot be written: {type(error).__name__}")
