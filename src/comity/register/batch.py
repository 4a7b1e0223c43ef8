"""What one transaction adds, gathered table by table and written with one statement a table, after all checks are made."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, Table, bindparam, func, insert, select, update

from comity.register.amended import amend_documents
from comity.register.bulk import Row, insert_rows
from comity.register.clock import now
from comity.register.findable import index_anew
from comity.register.fitting import fit_again
from comity.register.identities import Resolver
from comity.register.joining import Joining, add_outlines
from comity.register.passages import Indexed, index_words, indexed, words_of_passage
from comity.register.prepared import Prepared, tags_without
from comity.register.regrouping import regroup
from comity.register.rejections import rejecting
from comity.register.repeats import mark_repeats
from comity.register.rows import document_row
from comity.register.schema import FINDINGS, documents, families, finding_themes, fits, parties, passages, readings
from comity.register.tagging import add_tags, tag_documents
from comity.register.withdrawals import keep_withdrawn

AFTER_DOCUMENTS = (readings, *FINDINGS.values(), parties, finding_themes, passages)
"""What is written once the documents are there, in this order."""


class Added(StrEnum):
    """What adding a reading changed."""

    NEW = "new"
    READ_ANEW = "read-anew"
    NOTHING = "nothing"


class Batch:
    """Rows on their way into a register whose caller holds the right to write. Keys are given here, one after another."""

    def __init__(self, connection: Connection, famous: Container[str], several: Sequence[Prepared]) -> None:
        self._connection = connection
        self._several = several
        self._rows: defaultdict[Table, list[Row]] = defaultdict(list)
        self._words: list[Indexed] = []
        self._new: dict[int, Prepared] = {}
        self._newest: dict[int, int] = {}
        self._read_anew: dict[int, str] = {}
        self._reading, self._passage = self._last(readings), self._last(passages)
        latest = connection.execute(select(func.max(readings.c.added))).scalar() or ""
        self._moment = max(now(), latest)
        """Never before what is there already, even where the clock went back: a view as of a day must not change afterwards."""
        self._resolver = Resolver(connection, self._moment, famous)

    def write(self) -> list[Added]:
        """Adds each document if it is new, and each reading if its reader version has not read the document before."""
        keys = self._keys()
        had = {(row.document, row.reader) for row in self._connection.execute(_readings_of(keys.values()))} if keys else set()
        self._resolver.load(actor for one in self._several for actor, _, _ in one.named)
        added, document = [], self._last(documents)
        for one in self._several:
            key = keys.get(one.document.id)
            if key is not None and (key, one.reader) in had:
                added.append(Added.NOTHING)
                continue
            added.append(Added.NEW if key is None else Added.READ_ANEW)
            if key is None:
                key = document = document + 1
                keys[one.document.id] = key
                self._new[key] = one
            had.add((key, one.reader))
            self._add_reading(key, one)
        self._write_documents()
        self._write_readings()
        return added

    def _keys(self) -> dict[str, int]:
        """The documents that are there already."""
        ids = [one.document.id for one in self._several]
        return {row.id: row.key for row in self._connection.execute(select(documents.c.id, documents.c.key).where(documents.c.id.in_(ids)))}

    def _add_reading(self, document: int, prepared: Prepared) -> None:
        self._reading += 1
        key = self._reading
        if self._new.get(document) is not prepared:
            self._read_anew[key] = prepared.document.id
        self._newest[document] = key
        self._rows[readings].append((key, document, prepared.reader, self._moment))
        for kind, rows in prepared.findings.items():
            self._rows[FINDINGS[kind]] += [(key, *row) for row in rows]
        self._rows[parties] += [(key, *row) for row in prepared.parties]
        self._rows[finding_themes] += [(key, *row) for row in prepared.themes]
        self._resolver.resolve(key, prepared.document.id, prepared.named, prepared.offices)
        self._add_passages(document, key, prepared)

    def _add_passages(self, document: int, reading: int, prepared: Prepared) -> None:
        """Those of one stretch are numbered one behind the other, and its words stand under the first number."""
        title, whole = prepared.document.title, prepared.words
        for start, end, own, places in prepared.stretches:
            first = self._passage + 1
            self._rows[passages] += [(key, document, reading, *place, start, end, first) for key, place in enumerate(places, first)]
            self._passage += len(places)
            self._words.append(indexed(first, words_of_passage(*places[0], (start, end), title, whole), f"{own} {prepared.signs}"))

    def _write_documents(self) -> None:
        self._joining = Joining(self._connection, self._moment, list(self._new.items()))
        rows = []
        for key, prepared in self._new.items():
            family, day = self._joining.family_of(key), prepared.document.published or ""
            given = {"key": key, "family": family, "reading": self._newest[key], "added": self._moment, "day": day}
            row = document_row(prepared.document) | given
            for name in ("related", "shifts"):
                row[name] = msgspec.json.encode(row[name]).decode()
            rows.append(tuple(row[column.name] for column in documents.columns))
        insert_rows(self._connection, documents, rows)
        insert_rows(self._connection, families, self._joining.rows())
        add_outlines(self._connection, ((key, one.document.published, one.hashes) for key, one in self._new.items()))

    def _write_readings(self) -> None:
        """Writes all else that was gathered; the newest reading of each document is the one its views use."""
        for table in AFTER_DOCUMENTS:
            insert_rows(self._connection, table, self._rows[table])
        self._resolver.write()
        index_words(self._connection, self._words)
        anew = [{"of": document, "newest": key} for document, key in self._newest.items() if document not in self._new]
        if anew:
            newest = update(documents).where(documents.c.key == bindparam("of")).values(reading=bindparam("newest"))
            self._connection.execute(newest, anew)
            keep_withdrawn(self._connection, [one["of"] for one in anew])
        for key, id in self._read_anew.items():
            if fitting := fit_again(self._connection, id, key):
                self._connection.execute(insert(fits), fitting)
                amend_documents(self._connection, [id])
                index_anew(self._connection, [id])
        self._list({one["of"] for one in anew} | {key for key in self._new if self._several_readings(key)})

    def _several_readings(self, document: int) -> bool:
        """Whether a new document came with a second reading."""
        return self._new[document].document.id in self._read_anew.values()

    def _list(self, read_anew: set[int]) -> None:
        """What lists are made from: of new documents as prepared, of those read anew and of others whose copies came as the tables say."""
        families_of = select(documents.c.family).where(documents.c.key.in_(read_anew))
        several = self._joining.grown | (set(self._connection.execute(families_of).scalars()) if read_anew else set())
        again = mark_repeats(self._connection, several) if several else {}
        by_tables = read_anew | (again.keys() - self._new.keys())
        if by_tables:
            tag_documents(self._connection, by_tables, rejecting(self._connection))
        of_new = ((key, one) for key, one in self._new.items() if key not in by_tables)
        add_tags(self._connection, ((key, one.document, tags_without(one, again.get(key, ()))) for key, one in of_new))
        if self._joining.grown:
            regroup(self._connection, self._moment)

    def _last(self, table: Table) -> int:
        return int(self._connection.execute(select(func.max(table.c.key))).scalar() or 0)


def _readings_of(keys: Iterable[int]) -> Select[Any]:
    return select(readings.c.document, readings.c.reader).where(readings.c.document.in_(list(keys)))
