"""How sure a link to a line must be to be suggested, by what people accepted and rejected so far.

In come the verdicts that stand; out comes the least score of each line. The rule is simple and can be undone, because nothing is kept but
the decisions: each line begins as if two links to it had been accepted and two rejected. A verdict on the line counts one, a verdict on
another line that shares a theme a quarter. The odds that a link must reach are the usual ones times rejected over accepted, within limits.
"""

from collections.abc import Iterable
from math import exp, log

from msgspec import Struct

from comity.knowledge import Plan
from comity.register import Verdict
from comity.register.links import USUAL
from comity.tracking.renewal import lines_of

BEGIN = 2.0
"""So many accepted and rejected links each line begins with: one verdict alone moves little."""
NEIGHBOUR = 0.25
"""What a verdict on a line of the same theme counts."""
FURTHEST = 1.5
"""The limit of what is added to the log odds, either way: from .6 the least score goes to .25 and to .87."""


class LeastScore(Struct, frozen=True, kw_only=True):
    """The least score of suggestions for a line, and the verdicts behind it: on the line, and on others of its themes."""

    value: float
    usual: float = USUAL
    accepted: int = 0
    rejected: int = 0
    near_accepted: int = 0
    near_rejected: int = 0


def least_scores(plan: Plan, verdicts: Iterable[Verdict]) -> dict[str, LeastScore]:
    """The least score of each line of a plan that verdicts have moved; all others have the usual one."""
    accepted: dict[str, int] = {}
    rejected: dict[str, int] = {}
    for verdict in verdicts:
        counts = accepted if verdict.accepted else rejected
        counts[verdict.target] = counts.get(verdict.target, 0) + 1
    if not accepted and not rejected:
        return {}
    lines = lines_of(plan)
    found: dict[str, LeastScore] = {}
    for line in lines:
        near = [other.id for other in lines if other.id != line.id and set(other.themes) & set(line.themes)]
        score = _moved(
            accepted.get(line.id, 0),
            rejected.get(line.id, 0),
            sum(accepted.get(other, 0) for other in near),
            sum(rejected.get(other, 0) for other in near),
        )
        if score.value != USUAL:
            found[line.id] = score
    return found


def _moved(accepted: int, rejected: int, near_accepted: int, near_rejected: int) -> LeastScore:
    against, for_it = BEGIN + rejected + NEIGHBOUR * near_rejected, BEGIN + accepted + NEIGHBOUR * near_accepted
    shift = max(-FURTHEST, min(FURTHEST, log(against / for_it)))
    value = 1 / (1 + exp(-(log(USUAL / (1 - USUAL)) + shift)))
    return LeastScore(
        value=round(value, 3),
        accepted=accepted,
        rejected=rejected,
        near_accepted=near_accepted,
        near_rejected=near_rejected,
    )
