"""Whom a sentence credits with a figure: "The Philippines has accomplished 120 of the 140 action lines" names one state as the doer.

Only the plainest form counts: one state, and no other actor, named between the start of what is said and the figure, not as a place
("in Viet Nam") or owner ("of Viet Nam"), and not as the speaker.
"""

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.languages import load_words
from comity.records import ActorId, ActorType, Evidence, LanguageCode, Statement
from comity.register import View
from comity.tracking.passages import Passage


class CreditWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`not_the_doer_after`: words after which a state is a place or an owner and does not act; `joint`: words for both parties together."""

    not_the_doer_after: tuple[str, ...]
    joint: tuple[str, ...]


def credited_state(figure: Evidence, passage: Passage, language: LanguageCode, view: View) -> ActorId | None:
    """The one state that a sentence names as the doer of a figure, or None."""
    words = load_words(language, "credit", CreditWords)
    start = _start_of_what_is_said(figure, passage.offset, view)
    if any(f" {word} " in f" {fold(passage.text[start - passage.offset : passage.start])} " for word in words.joint):
        return None
    covered = [found.finding.evidence.span for kind in ("instruments", "mechanisms") for found in view.findings_in(kind, figure.document)]
    doers = [
        found.finding
        for found in view.findings_in("actors", figure.document)
        if start <= found.finding.evidence.start < figure.start and not any(span.overlaps(found.finding.evidence.span) for span in covered)
    ]
    if len({doer.actor for doer in doers}) != 1 or doers[0].type is not ActorType.STATE:
        return None
    before = fold(passage.text[: doers[0].evidence.start - passage.offset]).split()
    return None if before and before[-1] in words.not_the_doer_after else doers[0].actor


def _start_of_what_is_said(figure: Evidence, sentence: int, view: View) -> int:
    """The start of the narrowest report that holds the figure, or of the sentence."""
    reports: list[Statement] = [found.finding for found in view.findings_in("statements", figure.document)]
    starts = [report.evidence.start for report in reports if report.evidence.span.holds(figure.span)]
    return max([sentence, *starts])
