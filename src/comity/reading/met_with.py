"""Whom "both sides" mean behind a talk with one person ("In his meeting with Minister Pato, | both sides"): that one and his host.

In come a text, its page, the place of the words, the mentions before and the two found without regard to this; out come the two. Nobody
where the one who met that person can't be told: the two named last are others.
"""

from collections.abc import Sequence

from comity.knowledge.folded import Folded
from comity.reading.mentions import Form, Mention
from comity.reading.page import Page
from comity.reading.pairs import Told
from comity.reading.states import state_of
from comity.records import ActorId, ActorType

LONGEST_TITLE = 60
"""Characters from "with" to the name: "with | his New Zealand counterpart"."""

Two = tuple[tuple[ActorId, ...], ActorType]


def with_met(
    text: Folded, page: Page, place: int, earlier: Sequence[Mention], two: Two | None, told: Told, *, withs: tuple[str, ...]
) -> Two | None:
    """The two sides at a place; `withs` are the words before whoever is met, a blank behind each."""
    met = _met(text, page, place, earlier, withs)
    if met is None or (two is not None and _holds(two, met, told)):
        return two
    others = [m for m in earlier if m.type is ActorType.PERSON and m.form is Form.NAME and m.actors != met.actors]
    host = next((m for m in others if _state(m, told) not in ("", _state(met, told))), None)
    return ((*host.actors, *met.actors), ActorType.PERSON) if host is not None and _state(met, told) else None


def _met(text: Folded, page: Page, place: int, earlier: Sequence[Mention], withs: tuple[str, ...]) -> Mention | None:
    """The one person with whom the talk was that the sentence begins with, right before a comma and the words."""
    start = page.sentences[page.sentence_at(place)].start
    persons = [m for m in earlier if m.start >= start and m.type is ActorType.PERSON and m.form is not Form.PRONOUN]
    if len({m.actors for m in persons}) != 1:
        return None
    one = persons[-1]
    front = f" {text.folded[start : one.outer_start]}"
    title = front[max((front.rfind(f" {word}") for word in withs), default=-1) :]
    is_met = title != front[-1:] and len(title) <= LONGEST_TITLE and "," not in title
    return one if is_met and text.folded[one.outer_end : place].strip() == "," and len(one.actors) == 1 else None


def _holds(two: Two, met: Mention, told: Told) -> bool:
    return met.actors[0] in two[0] or _state(met, told) in two[0]


def _state(mention: Mention, told: Told) -> str:
    """The state that somebody serves, empty where that is not told."""
    return state_of(told.serves.get(mention.actors[0], ""))
