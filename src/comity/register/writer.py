"""Adds readings to a register: a document with all its findings in one transaction, so that a crash leaves it whole or absent."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, exists, func, insert, or_, select, update

from comity.records import Document, Reading
from comity.register.clock import now
from comity.register.families import near_copies, same_week, shingles, sketch, week_around
from comity.register.faults import told_clearly
from comity.register.rows import document_row, finding_rows
from comity.register.schema import ALONE, FINDINGS, documents, parties, readings, sketches

CANDIDATES = 20
"""So many documents with the most shingles in common are compared in full."""


class Added(StrEnum):
    """What adding a reading changed."""

    NEW = "new"
    READ_ANEW = "read-anew"
    NOTHING = "nothing"


class Writer:
    """The only object that writes into a register."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    def has(self, document: str, reader: str) -> bool:
        """Whether this reader version's reading of the document with this id is there."""
        query = select(exists().where(readings.c.document == documents.c.key, documents.c.id == document, readings.c.reader == reader))
        with told_clearly(self._name), self._engine.connect() as connection:
            return bool(connection.execute(query).scalar())

    def add(self, reading: Reading) -> Added:
        """Adds the document if it is new, and the reading if this reader version has not read it before."""
        with told_clearly(self._name), self._engine.begin() as connection:
            connection.exec_driver_sql(ALONE)
            found = connection.execute(select(documents.c.key).where(documents.c.id == reading.document.id)).scalar()
            key = _add_document(connection, reading.document) if found is None else found
            if connection.execute(select(exists().where(readings.c.document == key, readings.c.reader == reading.reader))).scalar():
                return Added.NOTHING
            _add_reading(connection, key, reading)
        return Added.NEW if found is None else Added.READ_ANEW


def _add_document(connection: Connection, document: Document) -> int:
    hashes = shingles(document.text)
    copies = _copies(connection, document, hashes)
    family = min([document.id, *copies])
    if copies:
        connection.execute(update(documents).where(documents.c.family.in_(copies)).values(family=family))
    row = {**document_row(document), "family": family, "added": now()}
    key = int(connection.execute(insert(documents).values(row)).inserted_primary_key[0])  # type: ignore[index]
    connection.execute(insert(sketches), [{"shingle": shingle, "document": key} for shingle in sketch(hashes)])
    return key


def _copies(connection: Connection, document: Document, hashes: frozenset[int]) -> set[str]:
    """The families of the near copies that the register holds."""
    first, last = week_around(document.published)
    shared = func.count().label("shared")
    query = (
        select(documents.c.family, documents.c.published, documents.c.text)
        .join(sketches, sketches.c.document == documents.c.key)
        .where(sketches.c.shingle.in_(sketch(hashes)))
        .where(or_(documents.c.published.is_(None), documents.c.published.between(first, last)))
        .group_by(documents.c.key)
        .order_by(shared.desc(), documents.c.id)
        .limit(CANDIDATES)
    )
    return {
        row.family
        for row in connection.execute(query)
        if same_week(row.published, document.published) and near_copies(shingles(row.text), hashes)
    }


def _add_reading(connection: Connection, document: int, reading: Reading) -> None:
    added = insert(readings).values(document=document, reader=reading.reader, added=now())
    key = int(connection.execute(added).inserted_primary_key[0])  # type: ignore[index]
    taking_part: list[dict[str, Any]] = []
    for kind, table in FINDINGS.items():
        rows, actors = finding_rows(reading, kind)
        taking_part += actors
        if rows:
            connection.execute(insert(table), [{"reading": key, **row} for row in rows])
    if taking_part:
        connection.execute(insert(parties), [{"reading": key, **row} for row in taking_part])
    connection.execute(update(documents).where(documents.c.key == document).values(reading=key))
