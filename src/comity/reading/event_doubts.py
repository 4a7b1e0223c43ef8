"""Whether somebody stands where few take part in an event: behind other events, inside another's name, as a place, or as who only speaks.

In: a scene, an event and who may be a party of it. Out: yes or no; who stands there is told only where all else speaks for him. The words
are in `languages/*/event_sides.yaml`.
"""

from comity.reading.event_parties import Party
from comity.reading.event_scene import Scene, Trigger
from comity.reading.event_sides import VIOLENT, holds_any, is_noun, sides_of, words_between
from comity.reading.event_voice import passive_from
from comity.records import EventType

HELD_THERE = (EventType.COERCE, EventType.SUPPORT)
"""Who is held or elected in a state, is so by it."""
EVENTS = 2
"""So many words of other events stand between an event and somebody whose part in it is doubtful."""


def doubtful(scene: Scene, trigger: Trigger, kind: EventType, party: Party, *, acts: bool, plain: bool) -> bool:
    """`acts`: on which side; `plain`: the words say so plainly. Only for whom the event's sentence names."""
    mention = party.candidate.mention
    suffers = not acts and passive_from(scene, trigger) is not None
    if mention.nested and party.before and not suffers and scene.mechanism_over(mention.start, mention.end) is None:
        return True
    agent = party.before and acts and not dict(trigger.types)[kind]
    stretch = (mention.outer_end, trigger.start) if party.before else (trigger.end, mention.outer_start)
    if not agent and scene.triggers_within(*stretch) >= EVENTS:
        return True
    return not plain and (_named_before if party.before else _named_behind)(scene, trigger, kind, party, acts)


def is_aside(scene: Scene, trigger: Trigger, kind: EventType, party: Party) -> bool:
    """Whether it is what a meeting is about ("a summit on | Malta") or a sentence ("Regarding | Malta, the Council adopted"), or whose
    company somebody else was in before."""
    words, first = sides_of(scene.page.language), _first(scene, party)
    prior = scene.word(first - 1, trigger.sentence)
    if party.before and prior in words.topics and scene.word(first - 2, trigger.sentence) == "^":
        return True
    if dict(trigger.types)[kind]:
        return party.start >= trigger.end and prior in words.topics
    return party.before and kind not in VIOLENT and prior in words.beside


def _named_before(scene: Scene, trigger: Trigger, kind: EventType, party: Party, acts: bool) -> bool:
    words, between = sides_of(scene.page.language), words_between(scene, trigger, party)
    if _is_place(scene, trigger, party) or holds_any(between, words.says):
        return True
    if dict(trigger.types)[kind]:
        return False
    if acts:
        return kind in VIOLENT and holds_any(between, words.reasons)
    return passive_from(scene, trigger) is None and not (kind in VIOLENT and is_noun(scene, trigger, words))


def _named_behind(scene: Scene, trigger: Trigger, kind: EventType, party: Party, acts: bool) -> bool:
    if holds_any(words_between(scene, trigger, party), sides_of(scene.page.language).clauses):
        return True
    if kind is not EventType.CONSULT and _does_another(scene, trigger, party):
        return True
    if dict(trigger.types)[kind] or not acts or kind in HELD_THERE:
        return False
    return _is_place(scene, trigger, party)


def _does_another(scene: Scene, trigger: Trigger, party: Party) -> bool:
    """Whether it does what another event word tells: "agreed to a truce in talks hosted by | Malta"."""
    by = scene.lexicon.classes.get(scene.word(_first(scene, party) - 1, trigger.sentence)) == "agent"
    return by and scene.triggers_within(trigger.end, party.candidate.mention.outer_start) > 0


def _is_place(scene: Scene, trigger: Trigger, party: Party) -> bool:
    """Whether it is named as a place: "in | Malta", "in northern | Malta"."""
    words, index = sides_of(scene.page.language), _first(scene, party) - 1
    while scene.word(index, trigger.sentence) in words.part:
        index -= 1
    return scene.word(index, trigger.sentence) in words.at


def _first(scene: Scene, party: Party) -> int:
    return scene.token_at(party.candidate.mention.outer_start)
