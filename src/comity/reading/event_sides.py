"""Which side of an event somebody is on where the words say it plainly: "vụ tấn công của A nhằm vào B", "A bị B bắt", "A's attack", "by B".

In: a scene, a trigger and a party of its sentence. Out: whether it acts, is acted on, or only tells of the event ("A lên án vụ tấn công");
None where the words leave it open, which is then a model's to judge. The words are in `languages/*/event_sides.yaml`.
"""

from collections.abc import Collection, Sequence
from functools import cache

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.languages import load_words
from comity.reading.event_parties import Party
from comity.reading.event_scene import Scene, Trigger
from comity.records import EventType, LanguageCode

VIOLENT = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.SANCTION, EventType.ACCUSE, EventType.THREATEN, EventType.MOBILIZE, EventType.PROTEST}
)
"""Types of deeds that are told of, or judged, by many who have no part in them."""
GIVEN = frozenset({EventType.SUPPORT, EventType.AID, EventType.REQUEST, EventType.RETREAT})
"""Types of what is given to somebody ("được bầu")."""
OWNED, AGENT, AIMED, POSSESSED, SUFFERS, DOER = 3, 3, 6, 4, 3, 2
"""So many words may stand between a deed and whose it is ("của A"), who does it ("do A", "by A") and whom it is meant for ("nhằm vào A"),
between "A's" and the deed, between the one acted on and the word for suffering ("A vừa | bị"), and between who does it and the deed."""


class SideWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`against`: before whom a deed is meant for; `owners`: before whose it is; `nouns`: what makes a noun of it; `suffers`: before what
    is done to somebody (not after the lexicon's `not_passive`, with which it is another word); `receives`: what is given to him, not
    before what is `made`; `joins_into`: deeds of whoever is behind `into`; `owned`: deeds of whoever is named right behind; `tells`: what
    those say or feel who only tell of a deed; `places`: right behind a name that is a place then; `others`: right before a name, somebody
    else ("an ally of"). The rest stands with those of whom it is doubtful that they take part (event_doubts.py): `says` between the two;
    `presides`: who is named behind another event has no part in it;
    `topics`, `at` (also with a `part` between: "in northern") and `beside` right before a name; `reasons` between a deed and who is
    named before; `clauses` open one of its own between an event and who is named behind. `done_by`: what is done by whoever is named next,
    to whoever is named before."""

    against: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    suffers: tuple[str, ...] = ()
    receives: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    joins_into: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    owned: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    presides: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    done_by: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    goes: tuple[str, ...] = ()


class Sides(Struct, frozen=True):
    """The words of a language, each as its folded syllables."""

    against: Collection[tuple[str, ...]]
    owners: Collection[str]
    nouns: Collection[tuple[str, ...]]
    suffers: Collection[str]
    receives: Collection[str]
    made: Collection[str]
    joins_into: Collection[str]
    into: Collection[tuple[str, ...]]
    owned: Collection[str]
    tells: Collection[tuple[str, ...]]
    places: tuple[str, ...]
    others: Collection[tuple[str, ...]]
    presides: Collection[str]
    says: Collection[tuple[str, ...]]
    topics: Collection[str]
    at: Collection[str]
    part: Collection[str]
    beside: Collection[str]
    reasons: Collection[tuple[str, ...]]
    done_by: Collection[str]
    clauses: Collection[tuple[str, ...]]
    goes: Collection[str]


@cache
def sides_of(language: LanguageCode) -> Sides:
    words = load_words(language, "event_sides", SideWords)
    return Sides(
        against=_syllables(words.against),
        owners=_folded(words.owners),
        nouns=_syllables(words.nouns),
        suffers=_folded(words.suffers),
        receives=_folded(words.receives),
        made=_folded(words.made),
        joins_into=_folded(words.joins_into),
        into=_syllables(words.into),
        owned=_folded(words.owned),
        tells=_syllables(words.tells),
        places=tuple(fold(word) for word in words.places),
        others=_syllables(words.others),
        presides=_folded(words.presides),
        says=_syllables(words.says),
        topics=_folded(words.topics),
        at=_folded(words.at),
        part=_folded(words.part),
        beside=_folded(words.beside),
        reasons=_syllables(words.reasons),
        done_by=_folded(words.done_by),
        clauses=_syllables(words.clauses),
        goes=_folded(words.goes),
    )


def plainly_acts(scene: Scene, trigger: Trigger, kind: EventType, party: Party) -> bool | None:
    """Whether the words say that a party acts or is acted on; None where they leave it open."""
    between = words_between(scene, trigger, party)
    if party.start >= trigger.end and _is_owned(scene, trigger, between):
        return True
    if not of_its_sentence(scene, trigger, party):
        return None
    return _behind(scene, trigger, between) if party.start >= trigger.end else _before(scene, trigger, kind, party, between)


def only_tells(scene: Scene, trigger: Trigger, kind: EventType, party: Party) -> bool:
    """Whether a party only tells of a deed or takes a stand on it: the verb of its own stands between the two."""
    if kind not in VIOLENT or not party.before or not of_its_sentence(scene, trigger, party):
        return False
    return holds_any(words_between(scene, trigger, party), sides_of(scene.page.language).tells)


def is_place(scene: Scene, party: Party) -> bool:
    """Whether a party's name is only part of a place's or a seat's: "the Indian | Ocean", "a Malta|-based bank"."""
    end, text = party.candidate.mention.end, scene.text.folded
    behind = (end + len(word) for word in sides_of(scene.page.language).places if text.startswith(word, end))
    return any(not text[after : after + 1].isalnum() for after in behind)


def is_another(scene: Scene, party: Party) -> bool:
    """Whether the words are about somebody else than whom they name: "an ally of | Malta"."""
    first = scene.token_at(party.candidate.mention.outer_start)
    return any(tuple(scene.words[max(0, first - len(one)) : first]) == one for one in sides_of(scene.page.language).others)


def only_attends(scene: Scene, trigger: Trigger, party: Party) -> bool:
    """Whether another event stands between a party and the chairing: "chaired by Malta and | attended by Peru",
    "Peru | attended talks chaired by Malta"."""
    words, mention = sides_of(scene.page.language), party.candidate.mention
    if party.start < trigger.end:
        return trigger.word in words.done_by and scene.triggers_within(mention.outer_end, trigger.start) > 0
    return trigger.word in words.presides and scene.triggers_within(trigger.end, mention.outer_start) > 0


def _behind(scene: Scene, trigger: Trigger, between: Sequence[str]) -> bool | None:
    """Of whoever is named after the deed."""
    words = sides_of(scene.page.language)
    if trigger.word in words.done_by and all(word in scene.lexicon.definite or word in scene.lexicon.determiners for word in between):
        return True
    if trigger.word in words.joins_into and tuple(between) in words.into:
        return True
    if not between:
        return None
    last = scene.lexicon.classes.get(between[-1])
    if last == "agent" and len(between) <= AGENT:
        return True
    if between[-1] in words.owners and len(between) <= OWNED and is_noun(scene, trigger, words):
        return True
    if len(between) <= AIMED and any(tuple(between[-len(word) :]) == word for word in words.against) and is_noun(scene, trigger, words):
        return False
    return None


def _is_owned(scene: Scene, trigger: Trigger, between: Sequence[str]) -> bool:
    """Whether it is somebody's embassy that is moved."""
    words = sides_of(scene.page.language)
    return trigger.word in words.owned and all(word in words.owners for word in between)


def _before(scene: Scene, trigger: Trigger, kind: EventType, party: Party, between: Sequence[str]) -> bool | None:
    """Of whoever is named before the deed."""
    end, text = party.candidate.mention.outer_end, scene.text.folded
    if text[end : end + 2] in ("'s", "’s") and sum(word.isalpha() for word in between) <= POSSESSED:
        return True
    if trigger.word in sides_of(scene.page.language).done_by:
        return False
    passive = _suffered_at(scene, trigger, kind)
    if passive is None:
        return None
    first = scene.token_at(party.candidate.mention.outer_start)
    if first == passive + 1:
        return True
    gap = scene.words[scene.token_at(end) : passive]
    plain = all(word.isalpha() and scene.lexicon.classes.get(word) != "clause" for word in gap)
    return False if first < passive and len(gap) <= SUFFERS and plain else None


def of_its_sentence(scene: Scene, trigger: Trigger, party: Party) -> bool:
    """Whether a party is named in the deed's sentence, by a name of its own."""
    mention, sentence = party.candidate.mention, scene.sentence(trigger)
    return not mention.nested and sentence.start <= mention.start < sentence.end and not (trigger.start <= mention.start < trigger.end)


def words_between(scene: Scene, trigger: Trigger, party: Party) -> Sequence[str]:
    """The words between a party with its title and the deed."""
    mention = party.candidate.mention
    if party.start >= trigger.end:
        return scene.words[trigger.after : scene.token_at(mention.outer_start)]
    return scene.words[scene.token_at(mention.outer_end) : trigger.first]


def _suffered_at(scene: Scene, trigger: Trigger, kind: EventType) -> int | None:
    """The place of the word that tells that the deed is suffered, or received: its own first word, the one right before it ("bị | bắt"), or
    one before whoever does it ("bị | cảnh sát Malta | bắt")."""
    words, sentence = sides_of(scene.page.language), trigger.sentence
    given = words.receives if kind in GIVEN and trigger.word not in words.made else ()
    passive = words.suffers if kind in VIOLENT else given
    near = [m for m in scene.named_in(sentence) if m.outer_end <= trigger.start and scene.token_at(m.outer_end) >= trigger.first - DOER]
    places = [trigger.first, trigger.first - 1, *(scene.token_at(mention.outer_start) - 1 for mention in near)]
    suffered = [
        at for at in places if scene.word(at, sentence) in passive and scene.word(at - 1, sentence) not in scene.lexicon.not_passive
    ]
    return max(suffered, default=None)


def is_noun(scene: Scene, trigger: Trigger, words: Sides) -> bool:
    """Whether the deed is told of by a noun; where a language tells it by no word, it may always be one."""
    own, before = tuple(scene.words[trigger.first : trigger.after]), scene.words[max(0, trigger.first - 2) : trigger.first]
    return not words.nouns or any(own[: len(noun)] == noun or tuple(before[-len(noun) :]) == noun for noun in words.nouns)


def holds_any(words: Sequence[str], phrases: Collection[tuple[str, ...]]) -> bool:
    """Whether any of the phrases stands among the words."""
    sizes = {len(phrase) for phrase in phrases}
    return any(tuple(words[index : index + size]) in phrases for size in sizes for index in range(len(words) - size + 1))


def _folded(words: Collection[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)


def _syllables(phrases: Collection[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(phrase).split()) for phrase in phrases)
