"""What one transaction adds, gathered table by table and written with one statement a table, after all checks are made."""

from collections import defaultdict
from collections.abc import Container
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, exists, func, insert, or_, select, update

from comity.knowledge.folded import fold
from comity.records import Document, Reading
from comity.register.clock import now
from comity.register.decisions import fit_again
from comity.register.families import near_copies, same_week, shingles, sketch, week_around
from comity.register.identities import Resolver
from comity.register.passages import Searchable, index_words, passages_of_document, passages_of_reading, searchable
from comity.register.rejections import rejecting
from comity.register.repeats import mark_repeats
from comity.register.rows import document_row, finding_rows
from comity.register.schema import FINDINGS, documents, families, finding_themes, fits, parties, passages, readings, sketches
from comity.register.tags import ThemeWords, tag_documents, theme_rows

CANDIDATES = 20
"""So many documents with the most shingles in common are compared in full."""


class Batch:
    """Rows on their way into a register whose caller holds the right to write. Keys are given here, one after another."""

    def __init__(self, connection: Connection, famous: Container[str], themes: ThemeWords) -> None:
        self._connection = connection
        self._themes = themes
        self._families: set[str] = set()
        self._read: set[int] = set()
        self._rows: defaultdict[Table, list[dict[str, Any]]] = defaultdict(list)
        self._read_anew: list[tuple[str, int]] = []
        self._added: set[tuple[int, str]] = set()
        self._document = self._last(documents)
        self._reading = self._last(readings)
        self._passage = self._last(passages)
        self._words: list[tuple[int, str, Searchable]] = []
        self._whole = ("", Searchable("", ""))
        latest = connection.execute(select(func.max(readings.c.added))).scalar() or ""
        self.moment = max(now(), latest)
        """Never before what is there already, even where the clock went back: a view as of a day must not change afterwards."""
        self._resolver = Resolver(connection, self.moment, famous)

    def key_of(self, document: str) -> int | None:
        found = self._connection.execute(select(documents.c.key).where(documents.c.id == document)).scalar()
        return None if found is None else int(found)

    def has_reading(self, document: int, reader: str) -> bool:
        query = select(exists().where(readings.c.document == document, readings.c.reader == reader))
        return (document, reader) in self._added or bool(self._connection.execute(query).scalar())

    def add_document(self, document: Document) -> int:
        """Writes the document at once, because the next one may be its copy."""
        self._document += 1
        whole = self._searchable(document)
        hashes = shingles(whole.exact)
        family = self._family(document, hashes)
        row = {**document_row(document), "key": self._document, "family": family, "added": self.moment, "day": document.published or ""}
        self._connection.execute(insert(documents), [row])
        self._connection.execute(insert(sketches), [{"shingle": shingle, "document": self._document} for shingle in sketch(hashes)])
        self._families.add(family)
        self._rows[families].append({"document": self._document, "since": self.moment, "family": family})
        self._add_passages(self._document, None, passages_of_document(document.text, document.title, whole))
        return self._document

    def add_reading(self, document: int, reading: Reading) -> None:
        self._reading += 1
        self._added.add((document, reading.reader))
        self._read_anew.append((reading.document.id, self._reading))
        self._rows[readings].append({"key": self._reading, "document": document, "reader": reading.reader, "added": self.moment})
        for kind, table in FINDINGS.items():
            rows, actors = finding_rows(reading, kind)
            self._rows[table] += [{"reading": self._reading, **row} for row in rows]
            self._rows[parties] += [{"reading": self._reading, **row} for row in actors]
        self._rows[finding_themes] += [{"reading": self._reading, **row} for row in theme_rows(reading, self._themes)]
        self._read.add(document)
        named = ((mention.actor, mention.type.value, mention.evidence.quote) for mention in reading.actors)
        self._resolver.resolve(self._reading, reading.document.id, named, ((office.person, office.of) for office in reading.offices))
        self._add_passages(document, self._reading, passages_of_reading(reading, self._searchable(reading.document)))

    def write(self) -> None:
        """Writes all that was gathered; the newest reading of each document is the one its views use."""
        for table in (readings, families, *FINDINGS.values(), parties, finding_themes, passages):
            if rows := self._rows[table]:
                self._connection.execute(insert(table), rows)
        self._resolver.write()
        index_words(self._connection, self._words)
        if added := self._rows[readings]:
            newest = update(documents).where(documents.c.key == bindparam("of")).values(reading=bindparam("newest"))
            self._connection.execute(newest, [{"of": row["document"], "newest": row["key"]} for row in added])
        for document, key in self._read_anew:
            if rows := fit_again(self._connection, document, key):
                self._connection.execute(insert(fits), rows)
        self._list()

    def _list(self) -> None:
        """What lists are made from, of the documents that are new or read anew, and of their near copies."""
        several = set(self._connection.execute(select(documents.c.family).where(documents.c.key.in_(self._read))).scalars())
        copies = mark_repeats(self._connection, several | self._families) if several else set()
        tag_documents(self._connection, self._read | copies, rejecting(self._connection))

    def _searchable(self, document: Document) -> Searchable:
        """Made once for a document and the reading that comes with it."""
        if self._whole[0] != document.id:
            self._whole = (document.id, searchable(document.text))
        return self._whole[1]

    def _add_passages(self, document: int, reading: int | None, found: list[tuple[dict[str, Any], Searchable]]) -> None:
        for row, words in found:
            self._passage += 1
            self._rows[passages].append({"key": self._passage, "document": document, **row, "reading": reading})
            self._words.append((self._passage, row["kind"], words))

    def _last(self, table: Table) -> int:
        return int(self._connection.execute(select(func.max(table.c.key))).scalar() or 0)

    def _family(self, document: Document, hashes: frozenset[int]) -> str:
        """The family of a new document, which joins those of its near copies."""
        copies = self._copies(document, hashes)
        family = min([document.id, *copies])
        if others := copies - {family}:
            members = self._connection.execute(select(documents.c.key).where(documents.c.family.in_(others))).scalars().all()
            self._connection.execute(update(documents).where(documents.c.key.in_(members)).values(family=family))
            for member in members:
                self._note_family(member, family)
        return family

    def _note_family(self, document: int, family: str) -> None:
        """A document whose family was noted at this very moment gets the later one only."""
        gathered = next((row for row in self._rows[families] if row["document"] == document), None)
        if gathered:
            gathered["family"] = family
            return
        of = (families.c.document == document, families.c.since == self.moment)
        if not self._connection.execute(update(families).where(*of).values(family=family)).rowcount:
            self._rows[families].append({"document": document, "since": self.moment, "family": family})

    def _copies(self, document: Document, hashes: frozenset[int]) -> set[str]:
        """The families of the near copies that the register holds."""
        first, last = week_around(document.published)
        shared = func.count().label("shared")
        query = (
            select(documents.c.family, documents.c.published, documents.c.text)
            .join(sketches, sketches.c.document == documents.c.key)
            .where(sketches.c.shingle.in_(sketch(hashes)))
            .where(or_(documents.c.published.is_(None), and_(documents.c.published >= first, documents.c.published <= last)))
            .group_by(documents.c.key)
            .order_by(shared.desc(), documents.c.id)
            .limit(CANDIDATES)
        )
        return {
            row.family
            for row in self._connection.execute(query)
            if same_week(row.published, document.published) and near_copies(shingles(fold(row.text)), hashes)
        }
