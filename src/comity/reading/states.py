"""Which state somebody acts for: the state of "MOFA-VNM" is "VNM", of a person the state that their office serves."""

from collections.abc import Iterable, Sequence

from comity.records import ActorId, OfficeMention


def states_served(offices: Sequence[OfficeMention], bodies: Iterable[ActorId]) -> dict[ActorId, ActorId]:
    """The state of each person with an office, and of each body that is a state's; a body of no state stands for itself."""
    persons = {office.person: state_of(office.of) for office in offices if office.of}
    of_states = {body: state_of(body) for body in bodies if "-" in body and state_of(body) != body}
    return {**of_states, **persons}


def state_of(body: ActorId) -> ActorId:
    """ "VNM" of "MOFA-VNM"; a body of no state stays."""
    tail = body.rsplit("-", 1)[-1]
    return tail if len(tail) == 3 and tail.isupper() else body
