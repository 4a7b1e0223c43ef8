"""An overview as one JSON object: every claim with its sentence, source and what it can mean; dates are ISO."""

from collections.abc import Iterable
from typing import Any

from comity.publishing.sentences import Sentences
from comity.register import Decision, DocumentHead
from comity.tracking import Overview
from comity.tracking.bounds import Done
from comity.tracking.conflicts import Conflict
from comity.tracking.judgements import Judgement
from comity.tracking.ledger import Claim, Source
from comity.tracking.meetings import Meeting, Moved
from comity.tracking.overview import Quoted


def overview_record(overview: Overview, sentences: Sentences) -> dict[str, Any]:
    """{"partnership", "counts", "plans": [{"id", "lines", "claims", "conflicts"}], "moved", "statements", "commitments", "slips", ...}."""
    return {
        "partnership": overview.pack.partnership.id,
        "counts": {
            "documents": overview.documents_total,
            "sources": overview.sources,
            "meetings": len(overview.meetings),
            **overview.counts,
        },
        "plans": [
            {
                "id": ledger.plan.id,
                "period": ledger.plan.period,
                "lines": ledger.plan.lines_total,
                "claims": [_claim(claim, sentences) for claim in ledger.claims],
                "conflicts": [_conflict(conflict, ledger.claims, sentences) for conflict in conflicts],
                "judgements": [_judgement(one, ledger.claims, sentences) for one in judged],
            }
            for ledger, conflicts, judged in zip(overview.ledgers, overview.conflicts, overview.judgements, strict=True)
        ],
        "untied": [_untied(one, sentences) for one in overview.untied],
        "moved": [_moved(moved, sentences) for moved in overview.moved],
        "meetings": [_meeting(meeting) for meeting in overview.meetings],
        "statements": [{**_quoted(q), "speaker": q.found.finding.speaker, "act": q.found.finding.act} for q in overview.statements],
        "commitments": [{**_quoted(q), "by": q.found.finding.by, "force": q.found.finding.force} for q in overview.commitments],
        "slips": [{**_quoted(q), "reason": q.found.finding.reason} for q in overview.slips],
        "documents": [_document(document) for document in overview.documents],
    }


def _claim(claim: Claim, sentences: Sentences) -> dict[str, Any]:
    figure = claim.figure
    return {
        "when": claim.when,
        "dated_by": claim.dated_by,
        "figure": sentences.figure(figure),
        "num": figure.numerator,
        "den": figure.denominator,
        "pct": figure.percent,
        "bound": figure.bound,
        "remaining": figure.remaining,
        "verb": claim.verb,
        "claimants": claim.claimants,
        "done": _done(claim.done),
        "sources": [_source(source) for source in claim.sources],
    }


def _untied(quoted: Quoted, sentences: Sentences) -> dict[str, Any]:
    figure = quoted.found.finding
    return {
        **_quoted(quoted),
        "sentence": quoted.passage.text,
        "figure": sentences.figure(figure),
        "about": figure.subject or figure.subject_name or None,
    }


def _done(done: Done | None) -> dict[str, Any] | None:
    if done is None:
        return None
    share = {"low_percent": round(float(done.low) * 100, 2), "high_percent": round(float(done.high) * 100, 2)}
    return {**share, "low": done.lines.low, "high": done.lines.high, "total": done.lines.total} if done.lines else share


def _source(source: Source) -> dict[str, Any]:
    return {
        "document": _document(source.document),
        "sentence": source.passage.text,
        "typed_in": source.typed_in,
        "quote": source.claim.evidence.quote,
        "start": source.claim.evidence.start,
        "end": source.claim.evidence.end,
        "credited": source.credited,
        "copies": [_document(copy) for copy in source.copies],
        "decisions": decision_records(source.decisions),
    }


def _conflict(conflict: Conflict, claims: tuple[Claim, ...], sentences: Sentences) -> dict[str, Any]:
    return {
        "kind": conflict.kind,
        "claims": [claims.index(claim) for claim in conflict.claims],
        "actor": conflict.actor,
        "sentence": sentences.conflict(conflict),
    }


def _judgement(found: Judgement, claims: tuple[Claim, ...], sentences: Sentences) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "claims": [claims.index(found.earlier), claims.index(found.later)],
        "sentence": sentences.judgement(found),
    }


def _moved(moved: Moved, sentences: Sentences) -> dict[str, Any]:
    return {
        **_meeting(moved.meeting),
        "planned": moved.planned,
        "announced_in": _document(moved.report.document) if moved.report else None,
        "sentence": sentences.moved(moved),
    }


def _meeting(meeting: Meeting) -> dict[str, Any]:
    sitting = meeting.sitting
    return {
        "mechanism": meeting.mechanism.id,
        "date": sitting.date,
        "number": sitting.number,
        "place": sitting.place,
        "reports": [report.document.id for report in meeting.reports],
    }


def _quoted(quoted: Quoted) -> dict[str, Any]:
    evidence = quoted.found.finding.evidence
    return {
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "document": _document(quoted.found.document),
        "decisions": decision_records(quoted.found.decisions),
    }


def decision_records(taken: Iterable[Decision]) -> list[dict[str, Any]]:
    """What people decided about a finding: who, when, what it sets and why."""
    return [
        {"number": one.number, "who": one.who, "made": one.made, "action": one.action, "value": one.value, "why": one.why} for one in taken
    ]


def _document(document: DocumentHead) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "language": document.language,
        "source": document.source,
    }
