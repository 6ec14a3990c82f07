"""Held: a private copy of a location file that nothing outside the process can change, cut short or replace.

A file mapped where it lies kills its reader when it is truncated (SIGBUS); maxminddb's own MODE_MEMORY is the
slow reader in Python. So the bytes go to a sealed memory file (memfd_create(2)) that the C reader maps, and
workers share across fork.
"""

from __future__ import annotations

import fcntl
import io
import os
import weakref
from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network

import maxminddb
from geoip2.database import Reader


class Held:
    """The bytes of one database; MODE_FD (in memory, slower) where the system has no memory files."""

    def __init__(self, content: bytes) -> None:
        """Copy the bytes into a sealed memory file if there can be one, else keep them."""
        self._content: bytes | None = content
        self._path = ""
        try:
            descriptor = os.memfd_create("caveat-geo", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        except (OSError, AttributeError):
            return
        weakref.finalize(self, os.close, descriptor)
        try:
            with os.fdopen(descriptor, "wb", closefd=False) as file:
                file.write(content)
            seals = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
            fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)
        except OSError:
            return
        self._path = f"/proc/self/fd/{descriptor}"
        self._content = None if os.path.exists(self._path) else content

    @property
    def is_sealed(self) -> bool:
        """Whether the copy is a sealed memory file that the C reader maps."""
        return self._content is None

    def reader(self) -> Reader:
        """A geoip2 reader of the copy; raises InvalidDatabaseError or ValueError if it is no database."""
        if self._content is None:
            return Reader(self._path, mode=maxminddb.MODE_MMAP_EXT)
        return Reader(io.BytesIO(self._content), mode=maxminddb.MODE_FD)

    def database(self) -> maxminddb.Reader:
        """A reader of the records as they stand in the copy; raises as `reader`."""
        if self._content is None:
            return maxminddb.open_database(self._path, maxminddb.MODE_MMAP_EXT)
        return maxminddb.open_database(io.BytesIO(self._content), maxminddb.MODE_FD)

    def records(self) -> Iterator[object]:
        """Every record of the copy, networks in order; raises InvalidDatabaseError on a damaged one."""
        return (record for _, record in self.networks())

    def networks(self) -> Iterator[tuple[IPv4Network | IPv6Network, object]]:
        """Every network with its record, in order; raises InvalidDatabaseError on a damaged one."""
        with self.database() as reader:
            yield from reader
