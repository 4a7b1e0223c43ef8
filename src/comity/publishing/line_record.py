"""Links, line status and rates as JSON: what the command line writes and the API answers. In come the structs, out come plain dicts."""

from typing import Any

from comity.register import LinkFound
from comity.register.decisions import address_of
from comity.register.verdicts import OfLink
from comity.tracking.rates import BEGUN, COMPLETED, Agreement, Rate, agreement, rates
from comity.tracking.status import Counted, LineState, PlanStatus


def link_record(found: LinkFound) -> dict[str, Any]:
    """A link with its document, its state, why it is made, and the address that `comity decide` takes."""
    evidence, head = found.link.evidence, found.document
    return {
        "address": link_address(found),
        "kind": found.link.kind,
        "plan": found.plan or None,
        "target": found.link.target,
        "state": found.state,
        "score": found.link.score,
        "least_score": found.least,
        "rank": found.rank,
        "words": found.link.words,
        "shows": found.shows,
        "date": found.dated,
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "document": {
            "id": head.id,
            "title": head.title,
            "publisher": head.publisher,
            "published": head.published,
            "language": head.language,
            "source": head.source,
        },
        "findings": [{"kind": kind, "number": number} for kind, number in found.findings],
        "decisions": [decision.number for decision in found.decisions],
    }


def link_address(found: LinkFound) -> str:
    """What `comity decide` takes to accept or reject a link."""
    evidence = found.link.evidence
    return address_of(OfLink(found.link.kind, found.plan, found.link.target, evidence.document, evidence.start, evidence.end))


def status_record(status: PlanStatus) -> dict[str, Any]:
    """The lines of a plan with their status, computed and decided apart, and the rates that follow."""
    return {
        "plan": status.plan.id,
        "as_of": status.as_of,
        "suggestions_from": status.above,
        "lines_known": len(status.lines),
        "lines_published": status.plan.lines_total,
        "lines": [line_record(state) for state in status.lines],
        "rates": [rate_record(rate) for done in (COMPLETED, BEGUN) for rate in rates(status, done)],
        "agreement": [_agreement(one) for one in agreement(status.lines)],
    }


def line_record(state: LineState) -> dict[str, Any]:
    """One line with its status."""
    return {
        "id": state.line.id,
        "section": state.section.id,
        "words": state.line.words,
        "wording": state.line.wording,
        "status": state.status,
        "date": state.date,
        "computed": _counted(state.computed),
        "if_suggestions_are_right": _counted(state.suggested),
        "decided": {"number": state.decided.number, "who": state.decided.who, "why": state.decided.why} if state.decided else None,
        "carried_to": state.carried_to,
        "links": {"accepted": state.accepted, "suggested": state.suggestions, "rejected": state.rejected, "sources": state.sources},
        "newest_accepted": state.last,
        "newest_suggested": state.last_suggested,
        "scores": [{"who": score.who, "score": score.score} for score in state.scores],
    }


def rate_record(rate: Rate) -> dict[str, Any]:
    return {
        "by": rate.by,
        "key": rate.key,
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "lines_published": rate.published,
        "counts_as_done": rate.done,
        "as_of": rate.as_of,
        "numerator_if_suggestions_are_right": rate.suggested,
    }


def _counted(counted: Counted) -> dict[str, Any]:
    return {"status": counted.status, "date": counted.date}


def _agreement(one: Agreement) -> dict[str, Any]:
    return {"coders": one.coders, "lines": one.lines, "agreed": one.agreed, "kappa": one.kappa}
