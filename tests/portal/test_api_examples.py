"""Every example in the description and in the manual is asked, and its answer is like the one shown; and what holds for every list."""

import csv
import io
import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from exemplary import LINE, MET, NEXT, PLAN, asking, fill, questions, shortened

from comity.portal.api_described import examples

MANUAL = Path(__file__).parents[2] / "docs" / "portal.md"
ALL = [pytest.param(one, id=f"{one.method} {one.path}") for one in examples()]
LISTS = {
    "/api/v1/plans": "items",
    f"/api/v1/plans/{PLAN}/lines": "items",
    f"/api/v1/plans/{PLAN}/ledger": "claims",
    f"/api/v1/plans/{PLAN}/status": "lines",
    f"/api/v1/plans/{PLAN}/lines/{LINE}/links?state=suggested": "links",
    "/api/v1/documents": "items",
    "/api/v1/statements": "items",
    "/api/v1/commitments": "items",
    "/api/v1/actors": "items",
    "/api/v1/meetings": "items",
    "/api/v1/mechanisms": "items",
    "/api/v1/instruments": "items",
    "/api/v1/events": "items",
    "/api/v1/search?q=ASEAN": "items",
    "/api/v1/search?q=hai+ben&kind=statements": "items",
    "/api/v1/network": "pairs",
    "/api/v1/alignment": "cells",
    "/api/v1/network/together?a=ASEAN&b=UN": "items",
    f"/api/v1/plans/{NEXT}/compare": "lines",
    "/api/v1/contradictions": "items",
    "/api/v1/suggestions": "items",
    "/api/v1/decisions": "items",
}
"""Every list with the name of its records in JSON."""
WHOLE = ("claims", "lines", "pairs", "cells")
"""These come at once."""


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[httpx.Client]:
    with fill(tmp_path_factory.mktemp("examples")) as register, asking(register) as client:
        yield client


@pytest.fixture(scope="module")
def schema(client: httpx.Client) -> dict[str, Any]:
    return client.get("/api/v1/openapi.json").json()


def test_every_address_has_an_example(schema):
    described = {(method, path) for path, item in schema["paths"].items() for method in item}
    assert {(one.method, one.path) for one in examples()} == described
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            (answered,) = [told for code, told in operation["responses"].items() if code.startswith("2")]
            assert answered["content"]["application/json"]["examples"], (method, path)
            assert all(
                told["content"]["application/json"]["example"]["error"] for code, told in operation["responses"].items() if code[0] in "45"
            )
            assert method == "get" or operation["requestBody"]["content"]["application/json"]["example"]


def test_examples_are_those_that_are_asked(client):
    asked = [(method, path, ask, sent) for method, path, ask, sent in questions(client)]
    assert [(one.method, one.path, one.ask, one.sent) for one in examples()] == asked


@pytest.mark.parametrize("one", ALL)
def test_an_example_is_answered_as_it_shows(client, one):
    answer = client.request(one.method, one.ask, json=one.sent)
    assert answer.status_code in (200, 201), answer.text
    differs = list(unlike(shortened(answer.json()), one.answer, ""))
    assert differs == []


def unlike(given: Any, shown: Any, place: str) -> Iterator[str]:
    """Where an answer is of another shape than the one shown."""
    if given is None or shown is None:
        return
    if isinstance(given, dict) and isinstance(shown, dict):
        odd = {*given} ^ {*shown}
        if odd and not all(value.isdecimal() or len(value) == 2 for value in odd):  # years and languages are keys too
            yield f"{place}: {sorted(odd)}"
        for name in {*given} & {*shown}:
            yield from unlike(given[name], shown[name], f"{place}.{name}")
    elif isinstance(given, list) and isinstance(shown, list):
        for one, other in zip(given, shown, strict=False):
            yield from unlike(one, other, f"{place}[]")
    elif isinstance(given, bool) is not isinstance(shown, bool) or isinstance(given, str) is not isinstance(shown, str):
        yield f"{place}: {given!r} is not like {shown!r}"


def commands() -> list[list[str]]:
    """Every `curl` line of the manual, with lines that go on put together."""
    text = MANUAL.read_text(encoding="utf-8").replace("\\\n", " ")
    return [shlex.split(line) for line in text.splitlines() if line.startswith("    curl ")]


@pytest.mark.parametrize("command", commands(), ids=lambda command: re.search(r"/api/v1/[\w/]+", " ".join(command))[0])
def test_what_the_manual_shows_is_answered(client, command):
    options = list(pairwise(command))
    headers = dict(value.split(": ", 1) for option, value in options if option == "-H")
    data = next((value for option, value in options if option == "-d"), None)
    address = next(word for word in command if word.startswith("http"))
    if data:
        at = MET.text.index("the two sides")
        data = (
            data.replace('"..."', '"ASEAN welcomed the plan in 2019."')
            .replace('"ID"', f'"{MET.id}"')
            .replace('"commitments"', '"statements"')
        )
        data = data.replace('"start": 81, "end": 89', f'"start": {at}, "end": {MET.text.index(".", at)}')
        headers["Authorization"] = client.headers["authorization"]
    path = re.sub(r"^https?://[^/]+", "", address)
    answer = client.request("POST" if data else "GET", path, content=data, headers=headers)
    assert answer.status_code == (201 if data else 200), answer.text


@pytest.mark.parametrize("path", LISTS)
def test_every_list_comes_in_three_forms_that_hold_the_same(client, path):
    joint = "&" if "?" in path else "?"
    rows = client.get(path).json()[LISTS[path]]
    assert rows, "an empty list shows nothing"
    lines = client.get(f"{path}{joint}format=jsonl")
    assert lines.headers["content-type"].startswith("application/x-ndjson")
    assert [msgspec.json.decode(line) for line in lines.content.splitlines()] == rows
    table = client.get(f"{path}{joint}format=csv")
    assert table.headers["content-type"].startswith("text/csv")
    read = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert len(read) == len(rows)
    assert list(read[0]) == list(rows[0])


@pytest.mark.parametrize("path", [path for path, name in LISTS.items() if name not in WHOLE])
def test_every_list_is_walked_to_its_end_without_doubles(client, path):
    joint, name = "&" if "?" in path else "?", LISTS[path]
    whole = client.get(f"{path}{joint}limit=200").json()
    assert whole["next"] is None
    seen: list[Any] = []
    address: str | None = f"{path}{joint}limit=2"
    while address:
        part = client.get(address)
        seen += part.json()[name]
        address = part.json()["next"]
        assert (f'<{address}>; rel="next"' if address else None) == part.headers.get("link")
    assert seen == whole[name]
    texts = [msgspec.json.encode(one) for one in seen]
    assert len(set(texts)) == len(texts)
    assert len(seen) == whole.get("total", len(seen))


@pytest.mark.parametrize("form", ["json", "csv", "jsonl"])
def test_what_has_not_changed_is_not_sent_again_to_programs(client, form):
    first = client.get(f"/api/v1/documents?format={form}")
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get(f"/api/v1/documents?format={form}", headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(f"/api/v1/documents?format={form}", headers={"if-none-match": '"other"'}).status_code == 200
    other = next(one for one in ("json", "csv", "jsonl") if one != form)
    assert client.get(f"/api/v1/documents?format={other}", headers={"if-none-match": tag}).status_code == 200


def test_faults_are_described_as_they_are_told(client, schema):
    shape = schema["paths"]["/api/v1/statements"]["get"]["responses"]["400"]["content"]["application/json"]["schema"]
    answer = client.get("/api/v1/statements?limit=0")
    assert (answer.status_code, {*answer.json()}) == (400, {*shape["required"]})
