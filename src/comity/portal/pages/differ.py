"""Where people differ: findings and links that two reviewers decided otherwise, and lines that coders gave different scores."""

from collections.abc import Iterator, Sequence

from litestar import Response, get
from litestar.di import NamedDependency
from msgspec import Struct

from comity.knowledge import Plan
from comity.portal.pages.review_view import around, known
from comity.portal.subjects import fields_of
from comity.portal.threaded import threaded
from comity.portal.visit import Visit
from comity.publishing.rate_sentences import agreement_sentence
from comity.tracking.rates import agreement
from comity.tracking.status import LineState, PlanStatus


class ScoredApart(Struct, frozen=True, kw_only=True):
    """The lines of a plan whose coders differ, and how far each two agree on the whole plan. A coder sees the scores of others once their
    own is given: `hidden` lines still wait for it."""

    plan: Plan
    lines: Sequence[LineState]
    hidden: int
    agreed: Sequence[str]


@get("/{language:str}/review/differ", include_in_schema=False)
@threaded
def differ_page(visit: NamedDependency[Visit]) -> Response[str]:
    found = [around(visit, one) for one in visit.desk.register.review().differing()]
    scored = list(_scored_apart(visit))
    return visit.page("differ.html", section="review", found=found, scored=scored, subject_fields=fields_of, **known(visit))


def _scored_apart(visit: Visit) -> Iterator[ScoredApart]:
    for status in visit.now.statuses.values():
        apart = [line for line in status.lines if len({one.score for one in line.scores}) > 1]
        if apart:
            yield _of_plan(visit, status, apart)


def _of_plan(visit: Visit, status: PlanStatus, apart: Sequence[LineState]) -> ScoredApart:
    seen = [line for line in apart if any(one.who == visit.signature for one in line.scores)]
    agreed = [agreement_sentence(one, visit.words.labels) for one in agreement(status.lines)]
    return ScoredApart(plan=status.plan, lines=seen, hidden=len(apart) - len(seen), agreed=agreed)
