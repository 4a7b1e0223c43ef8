"""Gives persons their ids: the name in kebab-case without accents, in the fullest form that the document has for the person.

"ông Quý", "Đại sứ Quý" and "Đặng Đình Quý" are `dang-dinh-quy`. A name the document only has short gets the id of the one person that the
world knowledge knows under it, if there is exactly one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from comity.knowledge import Actor
from comity.reading.ids import kebab
from comity.reading.person_titles import Person
from comity.records import ActorId, ActorType

Parts = tuple[str, ...]
SHORTEST_NAME = 3


class KnownPersons:
    """The persons of the world knowledge by the words of their names."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._by_end: dict[str, set[ActorId]] = {}
        self._actors: dict[ActorId, Actor] = {}
        for actor in actors:
            if actor.type is not ActorType.PERSON:
                continue
            self._actors[actor.id] = actor
            for name in (name for names in actor.names.values() for name in names):
                words = kebab(name).split("-")
                for end in {words[0], *("-".join(words[index:]) for index in range(1, len(words)))}:
                    self._by_end.setdefault(end, set()).add(actor.id)

    def serves(self, person: ActorId) -> ActorId | None:
        """The state or body that the world knowledge gives with a person."""
        actor = self._actors.get(person)
        if actor is None:
            return None
        return actor.state or next((held.of for held in reversed(actor.offices)), None)

    def named(self, name: str, offices: frozenset[str]) -> ActorId | None:
        """The one person whose name begins with this word or ends with these words and who held one of `offices`, if any are given."""
        if len(name) < SHORTEST_NAME and not offices:
            return None
        fitting = [
            actor for actor in self._by_end.get(name, ()) if not offices or offices & {held.title for held in self._actors[actor].offices}
        ]
        return fitting[0] if len(fitting) == 1 else None


def identities(persons: Sequence[Person], known: KnownPersons) -> list[ActorId]:
    """The id of each person, in the same order."""
    parts = [tuple(kebab(" ".join(person.words)).split("-")) for person in persons]
    offices = [frozenset(title.office for title in person.titles) for person in persons]
    forms = _Forms(parts, offices)
    return [
        forms.fullest(own, held) or (known.named("-".join(own), held)) or "-".join(own) for own, held in zip(parts, offices, strict=True)
    ]


class _Forms:
    """The forms of names in one document, how often each stands there, and with which offices."""

    def __init__(self, parts: Sequence[Parts], offices: Sequence[frozenset[str]]) -> None:
        self._count = Counter(parts)
        self._offices: dict[Parts, set[str]] = {}
        self._by_word: dict[str, list[Parts]] = {}
        for form, held in zip(parts, offices, strict=True):
            self._offices.setdefault(form, set()).update(held)
        for form in self._count:
            for word in dict.fromkeys(form):
                self._by_word.setdefault(word, []).append(form)

    def fullest(self, own: Parts, offices: frozenset[str]) -> ActorId | None:
        """The longest form that holds this one; of several persons the one with the same office, else the one named most often."""
        holders = [form for form in self._by_word.get(own[-1], []) if len(form) > len(own) and _holds(form, own)]
        if not holders:
            return None
        same_office = [form for form in holders if offices & self._offices[form]]
        chosen = max(same_office or holders, key=lambda form: self._count[form])
        return self.fullest(chosen, offices) or "-".join(chosen)


def _holds(longer: Parts, own: Parts) -> bool:
    if len(own) == 1:
        return (
            own[0] in (longer[0], longer[-1])
            or (longer[-1] in ("jr", "sr", "ii", "iii") and own[0] == longer[-2])
            or (own[0] in longer and len(own[0]) > 3)
        )
    return set(own) <= set(longer) and (own[-1] == longer[-1] or own[0] == longer[0] or own[-1] == longer[-2])
