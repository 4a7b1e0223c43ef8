"""What two claims on one plan mean for each other, and what Comity's own count says beside a claim.

In come two claims of a ledger; out comes that they can't both be true, that they agree, that the later says less than the earlier, or that
they count by different verbs; None where nothing can be said. The order of the two does not matter. The reason is a sentence of the
languages (publishing/judgement_sentences.py).
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from enum import StrEnum
from itertools import combinations

from msgspec import Struct

from comity.intervals import first_day, last_day
from comity.tracking.bounds import Done
from comity.tracking.conflicts import Conflict, conflict_between
from comity.tracking.ledger import Claim

ONE_TIME = timedelta(days=92)
"""Claims within a quarter of a year speak of about the same state of things."""


class JudgementKind(StrEnum):
    CONFLICT = "conflict"
    AGREE = "agree"
    """Of one time, by one verb, and both can be true."""
    SAYS_LESS = "says-less"
    """The later one holds all that the earlier one can mean, and more: "over 90 %" after "97 of 103"."""
    OTHER_VERB = "other-verb"
    """They could not both be true if they counted the same, but one counts lines addressed, the other lines completed."""


class Judgement(Struct, frozen=True, kw_only=True):
    """`earlier` and `later` are in the order of time; `conflict` says which kind where they can't both be true."""

    kind: JudgementKind
    earlier: Claim
    later: Claim
    conflict: Conflict | None = None


class Beside(StrEnum):
    """How a claim stands to Comity's own count."""

    ABOVE = "above"
    """It says more than evidence can show."""
    WITHIN = "within"
    BELOW = "below"


class OwnCount(Struct, frozen=True, kw_only=True):
    """What Comity counts itself: `done` of `known` lines, of `total` that the plan has; from status and rates."""

    done: int
    known: int
    total: int


def judgements(claims: Sequence[Claim]) -> Iterator[Judgement]:
    """All pairs of a plan's claims of which something can be said, in the order of time."""
    for a, b in combinations(claims, 2):
        if found := judgement_between(a, b):
            yield found


def judgement_between(a: Claim, b: Claim) -> Judgement | None:
    """What two claims on one plan mean for each other."""
    if a.done is None or b.done is None or a.when is None or b.when is None or a == b:
        return None
    earlier, later = sorted((a, b), key=_order)
    if conflict := conflict_between(earlier, later):
        return Judgement(kind=JudgementKind.CONFLICT, earlier=earlier, later=later, conflict=conflict)
    if says_less(later, earlier) and (a.verb is b.verb or a.verb is None or b.verb is None):
        return Judgement(kind=JudgementKind.SAYS_LESS, earlier=earlier, later=later)
    assert earlier.done
    assert later.done
    if a.verb is not None and b.verb is not None and a.verb is not b.verb and later.done.high < earlier.done.low:
        return Judgement(kind=JudgementKind.OTHER_VERB, earlier=earlier, later=later)
    near = first_day(later.when or "") - last_day(earlier.when or "") <= ONE_TIME
    if near and a.verb is b.verb and a.done.meets(b.done):
        return Judgement(kind=JudgementKind.AGREE, earlier=earlier, later=later)
    return None


def says_less(later: Claim, earlier: Claim) -> bool:
    """Whether a claim only repeats in vaguer words what an earlier one said."""
    if not (later.done and earlier.done and later.when and earlier.when) or last_day(earlier.when) >= last_day(later.when):
        return False
    return later.done.holds(earlier.done) and later.done != earlier.done


def beside(done: Done, own: OwnCount) -> Beside:
    """Whether a claim lies above, within or below what Comity counts: the lines it knows to be done, and those it knows nothing of."""
    total = done.lines.total if done.lines else own.total
    low, high = (done.lines.low, done.lines.high) if done.lines else (float(done.low) * total, float(done.high) * total)
    unknown = max(0, total - own.known)
    if low > own.done + unknown:
        return Beside.ABOVE
    return Beside.BELOW if high < own.done else Beside.WITHIN


def _order(claim: Claim) -> tuple[str, ...]:
    when = claim.when or "9999"
    return (last_day(when).isoformat(), first_day(when).isoformat(), repr((claim.done, claim.verb)), repr(claim.figure))
