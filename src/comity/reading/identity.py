"""Gives persons their ids: the name in kebab-case without accents, in the fullest form that the document has for the person.

"ông Quý", "Đại sứ Quý" and "Đặng Đình Quý" are `dang-dinh-quy`. A name the document only has short gets the id of the one person that the
world knowledge knows under it with the office the document gives. Two full names of one known person ("Tập Cận Bình", "Xi Jinping") get the
id of the one that stands first.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from comity.intervals import IsoDate, overlap
from comity.knowledge import Actor
from comity.reading.ids import SUFFIXES, kebab
from comity.reading.namesakes import Namesakes, Parts
from comity.reading.person_titles import Person
from comity.records import ActorId, ActorType

OPEN_PAST, OPEN_FUTURE = "1900", "2100"
LONG_WORD = 5
"""Letters of a word from which on another with one letter more or less is likely the same name misspelled."""
LEADING = frozenset(("president", "prime-minister", "general-secretary", "state-president", "leader", "chair"))
"""Offices whose holder is meant where only a family name stands that others in the text bear too: "cuộc gặp Trump - Kim"."""


SECRETARY, MINISTERS = "secretary", frozenset(("foreign-minister", "defence-minister", "minister"))
"""What some states call their ministers."""

UNDER = frozenset(("adviser", "spokesperson", "deputy-minister", "deputy-foreign-minister", "scholar"))
"""Offices that no leader is called by: "cố vấn Moon" of a text on President Moon is another."""


class KnownPersons:
    """The persons of the world knowledge by the words of their names."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._by_end: dict[str, set[ActorId]] = {}
        self._by_first: dict[str, set[ActorId]] = {}
        self._by_name: dict[str, set[ActorId]] = {}
        self._actors: dict[ActorId, Actor] = {}
        for actor in actors:
            if actor.type is not ActorType.PERSON:
                continue
            self._actors[actor.id] = actor
            for name in (name for names in actor.names.values() for name in names):
                words = kebab(name).split("-")
                self._by_name.setdefault("-".join(words), set()).add(actor.id)
                self._by_first.setdefault(words[0], set()).add(actor.id)
                for index in range(1, len(words)):
                    self._by_end.setdefault("-".join(words[index:]), set()).add(actor.id)

    def serves(self, person: ActorId) -> ActorId | None:
        """The state or body that the world knowledge gives with a person."""
        actor = self._actor(person)
        if actor is None:
            return None
        return actor.state or next((held.of for held in reversed(actor.offices)), None)

    def gender(self, person: ActorId) -> str | None:
        """ "female" or "male", where the world knowledge tells it."""
        actor = self._actor(person)
        return actor.gender if actor else None

    def serves_as(self, person: ActorId, office: str) -> ActorId | None:
        """The body or state that the world knowledge gives with a person's office of this kind, where there is one."""
        actor = self._actor(person)
        served = {held.of for held in actor.offices if held.title == office} if actor else set()
        return next(iter(served)) if len(served) == 1 else None

    def offices(self, person: ActorId, published: IsoDate | None) -> list[tuple[str, ActorId]]:
        """The offices of states and bodies that a person held on a day; where the day is not known the last, or the only one. Of a name of
        one word those of all who bear it: beside "Tổng thống Nga" "ông Putin" is the one who held that."""
        actor = self._actor(person)
        bearers = [actor.id] if actor is not None else self._by_end.get(person, set()) | self._by_first.get(person, set())
        return [office for bearer in sorted(bearers) for office in _held_at(self._actors[bearer], published)]

    def has_held(self, person: ActorId, office: str) -> bool | None:
        """Whether the world knowledge gives a person an office of this kind; None where it gives none at all."""
        actor = self._actor(person)
        return any(held.title == office for held in actor.offices) if actor is not None and actor.offices else None

    def has_led(self, person: ActorId) -> bool:
        """Whether the world knowledge gives a person one of the leading offices."""
        actor = self._actor(person)
        return actor is not None and any(held.title in LEADING for held in actor.offices)

    def is_of(self, person: ActorId, states: frozenset[ActorId]) -> bool:
        """Whether the world knowledge gives a person one of these states, or an office of one."""
        actor = self._actor(person)
        return actor is not None and not states.isdisjoint((actor.state, *(held.of for held in actor.offices)))

    def is_of_others(self, person: ActorId, states: frozenset[ActorId]) -> bool:
        """Whether the world knowledge gives a person a state, and none of these, of which there is one."""
        actor = self._actor(person)
        return bool(states) and actor is not None and actor.state is not None and not self.is_of(person, states)

    def _actor(self, person: ActorId) -> Actor | None:
        """Who bears this id, or this full name as an id."""
        return self._actors.get(person) or self._actors.get(self.bearer(person) or "")

    def named(self, name: str, offices: frozenset[str]) -> ActorId | None:
        """The one person whose name begins with this word or ends with these words and who held one of `offices`.

        Where the text tells no office it is nobody: "bà Yulia" may be any. A secretary may be a minister: "Secretary Blinken".
        """
        ending = self._by_end.get(name, set())
        found = self._only(ending | self._by_first.get(name, set()), offices)
        return found or (self._only(ending, MINISTERS) if SECRETARY in offices else None)

    def holder(self, name: str, offices: frozenset[str]) -> ActorId | None:
        """The one person whose last word this is and who held one of `offices`."""
        return self._only(self._by_end.get(name, set()), offices)

    def _only(self, actors: set[ActorId], offices: frozenset[str]) -> ActorId | None:
        fitting = [actor for actor in actors if offices & {held.title for held in self._actors[actor].offices}]
        return fitting[0] if len(fitting) == 1 else None

    def alone(self, own: Parts, gender: str | None) -> ActorId | None:
        """Who is known by one word alone ("Trump nói"), where an honorific does not tell another."""
        who = self.bearer(own[0]) if len(own) == 1 else None
        return who if who is not None and gender in (None, "any", self._actors[who].gender) else None

    def bearer(self, name: ActorId) -> ActorId | None:
        """The one person who is known under this full name."""
        bearers = self._by_name.get(name, set())
        return next(iter(bearers)) if len(bearers) == 1 else None


