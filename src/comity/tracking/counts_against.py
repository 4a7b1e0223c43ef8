"""Numbers of the same things in two documents: which contradict each other, count something else or another year, or beat a record.

In come the numbers that documents give (sayings.py); out come pairs, each of two figures once, with the words that say what is counted.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from comity.records import Bound
from comity.register import DocumentHead
from comity.tracking.contradiction import Contradiction, ContradictionKind, Side, publication, within
from comity.tracking.sayings import Counted

REMEMBERED = 12
"""Figures that a new one is held against, the last given."""

OWNED = ("bodies", "speakers")
"""Units that are held against each other only with the same owners beside them: the bodies of ASEAN, who spoke in the Council."""

AT_ONE_TIME = timedelta(days=200)
"""Two counts of the same things within half a year are held to be of one time."""


def counts_against(said: Sequence[Counted], heads: dict[str, DocumentHead]) -> Iterator[Contradiction]:
    """Counts of one unit with the same owners, each pair of figures once; only what can't both be true of one time is a contradiction."""
    by_unit: defaultdict[tuple[str, frozenset[str]], list[Counted]] = defaultdict(list)
    for one in said:
        if one.owners or one.unit not in OWNED:
            by_unit[one.unit, one.owners if one.unit in OWNED else frozenset()].append(one)
    for several in by_unit.values():
        ordered = sorted(several, key=lambda one: (*publication(heads[one.evidence.document]), one.evidence.start))
        yield from _of_one_kind(ordered, heads)


def _of_one_kind(ordered: Sequence[Counted], heads: dict[str, DocumentHead]) -> Iterator[Contradiction]:
    """Each count against the latest of each figure before it, of the few figures that were given last, and against records not yet beaten:
    so that a register of any size is gone through once."""
    told: set[tuple[int, int]] = set()
    before: dict[tuple[int, str, str], Counted] = {}
    records: list[Counted] = []
    for b in ordered:
        for a in [*records, *before.values()]:
            first, second = heads[a.evidence.document], heads[b.evidence.document]
            if first.family == second.family or (a.number, b.number) in told:
                continue
            if kind := _kind(a, b, first, second):
                told.add((a.number, b.number))
                certain = kind in (ContradictionKind.COUNT, ContradictionKind.RECORD)
                yield Contradiction(
                    kind=kind, subject="", a=Side(a.scope, first, a.evidence), b=Side(b.scope, second, b.evidence), certain=certain
                )
        records = [a for a in records if b.number <= a.number or b.expected]
        if b.record:
            records.append(b)
        key = (b.number, _words(b), heads[b.evidence.document].language)
        before.pop(key, None)
        before[key] = b
        while len(before) > REMEMBERED:
            before.pop(next(iter(before)))


def _kind(a: Counted, b: Counted, one: DocumentHead, other: DocumentHead) -> ContradictionKind | None:
    """`a` is the older."""
    if a.record and b.number > a.number and not b.expected:
        return ContradictionKind.RECORD
    if a.unit != "bodies":
        occasion = within(one, other, timedelta(days=14))
        return (
            ContradictionKind.OUTCOME
            if a.unit == "documents" and occasion and a.expected and not b.expected and a.number != b.number
            else None
        )
    if _can_be_one(a, b):
        return None
    if _words(a) != _words(b) and one.language == other.language:
        return ContradictionKind.COUNT_SCOPE
    if not within(one, other, AT_ONE_TIME):
        return ContradictionKind.COUNT_TIME
    return ContradictionKind.COUNT if _words(a) == _words(b) else None


def _can_be_one(a: Counted, b: Counted) -> bool:
    low, high = sorted((a, b), key=lambda one: one.number)
    return low.number == high.number or low.bound in (Bound.OVER, Bound.ABOUT) or high.bound in (Bound.NEARLY, Bound.ABOUT)


def _words(one: Counted) -> str:
    """What is counted, without the number."""
    return " ".join(word for word in one.scope.lower().split() if not any(mark.isdigit() for mark in word))
