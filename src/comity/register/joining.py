"""Which families new documents belong to: each is compared with the documents of the same week that share a shingle of its sketch, those of
the register and those that come with it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, select, text, update

from comity.register.bulk import ask_for_numbers, insert_rows
from comity.register.families import (
    SKETCH,
    WEEK,
    Days,
    Low,
    Outline,
    day_of,
    days_of,
    is_far,
    low,
    near_copies,
    sketch,
    week_around,
    within_week,
)
from comity.register.prepared import Prepared
from comity.register.schema import documents, families, outlines, sketches

CANDIDATES = 40
"""So many documents with the most shingles in common are compared."""

UNDATED = 500
"""So many that share a shingle are looked at where a document's own date is not known."""

AT_ONCE = 5_000

SHARING = f"SELECT document FROM sketches WHERE shingle IN ({', '.join(f':s{place}' for place in range(SKETCH))})"
UNDATED_ONES = f"{SHARING} AND year = '' AND day = ''"
IN_WEEK = f"{SHARING} AND year IN (:before, :own, :after) AND day BETWEEN :first AND :last"
IN_WEEK_OR_UNDATED = f"{UNDATED_ONES} UNION ALL {IN_WEEK}"
"""Two questions, each of which the key answers alone: with `OR` all documents of all times are looked at that share a shingle."""

AT_ANY_TIME = f"{SHARING} AND year IN ({{years}}) LIMIT {UNDATED}"
NEXT_YEAR = text("SELECT min(year) FROM sketches WHERE year > :year")


class Known(Struct, frozen=True):
    """What is asked of a document that may be a copy."""

    id: str
    days: Days
    family: str
    hashes: Outline
    low: Low


class Joining:
    """The families of one transaction."""

    def __init__(self, connection: Connection, moment: str, new: Sequence[tuple[int, Prepared]]) -> None:
        self._connection = connection
        self._moment = moment
        self._sharing: defaultdict[int, list[int]] = defaultdict(list)
        self._known: dict[int, Known] = {}
        self._members: defaultdict[str, list[int]] = defaultdict(list)
        self._new: set[int] = set()
        self.grown: set[str] = set()
        """The families that have several documents now and had fewer before."""
        there = {key: Counter(self._there(prepared)) for key, prepared in new}
        self._load({one for shared in there.values() for one in _likely(shared)})
        for key, prepared in new:
            self._join(key, prepared, there[key])

    def family_of(self, key: int) -> str:
        """The family of a new document."""
        return self._known[key].family

    def rows(self) -> list[tuple[int, str, str]]:
        """The rows of `families` of the new documents."""
        return [(key, self._moment, self._known[key].family) for key in sorted(self._new)]

    def _join(self, key: int, prepared: Prepared, there: Counter[int]) -> None:
        document = prepared.document
        own = low(prepared.hashes)
        copies = {self._known[copy].family for copy in self._copies(prepared, own, there)}
        family = min([document.id, *copies])
        if copies:
            self.grown = (self.grown - copies) | {family}
        for other in copies - {family}:
            self._rename(other, family)
        self._know(key, Known(document.id, days_of(document.published), family, prepared.hashes, own))
        self._new.add(key)
        for shingle in sketch(prepared.hashes):
            self._sharing[shingle].append(key)

    def _copies(self, prepared: Prepared, own: Low, there: Counter[int]) -> Iterator[int]:
        """The near copies among those that share a shingle, the likeliest ones only."""
        days = days_of(prepared.document.published)
        sharing = self._sharing
        with_it = Counter(chain.from_iterable([sharing[shingle] for shingle in sketch(prepared.hashes) if shingle in sharing]))
        known, first, last = self._known, days[0] - WEEK, days[1] + WEEK
        shared = Counter({key: number for key, number in with_it.items() if first <= known[key].days[1] and known[key].days[0] <= last})
        for key in _likely(shared + there if there else shared):
            one = self._known[key]
            if within_week(one.days, days) and not is_far(one.low, own) and near_copies(one.hashes, prepared.hashes):
                yield key

    def _there(self, prepared: Prepared) -> list[int]:
        """The documents of the register that share a shingle, once for each."""
        shingles = sketch(prepared.hashes)
        if len(shingles) < SKETCH:
            shingles += shingles[:1] * (SKETCH - len(shingles))
        asked: dict[str, int | str] = {f"s{place}": shingle for place, shingle in enumerate(shingles)}
        if published := prepared.document.published:
            first, last = week_around(published)
            asked |= {"first": first, "last": last, "before": first[:4], "own": published[:4], "after": last[:4]}
            return ask_for_numbers(self._connection, IN_WEEK_OR_UNDATED if self._some_undated else IN_WEEK, asked)
        years = {f"y{place}": year for place, year in enumerate(self._years)}
        query = AT_ANY_TIME.format(years=", ".join(f":{name}" for name in years))
        return ask_for_numbers(self._connection, query, asked | years)

    @cached_property
    def _some_undated(self) -> bool:
        """Whether the register has documents whose day is not known; few have."""
        return self._connection.execute(select(sketches.c.document).where(sketches.c.year == "").limit(1)).first() is not None

    @cached_property
    def _years(self) -> list[str]:
        """The years of which there are shingles, and the empty one; asked only where a document has no date."""
        years, year = [""], ""
        while year := self._connection.execute(NEXT_YEAR, {"year": year}).scalar() or "":
            years.append(year)
        return years

    def _load(self, keys: Collection[int]) -> None:
        columns = (documents.c.key, documents.c.id, documents.c.published, documents.c.family, outlines.c.hashes)
        query = select(*columns).select_from(documents.join(outlines, outlines.c.document == documents.c.key))
        ordered = sorted(keys)
        for start in range(0, len(ordered), AT_ONCE):
            for row in self._connection.execute(query.where(documents.c.key.in_(ordered[start : start + AT_ONCE]))):
                hashes = np.frombuffer(row.hashes, dtype="<u4")
                self._know(row.key, Known(row.id, days_of(row.published), row.family, hashes, low(hashes)))

    def _know(self, key: int, one: Known) -> None:
        self._known[key] = one
        self._members[one.family].append(key)

    def _rename(self, family: str, name: str) -> None:
        """A family that turns out to be part of another takes its name from now on."""
        for key in self._members.pop(family, ()):
            self._know(key, replace(self._known[key], family=name))
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


def _likely(shared: Counter[int]) -> list[int]:
    return sorted(shared, key=lambda key: (-shared[key], key))[:CANDIDATES]


def add_outlines(connection: Connection, outlined: Iterable[tuple[int, str | None, Outline]]) -> None:
    """Keeps what documents (key, date of publication, outline) are looked up and compared by."""
    found = list(outlined)
    insert_rows(connection, outlines, [(key, hashes.astype("<u4").tobytes()) for key, _, hashes in found])
    days = [(day_of(published), key, hashes) for key, published, hashes in found]
    rows = [(day[:4], shingle, day, key) for day, key, hashes in days for shingle in sketch(hashes)]
    insert_rows(connection, sketches, sorted(rows))
