"""What people decided about a line, and what the forms for deciding more are made from.

A coder sees the scores of others once their own is given: only of scores that were given apart from each other does kappa tell how far two
agree.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from comity.portal.corrections import Fault
from comity.portal.form import Form
from comity.portal.pages.review_view import numbers
from comity.portal.subjects import fields_of
from comity.portal.visit import Visit
from comity.publishing.rate_sentences import agreement_sentence
from comity.records import Document, Evidence, InstrumentId, LineStatus
from comity.register import Action, Decision, LinkFound, LinkState, OfLine
from comity.register.accounts import Role
from comity.register.line_values import SCORES, shown_by
from comity.register.verdicts import OfLink
from comity.tracking.passages import Passage
from comity.tracking.plan_links import PlanLinks
from comity.tracking.rates import agreement
from comity.tracking.status import LineState

OFFERED = 20
"""So many sentences of each state, the newest first, can be chosen as what shows a status."""


class Tried(Struct, frozen=True, kw_only=True):
    """A form that was not taken: what was typed, why not, and what others decided meanwhile."""

    typed: Form
    fault: Fault | None = None
    since: Sequence[Decision] = ()


class Proof(Struct, frozen=True):
    """The sentence by which a person set a status, with its document."""

    evidence: Evidence
    document: Document
    passage: Passage


def decided_on(visit: Visit, links: PlanLinks, states: Sequence[LineState], state: LineState, tried: Tried | None) -> dict[str, Any]:
    """What a line's page shows of decisions, and for those who may decide what its forms hold."""
    plan, line, decides = links.plan, state.line, visit.may(Role.REVIEWER) and not visit.as_of
    about = [one for one in links.view.about_lines(plan.id) if isinstance(one.subject, OfLine) and one.subject.line == line.id]
    mine = next((one.score for one in state.scores if one.who == visit.signature), None)
    blind = decides and mine is None and bool(state.scores)
    asked = set(numbers(visit.every("done")))
    return {
        "proof_of_status": _proof(visit, state.decided),
        "history": [one for one in about if not (blind and one.action is Action.SCORE)],
        "may_undo": lambda decision: decides and (decision.who == visit.signature or visit.may(Role.EDITOR)),
        "done": [one for one in about if one.number in asked and decides],
        "done_links": _links_just_now(visit, plan.id, line.id) if decides else [],
        "subject_of": _subject_of,
        "subject_fields": fields_of,
        "scores": () if blind else state.scores,
        "blind": blind,
        "agreed": [] if blind else _agreed(visit, states, {one.who for one in state.scores}),
        "decides": decides,
        "offered": {one.value: _offered(links, line.id, one) for one in (LinkState.ACCEPTED, LinkState.SUGGESTED)} if decides else {},
        "statuses": [one.value for one in LineStatus],
        "marks": SCORES,
        "mine": mine,
        "seen": visit.desk.register.review().last() if decides else 0,
        "value": lambda name, before="": tried.typed.text(name) if tried else before,
        "fault": tried.fault if tried else None,
        "since": tried.since if tried else (),
    }


def _links_just_now(visit: Visit, plan: InstrumentId, line: str) -> list[Decision]:
    """What was decided a moment ago about a sentence tied to the line, to be taken back."""
    found = (visit.desk.register.review().decision(number) for number in numbers(visit.every("done")))
    standing = (one for one, stands in filter(None, found) if stands)
    return [one for one in standing if isinstance(one.subject, OfLink) and (one.subject.plan, one.subject.target) == (plan, line)]


def _subject_of(found: LinkFound) -> OfLink:
    words = found.link.evidence
    return OfLink(found.link.kind, found.plan, found.link.target, words.document, words.start, words.end)


def _proof(visit: Visit, decided: Decision | None) -> Proof | None:
    """What shows a status that was set; None where no words were named, or their document was withdrawn since."""
    evidence = shown_by(decided.value) if decided else None
    document = visit.now.view.document(evidence.document) if evidence else None
    return Proof(evidence, document, visit.passage(evidence)) if evidence and document else None


def _agreed(visit: Visit, states: Sequence[LineState], coders: set[str]) -> list[str]:
    """Of those who scored the line, how far each two agree on the whole plan."""
    return [agreement_sentence(one, visit.words.labels) for one in agreement(states) if coders.issuperset(one.coders)]


def _offered(links: PlanLinks, line: str, state: LinkState) -> Sequence[LinkFound]:
    return links.of_line(line, state, limit=OFFERED).links
