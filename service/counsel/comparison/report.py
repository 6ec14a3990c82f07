"""Report: a comparison as lines for people, or as data for machines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from .change import Caution, Change
from .comparison import Comparison
from .version import Span

HEADINGS = {Caution.LESS: "Less cautious", Caution.MORE: "More cautious", Caution.OTHER: "Told in other words"}


def report(comparison: Comparison) -> Iterator[str]:
    """The lines of a report; what silences comes first."""
    yield _summary(comparison)
    for caution, changes in groupby(comparison.changes, key=lambda change: change.caution):
        yield f"\n{HEADINGS[caution]}"
        for notice, of_notice in groupby(changes, key=lambda change: change.notice):
            yield f"  {notice}"
            for change in of_notice:
                yield f"    {change.sentence}."
                yield f"      {'; '.join(map(str, change.airings))}"
                yield f"      {change.example}"
    if comparison.wording:
        yield "\nWording"
    for text in comparison.wording:
        yield f"  {_alarm(text.caution)}{text.file}: {text.sentence}"
        yield f"    {text.said}"
    for matter, records in groupby(comparison.records, key=lambda record: record.matter):
        yield f"\n{matter.value.capitalize()}"
        for record in records:
            yield f"  {_alarm(record.caution)}{record.file}: {record.sentence}"
    for limit in comparison.limits:
        yield f"\nNot compared completely: {limit}."


def _summary(comparison: Comparison) -> str:
    versions = f"{comparison.before or 'unnamed'} to {comparison.after or 'unnamed'}"
    if comparison.empty:
        return f"{versions}: nothing changed; {_count(comparison.notices, 'notice')}."
    alike = f"{comparison.unchanged} of {_count(comparison.notices, 'notice')} tell every reader the same"
    return f"{versions}: {_count(comparison.cases, 'case')} compared, {alike}."


def _alarm(caution: Caution) -> str:
    return "less cautious: " if caution is Caution.LESS else ""


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def as_data(comparison: Comparison) -> dict[str, object]:
    """The same for machines."""
    return {
        "before": comparison.before,
        "after": comparison.after,
        "cases": comparison.cases,
        "notices": comparison.notices,
        "unchanged": comparison.unchanged,
        "less_cautious": comparison.less_cautious,
        "changes": [_change(change) for change in comparison.changes],
        "wording": [
            {"file": change.file, "notice": change.notice or None, "text": change.what, "language": change.language,
             "caution": change.caution.value, "said": change.said, "behind": list(change.behind)}
            for change in comparison.wording
        ],
        "records": [
            {"matter": record.matter.value, "file": record.file, "caution": record.caution.value,
             "sentence": record.sentence}
            for record in comparison.records
        ],
        "limits": list(comparison.limits),
    }  # fmt: skip


def _change(change: Change) -> dict[str, object]:
    return {
        "notice": change.notice,
        "caution": change.caution.value,
        "readers": change.readers,
        "change": str(change.what),
        "airings": [
            {"publishers": list(airing.publishers), "spans": [_span(span) for span in airing.spans]}
            for airing in change.airings
        ],
        "example": change.example,
    }


def _span(span: Span) -> dict[str, str | None]:
    return {
        "from": None if span.start is None else f"{span.start:%Y-%m-%dT%H:%M:%SZ}",
        "until": None if span.end is None else f"{span.end:%Y-%m-%dT%H:%M:%SZ}",
    }
