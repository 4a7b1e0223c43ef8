"""What a register learned from a day on: new documents, new readings of old ones, decisions, and how its counts changed."""

from datetime import timedelta

from msgspec import Struct

from comity.intervals import first_day, one_date
from comity.register.decisions import Decision
from comity.register.heads import DocumentHead
from comity.register.schema import FINDINGS
from comity.register.view import View


class Learned(Struct, frozen=True, kw_only=True):
    """`counts` are by kind of finding, before and now; `sources` are families of documents, before and now."""

    since: str
    new: tuple[DocumentHead, ...]
    read_anew: tuple[DocumentHead, ...]
    joined: tuple[DocumentHead, ...]
    decisions: tuple[Decision, ...]
    sources: tuple[int, int]
    counts: dict[str, tuple[int, int]]


def day_before(since: str) -> str:
    """The last day on which nothing learned from `since` on was known. Raises BadInputError for what is no date."""
    return (first_day(one_date(since)) - timedelta(days=1)).isoformat()


def learned(before: View, today: View, since: str) -> Learned:
    """Compares what is known now with what was known at the end of the day before `since`."""
    last = day_before(since)
    known = {head.id: head for head in before.documents()}
    heads = list(today.documents())
    anew = set(today.readings_since(last))
    return Learned(
        since=since,
        new=tuple(head for head in heads if head.id not in known),
        read_anew=tuple(head for head in heads if head.id in known and head.id in anew),
        joined=tuple(head for head in heads if head.id in known and known[head.id].family != head.family),
        decisions=tuple(decision for decision in today.decisions() if decision.made[:10] > last),
        sources=(before.count_families(), today.count_families()),
        counts={kind: (before.count(kind), today.count(kind)) for kind in FINDINGS},
    )
