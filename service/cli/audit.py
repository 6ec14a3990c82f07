"""Audit: the figures of `caveat locate --audit`, in words and as data, and whether an update is to be refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ..locate import Locator
from ..locate.audit import Agreement, Coverage, Loss, Miss, agreements, coverage, losses, miss, moved_crimea
from ..locate.reference import stretches
from ..locate.tally import Stretch, Tally, tally


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one version of the protocol, over the addresses that are announced."""

    version: int
    sources: tuple[str, ...]
    announced: str
    addresses: int
    agreements: list[Agreement]
    coverages: list[Coverage]
    misses: list[Miss]


@dataclass(frozen=True, slots=True)
class Update:
    """What the sources would change from others before them."""

    version: int
    losses: list[Loss]
    crimea: int
    moved: int

    @property
    def refusals(self) -> Iterator[str]:
        """Why the update is to be refused, a sentence each."""
        for loss in self.losses:
            if loss.is_too_much:
                yield f"IPv{self.version}: {loss.lost:.2%} of the addresses in {loss.country} would be lost"
        if self.moved:
            yield f"IPv{self.version}: {self.moved:,} of {self.crimea:,} addresses in Crimea would move"


@dataclass(frozen=True, slots=True)
class Audit:
    """Everything that was measured."""

    figures: list[Figures] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)

    @property
    def refusals(self) -> list[str]:
        """Why an update is to be refused; empty if it is not."""
        return [reason for update in self.updates for reason in update.refusals]

    def record(self) -> dict[str, object]:
        """The same as plain data."""
        return {**asdict(self), "refusals": self.refusals}

    def lines(self) -> Iterator[str]:
        """The same for people."""
        for figures in self.figures:
            yield from _figures(figures)
        for update in self.updates:
            yield f"IPv{update.version}, what the update would lose:"
            yield from (f"  {loss.country}  {loss.lost:.3%}" for loss in update.losses)
            told = f"{update.moved / update.crimea:.3%} would move" if update.crimea else "no source tells it apart"
            yield f"  Crimea: {told}"
        if self.updates:
            yield from (f"refused: {reason}" for reason in self.refusals)
            if not self.refusals:
                yield "The update loses nobody."


def audit(locator: Locator, against: Sequence[Path], before: Locator | None, countries: Sequence[str]) -> Audit:
    """Measure the configured sources, against files that are not configured, and as an update of others."""
    found = Audit()
    for version in (4, 6):
        named: dict[str, Iterator[Stretch]] = dict(locator.stretches(version))
        policy = tuple(range(len(named)))
        for path in against:
            named[f"{path.name} (held out)"] = stretches(path, version)
        found.figures.append(_measured(version, tuple(named), tally(list(named.values())), policy, countries))
        if before is not None:
            old, new = before.stretches(version), locator.stretches(version)
            both = tally([*old.values(), *new.values()])
            found.updates.append(Update(version, losses(both, len(old), countries), *moved_crimea(both, len(old))))
    return found


def _measured(
    version: int, names: tuple[str, ...], counted: Tally, policy: Sequence[int], countries: Sequence[str]
) -> Figures:
    """Over the addresses that are announced: those that the source lists which lists the fewest."""
    sizes = [sum(number for said, number in counted.items() if said[index]) for index in policy]
    fewest = sizes.index(min(sizes)) if sizes else 0
    announced = Tally({said: number for said, number in counted.items() if said[fewest]}) if sizes else counted
    truths = range(len(names))
    misses = [
        miss(announced, names, truth, [index for index in policy if index != truth], country)
        for country in countries
        for truth in truths
        if any(index != truth for index in policy)
    ]
    return Figures(
        version, names, names[fewest] if sizes else "", sum(announced.values()), agreements(announced, names),
        [coverage(announced, len(names), country) for country in countries], misses,
    )  # fmt: skip


def _figures(figures: Figures) -> Iterator[str]:
    unit, size = ("addresses", 1) if figures.version == 4 else ("networks of /48", 1 << 80)
    yield f"IPv{figures.version}, all {figures.addresses // size:,} {unit} that {figures.announced} lists"
    yield "  Sources that agree on the country, where both list an address:"
    for pair in figures.agreements:
        yield f"    {pair.share:7.2%}  {pair.one} and {pair.other}"
    yield "  What any source places in a country, and the share that each gives it:"
    for land in figures.coverages:
        each = "  ".join(f"{share:7.2%}" for share in land.each)
        whole = f"{land.addresses // size:>15,}"
        yield f"    {land.country}  {whole}  {each}  all {land.all:7.2%}  just one {land.one:7.2%}"
    yield "  If one source were the truth: missed by the others together, and others warned needlessly in a million:"
    for wrong in figures.misses:
        yield f"    {wrong.country}  {wrong.missed:8.3%}  {wrong.needless:9,.0f}  {wrong.truth}"
    if figures.version == 6:
        yield "  Nothing is promised of IPv6: a lone source there adds unknown, and the reader is warned."
