"""Who is who: every actor id of a reading is somebody in the register. States and bodies are known by their id; persons by name and body.

Two people of one name stay two: a name with an office at another body is somebody else until a person decides otherwise. A name without
office is the one person of that name, if there is one only; a single given name (`lan`) is somebody of its own in every document.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain, combinations, product
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, insert, select, update

from comity.knowledge.folded import fold
from comity.register.bulk import Row, insert_rows
from comity.register.decisions import Action, Decision, OfActors
from comity.register.schema import identities, resolutions
from comity.register.words import without_marks

PERSON = "person"
AT_ONCE = 5_000
ALIKE = 90
"""Least likeness of two names, of 100, to propose them: `Ferdinand Marcos Jr` and `Ferdinand R. Marcos Jr` reach 92."""


STATE = re.compile(r"-[A-Z]{3}$")
"""The state that an id ends with."""


class RegisterActor(Struct, frozen=True, kw_only=True):
    """Somebody in the register. `actor` is the id that readings use; `same` are the ids that people decided to be the same as this one."""

    id: str
    actor: str
    type: str
    name: str
    body: str | None
    same: tuple[str, ...] = ()


class Candidate(Struct, frozen=True):
    """Two that may be one, and why: reasons are `same-name`, `alike` and `same-body`."""

    first: RegisterActor
    second: RegisterActor
    likeness: int
    reasons: tuple[str, ...]


class Resolver:
    """Finds or makes the register's actors for readings, within one transaction. `famous` are persons known before reading, whatever office
    they hold: they are one each."""

    def __init__(self, connection: Connection, moment: str, famous: Container[str] = frozenset()) -> None:
        self._connection = connection
        self._moment = moment
        self._famous = famous
        self._known: dict[str, dict[str, str | None]] = {}
        self._new: list[dict[str, Any]] = []
        self._rows: list[Row] = []

    def resolve(
        self, reading: int, document: str, named: Iterable[tuple[str, str, str]], offices: Iterable[tuple[str, str | None]]
    ) -> None:
        """`named` are (actor, type, words) of the mentions of a reading, `offices` (person, body served)."""
        longest: dict[str, tuple[str, str]] = {}
        for actor, kind, words in named:
            if actor not in longest or len(words) > len(longest[actor][1]):
                longest[actor] = (kind, words)
        bodies: dict[str, list[str]] = {}
        for person, body in offices:
            if body:
                bodies.setdefault(person, []).append(body)
        if not longest.keys() <= self._known.keys():
            self.load(longest)
        for actor, (kind, words) in longest.items():
            self._rows.append((reading, actor, self._identity(actor, kind, words, bodies.get(actor, ()), document)))

    def write(self) -> None:
        if self._new:
            self._connection.execute(insert(identities), self._new)
        insert_rows(self._connection, resolutions, self._rows)
        self._new, self._rows = [], []

    def load(self, actors: Iterable[str]) -> None:
        """Looks up who is called by some ids, all at once where they are known beforehand."""
        missing = sorted({actor for actor in actors if actor not in self._known})
        self._known |= {actor: {} for actor in missing}
        for start in range(0, len(missing), AT_ONCE):
            some = missing[start : start + AT_ONCE]
            query = select(identities.c.id, identities.c.actor, identities.c.body).where(identities.c.actor.in_(some))
            for row in self._connection.execute(query):
                self._known[row.actor][row.id] = row.body

    def _identity(self, actor: str, kind: str, words: str, bodies: Sequence[str], document: str) -> str:
        there = self._known[actor]
        if kind != PERSON or (actor in self._famous and not there.keys() - {actor}):
            return next(iter(there), None) or self._make(actor, actor, kind, words, None)
        for identity, body in there.items():
            if body is not None and body in bodies:
                return identity
        if bodies and len(there) == 1 and None in there.values() and "-" in actor:
            return self._place(actor, next(iter(there)), bodies[0])
        if bodies:
            return self._make(_free(actor, there), actor, kind, words, bodies[0])
        if "-" not in actor:
            own = f"{actor}@{document}"
            return own if own in there else self._make(own, actor, kind, words, None)
        if len(there) == 1:
            return next(iter(there))
        nameless = next((identity for identity, body in there.items() if body is None), None)
        return nameless or self._make(_free(actor, there), actor, kind, words, None)

    def _place(self, actor: str, identity: str, body: str) -> str:
        """The one person of a name was named without an office so far: whoever came first, the name alone or with its office, it is one."""
        self._known[actor][identity] = body
        for row in self._new:
            if row["id"] == identity:
                row["body"] = body
                return identity
        self._connection.execute(update(identities).where(identities.c.id == identity).values(body=body))
        return identity

    def _make(self, identity: str, actor: str, kind: str, words: str, body: str | None) -> str:
        self._known[actor][identity] = body
        name = " ".join(words.split())
        self._new.append({"id": identity, "actor": actor, "type": kind, "name": name, "body": body, "added": self._moment})
        return identity


def groups(decided: Iterable[Decision]) -> dict[str, frozenset[str]]:
    """Who is the same as whom by the decisions that stand, in their order: a split parts what a merge before it joined."""
    together: dict[str, set[str]] = {}
    for decision in decided:
        if not isinstance(decision.subject, OfActors):
            continue
        if decision.action is Action.MERGE:
            joined = set().union(*(together.get(actor, {actor}) for actor in decision.subject.actors))
            together |= dict.fromkeys(joined, joined)
        elif decision.action is Action.SPLIT:
            for actor in decision.subject.actors[1:]:
                rest = together.get(actor, {actor}) - {actor}
                together |= dict.fromkeys(rest, rest) | {actor: {actor}}
    return {actor: frozenset(members) for actor, members in together.items()}


def parted(decided: Iterable[Decision]) -> set[frozenset[str]]:
    """Pairs that a person decided to be two: they are not proposed again."""
    return {
        frozenset(pair)
        for decision in decided
        if decision.action is Action.SPLIT and isinstance(decision.subject, OfActors)
        for pair in combinations(decision.subject.actors, 2)
    }


def candidates(actors: Iterable[RegisterActor], apart: set[frozenset[str]]) -> Iterator[Candidate]:
    """Pairs of persons, or of bodies, that may be one, by their names without diacritics; those joined are one of a pair. Only names
    that share a word are compared; of two documents that each call somebody "Lan", that name alone says nothing."""
    by_word: defaultdict[tuple[str, str], tuple[list[_Called], list[_Called]]] = defaultdict(lambda: ([], []))
    for one in actors:
        called = _Called(one)
        for word in set(called.words):
            by_word[one.type, word][is_of_one_document(one)].append(called)
    seen: set[frozenset[frozenset[str]]] = set()
    for whole, short in by_word.values():
        for first, second in chain(combinations(whole, 2), product(whole, short)):
            found = _alike(first, second, apart)
            if found and (pair := frozenset((_whole(found.first), _whole(found.second)))) not in seen:
                seen.add(pair)
                yield found


def candidates_for(actor: RegisterActor, actors: Iterable[RegisterActor], apart: set[frozenset[str]]) -> Iterator[Candidate]:
    """Those of the same type that may be one with somebody, each once."""
    called = _Called(actor)
    for other in (_Called(one) for one in actors if one.type == actor.type and one.id != actor.id):
        if not called.words.isdisjoint(other.words) and (found := _alike(called, other, apart)):
            yield found


def is_of_one_document(actor: RegisterActor) -> bool:
    """Whether somebody is called by a single name, in one document: `lan@1a2b`."""
    return "@" in actor.id


class _Called:
    """Somebody with the words of the name without diacritics, and the name that has them in order."""

    __slots__ = ("actor", "ordered", "words")

    def __init__(self, actor: RegisterActor) -> None:
        ordered = sorted(without_marks(fold(actor.name)).split())
        self.actor = actor
        self.words = frozenset(ordered)
        self.ordered = " ".join(ordered)


def _alike(first: _Called, second: _Called, apart: set[frozenset[str]]) -> Candidate | None:
    """Two whose names are alike, where nobody decided about them and they are not of two states."""
    from rapidfuzz import fuzz  # a package that most of what a register is asked does without

    likeness = int(fuzz.ratio(first.ordered, second.ordered, score_cutoff=ALIKE))
    one, other = first.actor, second.actor
    if not likeness or other.id in one.same or _are_of_two_states(one.id, other.id):
        return None
    if any(frozenset(pair) in apart for pair in product(_whole(one), _whole(other))):
        return None
    return Candidate(one, other, likeness, tuple(_reasons(one, other)))


def _whole(actor: RegisterActor) -> frozenset[str]:
    """Its id with those that people decided to be the same."""
    return frozenset((actor.id, *actor.same))


def _are_of_two_states(first: str, second: str) -> bool:
    """Whether two ids name the same body of two states: `PARLIAMENT-VNM` and `PARLIAMENT-JPN`."""
    one, other = STATE.search(first), STATE.search(second)
    return bool(one and other) and first != second and first[:-3] == second[:-3]


def _reasons(first: RegisterActor, second: RegisterActor) -> Iterator[str]:
    yield "same-name" if first.actor == second.actor else "alike"
    if first.body and first.body == second.body:
        yield "same-body"


def _free(actor: str, taken: Iterable[str]) -> str:
    """The id itself, or with the first number that is free: `tran-lan`, `tran-lan~2`."""
    names = set(taken)
    number = 1
    while (name := actor if number == 1 else f"{actor}~{number}") in names:
        number += 1
    return name
