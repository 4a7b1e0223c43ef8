"""Whom "hai bên" and "the two leaders" mean in a joint text of two parties: those whom its headline names, and who speak for them first.

In come a page, its mentions so far and what it tells of its persons; out come the two. A joint statement tells of many other pairs (who
visited whom in earlier years), and means none of them by these words.
"""

from collections.abc import Sequence

from comity.knowledge.folded import fold
from comity.reading.commitment_words import commitment_words
from comity.reading.mentions import Form, Mention
from comity.reading.page import WORD, Page
from comity.reading.pairs import Told
from comity.reading.states import state_of
from comity.records import ActorId, ActorType


def is_joint(page: Page) -> bool:
    """Whether the title or headline calls the text one of several: "U.S.-ROK Leaders' Joint Statement"."""
    title = page.document.title or (page.text[page.headline.start : page.headline.end] if page.headline else "")
    words = set(WORD.findall(fold(title)))
    return any(words.issuperset(phrase.split()) for phrase in commitment_words(page.language).joint)


def joint_parties(page: Page, mentions: Sequence[Mention]) -> tuple[ActorId, ...]:
    """The two states or bodies that the headline of a joint text names; empty where it is none or names one or more than two."""
    if page.headline is None or not is_joint(page):
        return ()
    start, end = page.headline.start, page.headline.end
    named = [m for m in mentions if m.form is Form.NAME and m.type is not ActorType.PERSON and start <= m.start < end]
    parties = tuple(dict.fromkeys(actor for one in sorted(named, key=lambda m: m.start) for actor in one.actors))
    return parties if len(parties) == 2 else ()


def joint_leaders(parties: Sequence[ActorId], mentions: Sequence[Mention], told: Told) -> tuple[ActorId, ...]:
    """The person named first of each party; empty where the text names nobody of one."""
    first: dict[ActorId, ActorId] = {}
    for one in sorted(mentions, key=lambda m: m.start):
        served = told.serves.get(one.actors[0]) if one.form is Form.NAME and one.type is ActorType.PERSON else None
        party = next((party for party in parties if served is not None and party in (served, state_of(served))), None)
        if party is not None:
            first.setdefault(party, one.actors[0])
    return tuple(first[party] for party in parties) if len(first) == len(parties) else ()


def are_others(parties: Sequence[ActorId], before: Sequence[Mention]) -> bool:
    """Whether two or more others are named before the words in their sentence: "Israel and Lebanon, and called on | both sides"."""
    others = {m.actors for m in before if m.form is Form.NAME and m.type is not ActorType.PERSON and not set(m.actors) & set(parties)}
    return len(others) > 1
