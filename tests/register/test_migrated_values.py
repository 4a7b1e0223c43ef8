"""A register of an older version holds the same after it was brought up to date, row by row and value by value.

`data/register-15.jsonl` are the rows of a register that Comity wrote when its tables were at step 15: four made documents, read and linked,
and eleven decisions about them. Steps before that are held against a register that got the same readings today.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from listed import readings as some_readings
from msgspec.structs import replace
from sqlalchemy import JSON, Boolean, Column, MetaData, Table, insert, select

from comity.intake.assemble import document_id
from comity.records import Reading
from comity.register import Action, Register, Wanted, open_register
from comity.register.backend import engine_of
from comity.register.bulk import insert_rows
from comity.register.migrations import _config
from comity.register.migrations.versions import v0001_first_tables as first
from comity.register.prepared import prepare
from comity.register.rows import document_row
from comity.register.schema import FINDINGS, SCHEMA, documents, meta, metadata, tags, tallies
from comity.register.tags import ThemeWords

KEPT = Path(__file__).parents[1] / "data" / "register-15.jsonl"
CHANGED = ("meta", "tags", "tallies", "sketches")
"""What later steps keep in another form."""

Rows = list[tuple[Any, ...]]


def kept() -> Iterator[tuple[str, list[str], Rows]]:
    """The tables with their columns and rows, as they were."""
    for line in KEPT.read_text("utf-8").splitlines():
        found = json.loads(line)
        yield found["table"], found["columns"], [tuple(row) for row in found["rows"]]


@pytest.fixture
def register(place: str) -> Iterator[Register]:
    """That register, brought up to date."""
    engine, _ = engine_of(place)
    with engine.begin() as connection:
        command.upgrade(_config(connection), "0015")
        for name, columns, rows in kept():
            if name == "meta":
                connection.execute(insert(meta), [{"key": key, "value": value} for key, value in rows if key != "schema"])
            else:
                insert_rows(connection, Table(name, MetaData(), *map(Column, columns)), rows)
    engine.dispose()
    with open_register(place, create=False) as opened:
        yield opened


def now(register: Register, query: Any) -> Rows:
    with register._engine.connect() as connection:
        return sorted(map(tuple, connection.execute(query)), key=repr)


def meant(table: Table, columns: list[str], rows: Rows) -> Rows:
    """What the values stood for: JSON and truth are a text and a number in SQLite."""
    return sorted((tuple(_meant(table.c[name], value) for name, value in zip(columns, row, strict=True)) for row in rows), key=repr)


def _meant(column: Any, value: Any) -> Any:
    if isinstance(column.type, JSON) and value is not None:
        return json.loads(value)
    return bool(value) if isinstance(column.type, Boolean) else value


def test_every_row_has_the_values_it_had(register: Register):
    different = [
        name
        for name, columns, rows in kept()
        if name not in CHANGED
        and now(register, select(*(metadata.tables[name].c[one] for one in columns))) != meant(metadata.tables[name], columns, rows)
    ]
    assert different == []
    counts = {name: len(rows) for name, _, rows in kept()}
    assert [counts[name] for name in ("documents", "statements", "event_reports", "commitments", "decisions", "links", "occurrences")] == [
        4,
        12,
        15,
        7,
        11,
        66,
        7,
    ]


def test_what_has_another_form_says_the_same(register: Register):
    before = {name: rows for name, _, rows in kept()}
    assert dict(now(register, select(meta.c.key, meta.c.value))) == {**dict(before["meta"]), "schema": str(SCHEMA)}
    names = (tallies.c.facet, tallies.c.value)
    assert now(register, select(*names, tallies.c.findings, tallies.c.documents)) == sorted(before["tallies"], key=repr)
    carried = select(*names, tags.c.day, tags.c.id, tags.c.document, tags.c.findings).join(tallies, tallies.c.key == tags.c.tally)
    assert now(register, carried) == sorted(before["tags"], key=repr)
    sketches = metadata.tables["sketches"]
    shingles = select(sketches.c.shingle, sketches.c.day, sketches.c.document)
    assert now(register, shingles) == sorted(before["sketches"], key=repr)


def test_what_people_decided_holds(register: Register):
    view = register.view()
    assert view.chain().broken_at is None
    assert [decision.number for decision in view.decisions()] == list(range(1, 12))
    assert view.unfitting() == []
    assert next(found.finding.numerator for found in view.findings("progress") if found.decisions) == 96
    assert [found for found in view.findings("statements") if any(one.action is Action.REJECT for one in found.decisions)] == []
    assert view.count("statements") == 11


def few_readings() -> Iterator[Reading]:
    for reading in some_readings():
        of = reading.document
        yield replace(reading, document=replace(of, id=document_id(of.text, publisher=of.publisher, source=of.source)))


def first_register(place: str) -> None:
    """A register as the first step made it, with those; documents had other ids then."""
    engine, _ = engine_of(place)
    with engine.begin() as connection:
        first.metadata.create_all(connection)
        connection.execute(first.meta.insert(), [{"key": "schema", "value": "1"}, {"key": "created", "value": "2020-01-01"}])
        for key, one in enumerate((prepare(reading, ThemeWords(())) for reading in few_readings()), 1):
            given = {"key": key, "id": f"0{key}", "family": f"0{key}", "reading": key, "added": "2020-06-01"}
            connection.execute(first.documents.insert(), [document_row(one.document) | given])
            connection.execute(first.readings.insert(), [{"key": key, "document": key, "reader": one.reader, "added": "2020-06-01"}])
            for kind, rows in one.findings.items():
                names = [column.name for column in first.FINDINGS[kind].columns]
                held = (dict(zip(FINDINGS[kind].columns.keys(), (key, *row), strict=True)) for row in rows)
                table = Table(first.FINDINGS[kind].name, MetaData(), *map(Column, names))
                insert_rows(connection, table, [tuple(row[name] for name in names) for row in held])
            insert_rows(connection, first.parties, [(key, *row) for row in one.parties])
    engine.dispose()


SAME_TODAY = {
    "documents": ("key", "id", "published", "text", "family", "reading", "day"),
    "families": ("document", "family"),
    "identities": ("id", "actor", "type", "name", "body"),
    "resolutions": ("reading", "actor", "identity"),
    "passages": ("document", "kind", "number", "start", "end"),
    "finding_themes": ("reading", "kind", "number", "theme"),
    "repeats": ("reading", "kind", "number"),
    "sketches": ("year", "shingle", "day", "document"),
    "outlines": ("document", "hashes"),
    "parties": ("reading", "kind", "number", "role", "position", "actor"),
    "statements": ("reading", "number", "start", "end", "quote", "act", "direct"),
    "commitments": ("reading", "number", "start", "end", "quote", "force", "due"),
}


def test_the_first_register_holds_what_one_holds_that_got_the_same_readings_today(place: str, tmp_path: Path):
    first_register(place)
    carried = select(tallies.c.facet, tallies.c.value, tags.c.day, tags.c.findings, documents.c.id).where(
        tallies.c.key == tags.c.tally, documents.c.key == tags.c.document
    )
    with open_register(place, create=False) as old, open_register(tmp_path / "today.sqlite") as new:
        new.writer().add_all(list(few_readings()))
        for name, columns in SAME_TODAY.items():
            query = select(*(metadata.tables[name].c[one] for one in columns))
            assert now(old, query) == now(new, query), name
        assert now(old, carried) == now(new, carried)
        for wanted in (Wanted(words="maritime"), Wanted(words="plastic pollution", kind="statements")):
            hits = [{(hit.document.id, hit.start) for hit in one.view().search(wanted, limit=50).hits} for one in (old, new)]
            assert hits[0] == hits[1] != set()
