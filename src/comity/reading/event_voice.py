"""Who acts and who is acted on: named before the trigger the one, after it the other, unless the verb is passive.

"A bắt B", but "A bị B bắt", "A bị bắt bởi B"; "A detained B", but "A was detained by B".
"""

from comity.reading.event_parties import Party
from comity.reading.event_scene import Scene, Trigger

REACH = 7
"""So many words before the trigger a passive word may stand: the one who acts may be named between ("bị cảnh sát Thái Lan bắt")."""


def passive_from(scene: Scene, trigger: Trigger) -> int | None:
    """Where the passive begins: at the passive word before the trigger in its clause, or at its own start; None in the active voice."""
    classes, sentence = scene.lexicon.classes, trigger.sentence
    if classes.get(scene.word(trigger.first, sentence)) == "passive":
        return trigger.start
    for index in range(trigger.first - 1, max(-1, trigger.first - 1 - REACH), -1):
        word = scene.word(index, sentence)
        if classes.get(word) == "passive":
            between = scene.triggers_within(scene.token(index).end, trigger.start)
            return None if between else scene.token(index).start
        if word == "^" or not word[0].isalnum():
            return None
    return trigger.start if classes.get(scene.word(trigger.after, sentence)) == "agent" else None


def acts(scene: Scene, trigger: Trigger, party: Party, passive: int | None) -> bool:
    """Whether a party is the one who acts."""
    if passive is None:
        return party.before
    if party.before:
        return passive < party.start < trigger.start
    return scene.lexicon.classes.get(scene.word(scene.token_at(party.start) - 1, trigger.sentence)) == "agent"
