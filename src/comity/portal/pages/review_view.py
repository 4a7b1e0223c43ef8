"""A suggestion for the eye: its sentence, what stands around it, and the words that say why it was made."""

from typing import Any

from litestar import Response
from msgspec import Struct

from comity.portal.addresses import with_done
from comity.portal.form import Form, is_here
from comity.portal.reading_room import NOTED
from comity.portal.subjects import fields_of
from comity.portal.visit import Visit
from comity.register.accounts import Role
from comity.register.decisions import Action, Decision, OfActors
from comity.register.review import LINK, Suggestion
from comity.register.rows import ROLES
from comity.register.who import about_actors
from comity.tracking.passages import Passage

AROUND = 260
"""Characters of the text before and after the sentence."""

MANY = 200
"""Decided at once at most."""
VERDICTS = {"accept": Action.ACCEPT, "reject": Action.REJECT}


class Around(Struct, frozen=True, kw_only=True):
    """`kind` and `finding` make a note; `line` is the text of the line that a link ties to, `why` the words that made it."""

    suggestion: Suggestion
    kind: str
    finding: object
    passage: Passage
    before: str
    after: str
    line: str = ""
    why: tuple[str, ...] = ()


def around(visit: Visit, found: Suggestion) -> Around:
    """The suggestion with the sentence it stands in."""
    passage = visit.passage(found.finding.evidence)
    document = visit.now.view.document(found.document.id)
    text = document.text if document else ""
    end = passage.offset + len(passage.text)
    before, after = text[max(0, passage.offset - AROUND) : passage.offset], text[end : end + AROUND]
    cue = getattr(found.finding, "cue", None)
    return Around(
        suggestion=found,
        kind=found.place.kind,
        finding=found.finding,
        passage=passage,
        before=_whole_words(before, from_start=passage.offset <= AROUND).strip(),
        after=_whole_words(after[::-1], from_start=end + AROUND >= len(text))[::-1].strip(),
        line=_line(visit, found) if found.place.kind == LINK else "",
        why=tuple(found.finding.words) if found.place.kind == LINK else (cue.quote,) if cue else (),
    )


def _whole_words(text: str, *, from_start: bool) -> str:
    """Without the half of a word that the cut left at the beginning."""
    return text if from_start else text.partition(" ")[2]


def _line(visit: Visit, found: Suggestion) -> str:
    plan = next((plan for plan in visit.desk.pack.plans if plan.id == found.plan), None)
    line = next((line for section in plan.sections for line in section.lines if line.id == found.finding.target), None) if plan else None
    return visit.label(line.words) if line else str(found.finding.target)


def on(visit: Visit, sent: Form, taken: list[Decision]) -> Response[str]:
    """Back to the document or line, or on to the next suggestion, with what was done and the way to take it back."""
    back = sent.text("back")
    if back and is_here(back):
        return visit.go(with_done(back, taken) if sent.text("tell") else back)
    done = [("done", str(decision.number)) for decision in taken]
    return visit.go(visit.address.page("review", query=[("only", sent.text("only")), ("after", sent.text("after")), *done]))


def takers_of(found: Suggestion) -> list[str]:
    """Who takes part in the finding."""
    return [actor for role in ROLES.get(found.place.kind, ()) for actor in getattr(found.finding, role)]


def known(visit: Visit) -> dict[str, Any]:
    """What the words of a note are made from."""
    known = visit.desk.knowledge
    return {
        "mechanisms": {name: one for one in known.mechanisms.values() for name in (one.id, one.name)},
        "instruments": known.instruments,
        "themes": known.themes,
        "plans": {plan.id: plan for plan in visit.desk.pack.plans},
    }


def joined_just_now(visit: Visit) -> list[Decision]:
    """What was decided a moment ago about who is whom, to be taken back."""
    asked = set(numbers(visit.every("done"))) if visit.may(Role.REVIEWER) and not visit.as_of else ()
    return [one for one in about_actors(visit.now.view.asking) if one.number in asked and isinstance(one.subject, OfActors)]


def numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts[:MANY] if text.isascii() and text.isdigit() and len(text) < 12]


def marks_of(visit: Visit, document: str) -> dict[str, Any]:
    """What the reader needs to show what people decided about each note, and to let reviewers decide: by kind and place of the words."""
    review = visit.desk.register.review()
    found = review.in_document(document, NOTED)
    marks = {(one.place.kind, one.finding.evidence.start, one.finding.evidence.end): one for one in found}
    return {"marks": marks, "seen": review.last(), "subject_fields": fields_of}
