"""Lines of two plans that say one thing in other words, or in another language: pairs with a score, for a person to look at.

"Fight fake medicines" and "Stop counterfeit drugs from reaching patients" share no word. Each line is tied to the other plan's lines as a
clause of a document would be (links.py); only lines that tie each other first count, so a line stands in one pair at most.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from comity.knowledge import Knowledge, Plan
from comity.knowledge.schema import Line, Section
from comity.records import LanguageCode
from comity.tracking.links import Linker

LEAST = 0.4
"""Where 22 pairs and 8 strays of our own, 10 of them from Vietnamese, give no false pair (nor do they lower); what it does on pairs held
back stands in docs/plans.md and in tests/tracking/test_restated.py."""


class Restated(Struct, frozen=True, kw_only=True):
    """An old and a new line; `score` is the lesser of the two ties, LEAST to 1."""

    old: Line
    new: Line
    score: float


def restated(old: Sequence[Line], new: Sequence[Line], language: LanguageCode, knowledge: Knowledge) -> Iterator[Restated]:
    """The pairs, in the order of the old lines. Each line is taken in `language` where it has it, else in one that it has."""
    there = _first_ties(old, new, language, knowledge)
    back = _first_ties(new, old, language, knowledge)
    lines = {line.id: line for line in new}
    for line in old:
        tied = there.get(line.id)
        returned = back.get(tied[0]) if tied else None
        if tied and returned and returned[0] == line.id and (score := min(tied[1], returned[1])) >= LEAST:
            yield Restated(old=line, new=lines[tied[0]], score=round(score, 3))


def _first_ties(
    lines: Sequence[Line], others: Sequence[Line], language: LanguageCode, knowledge: Knowledge
) -> dict[str, tuple[str, float]]:
    """The line that each is tied to first, and how surely, by id."""
    section = Section(id="", names={}, lines=tuple(others))
    linker = Linker(knowledge, [Plan(id="", period="", names={}, short={}, sections=(section,))])
    found = {}
    for line in lines:
        spoken = language if language in line.words else next(iter(line.words), None)
        if spoken and (links := linker.links(line.words[spoken], spoken)):
            found[line.id] = (links[0].target, links[0].score)
    return found
