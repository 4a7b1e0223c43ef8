"""Who acts and who is acted on. By rule who is named before the trigger acts, after it the other, unless the verb is passive: "A bắt B",
but "A bị B bắt", "A bị bắt bởi B"; "A detained B", but "A was detained by B".

Nouns go by no such rule ("chuyến thăm B của A", "sanctions of A"), so the rule's answer is one feature among others of a model.
"""

from collections.abc import Sequence

from comity.reading.event_candidates import typed
from comity.reading.event_parties import Party
from comity.reading.event_scene import Scene, Trigger
from comity.records import EventType

REACH = 7
"""So many words before the trigger a passive word may stand: the one who acts may be named between ("bị cảnh sát Thái Lan bắt")."""


def side_features(scene: Scene, trigger: Trigger, kind: EventType, party: Party, parties: Sequence[Party]) -> list[str]:
    """Features for the question: does this party act in the event, or is it acted on?"""
    passive = passive_from(scene, trigger)
    side, letter, count = f"acts{acts(scene, trigger, party, passive)}", party.type[0], min(3, len(parties))
    place = "first" if all(party.start <= other.start for other in parties) else "later"
    return [
        "bias", side, f"{side}{kind}", f"{side}{letter}{kind}", f"{side}n{count}", f"{side}q{trigger.kin}", f"{side}{place}",
        f"{side}w{trigger.word}", f"{place}n{count}", f"{place}{kind}", f"n{count}{kind}", f"passive{passive is not None}{party.before}",
        f"w{trigger.word}{place}", f"{letter}{kind}n{count}", *typed(party.candidate, kind, mutual=False),
    ]  # fmt: skip


def passive_from(scene: Scene, trigger: Trigger) -> int | None:
    """Where the passive begins: at the passive word before the trigger in its clause, or at its own start; None in the active voice."""
    classes, sentence = scene.lexicon.classes, trigger.sentence
    if _is_passive(scene, trigger.first, sentence):
        return trigger.start
    for index in range(trigger.first - 1, max(-1, trigger.first - 1 - REACH), -1):
        word = scene.word(index, sentence)
        if _is_passive(scene, index, sentence):
            between = scene.triggers_within(scene.token(index).end, trigger.start)
            return None if between else scene.token(index).start
        if word == "^" or not word[0].isalnum():
            return None
    return trigger.start if classes.get(scene.word(trigger.after, sentence)) == "agent" else None


def _is_passive(scene: Scene, index: int, sentence: int) -> bool:
    """Whether a word makes what follows passive: "bị", but not in "chuẩn bị"."""
    passive = scene.lexicon.classes.get(scene.word(index, sentence)) == "passive"
    return passive and scene.word(index - 1, sentence) not in scene.lexicon.not_passive


def acts(scene: Scene, trigger: Trigger, party: Party, passive: int | None) -> bool:
    """Whether a party is the one who acts."""
    if passive is None:
        return party.before
    if party.before:
        return passive < party.start < trigger.start
    return scene.lexicon.classes.get(scene.word(scene.token_at(party.start) - 1, trigger.sentence)) == "agent"
