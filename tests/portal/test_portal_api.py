"""The interface for programs: every list in parts and in three forms, everything described, faults as records."""

import csv
import io
from collections.abc import Iterator

import httpx
import msgspec
import pytest
from served import portal_over, serving

from comity.portal.api import LISTS
from comity.portal.downloads import csv_table
from comity.portal.rows import PlanRow
from small_register import filled


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[httpx.Client]:
    with (
        filled(tmp_path_factory.mktemp("portal")) as register,
        serving(portal_over(register)) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


@pytest.mark.parametrize("name", LISTS)
def test_a_list_in_parts_is_the_whole_list(client, name):
    whole = client.get(f"/api/v1/{name}?limit=500").json()
    seen, address = [], f"/api/v1/{name}?limit=1"
    while address:
        part = client.get(address)
        seen += part.json()["items"]
        address = part.json()["next"]
        assert address is None or f"<{address}>" in part.headers["link"]
    assert seen == whole["items"]
    assert len(seen) == whole["total"]


@pytest.mark.parametrize("name", LISTS)
def test_the_three_forms_hold_the_same(client, name):
    items = client.get(f"/api/v1/{name}").json()["items"]
    lines = client.get(f"/api/v1/{name}?format=jsonl")
    assert [msgspec.json.decode(line) for line in lines.content.splitlines()] == items
    table = client.get(f"/api/v1/{name}?format=csv")
    assert table.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert len(rows) == len(items)


def test_a_cell_is_never_a_formula():
    row = PlanRow(id="=1+1", names={}, period="2020", lines=None, lines_known=0, claims=0, conflicts=0)
    assert b"'=1+1" in csv_table([row], PlanRow)


def test_everything_is_described(client):
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for name in client.get("/api/v1").json()["addresses"]:
        assert name == "openapi.json" or f"/api/v1/{name}" in described["paths"]
    assert not [path for path in described["paths"] if not path.startswith("/api/v1")]


def test_a_document_gives_its_text_and_every_finding_its_place(client):
    for item in client.get("/api/v1/documents").json()["items"]:
        whole = client.get(f"/api/v1/documents/{item['id']}").json()
        for kind in ("progress", "statements", "commitments", "slips"):
            assert all(whole["text"][one["start"] : one["end"]] == one["quote"] for one in whole[kind])


def test_the_ledger_and_the_overview_speak_both_languages(client):
    english = client.get("/api/v1/plans/plan-one/ledger?lang=en").json()
    vietnamese = client.get("/api/v1/plans/plan-one/ledger?lang=vi").json()
    assert [claim["figure"] for claim in english["claims"]] != [claim["figure"] for claim in vietnamese["claims"]]
    assert client.get("/api/v1/overview?lang=vi").json()["partnership"]


def test_filters(client):
    assert {one["language"] for one in client.get("/api/v1/documents?language=vi").json()["items"]} == {"vi"}
    assert client.get("/api/v1/statements?actor=group:council").json()["total"] == 1
    assert client.get("/api/v1/commitments?actor=UN").json()["items"][0]["due"] == "2021"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/documents/none", 404),
        ("/api/v1/nowhere", 404),
        ("/api/v1/overview?lang=xx", 404),
        ("/api/v1/plans/none/lines", 404),
        ("/api/v1/documents?limit=0", 400),
        ("/api/v1/documents?limit=many", 400),
        ("/api/v1/documents?after=%00", 400),
        ("/api/v1/documents?format=xml", 400),
    ],
)
def test_faults_are_records(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.json()["error"]
