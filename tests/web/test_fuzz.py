"""Fuzz: whatever the document allows, sent to the real service, gets an answer that the document describes.

In rounds, each from a seed of its own, so that the long form sends other requests in every round and a fault of it
comes again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup, ServerError
from schemathesis.generation import GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ..trust.pressure import built
from .house import House, house

EXAMPLES = {GenerationMode.POSITIVE: 12, GenerationMode.NEGATIVE: 6}
LONGEST_LINE = 2000
"""A longer request line is refused by the server before the service sees it."""

MANY = 25_000
"""Requests of each of the two kinds in the long form."""

SLOWEST = 1.0
TRIES = 4
"""How often something must be slow before it is: the machine may be busy with something else."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("fuzzed"), 1) as found:
        yield found


@pytest.fixture(scope="module")
def api(served: House) -> schemathesis.BaseSchema:
    return documented(served)


def documented(found: House) -> schemathesis.BaseSchema:
    """What a running service says that it answers."""
    config = SchemathesisConfig.from_dict({"generation": {"deterministic": True}})
    return schemathesis.openapi.from_url(f"http://127.0.0.1:{found.port}/openapi.json", config=config)


BOUNDED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def sent(
    operation: APIOperation, mode: GenerationMode, number: int, check: Callable[[schemathesis.Case], None]
) -> None:
    """Send what is generated for one operation in one round."""

    @seed(number)
    @settings(BOUNDED, max_examples=EXAMPLES[mode] if number == 0 else 4 * EXAMPLES[mode])
    @given(case=operation.as_strategy(generation_mode=mode))
    def test(case: schemathesis.Case) -> None:
        check(case)

    test()


def answered(case: schemathesis.Case) -> schemathesis.Response:
    """What comes back on a request, within a second."""
    for _ in range(TRIES):
        answer = case.call(timeout=10)
        if answer.elapsed < SLOWEST:
            break
    assert answer.elapsed < SLOWEST, f"{answer.elapsed:.2f} seconds"
    return answer


def operations(api: schemathesis.BaseSchema) -> list[APIOperation]:
    return [found.ok() for found in api.get_all_operations()]


def test_every_answer_is_one_that_the_document_describes(
    api: schemathesis.BaseSchema, served: House, amount: Callable[[int, int], int]
) -> None:
    statuses: dict[str, Counter[int]] = {}

    def check(case: schemathesis.Case) -> None:
        answer = answered(case)
        case.validate_response(answer, checks=CHECKS)
        statuses.setdefault(case.operation.label, Counter())[answer.status_code] += 1

    for number in count():
        for operation in operations(api):
            sent(operation, GenerationMode.POSITIVE, number, check)
        if (total := sum(map(Counter.total, statuses.values()))) >= amount(1, MANY):
            break
    usual = {label: found[200] / found.total() for label, found in statuses.items()}
    assert {label for label, share in usual.items() if share < 1 / 2} == {"GET /metrics"}, statuses
    assert served.process.poll() is None
    assert "failed" not in served.written()
    print(total, "requests,", sum(statuses.values(), Counter()))


def test_what_the_document_does_not_allow_breaks_nothing_and_a_fragment_stays_one(
    api: schemathesis.BaseSchema, served: House, amount: Callable[[int, int], int]
) -> None:
    statuses = Counter[int]()

    def check(case: schemathesis.Case) -> None:
        answer = answered(case)
        statuses[answer.status_code] += 1
        case.validate_response(answer, checks=[not_a_server_error])
        if case.operation.path.endswith((".html", ".txt")) and len(answer.request.path_url) < LONGEST_LINE:
            assert answer.status_code in (200, 304), answer.request.path_url
            assert answer.status_code == 304 or answer.content.strip() or answer.headers["Notice-State"] == "none"

    asked = [operation for operation in operations(api) if operation.path_parameters or operation.body]
    assert len(asked) > 15
    for number in count():
        for operation in asked:
            sent(operation, GenerationMode.NEGATIVE, number, check)
        if statuses.total() >= amount(1, MANY):
            break
    assert served.process.poll() is None
    assert "failed" not in served.written()
    print(statuses.total(), "requests,", statuses)


CARELESS = """
from service.web import inquiry
inquiry._text = lambda given, name: given.get(name, "")
"""
"""Takes anything for a text."""


def test_a_build_that_takes_anything_for_a_text_is_found(tmp_path: Path) -> None:
    def check(case: schemathesis.Case) -> None:
        case.validate_response(answered(case), checks=[not_a_server_error])

    with built(tmp_path, CARELESS, 1) as found:
        (operation,) = (one for one in operations(documented(found)) if one.method == "post")

        def rounds() -> None:
            """What is generated is drawn anew each time: one round may miss it."""
            for number in range(1, 12):
                sent(operation, GenerationMode.NEGATIVE, number, check)

        with pytest.raises(FailureGroup) as told:
            rounds()
    assert {type(fault) for fault in told.value.exceptions} == {ServerError}
