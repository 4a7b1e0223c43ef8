"""What does not fit together in a ledger: pairs of claims that can't both be true, figures of another size, and figures given to one party.

Each conflict says its kind and the claims it is about; publishing/ turns it into a sentence.
"""

from collections.abc import Iterator
from enum import StrEnum
from itertools import combinations

from msgspec import Struct
from msgspec.structs import replace

from comity.intervals import first_day, last_day
from comity.knowledge import Pack, Plan
from comity.records import ActorId, ProgressVerb
from comity.tracking.bounds import is_share, lines_done
from comity.tracking.ledger import Claim, PlanLedger


class ConflictKind(StrEnum):
    FALLS = "falls"
    """A later figure is lower under the same verb."""
    DISAGREE = "disagree"
    """Two figures for the same time and verb can't both be true."""
    UNEQUAL = "unequal"
    """The fraction and the percentage of one claim are not the same share."""
    OTHER_TOTAL = "other-total"
    """The figure counts another number of lines than the plan has."""
    EARLY = "early"
    """The figure is dated before the plan begins: it is likely about the plan before."""
    CREDITED = "credited"
    """A figure on a joint plan is given to one state alone."""


class Conflict(Struct, frozen=True, kw_only=True):
    """`claims` are the claims concerned, the older one first; `actor` is the state credited."""

    kind: ConflictKind
    claims: tuple[Claim, ...]
    actor: ActorId | None = None


class Verbs(Struct, frozen=True):
    """The verbs that the claims on a plan count by: more than one means that the figures are no single series."""

    verbs: tuple[ProgressVerb, ...]


def conflicts_in(ledger: PlanLedger, pack: Pack) -> tuple[Conflict, ...]:
    """All conflicts on one plan, those of single claims first."""
    alone = [conflict for claim in ledger.claims for conflict in _within(claim, ledger.plan, pack)]
    in_time = [claim for claim in ledger.claims if not _is_early(claim, ledger.plan)]
    return (*alone, *(conflict for a, b in combinations(in_time, 2) if (conflict := conflict_between(a, b))))


def conflict_between(a: Claim, b: Claim) -> Conflict | None:
    """Why two claims on one plan can't both be true, or None. Their order does not matter; a claim never conflicts with itself."""
    if a.done is None or b.done is None or a.when is None or b.when is None or a.verb is None or a.verb is not b.verb:
        return None
    if a.done.meets(b.done):
        return None
    if last_day(a.when) < first_day(b.when):
        return Conflict(kind=ConflictKind.FALLS, claims=(a, b)) if b.done.high < a.done.low else None
    if last_day(b.when) < first_day(a.when):
        return conflict_between(b, a)
    first, second = sorted((a, b), key=lambda claim: (claim.done.low, claim.when) if claim.done else (0, claim.when))
    return Conflict(kind=ConflictKind.DISAGREE, claims=(first, second))


def verbs_of(ledger: PlanLedger) -> Verbs | None:
    """The verbs of a plan's claims where there is more than one."""
    verbs = tuple(dict.fromkeys(claim.verb for claim in ledger.claims if claim.verb))
    return Verbs(verbs) if len(verbs) > 1 else None


def _within(claim: Claim, plan: Plan, pack: Pack) -> Iterator[Conflict]:
    figure = claim.figure
    if figure.numerator is not None and figure.percent is not None:
        by_percent = lines_done(replace(figure, numerator=None), plan.lines_total)
        if claim.done and by_percent and not claim.done.meets(by_percent):
            yield Conflict(kind=ConflictKind.UNEQUAL, claims=(claim,))
    counted = None if is_share(figure, plan.lines_total) else figure.denominator
    if counted and plan.lines_total and counted != plan.lines_total:
        yield Conflict(kind=ConflictKind.OTHER_TOTAL, claims=(claim,))
    if _is_early(claim, plan):
        yield Conflict(kind=ConflictKind.EARLY, claims=(claim,))
    if len(pack.partnership.parties) > 1:
        credited = dict.fromkeys(
            source.credited for source in claim.sources if source.credited and source.credited not in pack.partnership.parties
        )
        for actor in credited:
            yield Conflict(kind=ConflictKind.CREDITED, claims=(claim,), actor=actor)


def _is_early(claim: Claim, plan: Plan) -> bool:
    return claim.when is not None and last_day(claim.when) < first_day(plan.period)
