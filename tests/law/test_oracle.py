"""The engine against the oracle: random laws, random readers, and every completion of what is not known."""

from __future__ import annotations

from hypothesis import assume, given

from service.law.examination import Visit

from . import oracle
from .comparison import differences
from .strategies import Country, countries, times, visits


@times(5)
@given(countries(), visits())
def test_the_engine_says_what_the_truth_table_over_all_completions_says(country: Country, visit: Visit) -> None:
    try:
        assert differences(country.ruleset, visit, country.law) == []
    except oracle.TooLarge:
        assume(False)
