"""Where documents contradict each other or have been overtaken, beyond the figures of the ledger: each with the words of both sides.

In comes a view of the register and its occurrences; out come contradictions: another date of the same meeting, planned and held, adopted
and signed, partners turned round, numbers of the same things, a record beaten, an office against its holder's term. Precision goes first:
what can be explained otherwise is told as such (another scope, another year) or not at all.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import combinations, pairwise

from sqlalchemy import and_

from comity.intervals import IsoDate, first_day, last_day, overlap
from comity.knowledge import Knowledge
from comity.records import ActorType, Document, Evidence, Status
from comity.register import DocumentHead, Found, View
from comity.register.occurrences import Report, bodies_named
from comity.register.parts import in_parts
from comity.register.schema import FINDINGS
from comity.register.texts import readings_seen
from comity.register.words import sentence_around
from comity.tracking.contradiction import Contradiction, ContradictionKind, Side, publication
from comity.tracking.counts_against import counts_against
from comity.tracking.deeds import deed_told
from comity.tracking.happening import traits_of
from comity.tracking.judged import judged
from comity.tracking.kept_occurrences import are_up_to_date
from comity.tracking.kept_sayings import Said, said_before, said_in
from comity.tracking.occurrences import Occurrence, State
from comity.tracking.offices_held import offices_against_terms
from comity.tracking.sayings import tells_beside, tells_of_days_to_come
from comity.tracking.sayings_against import adopted_and_signed, turned_round

SITTING = timedelta(days=60)
"""Sittings of a mechanism this far apart at least: two dates within SAME days are one sitting dated twice."""

SAME = timedelta(days=10)

A_DAY = timedelta(days=1)


def contradictions(view: View, knowledge: Knowledge, occurrences: Sequence[Occurrence]) -> tuple[Contradiction, ...]:
    """All of them, kind by kind, in the order of their first side's date, but those that a person rejected."""
    heads = {head.id: head for head in view.documents()}
    said = _said(view, knowledge)
    found = [
        *_moved(occurrences, knowledge, view, heads),
        *_meeting_dates(occurrences, knowledge, view, heads),
        *adopted_and_signed(said.ratified, knowledge, heads),
        *turned_round(said.partners, view, heads),
        *counts_against(said.counted, heads),
        *(
            Contradiction(
                kind=ContradictionKind.OFFICE if held.when is None else ContradictionKind.OFFICE_TERM,
                subject=held.person,
                a=Side(held.found.finding.evidence.quote, held.found.document, held.found.finding.evidence),
                b=None,
                details=held.details,
                certain=False,
            )
            for held in offices_against_terms(view, knowledge)
        ),
    ]
    return tuple(judged(sorted(found, key=_order), view))


def _said(view: View, knowledge: Knowledge) -> Said:
    """What all documents say, as it is kept, else as the texts are."""
    return said_before(view) if are_up_to_date(view, knowledge) else said_in(view, readings_seen(view))


def _moved(occurrences: Iterable[Occurrence], knowledge: Knowledge, view: View, heads: dict[str, DocumentHead]) -> Iterator[Contradiction]:
    """An announcement names a day to come: "today, ahead of the summit" dates the visit, not the summit. Of a meeting without a name, both
    sides must be told, and in words for one deed: whom one meets at home is somebody else each day, and a visit is no talks before it."""
    for one in occurrences:
        if one.state is not State.MOVED or not one.when or not one.planned:
            continue
        if not (one.mechanism or one.meeting or _two(one, knowledge, view)):
            continue
        announced = (report for report in one.reports if report.when == one.planned)
        plan = next((report for report in announced if _is_to_come(report, view) and not _is_beside(report, view)), None)
        told = (report for report in _told_on(one) if plan and report.family != plan.family)
        held = _plainest((report for report in told if _is_past(report, view) and not _is_beside(report, view)), view)
        if not plan or not held or not (one.mechanism or deed_told(plan) == deed_told(held)):
            continue
        near = abs(first_day(one.when) - first_day(one.planned)) <= A_DAY and not (_is_written(plan, view) and _is_written(held, view))
        if not near:
            a, b = _report_side(plan, heads), _report_side(held, heads)
            yield Contradiction(
                kind=ContradictionKind.MOVED, subject=one.mechanism or one.meeting or "", a=a, b=b, certain=not one.suggested
            )


def _plainest(reports: Iterable[Report], view: View) -> Report | None:
    """The first whose own sentence gives the day, else the first: a headline proves no day."""
    first = None
    for report in reports:
        if _is_written(report, view):
            return report
        first = first or report
    return first


def _is_to_come(plan: Report, view: View) -> bool:
    """Whether it is announced for a day after its document, in a sentence that announces."""
    document = view.document(plan.document)
    late = plan.published and plan.when and first_day(plan.when) <= last_day(plan.published)
    return document is not None and not late and tells_of_days_to_come(document, plan.key[1])


def _is_past(held: Report, view: View) -> bool:
    """Whether one day is given, in a sentence that announces nothing: "by the summit both will agree" dates no summit."""
    document = view.document(held.document)
    one_day = held.when is not None and first_day(held.when) == last_day(held.when)
    return document is not None and one_day and not tells_of_days_to_come(document, held.key[1])


def _two(one: Occurrence, knowledge: Knowledge, view: View) -> bool:
    """Whether two states or bodies take part, a person counting as whom he or she serves, as the documents say."""
    traits = traits_of(one.reports, knowledge, bodies_named(view, one.reports))
    bodies = {body for report in traits for body in report.represented}
    return sum(body in knowledge.actors and knowledge.actors[body].type is not ActorType.PERSON for body in bodies) > 1


