"""Persons whom the world knowledge knows, whatever a document calls them: in come a reading's ids, out come the known ones.

A reading names a person as its document does ("Joseph R. Biden, Jr.": `joseph-r-biden-jr`, "Kishida Fumio": `kishida-fumio`). A register
has many documents and knows each of these persons by one id (`joe-biden`, `fumio-kishida`); the words stay as they stand. A name that two
known persons bear means neither of them.
"""

from collections.abc import Iterable
from typing import Any

from msgspec import structs

from comity.knowledge import Actor
from comity.reading.ids import SUFFIXES, kebab
from comity.records import ActorId, ActorType, Reading
from comity.register.rows import ROLES

NAMING = ROLES | {"statements": (*ROLES["statements"], "addressee")}
"""The fields of a kind that hold ids of actors."""


class Famous:
    """The known persons by the words of their names, in whatever order, with middle initials or without."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._ids = set[ActorId]()
        self._by_words: dict[tuple[str, ...], set[ActorId]] = {}
        self._by_main_words: dict[tuple[str, ...], set[ActorId]] = {}
        for actor in actors:
            if actor.type is not ActorType.PERSON:
                continue
            self._ids.add(actor.id)
            for name in (actor.id, *(name for names in actor.names.values() for name in names)):
                words = kebab(name).split("-")
                self._by_words.setdefault(tuple(sorted(words)), set()).add(actor.id)
                self._by_main_words.setdefault(_main(words), set()).add(actor.id)

    def __contains__(self, actor: object) -> bool:
        return actor in self._ids

    def known(self, person: ActorId) -> ActorId:
        """The id of the one known person with this name, or the id as it is."""
        words = person.split("-")
        if person in self._ids or len(words) < 2:
            return person
        bearers = self._by_words.get(tuple(sorted(words))) or self._by_main_words.get(_main(words)) or {person}
        return next(iter(bearers)) if len(bearers) == 1 else person


NOBODY = Famous(())


def as_known(reading: Reading, famous: Famous) -> Reading:
    """The reading with known persons by their known ids."""
    persons = {mention.actor for mention in reading.actors if mention.type is ActorType.PERSON}
    means = {person: known for person in persons if (known := famous.known(person)) != person}
    if not means:
        return reading
    changed: dict[str, Any] = {
        "actors": tuple(structs.replace(one, actor=means.get(one.actor, one.actor)) for one in reading.actors),
        "offices": tuple(structs.replace(one, person=means.get(one.person, one.person)) for one in reading.offices),
    }
    for kind, roles in NAMING.items():
        changed[kind] = tuple(
            structs.replace(one, **{role: _each_once(getattr(one, role), means) for role in roles}) for one in getattr(reading, kind)
        )
    return structs.replace(reading, **changed)


def _main(words: list[str]) -> tuple[str, ...]:
    """The words of a name without middle initials and what stands behind it."""
    while len(words) > 2 and words[-1] in SUFFIXES:
        words = words[:-1]
    return tuple(sorted([words[0], *(word for word in words[1:-1] if len(word) > 1), words[-1]]))


def _each_once(actors: tuple[ActorId, ...], means: dict[ActorId, ActorId]) -> tuple[ActorId, ...]:
    return tuple(dict.fromkeys(means.get(actor, actor) for actor in actors))
