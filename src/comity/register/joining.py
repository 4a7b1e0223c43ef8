"""Which families new documents belong to: each is compared with the documents of the same week that share a shingle of its sketch, those of
the register and those that come with it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, and_, or_, select, update

from comity.register.bulk import insert_rows
from comity.register.families import Outline, day_of, near_copies, same_week, sketch, week_around
from comity.register.prepared import Prepared
from comity.register.schema import documents, families, outlines, sketches

CANDIDATES = 40
"""So many documents with the most shingles in common are compared."""

UNDATED = 500
"""So many that share a shingle are looked at where a document's own date is not known."""


class Known(Struct, frozen=True):
    """What is asked of a document that may be a copy."""

    id: str
    published: str | None
    family: str
    hashes: Outline


class Joining:
    """The families of one transaction."""

    def __init__(self, connection: Connection, moment: str, new: Sequence[tuple[int, Prepared]]) -> None:
        self._connection = connection
        self._moment = moment
        self._sharing: defaultdict[int, list[int]] = defaultdict(list)
        self._known: dict[int, Known] = {}
        self._new: set[int] = set()
        self.grown: set[str] = set()
        """The families that have several documents now and had fewer before."""
        for key, prepared in new:
            self._join(key, prepared)

    def family_of(self, key: int) -> str:
        """The family of a new document."""
        return self._known[key].family

    def rows(self) -> list[tuple[int, str, str]]:
        """The rows of `families` of the new documents."""
        return [(key, self._moment, self._known[key].family) for key in sorted(self._new)]

    def _join(self, key: int, prepared: Prepared) -> None:
        document = prepared.document
        copies = {self._known[copy].family for copy in self._copies(prepared)}
        family = min([document.id, *copies])
        if copies:
            self.grown = (self.grown - copies) | {family}
        for other in copies - {family}:
            self._rename(other, family)
        self._known[key] = Known(document.id, document.published, family, prepared.hashes)
        self._new.add(key)
        for shingle in sketch(prepared.hashes):
            self._sharing[shingle].append(key)

    def _copies(self, prepared: Prepared) -> Iterator[int]:
        """The near copies among those that share a shingle, the likeliest ones only."""
        shared = Counter(key for shingle in sketch(prepared.hashes) for key in self._sharing.get(shingle, ()))
        shared.update(self._there(prepared))
        likely = sorted(shared, key=lambda key: (-shared[key], key))[:CANDIDATES]
        self._load(likely)
        for key in likely:
            one = self._known[key]
            if near_copies(one.hashes, prepared.hashes) and same_week(one.published, prepared.document.published):
                yield key

    def _there(self, prepared: Prepared) -> Iterator[int]:
        """The documents of the register that share a shingle, once for each."""
        query = select(sketches.c.document).where(sketches.c.shingle.in_(sketch(prepared.hashes)))
        if published := prepared.document.published:
            first, last = week_around(published)
            query = query.where(or_(sketches.c.day == "", and_(sketches.c.day >= first, sketches.c.day <= last)))
        else:
            query = query.limit(UNDATED)
        yield from self._connection.execute(query).scalars()

    def _load(self, keys: Iterable[int]) -> None:
        missing = [key for key in keys if key not in self._known]
        columns = (documents.c.key, documents.c.id, documents.c.published, documents.c.family, outlines.c.hashes)
        joined = documents.join(outlines, outlines.c.document == documents.c.key)
        for row in self._connection.execute(select(*columns).select_from(joined).where(documents.c.key.in_(missing))) if missing else ():
            self._known[row.key] = Known(row.id, row.published, row.family, np.frombuffer(row.hashes, dtype="<u4"))

    def _rename(self, family: str, name: str) -> None:
        """A family that turns out to be part of another takes its name from now on."""
        for key, one in self._known.items():
            if one.family == family:
                self._known[key] = replace(one, family=name)
        members = self._connection.execute(select(documents.c.key).where(documents.c.family == family)).scalars().all()
        if members:
            self._connection.execute(update(documents).where(documents.c.key.in_(members)).values(family=name))
        for member in members:
            self._note(member, name)

    def _note(self, document: int, family: str) -> None:
        """A document whose family was noted at this very moment gets the later one only."""
        of = (families.c.document == document, families.c.since == self._moment)
        if not self._connection.execute(update(families).where(*of).values(family=family)).rowcount:
            row = {"document": document, "since": self._moment, "family": family}
            self._connection.execute(families.insert(), [row])


def add_outlines(connection: Connection, outlined: Iterable[tuple[int, str | None, Outline]]) -> None:
    """Keeps what documents (key, date of publication, outline) are looked up and compared by."""
    found = list(outlined)
    insert_rows(connection, outlines, [(key, hashes.astype("<u4").tobytes()) for key, _, hashes in found])
    rows = [(shingle, day_of(published), key) for key, published, hashes in found for shingle in sketch(hashes)]
    insert_rows(connection, sketches, sorted(rows))
