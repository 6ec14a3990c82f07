"""Fuzz: whatever the document allows, sent to the real service, gets an answer that the document describes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from .house import House, house

EXAMPLES = {GenerationMode.POSITIVE: 12, GenerationMode.NEGATIVE: 6}
LONGEST_LINE = 2000
"""A longer request line is refused by the server before the service sees it."""

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
    config = SchemathesisConfig.from_dict({"generation": {"deterministic": True}})
    return schemathesis.openapi.from_url(f"http://127.0.0.1:{served.port}/openapi.json", config=config)


BOUNDED = settings(
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def sent(operation: APIOperation, mode: GenerationMode, check: Callable[[schemathesis.Case], object]) -> None:
    """Send what is generated for one operation."""

    @settings(BOUNDED, max_examples=EXAMPLES[mode])
    @given(case=operation.as_strategy(generation_mode=mode))
    def test(case: schemathesis.Case) -> None:
        check(case)

    test()


def operations(api: schemathesis.BaseSchema) -> list[APIOperation]:
    return [found.ok() for found in api.get_all_operations()]


def test_every_answer_is_one_that_the_document_describes(api: schemathesis.BaseSchema, served: House) -> None:
    statuses: dict[str, list[int]] = {}

    def check(case: schemathesis.Case) -> None:
        answer = case.call_and_validate(checks=CHECKS, timeout=10)
        statuses.setdefault(case.operation.label, []).append(answer.status_code)

    for operation in operations(api):
        sent(operation, GenerationMode.POSITIVE, check)
    usual = {label: found.count(200) / len(found) for label, found in statuses.items()}
    assert {label for label, share in usual.items() if share < 1 / 2} == {"GET /metrics"}, statuses
    assert served.process.poll() is None


def test_what_the_document_does_not_allow_breaks_nothing_and_a_fragment_stays_one(
    api: schemathesis.BaseSchema, served: House
) -> None:
    def check(case: schemathesis.Case) -> None:
        answer = case.call(timeout=10)
        case.validate_response(answer, checks=[not_a_server_error])
        if case.operation.path.endswith((".html", ".txt")) and len(answer.request.path_url) < LONGEST_LINE:
            assert answer.status_code in (200, 304), answer.request.path_url
            assert answer.status_code == 304 or answer.content.strip() or answer.headers["Notice-State"] == "none"

    asked = [operation for operation in operations(api) if operation.path_parameters or operation.body]
    assert len(asked) > 15
    for operation in asked:
        sent(operation, GenerationMode.NEGATIVE, check)
    assert served.process.poll() is None
    assert "failed" not in served.written()
