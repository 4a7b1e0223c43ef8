"""Whom and which meeting an option means: an id, or a name as people write it, in any language and whatever its capitals."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.knowledge import Actor, Knowledge, Mechanism
    from comity.register import View

SHOWN = 5
"""Ids that are named where a name could mean several."""


def actor_id(given: str, knowledge: "Knowledge", view: "View") -> str:
    """The id of a state, body or person that is known beforehand or named in the register. Raises BadInputError."""
    if given in knowledge.actors or view.actor_surface(given) is not None:
        return given
    found = [one.id for one in knowledge.actors.values() if _is_called(given, _names(one))]
    hint = "give an id such as VNM or ASEAN: `comity knowledge find NAME` and `comity actors` tell them"
    return _only(given, found, f"{given!r} is nobody that Comity knows; {hint}.")


def mechanism_id(given: str, knowledge: "Knowledge") -> str:
    """The id of a meeting or forum. Raises BadInputError."""
    if given in knowledge.mechanisms:
        return given
    found = [one.id for one in knowledge.mechanisms.values() if _is_called(given, _names(one))]
    hint = "`comity knowledge find NAME` tells the id of one that it knows"
    return _only(given, found, f"{given!r} is no meeting or forum that Comity knows; {hint}.")


def _only(given: str, found: list[str], unknown: str) -> str:
    from comity.errors import BadInputError

    if len(found) == 1:
        return found[0]
    if not found:
        raise BadInputError(unknown)
    raise BadInputError(
        f"{given!r} could be {', '.join(found[:SHOWN])}{' and others' if len(found) > SHOWN else ''}; give one of these ids."
    )


def _is_called(given: str, names: Iterable[str]) -> bool:
    from comity.knowledge.folded import fold

    wanted = fold(" ".join(given.split()))
    return any(fold(name) == wanted for name in names)


def _names(one: "Actor | Mechanism") -> Iterator[str]:
    yield one.id
    yield from one.acronyms
    for names in one.names.values():
        yield from names
    if name := getattr(one, "name", None):
        yield name
