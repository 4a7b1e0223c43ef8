"""What a list of findings can be narrowed to: the actors and themes that its findings have, by name, with how many each has."""

from collections.abc import Sequence

from comity.portal.visit import Visit
from comity.records import ActorId, ThemeId

OFFERED = 200
"""So many of the actors with most findings can be chosen from the list; any other by the address, or from the actor's page."""

Choice = tuple[str, str, int]
"""An id, its name and how many findings it has."""


def actors_to_choose(visit: Visit, kind: str, chosen: Sequence[ActorId]) -> list[Choice]:
    """Those who have most findings of a kind, and whoever is chosen."""
    counts = visit.now.counts(kind, "actor")
    numbers = {**{actor: counts.get(actor, 0) for actor in chosen}, **dict(list(counts.items())[:OFFERED])}
    return sorted(((actor, visit.naming.actor(actor), number) for actor, number in numbers.items()), key=_by_name)


def themes_to_choose(visit: Visit, kind: str, chosen: ThemeId | None) -> list[Choice]:
    """The themes that findings of a kind have, and the one that is chosen."""
    numbers, known = {**({chosen: 0} if chosen else {}), **visit.now.counts(kind, "theme")}, visit.desk.knowledge.themes
    return sorted(((id, visit.label(known[id].names) if id in known else id, number) for id, number in numbers.items()), key=_by_name)


def _by_name(choice: Choice) -> tuple[str, str]:
    return choice[1].casefold(), choice[0]
