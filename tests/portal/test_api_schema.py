"""Whatever a program sends to the interface, by its own description, no answer is a fault of ours (schemathesis)."""

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from served import portal_over, serving

from small_register import filled

TRIES = 10
"""Requests to each address."""


@pytest.fixture(scope="module")
def operations(tmp_path_factory) -> Iterator[list]:
    with filled(tmp_path_factory.mktemp("described")) as register, serving(portal_over(register)) as address:
        schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
        yield [operation.ok() for operation in schema.get_all_operations()]


def test_no_request_breaks_an_answer(operations):
    assert len(operations) > 15
    for operation in operations:

        @settings(max_examples=TRIES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def ask(case: schemathesis.Case) -> None:
            answer = case.call(timeout=30)
            assert answer.status_code < 500, (case.as_curl_command(), answer.text[:300])

        ask()
