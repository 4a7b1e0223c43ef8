"""Full-text search in a register, one page after another, and how many hits there are by what.

Documents come by how often and how densely the words stand in them; of more than `SCORED` hits the last added ones are told apart first,
then those before them, so that a word of every document costs no more than a rare one. Sentences are too short for that: those come first
in which the words stand as they were typed, the last added first, `BLOCK` passages of the register at a time. Every hit is reached in
either way.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from math import inf
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, FromClause, and_, func, select

from comity.register.cursors import read_cursor, write_cursor
from comity.register.matching import Matching
from comity.register.rows import ROLES
from comity.register.schema import FINDINGS, finding_themes, parties, passages
from comity.register.tags import CODES, THEMED

SCORED = 2_000
"""Documents whose words are counted at once."""

BLOCK = 2**18
"""Passages in which the words as typed come before the words anywhere: some 6,000 documents."""

COUNTED = 2_000
"""Hits that are counted by what they are; where there are more, the last added ones are."""

MOST = 20
"""So many actors, themes and acts of a search are counted."""


class Place(Struct, frozen=True):
    """One row of an answer: which passage, how well it fits (more is better), and where it stands."""

    passage: int
    score: float
    document: int
    reading: int | None
    number: int
    start: int
    end: int
    below: int


class Facets(Struct, frozen=True, kw_only=True):
    """How many hits there are in all, and by publisher, language and year, the most frequent first; of findings also by who takes part,
    theme and act, up to `MOST` of each. With `more`, there are more than `total`, and only the last added of them were counted."""

    total: int
    publishers: dict[str, int]
    languages: dict[str, int]
    years: dict[str, int]
    actors: dict[str, int] = {}
    themes: dict[str, int] = {}
    acts: dict[str, int] = {}
    more: bool = False


def places(matching: Matching, *, limit: int, after: str | None) -> list[Place]:
    """The best passages behind the one that `after` names."""
    cursor = None if after is None else read_cursor(after, tuple[float, int, int])
    found = _by_score(matching, cursor) if matching.scored else _by_worth(matching, cursor, limit)
    return list(islice(found, limit))


def cursor_of(place: Place) -> str:
    """Where the next page begins, as text that a page or a command can carry."""
    return write_cursor((place.score, place.passage, place.below))


def facets(matching: Matching, kind: str) -> Facets:
    """Counts over all hits, not only those of a page."""
    rows = matching.heads(limit=COUNTED + 1)
    counted = rows[:COUNTED]
    return Facets(
        total=len(counted),
        publishers=_ranked(Counter(row.publisher or "" for row in counted)),
        languages=_ranked(Counter(row.language for row in counted)),
        years=_ranked(Counter((row.published or "")[:4] for row in counted)),
        **_of_findings(matching, kind, [row.key for row in counted]),
        more=len(rows) > COUNTED,
    )


def _by_score(matching: Matching, cursor: tuple[float, int, int] | None) -> Iterator[Place]:
    """The last `SCORED` passages, the best first, then those before them."""
    score, key, below = cursor or (inf, 0, matching.last() + 1)
    while True:
        window = matching.scores(below=below, limit=SCORED)
        for row in sorted(window, key=lambda row: (row.score, row.key), reverse=True):
            if (row.score, row.key) < (score, key):
                yield _place(row, below)
        if len(window) < SCORED:
            return
        score, key, below = inf, 0, window[-1].key


def _by_worth(matching: Matching, cursor: tuple[float, int, int] | None, limit: int) -> Iterator[Place]:
    """Those of most worth in the last block of passages, then the others in it, then the blocks before. Blocks stay where they are when
    passages are added."""
    worth, key, _ = cursor or (inf, matching.last() + 1, 0)
    last, size = key // BLOCK, BLOCK
    if len(matching.worths) == 1:
        last, size = 0, key + 1
    for block in range(last, -1, -1):
        for one in matching.worths:
            if block == last and one > worth:
                continue
            below = key if block == last and one == worth else (block + 1) * size
            for row in matching.sentences(one, least=block * size, below=below, limit=limit):
                yield _place(row, 0)


def _place(row: Any, below: int) -> Place:
    return Place(row.key, float(row.score), row.document, row.reading, row.number, row.start, row.end, below)


def _of_findings(matching: Matching, kind: str, keys: list[int]) -> dict[str, dict[str, int]]:
    """What findings are counted by beside their documents."""
    found = {}
    for name, table, value, able in (
        ("actors", parties, parties.c.actor, ROLES),
        ("themes", finding_themes, finding_themes.c.theme, THEMED),
    ):
        if kind in able:
            here = and_(table.c.reading == passages.c.reading, table.c.kind == kind, table.c.number == passages.c.number)
            some = select(passages.c.key, value.label("value")).join(table, here).where(passages.c.key.in_(keys))
            once = some.distinct().subquery("once")
            found[name] = _counted(matching, once.c.value, once)
    if kind in CODES:
        finding = FINDINGS[kind]
        joined = passages.join(finding, and_(finding.c.reading == passages.c.reading, finding.c.number == passages.c.number))
        found["acts"] = _counted(matching, finding.c[CODES[kind][0]], joined, passages.c.key.in_(keys))
    return found


def _counted(matching: Matching, value: ColumnElement[Any], rows: FromClause, *conditions: ColumnElement[bool]) -> dict[str, int]:
    query = select(value, func.count()).select_from(rows).where(*conditions).group_by(value)
    found = matching.ask(query.order_by(func.count().desc(), value).limit(MOST))
    return {str(row[0]): int(row[1]) for row in found if row[0] is not None}


def _ranked(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