def _held_at(actor: Actor, published: IsoDate | None) -> list[tuple[str, ActorId]]:
    dated = [one for one in actor.offices if one.since or one.until]
    if not dated:
        return [(one.title, one.of) for one in actor.offices] if len(actor.offices) == 1 else []
    if published is None:
        now = [max(dated, key=lambda one: one.since or OPEN_PAST)]
    else:
        now = [one for one in dated if overlap(f"{one.since or OPEN_PAST}/{one.until or OPEN_FUTURE}", published)]
    return [(one.title, one.of) for one in now]


def identities(persons: Sequence[Person], known: KnownPersons) -> list[ActorId]:
    """The id of each person, in the same order."""
    parts = [tuple(kebab(" ".join(person.words)).split("-")) for person in persons]
    offices = [frozenset(title.office for title in person.titles) for person in persons]
    forms = _Forms(parts, offices, known)
    told = [_told(own, held, forms, known) for own, held in zip(parts, offices, strict=True)]
    near = Namesakes(persons, parts, offices).ids()
    by_office, by_name = _agreed(parts, told, offices), _agreed(parts, told, [frozenset(("",))] * len(parts))
    ids = [
        namesake
        or (who if held and who else by_office.get(own) or who or by_name.get(own) or known.alone(own, person.gender) or "-".join(own))
        for person, own, held, who, namesake in zip(persons, parts, offices, told, near, strict=True)
    ]
    fuller = {"-".join(own): who for own, who in by_office.items()}
    ids = _without_strangers([fuller.get(who, who) for who in ids], persons, parts, known)
    return _joined(_respelled(ids, known), known)


def _without_strangers(ids: Sequence[ActorId], persons: Sequence[Person], parts: Sequence[Parts], known: KnownPersons) -> list[ActorId]:
    """The ids, with a known person's given back where a name of one word is told to serve another state: "Tổng thống Peru Silva"."""
    full = {word for own in parts if len(own) > 1 for word in own}
    apart = [
        len(own) == 1 and own[0] not in full and known.is_of_others(who, _states_served(person))
        for person, own, who in zip(persons, parts, ids, strict=True)
    ]
    strangers = {own for own, is_apart in zip(parts, apart, strict=True) if is_apart}
    served = {(own, who) for own, who, person in zip(parts, ids, persons, strict=True) if known.is_of(who, _states_served(person))}
    return [
        "-".join(own) if is_apart or (own in strangers and (own, who) not in served) else who
        for own, who, is_apart in zip(parts, ids, apart, strict=True)
    ]


def _states_served(person: Person) -> frozenset[ActorId]:
    """The states that a person's titles tell."""
    told = {title.of for title in person.titles if title.of and title.of_type is ActorType.STATE}
    return frozenset((*told, person.state) if person.state else told)


def _agreed(parts: Sequence[Parts], told: Sequence[ActorId | None], offices: Sequence[frozenset[str]]) -> dict[Parts, ActorId]:
    """Who a name means, where all its mentions with an office that tell somebody tell the same."""
    tells: dict[Parts, set[ActorId]] = {}
    for own, who, held in zip(parts, told, offices, strict=True):
        if who and held:
            tells.setdefault(own, set()).add(who)
    return {own: next(iter(ids)) for own, ids in tells.items() if len(ids) == 1}


def _told(own: Parts, offices: frozenset[str], forms: "_Forms", known: KnownPersons) -> ActorId | None:
    """Who it is by the document's fuller names and the world's; a known holder of the office comes before a namesake with another one."""
    fullest = forms.fullest(own, offices)
    if fullest is None:
        return known.named("-".join(own), offices)
    if len(own) == 1 and UNDER & offices and forms.leads_otherwise(fullest, offices):
        return known.holder(own[0], offices)
    if len(own) > 1 or not offices or forms.has_office(own, offices):
        return fullest
    return known.holder(own[0], offices) or fullest


