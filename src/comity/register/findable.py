"""Makes what is in a register findable from its tables: all of it after an import or a step of the tables, and a reading anew after a
person corrected a finding of it.

In: keys of readings. Out: the words and signs of their passages in the full-text index. A corrected finding keeps the signs it had as read
beside its new ones, because a view as of an earlier day looks for those.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from comity.knowledge.folded import fold
from comity.register.amended_tables import amended, amended_parties
from comity.register.backend import is_sqlite
from comity.register.passages import DOCUMENT, WORDS, Indexed, forget_words, index_words, indexed, searchable, words_of_passage
from comity.register.schema import FINDINGS, documents, finding_themes, parties, passages, readings
from comity.register.signs import MENTIONS, Row, Signs

BATCH = 200
SIGNED = (*(kind for kind, _, _ in MENTIONS), "statements")
"""Kinds of finding whose own columns are signs."""


def index_all(connection: Connection) -> None:
    """Fills the index from the tables."""
    forget_words(connection)
    for some in _in_parts(sorted(connection.execute(select(readings.c.key)).scalars())):
        index_words(connection, list(_indexed(connection, some)))


def index_anew(connection: Connection, ids: Collection[str]) -> None:
    """What people corrected in some documents is found by what it says now. Its passages get new keys, because the words of a key can't be
    changed in SQLite; what stands there under an old key leads to no passage any more."""
    corrected = select(amended.c.reading).join(readings, readings.c.key == amended.c.reading)
    corrected = corrected.join(documents, documents.c.key == readings.c.document)
    for some in _in_parts(sorted(set(connection.execute(corrected.where(documents.c.id.in_(sorted(ids)))).scalars()))):
        last = connection.execute(select(func.max(passages.c.key))).scalar() or 0
        old = passages.c.reading.in_(some)
        rows = [dict(row._mapping) for row in connection.execute(select(passages).where(old).order_by(passages.c.key))]
        if not is_sqlite(connection):
            connection.exec_driver_sql(f"DELETE FROM {WORDS} WHERE passage = ANY(%s)", ([row["key"] for row in rows],))
        connection.execute(delete(passages).where(old))
        anew = {row["key"]: last + place for place, row in enumerate(rows, 1)}
        connection.execute(insert(passages), [{**row, "key": anew[row["key"]], "under": anew[row["under"] or row["key"]]} for row in rows])
        index_words(connection, list(_indexed(connection, some)))


def _indexed(connection: Connection, some: Sequence[int]) -> Iterator[Indexed]:
    signs, whole = _signs(connection, some), (0, searchable(""))
    query = select(passages, documents.c.title, documents.c.text).join(documents, documents.c.key == passages.c.document)
    rows = connection.execute(query.where(passages.c.reading.in_(some)).order_by(passages.c.key))
    for key, together in groupby(rows, key=lambda row: row.under or row.key):
        row, *others = together
        if whole[0] != row.document:
            whole = (row.document, searchable(fold(row.text)))
        words = words_of_passage(row.kind, row.number, (row.start, row.end), row.title, whole[1])
        of, places = signs[row.reading], [(one.kind, one.number) for one in (row, *others)]
        yield indexed(key, words, f"{of.of_document(DOCUMENT) if row.kind == DOCUMENT else of.of_findings(places)} {of.head}")


def _signs(connection: Connection, some: Sequence[int]) -> dict[int, Signs]:
    """The signs of each of some readings."""
    findings: dict[int, defaultdict[str, list[Row]]] = {reading: defaultdict(list) for reading in some}
    for kind in SIGNED:
        table = FINDINGS[kind]
        for row in connection.execute(select(table).where(table.c.reading.in_(some))):
            findings[row.reading][kind].append(tuple(row)[1:])
    for row in connection.execute(select(amended).where(amended.c.reading.in_(some), amended.c.kind.in_(SIGNED))):
        found = {"number": row.number, **row.fields}
        findings[row.reading][row.kind].append(tuple(found.get(column.name) for column in list(FINDINGS[row.kind].columns)[1:]))
    taking_part: defaultdict[int, list[Row]] = defaultdict(list)
    for table in (parties, amended_parties):
        columns = (table.c.kind, table.c.number, table.c.role, table.c.position, table.c.actor)
        for row in connection.execute(select(table.c.reading, *columns).where(table.c.reading.in_(some))):
            taking_part[row.reading].append(tuple(row)[1:])
    themes: defaultdict[int, list[Row]] = defaultdict(list)
    for row in connection.execute(select(finding_themes).where(finding_themes.c.reading.in_(some))):
        themes[row.reading].append((row.kind, row.number, row.theme))
    heads = select(readings.c.key, documents.c.language, documents.c.publisher, documents.c.published)
    heads = heads.join(documents, documents.c.key == readings.c.document).where(readings.c.key.in_(some))
    return {
        row.key: Signs((row.language, row.publisher, row.published), findings[row.key], taking_part[row.key], themes[row.key])
        for row in connection.execute(heads)
    }


def _in_parts(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    yield from (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
