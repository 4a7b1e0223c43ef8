"""What a register learned from a day on: new documents, new readings of old ones, decisions, and how its counts changed."""

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from comity.errors import BadInputError
from comity.intervals import first_day, is_iso
from comity.register.decisions import Decision
from comity.register.heads import DocumentHead
from comity.register.schema import FINDINGS

if TYPE_CHECKING:
    from comity.register.open import Register


class Learned(Struct, frozen=True, kw_only=True):
    """`counts` are by kind of finding, before and now; `sources` are families of documents, before and now."""

    since: str
    new: tuple[DocumentHead, ...]
    read_anew: tuple[DocumentHead, ...]
    joined: tuple[DocumentHead, ...]
    decisions: tuple[Decision, ...]
    sources: tuple[int, int]
    counts: dict[str, tuple[int, int]]


def learned(register: "Register", since: str) -> Learned:
    """Compares what is known now with what was known at the end of the day before `since`. Raises BadInputError for what is no date."""
    if not is_iso(since) or "/" in since or since.startswith("0001"):
        raise BadInputError(f"{since!r} is no date; give one such as 2020-01-30, 2020-01 or 2020.")
    day_before = (first_day(since) - timedelta(days=1)).isoformat()
    before, today = register.view(known=day_before), register.view()
    known = {head.id: head for head in before.documents()}
    heads = list(today.documents())
    anew = set(today.readings_since(day_before))
    return Learned(
        since=since,
        new=tuple(head for head in heads if head.id not in known),
        read_anew=tuple(head for head in heads if head.id in known and head.id in anew),
        joined=tuple(head for head in heads if head.id in known and known[head.id].family != head.family),
        decisions=tuple(decision for decision in today.decisions() if decision.made[:10] > day_before),
        sources=(before.count_families(), today.count_families()),
        counts={kind: (before.count(kind), today.count(kind)) for kind in FINDINGS},
    )
