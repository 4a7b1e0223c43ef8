"""Which families new documents belong to: each is compared with the documents that share a shingle of its sketch, those of the register and
those that come with it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, select, update

from comity.knowledge.folded import fold
from comity.records import Document
from comity.register.families import Hashes, near_copies, same_week, shingles, sketch
from comity.register.prepared import Prepared
from comity.register.schema import documents, families, sketches

CANDIDATES = 20
"""So many documents with the most shingles in common are compared in full."""

AT_ONCE = 5_000


class Known(Struct, frozen=True):
    """What is asked of a document that the register has."""

    id: str
    published: str | None
    family: str


class Joining:
    """The families of one transaction."""

    def __init__(self, connection: Connection, moment: str, new: Sequence[tuple[int, Prepared]]) -> None:
        self._connection = connection
        self._moment = moment
        self._sharing: defaultdict[int, list[int]] = defaultdict(list)
        self._there: dict[int, Known] = {}
        self._hashes: dict[int, Hashes] = {}
        self._come: dict[int, Document] = {}
        self.of: dict[int, str] = {}
        """The family of each new document."""
        self.grown: set[str] = set()
        """The families that have several documents now and had fewer before."""
        self._load(new)
        for key, prepared in new:
            self._join(key, prepared)

    def rows(self) -> list[tuple[int, str, str]]:
        """The rows of `families` of the new documents."""
        return [(document, self._moment, family) for document, family in sorted(self.of.items())]

    def _load(self, new: Sequence[tuple[int, Prepared]]) -> None:
        """What the register has of the new documents' shingles, in a few questions for all of them."""
        wanted = sorted({shingle for _, prepared in new for shingle in sketch(prepared.hashes)})
        for start in range(0, len(wanted), AT_ONCE):
            query = select(sketches).where(sketches.c.shingle.in_(wanted[start : start + AT_ONCE]))
            for row in self._connection.execute(query):
                self._sharing[row.shingle].append(row.document)
        keys = sorted({key for sharing in self._sharing.values() for key in sharing})
        columns = (documents.c.key, documents.c.id, documents.c.published, documents.c.family)
        for start in range(0, len(keys), AT_ONCE):
            for row in self._connection.execute(select(*columns).where(documents.c.key.in_(keys[start : start + AT_ONCE]))):
                self._there[row.key] = Known(row.id, row.published, row.family)

    def _join(self, key: int, prepared: Prepared) -> None:
        document = prepared.document
        copies = {self._family(copy) for copy in self._copies(prepared)}
        family = min([document.id, *copies])
        if copies:
            self.grown = (self.grown - copies) | {family}
        for other in copies - {family}:
            self._rename(other, family)
        self.of[key], self._come[key], self._hashes[key] = family, document, prepared.hashes
        for shingle in sketch(prepared.hashes):
            self._sharing[shingle].append(key)

    def _copies(self, prepared: Prepared) -> Iterator[int]:
        """The near copies among those that share a shingle, the likeliest ones only."""
        shared = Counter(key for shingle in sketch(prepared.hashes) for key in self._sharing.get(shingle, ()))
        likely = [key for key in shared if same_week(self._published(key), prepared.document.published)]
        likely.sort(key=lambda key: (-shared[key], self._id(key)))
        for key in likely[:CANDIDATES]:
            if near_copies(self._shingles(key), prepared.hashes):
                yield key

    def _rename(self, family: str, name: str) -> None:
        """A family that turns out to be part of another takes its name from now on."""
        for key, mine in self.of.items():
            if mine == family:
                self.of[key] = name
        members = self._connection.execute(select(documents.c.key).where(documents.c.family == family)).scalars().all()
        if not members:
            return
        self._connection.execute(update(documents).where(documents.c.key.in_(members)).values(family=name))
        for member in members:
            if member in self._there:
                self._there[member] = replace(self._there[member], family=name)
            self._note(member, name)

    def _note(self, document: int, family: str) -> None:
        """A document whose family was noted at this very moment gets the later one only."""
        of = (families.c.document == document, families.c.since == self._moment)
        if not self._connection.execute(update(families).where(*of).values(family=family)).rowcount:
            row = {"document": document, "since": self._moment, "family": family}
            self._connection.execute(families.insert(), [row])

    def _family(self, key: int) -> str:
        return self.of[key] if key in self.of else self._there[key].family

    def _published(self, key: int) -> str | None:
        return self._come[key].published if key in self._come else self._there[key].published

    def _id(self, key: int) -> str:
        return self._come[key].id if key in self._come else self._there[key].id

    def _shingles(self, key: int) -> Hashes:
        if key not in self._hashes:
            text = str(self._connection.execute(select(documents.c.text).where(documents.c.key == key)).scalar())
            self._hashes[key] = shingles(fold(text))
        return self._hashes[key]
