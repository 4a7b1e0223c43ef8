"""Whether a stretch of a document speaks of the partnership: the names of its parties, near by or anywhere in the document.

In come a pack's parties and the names found in a text; out comes what to add to the log odds that a clause is about a line of the pack's
plans. A sentence on supply chains from a talk of the United States with Germany is no evidence for a line of ASEAN and the United States.
"""

from collections.abc import Sequence
from itertools import chain

from comity.knowledge import Knowledge, Pack
from comity.knowledge.matcher import Match
from comity.records import ActorId, Span

ABSENT = -8.0
"""Added for each party that the document never names: it tells of another partnership, and nothing in it is suggested."""
DISTANT = -5.0
"""Added for each party that it names only further off than REACH, and not in its lead."""
REACH, LEAD = 300, 400
"""Letters: the sentences before and after a clause; the first of a document."""
SHORTEST = 5
"""Letters of a name that tells who is meant: a body's acronym of four may be anybody's ("CPR", "ACC")."""
SHORT, FEW_WORDS = -1.5, 2
"""Added for an item of a list that has so few words: "technology" alone says little."""


class PartnershipScope:
    """The parties of one pack, each with all that belongs to it: a state's offices and people, an organisation's bodies."""

    def __init__(self, knowledge: Knowledge, pack: Pack) -> None:
        self._parties = [(party, _belonging(knowledge, party)) for party in pack.partnership.parties]

    def added(self, names: Sequence[Match[ActorId]], clauses: Sequence[Span]) -> list[float]:
        """What is added for each clause of a text, by the names in the text."""
        places = [[match.start for match in names if _is_of(match, party, members)] for party, members in self._parties]
        return [sum(_of_party(at, clause) for at in places) for clause in clauses]


def of_length(words: int) -> float:
    """What is added for a clause of so many words."""
    return SHORT if words <= FEW_WORDS else 0.0


def _is_of(match: Match[ActorId], party: ActorId, members: frozenset[ActorId]) -> bool:
    return party in match.values or (match.end - match.start >= SHORTEST and bool(members.intersection(match.values)))


def _of_party(places: Sequence[int], clause: Span) -> float:
    if not places:
        return ABSENT
    near = any(place < LEAD or clause.start - REACH <= place <= clause.end + REACH for place in places)
    return 0.0 if near else DISTANT


def _belonging(knowledge: Knowledge, party: ActorId) -> frozenset[ActorId]:
    """The party, what is part of it at any depth, and what serves the state."""
    members = {party}
    while True:
        more = {actor.id for actor in knowledge.actors.values() if actor.part_of in members or actor.state == party} - members
        if not more:
            return frozenset(chain(members, [party]))
        members |= more
