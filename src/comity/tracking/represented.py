"""Whom an actor stands for: a person for the body or state served, a state's organ for the state, a group of members for their body."""

from comity.knowledge import Knowledge
from comity.knowledge.schema import OUTLETS
from comity.records import GROUP, ActorId, ActorType

ENVOYS = ("ambassador", "permanent-representative")
"""Titles (keys of the languages' titles) of those who speak for their state at the body that they are sent to."""

OF_THEIR_OWN = frozenset(
    {
        *OUTLETS,
        *("institute", "university", "academy", "company", "business-association"),
        *("ngo", "committee", "armed-group", "movement", "breakaway", "government-in-exile"),
    }
)
"""Kinds of body that sit in a state and say nothing in its name."""


def represented(party: ActorId, knowledge: Knowledge, served: dict[ActorId, frozenset[ActorId]]) -> tuple[frozenset[ActorId], bool]:
    """The states and bodies that a party stands for, and whether it is a person. `served` is whom persons serve as the documents say."""
    bodies, person = _of(party, knowledge, served)
    return bodies if party.startswith(GROUP) else frozenset(_state_of(body, knowledge) for body in bodies), person


def spoken_for(speaker: ActorId, knowledge: Knowledge, served: dict[ActorId, frozenset[ActorId]]) -> frozenset[ActorId]:
    """The states and bodies in whose name a speaker speaks: a ministry in its state's, a newspaper in its own."""
    bodies, _ = _of(speaker, knowledge, served)
    return frozenset(body if _is_of_its_own(body, knowledge) else _state_of(body, knowledge) for body in bodies)


def is_official(body: ActorId, knowledge: Knowledge) -> bool:
    """Whether it is a state or a body of states, as far as is known."""
    known = knowledge.actors.get(body)
    return known is not None and known.type is not ActorType.PERSON and known.kind not in OF_THEIR_OWN


def _of(party: ActorId, knowledge: Knowledge, served: dict[ActorId, frozenset[ActorId]]) -> tuple[frozenset[ActorId], bool]:
    """The bodies that a party is of, itself where it is one, and whether it is a person."""
    known = knowledge.actors.get(party)
    if party.startswith(GROUP):
        body = party.removeprefix(GROUP)
        cuts = (body[:cut] for cut in range(len(body), 0, -1) if cut == len(body) or body[cut] == "-")
        return frozenset([next((cut for cut in cuts if cut in knowledge.actors), party)]), False
    person = known.type is ActorType.PERSON if known else party in served or party.islower()
    if known and known.type is not ActorType.PERSON:
        return frozenset([party]), False
    if known and known.state and any(holding.title in ENVOYS for holding in known.offices):
        return frozenset([known.state]), True
    bodies = {holding.of for holding in known.offices} if known else served.get(party, ())
    return frozenset(bodies) or frozenset([party]), person


def _state_of(body: ActorId, knowledge: Knowledge) -> ActorId:
    known = knowledge.actors.get(body)
    return known.state or body if known and known.type is not ActorType.PERSON else body


def _is_of_its_own(body: ActorId, knowledge: Knowledge) -> bool:
    return body in knowledge.actors and knowledge.actors[body].kind in OF_THEIR_OWN
