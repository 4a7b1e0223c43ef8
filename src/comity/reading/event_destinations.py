"""Whom a visit is paid to where its place is named right behind: "traveled to | the United States", "arrived in | Lima" is a visit to Peru.

In: a scene, a trigger of going somewhere, and the seats of government by their folded names. Out: the state or body there; None where
something else stands behind. The words are in `languages/*/event_sides.yaml`.
"""

from collections.abc import Mapping

from comity.reading.event_scene import Scene, Trigger
from comity.reading.event_sides import Sides, sides_of
from comity.reading.mentions import Form
from comity.records import ActorId, ActorType

LONGEST = 4
"""So many words a seat's name has at most."""


def destination(scene: Scene, trigger: Trigger, seats: Mapping[str, ActorId]) -> ActorId | None:
    words = sides_of(scene.page.language)
    if trigger.word not in words.goes:
        return None
    first = trigger.after
    while _leads_there(scene, words, scene.word(first, trigger.sentence)):
        first += 1
    for mention in scene.mentions.within(scene.token(first).start, scene.token(first).start + 1):
        return mention.actors[0] if mention.form is Form.NAME and mention.type is ActorType.STATE else None
    names = (" ".join(scene.words[first : first + size]) for size in range(LONGEST, 0, -1))
    return next((seats[name] for name in names if name in seats), None)


def _leads_there(scene: Scene, words: Sides, word: str) -> bool:
    """Whether a word may stand between going and where to: "to", "in", "the"."""
    return word in words.at or word in scene.lexicon.definite or scene.lexicon.classes.get(word) == "toward"