def _is_written(report: Report, view: View) -> bool:
    """Whether the sentence itself gives the day in figures: "tomorrow" and the day of a date line are a day off in other time zones."""
    document = view.document(report.document)
    return document is not None and _gives_day(document, report.key[1], report.when or "", view)


def _gives_day(document: Document, place: int, when: IsoDate, view: View) -> bool:
    start, end = sentence_around(document.text, place, place + 1)
    dates = (found.finding for found in view.findings_in("dates", document.id))
    return any(
        date.iso and start <= date.evidence.start < end and overlap(date.iso, when) and any(map(str.isdigit, date.evidence.quote))
        for date in dates
    )


def _is_beside(report: Report, view: View) -> bool:
    """Whether the report dates what was before or after the meeting, not the meeting."""
    document = view.document(report.document)
    meetings = [found.finding for found in view.findings_in("mechanisms", report.document)]
    return document is not None and tells_beside(document, report.key[1], meetings)


def _meeting_dates(
    occurrences: Iterable[Occurrence], knowledge: Knowledge, view: View, heads: dict[str, DocumentHead]
) -> Iterator[Contradiction]:
    """Of a mechanism that sits seldom, two days near each other; of one numbered sitting, two days at all."""
    by_meeting: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for one in occurrences:
        if one.mechanism and one.when and one.state in (State.HELD, State.MOVED) and first_day(one.when) == last_day(one.when):
            by_meeting[one.mechanism].append(one)
    for mechanism, several in by_meeting.items():
        if not _sits_seldom(mechanism, knowledge):
            continue
        for a, b in _near_each_other(several):
            if a.type is b.type and a.when != b.when:
                first, second = next(iter(_told_on(a)), None), next(iter(_told_on(b)), None)
                if not first or not second or first.family == second.family:
                    continue
                if all(_is_written(side, view) and not _is_beside(side, view) for side in (first, second)):
                    yield Contradiction(
                        kind=ContradictionKind.MEETING_DATE,
                        subject=mechanism,
                        a=_report_side(first, heads),
                        b=_report_side(second, heads),
                    )
    yield from _numbered_twice(view)


def _near_each_other(several: Iterable[Occurrence]) -> Iterator[tuple[Occurrence, Occurrence]]:
    """The pairs whose days are no more apart than one sitting may be dated twice."""
    ordered = sorted(((first_day(one.when), one.id, one) for one in several if one.when), key=lambda dated: dated[:2])
    for place, (day, _, one) in enumerate(ordered):
        for later, _, other in ordered[place + 1 :]:
            if later - day > SAME:
                break
            yield one, other


def _numbered_twice(view: View) -> Iterator[Contradiction]:
    """The same number of a mechanism, dated on days that do not overlap. What a document tells before the day is a plan, not a date."""
    table = FINDINGS["mechanisms"]
    numbered = list(view.findings_where("mechanisms", and_(table.c.mechanism.is_not(None), table.c.number_held.is_not(None))))
    events = _held_on_a_day(view, {mention.document.id for mention in numbered})
    dated: defaultdict[tuple[str, int], dict[str, Side]] = defaultdict(dict)
    for mention in numbered:
        named = mention.finding
        for event in events[mention.document.id]:
            held = event.finding
            published = mention.document.published
            own = published is not None and first_day(held.when) >= last_day(published)  # to come, or the date line's day
            if held.evidence.span.overlaps(named.evidence.span) and not own and _is_told(mention, held.when, view):
                dated[named.mechanism, named.number].setdefault(held.when, Side(held.when, mention.document, named.evidence))
    for (mechanism, number), sides in dated.items():
        for a, b in combinations(sorted(sides), 2):
            one, other = sides[a], sides[b]
            near = abs(first_day(a) - first_day(b)) <= SAME  # told already by _meeting_dates
            if one.document.family != other.document.family and not overlap(a, b) and not near:
                yield Contradiction(
                    kind=ContradictionKind.MEETING_DATE, subject=mechanism, a=one, b=other, details={"number": str(number)}, certain=False
                )


def _held_on_a_day(view: View, documents: Collection[str]) -> defaultdict[str, list[Found]]:
    """What is told in some documents to have happened on a day."""
    events: defaultdict[str, list[Found]] = defaultdict(list)
    for some in in_parts(sorted(documents)):
        for found in view.findings_where("events", view.asking.documents.c.id.in_(some)):
            when = found.finding.when
            if when and first_day(when) == last_day(when) and found.finding.status is Status.HAPPENED:
                events[found.document.id].append(found)
    return events


def _is_told(mention: Found, when: IsoDate, view: View) -> bool:
    document = view.document(mention.document.id)
    return document is not None and _gives_day(document, mention.finding.evidence.start, when, view)


def _sits_seldom(mechanism: str, knowledge: Knowledge) -> bool:
    days = sorted(first_day(sitting.date) for sitting in knowledge.mechanisms[mechanism].sittings)
    return len(days) > 1 and all(later - earlier >= SITTING for earlier, later in pairwise(days))


def _told_on(one: Occurrence) -> list[Report]:
    """The reports of its day, those that name the meeting first."""
    told = [report for report in one.reports if report.when == one.when and report.status is Status.HAPPENED]
    return sorted(told, key=lambda report: report.mechanism is None)


def _report_side(report: Report, heads: dict[str, DocumentHead]) -> Side:
    start = report.key[1]
    return Side(report.when or "", heads[report.document], Evidence(report.document, start, start + len(report.words), report.words))


def _order(one: Contradiction) -> tuple[str, str, str, int]:
    return (one.kind, *publication(one.a.document), one.a.evidence.start)
