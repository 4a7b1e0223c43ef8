"""What a person needs to decide that two actors of the register are one, or two: who there is, who may be the same, whose name stays."""

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct
from sqlalchemy import or_, select

from comity.knowledge.folded import fold
from comity.register.asking import Asking
from comity.register.decisions import BEGINNING, Action, Decision, OfActors
from comity.register.gone import wholes
from comity.register.identities import Candidate, RegisterActor, candidates_for, groups, parted
from comity.register.schema import identities
from comity.register.who import about_actors, everybody
from comity.register.words import without_marks


class Joined(Struct, frozen=True, kw_only=True):
    """Somebody who is counted as another, by a person's decision."""

    actor: RegisterActor
    decision: Decision


def is_there(asking: Asking, id: str) -> bool:
    """Whether the register has an actor with an id, or one whom readings call by it."""
    here = or_(identities.c.id == id, identities.c.actor == id)
    return bool(asking.all(select(identities.c.id).where(here).limit(1)))


def actors_called(asking: Asking, id: str) -> list[RegisterActor]:
    """The actor with an id, else all whom readings call by it."""
    found = [one for one in everybody(asking) if id in (one.id, one.actor)]
    return [one for one in found if one.id == id] or found


def actors_named(asking: Asking, typed: str, limit: int) -> list[RegisterActor]:
    """The first who have an id, or in whose name every word typed begins a word, whatever its diacritics."""
    wanted = without_marks(fold(typed)).split()
    return list(islice((one for one in everybody(asking) if one.id == typed or (wanted and _fits(one, wanted))), limit))


def alike_to(asking: Asking, actor: RegisterActor) -> list[Candidate]:
    """Who may be the same as somebody, the most alike first."""
    found = candidates_for(actor, everybody(asking), parted(about_actors(asking)))
    return sorted(found, key=lambda pair: (-pair.likeness, pair.second.id))


def joined_to(asking: Asking, actor: str) -> Iterator[Joined]:
    """Those who are counted as an actor besides itself, each with the last decision that joined it."""
    decided = about_actors(asking)
    others = groups(decided).get(actor, frozenset()) - {actor}
    if not others:
        return
    for one in everybody(asking):
        if one.id in others:
            yield Joined(actor=one, decision=_last(decided, one.id))


def is_grouped(asking: Asking, actor: str) -> bool:
    """Whether anybody is counted as an actor besides itself."""
    return len(groups(about_actors(asking)).get(actor, ())) > 1


def whole_after(asking: Asking, kept: str, joined: str) -> str:
    """Whose page would stand if one were joined to another: of those joined earlier the one named first."""
    subject = OfActors((kept, joined))
    would = Decision(number=0, made="", who="", action=Action.MERGE, subject=subject, value={}, why="", previous=BEGINNING, hash="")
    return wholes([*about_actors(asking), would]).get(kept, kept)


def _last(decided: list[Decision], actor: str) -> Decision:
    joining = [one for one in decided if one.action is Action.MERGE and isinstance(one.subject, OfActors)]
    return next(one for one in reversed(joining) if isinstance(one.subject, OfActors) and actor in one.subject.actors)


def _fits(actor: RegisterActor, wanted: list[str]) -> bool:
    words = without_marks(fold(actor.name)).split()
    return all(any(word.startswith(one) for word in words) for one in wanted)
