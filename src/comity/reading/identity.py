"""Gives persons their ids: the name in kebab-case without accents, in the fullest form that the document has for the person.

"ông Quý", "Đại sứ Quý" and "Đặng Đình Quý" are `dang-dinh-quy`. A name the document only has short gets the id of the one person that the
world knowledge knows under it, if there is exactly one.
"""

from collections.abc import Iterable, Sequence

from comity.knowledge import Actor
from comity.reading.bodies import kebab
from comity.reading.persons import Person
from comity.records import ActorId, ActorType

Parts = tuple[str, ...]


class KnownPersons:
    """The persons of the world knowledge by the words of their names."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._by_word: dict[str, set[ActorId]] = {}
        self._actors: dict[ActorId, Actor] = {}
        for actor in actors:
            if actor.type is not ActorType.PERSON:
                continue
            self._actors[actor.id] = actor
            for name in (name for names in actor.names.values() for name in names):
                words = kebab(name).split("-")
                for word in {words[0], words[-1]}:
                    self._by_word.setdefault(word, set()).add(actor.id)

    def named(self, word: str, offices: frozenset[str]) -> ActorId | None:
        """The one person whose name begins or ends with `word` and who held one of `offices`, if any are given."""
        fitting = [
            actor for actor in self._by_word.get(word, ()) if not offices or offices & {held.title for held in self._actors[actor].offices}
        ]
        return fitting[0] if len(fitting) == 1 else None


def identities(persons: Sequence[Person], known: KnownPersons) -> list[ActorId]:
    """The id of each person, in the same order."""
    parts = [tuple(kebab(" ".join(person.words)).split("-")) for person in persons]
    offices = [frozenset(title.office for title in person.titles) for person in persons]
    return [
        "-".join(fuller)
        if (fuller := _fuller_form(index, parts, offices)) != own or len(own) > 1
        else known.named(own[0], offices[index]) or own[0]
        for index, own in enumerate(parts)
    ]


def _fuller_form(index: int, parts: Sequence[Parts], offices: Sequence[frozenset[str]]) -> Parts:
    """The longest form that holds this one; of several persons the one with the same office, else the one named last before, else next."""
    own = parts[index]
    holders = [i for i, other in enumerate(parts) if len(other) > len(own) and _holds(other, own)]
    if not holders:
        return own
    same_office = [i for i in holders if offices[i] & offices[index]]
    pool = same_office or holders
    before = [i for i in pool if i < index]
    chosen = before[-1] if before else pool[0]
    longer = _fuller_form(chosen, parts, offices)
    return longer


def _holds(longer: Parts, own: Parts) -> bool:
    if len(own) == 1:
        return (
            own[0] in (longer[0], longer[-1])
            or (longer[-1] in ("jr", "sr", "ii", "iii") and own[0] == longer[-2])
            or (own[0] in longer and len(own[0]) > 3)
        )
    return set(own) <= set(longer) and (own[-1] == longer[-1] or own[0] == longer[0] or own[-1] == longer[-2])
