"""Defence: what a law lets one answer with, from a notice's file."""

from __future__ import annotations

from ..law.defence import Defence
from .problem import quoted
from .reading import Reading
from .record import Record


def defences(record: Record, reading: Reading) -> tuple[Defence, ...]:
    """The defences of a notice's file, each of which may stand there once."""
    found: list[Defence] = []
    known: set[str] = set()
    for one in record.records("defences"):
        what = one.said("what")
        if what and what.casefold() in known:
            reading.source.tell(what.at, f"the defence {quoted(what)} stands here twice", "write one of the two")
        if what:
            known.add(what.casefold())
        instances: set[str] = set()
        for instance in one.names("includes"):
            if what and instance.casefold() == what.casefold():
                reading.source.tell(instance.at, f"{quoted(instance)} is the defence itself", "remove it")
            elif instance.casefold() in instances:
                reading.source.tell(instance.at, f"{quoted(instance)} stands here twice", "write it once")
            instances.add(instance.casefold())
        found.append(Defence(one.text("what"), one.plain("includes"), one.text("because"), one.text("note"), one.at))
    return tuple(found)
