"""What a register learned from a day on, of what matters to a desk: figures, contradictions, events, undertakings, statements, decisions.

In comes an open register and a day; out comes a Digest. New is what stands in documents that were added since; a figure, an occurrence or a
contradiction is new where one of its documents is.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from comity.intervals import LATEST, IsoDate, first_day, last_day
from comity.knowledge import Knowledge, Pack, Plan
from comity.register import DocumentHead, Found, Register
from comity.register.among import found_among
from comity.tracking.contradiction import Contradiction
from comity.tracking.contradictions import contradictions
from comity.tracking.happenings import Happenings
from comity.tracking.ledger import Claim, build_ledgers
from comity.tracking.occurrences import Occurrence, State
from comity.tracking.undertaking import Standing, Undertaking
from comity.tracking.undertakings_followed import Follower

AHEAD = timedelta(days=60)
"""How far a digest looks ahead."""

LATELY = timedelta(days=365)
"""What is overdue or late for longer is no news."""


class Digest(Struct, frozen=True, kw_only=True):
    """`ahead` are occurrences planned soon or overdue since lately; `due` undertakings likewise. `deciders` count decisions by person. What
    is known to be somebody's is first among what was undertaken and said."""

    since: IsoDate
    as_of: date
    documents: tuple[DocumentHead, ...]
    families: int
    claims: tuple[tuple[Plan, Claim], ...]
    contradictions: tuple[Contradiction, ...]
    happened: tuple[Occurrence, ...]
    ahead: tuple[Occurrence, ...]
    due: tuple[Undertaking, ...]
    undertaken: tuple[Undertaking, ...]
    statements: tuple[Found, ...]
    deciders: dict[str, int]


def build_digest(
    register: Register,
    pack: Pack,
    knowledge: Knowledge,
    *,
    since: IsoDate,
    today: date,
    against: Sequence[Contradiction] | None = None,
) -> Digest:
    """What the register learned since a day. Raises BadInputError for what is no date. `against` are all its contradictions, where they are
    at hand."""
    learned = register.learned(since)
    view = register.view()
    new = {head.id for head in learned.new}
    happenings = Happenings(view, knowledge, today)
    promised = list(view.commitments(due_after=(today - LATELY).isoformat(), due_before=LATEST, newest_first=False))
    given = found_among(view, "commitments", new)
    follower = Follower(view, knowledge, happenings.keeping([*promised, *given]), today)
    dated = tuple(follower.follow(promised))
    against = contradictions(view, knowledge, happenings.telling()) if against is None else against
    near, told = happenings.between((today - LATELY).isoformat(), (today + AHEAD).isoformat()), happenings.told_in(new)
    return Digest(
        since=since,
        as_of=today,
        documents=learned.new,
        families=len({head.family for head in learned.new}),
        claims=tuple(
            (ledger.plan, claim)
            for ledger in build_ledgers(pack, view)
            for claim in ledger.claims
            if any(source.document.id in new for source in claim.sources)
        ),
        contradictions=tuple(one for one in against if new.intersection(_documents(one))),
        happened=tuple(one for one in reversed(told) if one.state in (State.HELD, State.MOVED) and _is_news(one, new)),
        ahead=tuple(one for one in near if one.state in (State.PLANNED, State.OVERDUE) and _near(one.when, today)),
        due=tuple(one for one in dated if _is_due(one, today)),
        undertaken=tuple(sorted(follower.follow(given), key=lambda one: not one.found.finding.by)),
        statements=tuple(sorted(found_among(view, "statements", new), key=lambda found: not found.finding.speaker)),
        deciders=dict(sorted(Counter(decision.who for decision in learned.decisions).items())),
    )


def _documents(one: Contradiction) -> Iterator[str]:
    yield from (side.document.id for side in (one.a, one.b) if side is not None)


def _is_news(one: Occurrence, new: set[str]) -> bool:
    """Told in a new document, and within a year: what it tells of long ago is no news."""
    told = [report for report in one.reports if report.document in new and report.published]
    return one.when is not None and any(first_day(report.published or "") - LATELY <= last_day(one.when) for report in told)


def _near(when: IsoDate | None, today: date) -> bool:
    return when is not None and today - LATELY <= last_day(when) and first_day(when) <= today + AHEAD


def _is_due(one: Undertaking, today: date) -> bool:
    due = one.found.finding.due
    if due is None or one.standing not in (Standing.DUE, Standing.LATE, Standing.OPEN):
        return False
    return one.standing is not Standing.OPEN or last_day(due) <= today + AHEAD
