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
OWNED, AGENT, AIMED, POSSESSED, SUFFERS, DOER = 3, 3, 6, 4, 3, 2
"""So many words may stand between a deed and whose it is ("của A"), who does it ("do A", "by A") and whom it is meant for ("nhằm vào A"),
between "A's" and the deed, between the one acted on and the word for suffering ("A vừa | bị"), and between who does it and the deed."""


class SideWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`against`: before whom a deed is meant for; `owners`: before whose it is; `nouns`: what makes a noun of it; `suffers`: before what
    is done to somebody (not after `not_suffers`, with which it is another word); `tells`: what those say or feel who only tell of a
    deed; `places`: right behind a name that is a place then."""

    against: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    suffers: tuple[str, ...] = ()
    not_suffers: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Sides(Struct, frozen=True):
    """The words of a language, each as its folded syllables."""

    against: Collection[tuple[str, ...]]
    owners: Collection[str]
    nouns: Collection[tuple[str, ...]]
    suffers: Collection[str]
    not_suffers: Collection[str]
    tells: Collection[tuple[str, ...]]
    places: tuple[str, ...]


@cache
def sides_of(language: LanguageCode) -> Sides:
    words = load_words(language, "event_sides", SideWords)
    return Sides(
        against=_syllables(words.against),
        owners={fold(word) for word in words.owners},
        nouns=_syllables(words.nouns),
        suffers={fold(word) for word in words.suffers},
        not_suffers={fold(word) for word in words.not_suffers},
        tells=_syllables(words.tells),
        places=tuple(fold(word) for word in words.places),
    )


def plainly_acts(scene: Scene, trigger: Trigger, kind: EventType, party: Party) -> bool | None:
    """Whether the words say that a party acts or is acted on; None where they leave it open."""
    if not _of_its_sentence(scene, trigger, party):
        return None
    between = _between(scene, trigger, party)
    return _behind(scene, trigger, between) if party.start >= trigger.end else _before(scene, trigger, kind, party, between)


def only_tells(scene: Scene, trigger: Trigger, kind: EventType, party: Party) -> bool:
    """Whether a party only tells of a deed or takes a stand on it: the verb of its own stands between the two."""
    if kind not in VIOLENT or not party.before or not _of_its_sentence(scene, trigger, party):
        return False
    return any(_holds(_between(scene, trigger, party), word) for word in sides_of(scene.page.language).tells)


def is_place(scene: Scene, party: Party) -> bool:
    """Whether a party's name is only part of a place's or a seat's: "the Indian | Ocean", "a Malta|-based bank"."""
    end = party.candidate.mention.end
    return scene.text.folded.startswith(sides_of(scene.page.language).places, end)


def _behind(scene: Scene, trigger: Trigger, between: Sequence[str]) -> bool | None:
    """Of whoever is named after the deed."""
    if not between:
        return None
    words, last = sides_of(scene.page.language), scene.lexicon.classes.get(between[-1])
    if last == "agent" and len(between) <= AGENT:
        return True
    if between[-1] in words.owners and len(between) <= OWNED and _is_noun(scene, trigger, words):
        return True
    if len(between) <= AIMED and any(tuple(between[-len(word) :]) == word for word in words.against) and _is_noun(scene, trigger, words):
        return False
    return None


def _before(scene: Scene, trigger: Trigger, kind: EventType, party: Party, between: Sequence[str]) -> bool | None:
    """Of whoever is named before the deed."""
    end, text = party.candidate.mention.outer_end, scene.text.folded
    if text[end : end + 2] in ("'s", "’s") and sum(word.isalpha() for word in between) <= POSSESSED:
        return True
    passive = _suffered_at(scene, trigger)
    if passive is None or kind not in VIOLENT:
        return None
    first = scene.token_at(party.candidate.mention.outer_start)
    if first == passive + 1:
        return True
    gap = scene.words[scene.token_at(end) : passive]
    plain = all(word.isalpha() and scene.lexicon.classes.get(word) != "clause" for word in gap)
    return False if first < passive and len(gap) <= SUFFERS and plain else None


def _of_its_sentence(scene: Scene, trigger: Trigger, party: Party) -> bool:
    mention, sentence = party.candidate.mention, scene.sentence(trigger)
    return not mention.nested and sentence.start <= mention.start < sentence.end and not (trigger.start <= mention.start < trigger.end)


def _between(scene: Scene, trigger: Trigger, party: Party) -> Sequence[str]:
    """The words between a party with its title and the deed."""
    mention = party.candidate.mention
    if party.start >= trigger.end:
        return scene.words[trigger.after : scene.token_at(mention.outer_start)]
    return scene.words[scene.token_at(mention.outer_end) : trigger.first]


def _suffered_at(scene: Scene, trigger: Trigger) -> int | None:
    """The place of the word that tells that the deed is suffered: its own first word, the one right before it ("bị | bắt"), or one before
    whoever does it ("bị | cảnh sát Malta | bắt")."""
    words, sentence = sides_of(scene.page.language), trigger.sentence
    near = [m for m in scene.named_in(sentence) if m.outer_end <= trigger.start and scene.token_at(m.outer_end) >= trigger.first - DOER]
    places = [trigger.first, trigger.first - 1, *(scene.token_at(mention.outer_start) - 1 for mention in near)]
    suffered = [at for at in places if scene.word(at, sentence) in words.suffers and scene.word(at - 1, sentence) not in words.not_suffers]
    return max(suffered, default=None)


def _is_noun(scene: Scene, trigger: Trigger, words: Sides) -> bool:
    """Whether the deed is told of by a noun; where a language tells it by no word, it may always be one."""
    own, before = tuple(scene.words[trigger.first : trigger.after]), scene.words[max(0, trigger.first - 2) : trigger.first]
    return not words.nouns or any(own[: len(noun)] == noun or tuple(before[-len(noun) :]) == noun for noun in words.nouns)


def _holds(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(tuple(words[index : index + size]) == phrase for index in range(len(words) - size + 1))


def _syllables(phrases: Collection[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(phrase).split()) for phrase in phrases)
