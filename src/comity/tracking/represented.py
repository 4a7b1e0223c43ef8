"""Whom an actor stands for: a person for the body or state served, a state's organ for the state, a group of members for their body."""

from comity.knowledge import Knowledge
from comity.records import GROUP, ActorId, ActorType

ENVOYS = ("ambassador", "permanent-representative")
"""Titles (keys of the languages' titles) of those who speak for their state at the body that they are sent to."""


def represented(party: ActorId, knowledge: Knowledge, served: dict[ActorId, frozenset[ActorId]]) -> tuple[frozenset[ActorId], bool]:
    """The states and bodies that a party stands for, and whether it is a person. `served` is whom persons serve as the documents say."""
    known = knowledge.actors.get(party)
    if party.startswith(GROUP):
        body = party.removeprefix(GROUP)
        cuts = (body[:cut] for cut in range(len(body), 0, -1) if cut == len(body) or body[cut] == "-")
        return frozenset([next((cut for cut in cuts if cut in knowledge.actors), party)]), False
    person = known.type is ActorType.PERSON if known else party in served or party.islower()
    if known and known.type is not ActorType.PERSON:
        return frozenset([known.state or party]), False
    if known and known.state and any(holding.title in ENVOYS for holding in known.offices):
        return frozenset([known.state]), True
    bodies = {holding.of for holding in known.offices} if known else set(served.get(party, ()))
    states = {knowledge.actors[body].state or body if body in knowledge.actors else body for body in bodies}
    return frozenset(states) or frozenset([party]), person
