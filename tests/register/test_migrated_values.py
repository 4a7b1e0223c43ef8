"""A register of an older version holds the same after it was brought up to date, row by row and value by value.

`data/register-15.jsonl` are the rows of a register that Comity wrote when its tables were at step 15: four made documents, read and linked,
and eleven decisions about them.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import JSON, Boolean, Column, MetaData, Table, insert, select

from comity.register import Action, Register, open_register
from comity.register.backend import engine_of
from comity.register.bulk import insert_rows
from comity.register.migrations import _config
from comity.register.schema import SCHEMA, meta, metadata, tags, tallies

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
