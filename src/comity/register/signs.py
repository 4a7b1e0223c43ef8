"""What a passage can be narrowed by inside the full-text index: a sign for each pair of a filter and a value (actor, VNM).

In: the rows of a reading, and what is known of its document. Out: the signs of each of its passages, as words that stand in the index
beside the text's own. A search for "hợp tác" among the statements of the Lao PDR then reads what has both, not the million that say
"hợp tác". A sign only leads to passages: every filter is also a condition of the query, so that two values with one sign do no harm.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from comity.register.rows import ROLES
from comity.register.schema import FINDINGS
from comity.register.tags import CODES, THEMED

Row = tuple[Any, ...]
Place = tuple[str, int]
"""A kind of finding, and which one of its reading."""

MENTIONS = (
    ("actors", "actor", ("actor",)),
    ("themes", "theme", ("theme",)),
    ("mechanisms", "mechanism", ("mechanism", "name")),
    ("instruments", "instrument", ("instrument", "name")),
    ("offices", "office", ("of", "quote")),
)
"""Kinds of mention by which whole documents are narrowed: the filter, and the columns that may hold its value."""

EVERYWHERE = ("mechanism", "instrument", "office")
"""Filters that are about the whole document, whatever is looked for in it."""


@lru_cache(maxsize=2**16)
def sign(facet: str, value: str) -> str:
    """One word for a filter and its value; letters and digits only, so that every index takes it as it is."""
    return "x" + blake2b(f"{facet}\0{value}".encode(), digest_size=5).hexdigest()


class Signs:
    """The signs of the passages of one reading. Rows are as in their tables, without the reading's key."""

    def __init__(
        self,
        document: tuple[str, str | None, str | None],
        findings: Mapping[str, Iterable[Row]],
        parties: Iterable[Row],
        themes: Iterable[Row],
    ) -> None:
        """`document` is its language, its publisher and when it was published."""
        language, publisher, published = document
        head = [sign("language", language), sign("year", (published or "")[:4])]
        self._head = [*head, sign("publisher", publisher)] if publisher is not None else head
        self._named = {facet: _named(kind, columns, facet, findings.get(kind, ())) for kind, facet, columns in MENTIONS}
        self._head += sorted({one for facet in EVERYWHERE for one in self._named[facet]})
        self._own: defaultdict[Place, set[str]] = defaultdict(set)
        for kind, number, _, _, actor in parties:
            self._own[kind, number].add(sign("actor", actor))
        for kind, number, theme in themes:
            self._own[kind, number].add(sign("theme", theme))
        place = _place("statements", CODES["statements"][0])
        for row in findings.get("statements", ()):
            self._own["statements", row[0]].add(sign("act", row[place]))

    @property
    def head(self) -> str:
        """Those that every passage of the reading has."""
        return " ".join(self._head)

    def of_document(self, kind: str) -> str:
        """The kind and the own signs of the document's text."""
        return " ".join([kind, *sorted(self._named["actor"] | self._named["theme"])])

    def of_findings(self, several: Sequence[Place]) -> str:
        """The kinds and the own signs of the sentence around some findings: who takes part and which themes its words name, where their
        kind has such."""
        kinds, own = dict.fromkeys(kind for kind, _ in several), set[str]()
        for place in several:
            own |= self._own.get(place, set())
        for kind in kinds:
            own |= self._named["actor"] if kind not in ROLES else set()
            own |= self._named["theme"] if kind not in THEMED else set()
        return " ".join([*kinds, *sorted(own)])


def _named(kind: str, columns: tuple[str, ...], facet: str, rows: Iterable[Row]) -> set[str]:
    places = [_place(kind, column) for column in columns]
    return {sign(facet, value) for value in {row[place] for row in rows for place in places} if value is not None}


def _place(kind: str, column: str) -> int:
    return list(FINDINGS[kind].columns.keys()).index(column) - 1
