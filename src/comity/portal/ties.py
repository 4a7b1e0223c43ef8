"""What lines of the plans the findings of a document are tied to, for the margin of the reader; and which goals a line serves.

A tie stands with the first note whose words it shares; a person's decision and a suggestion are told apart.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from comity.knowledge import Knowledge, Plan
from comity.knowledge.aims import Alignment
from comity.knowledge.schema import Line
from comity.portal.reading_room import Note
from comity.portal.visit import Visit
from comity.records import InstrumentId, LinkKind
from comity.register import LinkFound, LinkState
from comity.tracking.plan_links import PlanLinks

SHOWN = (LinkState.ACCEPTED, LinkState.SUGGESTED)
Ties = dict[int, list["Tie"]]
"""By the number of the note."""


class Tie(Struct, frozen=True, kw_only=True):
    """A line that words are tied to."""

    plan: Plan
    line: Line
    accepted: bool


def ties_of(visit: Visit, document: str, notes: Sequence[Note]) -> Ties:
    """The ties of a document by its notes, each line once a note."""
    lines = {(plan.id, line.id): (plan, line) for plan in visit.desk.pack.plans for part in plan.sections for line in part.lines}
    if not lines or not notes:
        return {}
    least = {line: score for plan in visit.desk.pack.plans for line, score in PlanLinks(plan, visit.now.links).least.items()}
    found: Ties = {}
    for one in visit.now.links.in_document(document, least=least):
        there, note = lines.get((one.plan, one.link.target)), _note_of(one, notes)
        if one.link.kind is not LinkKind.LINE or one.state not in SHOWN or there is None or note is None:
            continue
        tie = Tie(plan=there[0], line=there[1], accepted=one.state is LinkState.ACCEPTED)
        if tie not in found.setdefault(note.number, []):
            found[note.number].append(tie)
    return found


def _note_of(one: LinkFound, notes: Iterable[Note]) -> Note | None:
    return next((note for note in notes if note.evidence.span.overlaps(one.link.evidence.span)), None)


def aims_of_lines(knowledge: Knowledge, plan: InstrumentId) -> dict[str, Alignment]:
    """What each line of a plan serves, as the pack says it."""
    return {row.line: row for row in knowledge.alignments if row.plan == plan and row.line}