def _respelled(ids: list[ActorId], known: KnownPersons) -> list[ActorId]:
    """The ids, with a name that differs from one other of the text by a letter of a long word as that one: "bà Sander" of "Sarah Sanders",
    "Donad Trump" of "Donald Trump". Of two full names the known one stays, else the one named more often, else the first."""
    count = Counter(ids)
    parts = {who: tuple(who.split("-")) for who in count}
    means: dict[ActorId, ActorId] = {}
    for who, own in parts.items():
        if len(own) == 1:
            alike = [other for other, words in parts.items() if len(words) > 1 and _is_respelled(own[0], words[-1])]
        else:
            rank = (known.bearer(who) is not None, count[who])
            alike = [
                other
                for other, words in parts.items()
                if len(words) == len(own) and _differ_by_a_letter(own, words) and (known.bearer(other) is not None, count[other]) > rank
            ]
        if len(alike) == 1 and not any(own[0] == words[-1] for words in parts.values() if len(own) == 1 < len(words)):
            means[who] = alike[0]
    return [means.get(means.get(who, who), means.get(who, who)) for who in ids]


def _differ_by_a_letter(one: Parts, other: Parts) -> bool:
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(apart) == 1 and _is_respelled(*apart[0])


def _is_respelled(one: str, other: str) -> bool:
    """Whether two long words with one beginning differ by one letter put in, left out or changed."""
    short, long = sorted((one, other), key=len)
    if len(short) < LONG_WORD or len(long) - len(short) > 1 or short == long or short[0] != long[0]:
        return False
    same = next(index for index in range(len(long)) if short[index : index + 1] != long[index])
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]


def _joined(ids: list[ActorId], known: KnownPersons) -> list[ActorId]:
    """The ids, with the first one that stands for a known person, or for the same words in another order or written together
    ("Kim JongUn"), for all that do."""
    first: dict[str, ActorId] = {}
    for who in sorted(dict.fromkeys(ids), key=lambda who: known.bearer(who) is None):
        first.setdefault(who.replace("-", ""), who)
    ids = [first[who.replace("-", "")] for who in ids]
    first = {}
    for who in ids:
        first.setdefault(known.bearer(who) or "-".join(sorted(who.split("-"))), who)
    return [first[known.bearer(who) or "-".join(sorted(who.split("-")))] for who in ids]


class _Forms:
    """The forms of names in one document, how often each stands there, and with which offices."""

    def __init__(self, parts: Sequence[Parts], offices: Sequence[frozenset[str]], known: KnownPersons) -> None:
        self._known = known
        self._count = Counter(parts)
        self._offices: dict[Parts, set[str]] = {}
        self._by_word: dict[str, list[Parts]] = {}
        for form, held in zip(parts, offices, strict=True):
            self._offices.setdefault(form, set()).update(held)
        for form in self._count:
            for word in dict.fromkeys(form):
                self._by_word.setdefault(word, []).append(form)

    def fullest(self, own: Parts, offices: frozenset[str]) -> ActorId | None:
        """The longest form that holds this one; of several the one with the same office, else a leader, else the one named most often."""
        holders = [form for form in self._by_word.get(own[-1], []) if len(form) > len(own) and _holds(form, own)]
        if not holders:
            return None
        same_office = [form for form in holders if offices & self._offices[form]]
        family_first = len(own) == 1 and all(form[0] == own[0] for form in holders)
        chosen = max(same_office or holders, key=lambda form: (family_first and self._leads(form), self._count[form]))
        return self.fullest(chosen, offices) or "-".join(chosen)

    def _leads(self, form: Parts) -> bool:
        """Whether the text, or else the world knowledge, gives this person a leading office."""
        return not LEADING.isdisjoint(self._offices[form]) or (not self._offices[form] and self._known.has_led("-".join(form)))

    def leads_otherwise(self, who: ActorId, offices: frozenset[str]) -> bool:
        """Whether the text names somebody with a leading office and never with one of these."""
        held = self._offices.get(tuple(who.split("-")), set())
        return not LEADING.isdisjoint(held) and held.isdisjoint(offices)

    def has_office(self, own: Parts, offices: frozenset[str]) -> bool:
        """Whether a fuller name is named with one of these offices."""
        return any(offices & self._offices[form] for form in self._by_word.get(own[-1], []) if len(form) > len(own) and _holds(form, own))


def _holds(longer: Parts, own: Parts) -> bool:
    if len(own) == 1:
        return (
            own[0] in (longer[0], longer[-1]) or (longer[-1] in SUFFIXES and own[0] == longer[-2]) or (own[0] in longer and len(own[0]) > 3)
        )
    return set(own) <= set(longer) and (own[-1] == longer[-1] or own[0] == longer[0] or own[-1] == longer[-2])
