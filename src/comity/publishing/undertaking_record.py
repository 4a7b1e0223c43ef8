"""An undertaking followed, as a JSON object and as a sentence."""

from typing import Any

from comity.publishing.labels import Labels
from comity.publishing.sentences import Sentences
from comity.tracking.undertaking import Kept, Standing, Undertaking


def standing_sentence(one: Undertaking, sentences: Sentences, labels: Labels) -> str:
    """Why an undertaking stands as it does; empty where the standing says all."""
    if one.kept:
        days = _long(one.late_by, labels) if one.late_by else ""
        key = "followed_kept_late" if one.late_by else "followed_kept"
        said = labels.say(key, publisher=sentences.publisher(one.kept.document), when=labels.date(one.kept.when), days=days)
        return f"{said} ({labels.say(f'followed_how_{one.kept.how.value}')})"
    if one.superseded_by:
        return labels.say("followed_superseded", due=labels.date(one.superseded_by.finding.due))
    if one.held:
        return labels.say("followed_held", publisher=sentences.publisher(one.held.document), when=labels.date(one.held.when))
    if one.standing is Standing.LATE and one.late_by:
        return labels.say("followed_late", days=_long(one.late_by, labels))
    return ""


def _long(days: int, labels: Labels) -> str:
    """So many days, months or years, as a person would say it."""
    if days < 60:
        return labels.count("days", days)
    return labels.count("months", round(days / 30.44)) if days < 730 else labels.count("years", round(days / 365.25))


def undertaking_record(one: Undertaking, sentences: Sentences, labels: Labels) -> dict[str, Any]:
    """{"by", "force", "due", "standing", "quote", "document", "kept_by": {"how", "when", "quote", ...}, "meeting_held": likewise, ...}; all
    of it is suggested."""
    finding, document = one.found.finding, one.found.document
    return {
        "by": finding.by,
        "force": finding.force,
        "due": finding.due,
        "standing": one.standing,
        "suggested": True,
        "late_by_days": one.late_by,
        "reason": standing_sentence(one, sentences, labels),
        "quote": finding.evidence.quote,
        "document": {"id": document.id, "title": document.title, "publisher": document.publisher, "published": document.published},
        "start": finding.evidence.start,
        "end": finding.evidence.end,
        "source": document.source,
        "kept_by": _proof(one.kept),
        "meeting_held": _proof(one.held),
        "superseded_by": None if one.superseded_by is None else one.superseded_by.finding.evidence,
    }


def _proof(kept: Kept | None) -> dict[str, Any] | None:
    if kept is None:
        return None
    return {
        "how": kept.how,
        "when": kept.when,
        "occurrence": kept.occurrence.id if kept.occurrence else None,
        "document": kept.document.id,
        "source": kept.document.source,
        "quote": kept.evidence.quote,
        "start": kept.evidence.start,
        "end": kept.evidence.end,
    }
