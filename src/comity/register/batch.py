"""What one transaction adds, written table by table with one statement each, after all checks are made."""

from collections.abc import Container, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import Struct
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


class Added(StrEnum):
    """What adding a reading changed."""

    NEW = "new"
    READ_ANEW = "read-anew"
    NOTHING = "nothing"


class Taken(Struct, frozen=True):
    """A reading that is added, under which keys."""

    reading: int
    document: int
    prepared: Prepared


class Batch:
    """Rows on their way into a register whose caller holds the right to write. Keys are given here, one after another."""

    def __init__(self, connection: Connection, famous: Container[str], several: Sequence[Prepared]) -> None:
        self._connection = connection
        self._several = several
        self._taken: list[Taken] = []
        self._new: dict[int, Prepared] = {}
        self._newest: dict[int, int] = {}
        self._read_anew: dict[int, str] = {}
        latest = connection.execute(select(func.max(readings.c.added))).scalar() or ""
        self._moment = max(now(), latest)
        """Never before what is there already, even where the clock went back: a view as of a day must not change afterwards."""
        self._resolver = Resolver(connection, self._moment, famous)

    def write(self) -> list[Added]:
        """Adds each document if it is new, and each reading if its reader version has not read the document before."""
        added = self._take()
        self._write_documents()
        self._write_readings()
        self._write_passages()
        self._follow_up()
        return added

    def _take(self) -> list[Added]:
        """Gives keys to what is to be added."""
        keys = self._keys()
        had = {(row.document, row.reader) for row in self._connection.execute(_readings_of(keys.values()))} if keys else set()
        added, document, reading = [], self._last(documents), self._last(readings)
        for one in self._several:
            key = keys.get(one.document.id)
            if key is not None and (key, one.reader) in had:
                added.append(Added.NOTHING)
                continue
            reading += 1
            if key is None:
                key = document = document + 1
                keys[one.document.id] = key
                self._new[key] = one
                added.append(Added.NEW)
            else:
                self._read_anew[reading] = one.document.id
                added.append(Added.READ_ANEW)
            had.add((key, one.reader))
            self._newest[key] = reading
            self._taken.append(Taken(reading, key, one))
        return added

    def _keys(self) -> dict[str, int]:
        """The documents that are there already."""
        ids = [one.document.id for one in self._several]
        return {row.id: row.key for row in self._connection.execute(select(documents.c.id, documents.c.key).where(documents.c.id.in_(ids)))}

    def _write_documents(self) -> None:
        self._joining = Joining(self._connection, self._moment, list(self._new.items()))
        insert_rows(self._connection, documents, map(self._document_row, self._new))
        insert_rows(self._connection, families, self._joining.rows())
        add_outlines(self._connection, ((key, one.document.published, one.hashes) for key, one in self._new.items()))

    def _document_row(self, key: int) -> Row:
        document = self._new[key].document
        given = {"key": key, "family": self._joining.family_of(key), "reading": self._newest[key], "added": self._moment}
        row = document_row(document) | given | {"day": document.published or ""}
        for name in ("related", "shifts"):
            row[name] = msgspec.json.encode(row[name]).decode()
        return tuple(row[column.name] for column in documents.columns)

    def _write_readings(self) -> None:
        """The readings, all that was found in them, and who is who there."""
        insert_rows(self._connection, readings, ((one.reading, one.document, one.prepared.reader, self._moment) for one in self._taken))
        for kind, table in FINDINGS.items():
            insert_rows(self._connection, table, _keyed((one.reading, one.prepared.findings.get(kind, ())) for one in self._taken))
        insert_rows(self._connection, parties, _keyed((one.reading, one.prepared.parties) for one in self._taken))
        insert_rows(self._connection, finding_themes, _keyed((one.reading, one.prepared.themes) for one in self._taken))
        self._resolver.load(actor for one in self._taken for actor, _, _ in one.prepared.named)
        for one in self._taken:
            self._resolver.resolve(one.reading, one.prepared.document.id, one.prepared.named, one.prepared.offices)
        self._resolver.write()

    def _write_passages(self) -> None:
        """Those of one stretch are numbered one behind the other, and its words stand under the first number."""
        last = self._last(passages)
        rows: list[Row] = []
        words: list[Indexed] = []
        for one in self._taken:
            document, reading, prepared = one.document, one.reading, one.prepared
            title, whole = prepared.document.title, prepared.words
            for start, end, own, places in prepared.stretches:
                first = last + 1
                rows += [(key, document, reading, *place, start, end, first) for key, place in enumerate(places, first)]
                last += len(places)
                words.append(indexed(first, words_of_passage(*places[0], (start, end), title, whole), f"{own} {prepared.signs}"))
        insert_rows(self._connection, passages, rows)
        index_words(self._connection, words)

    def _follow_up(self) -> None:
        """What follows from it. The newest reading of each document is the one its views use."""
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


def _keyed(found: Iterable[tuple[int, Sequence[Row]]]) -> Iterator[Row]:
    """The rows of several readings, each with the key of its reading before it."""
    for key, rows in found:
        for row in rows:
            yield (key, *row)
