"""The persons whom a text names with an office, and which of them a bare office can't mean: "the Vice President thanked Vice President
Duterte" is of two people.

In come a page, its bare titles and the persons with their offices; out come those left aside, or the one that is left.
"""

from bisect import bisect_right
from collections.abc import Sequence

from msgspec import Struct

from comity.reading.layout import quoted_words
from comity.reading.page import Page
from comity.reading.titles import Title
from comity.records import ActorId

NAMED_SOON = 6
"""Sentences after a bare office within which its holder is named, if at all: "Chủ tịch nước khẳng định ..." in headline and lead. On a
state's own page it is that state's office, and nobody need be named."""


class Held(Struct, frozen=True):
    """A person named with an office at `position`; `words` are the title as written, folded; `told`: they name the body or state served."""

    position: int
    person: ActorId
    office: str
    of: ActorId | None
    words: str
    told: bool = True


def named_beside(page: Page, bare: Sequence[Title], held: Sequence[Held], soon: int) -> set[tuple[str, ActorId]]:
    """Offices with persons whom the bare office never means here: those named by it in a sentence behind the bare office, as "the Vice
    President thanked Vice President Duterte" is of two people (a name is no anaphor of what stands before it in its sentence), and those
    named more than `soon` sentences after the text first spoke of the bare office. In words in quotation marks another speaks."""
    starts, words = [token.start for token in page.tokens], quoted_words(page)

    def is_quoted(position: int) -> bool:
        return bool(words[bisect_right(starts, position) - 1])

    named: dict[tuple[str, ActorId], list[int]] = {}
    for one in held:
        named.setdefault((one.office, one.person), []).append(one.position)
    first: dict[str, int] = {}
    result = set()
    for title in bare:
        if title.of is not None:
            continue
        number = page.sentence_at(title.start)
        first.setdefault(title.office, number)
        for key, positions in named.items():
            if key[0] != title.office:
                continue
            beside = any(
                title.start < position < page.sentences[number].end and is_quoted(position) == is_quoted(title.start)
                for position in positions
            )
            if beside or page.sentence_at(positions[0]) - first[title.office] > soon:
                result.add(key)
    return result


def of_their_states(others: set[tuple[str, ActorId]], held: Sequence[Held]) -> set[tuple[str, ActorId]]:
    """Those who hold another office of the same state: where "the Vice President" is not Vice President Duterte, "the President" is not
    President Marcos."""
    states = {one.of for one in held if one.of is not None and (one.office, one.person) in others}
    return {(one.office, one.person) for one in held if one.of in states}


def only_one(fitting: Sequence[Held], held: Sequence[Held]) -> ActorId | None:
    """The one person, or of several the only one whose titles never tell the state, as a text leaves out its own: beside "President Biden"
    stands "French President Macron", "President Macron" later on."""
    persons = dict.fromkeys(one.person for one in fitting)
    if len(persons) > 1:
        told = {one.person for one in held if one.told}
        own = [person for person in persons if person not in told]
        return own[0] if len(own) == 1 else None
    return next(iter(persons), None)


def is_named_late(page: Page, title: Title, fitting: Sequence[Held], held: Sequence[Held]) -> bool:
    """Whether those with the office of this state are named only long after, and another with the office and of no state told is named
    nearer: "Tổng thống Mỹ" is not Obama, of whom a text on Mr Trump tells at its end."""
    last = page.sentence_at(title.start) + NAMED_SOON
    if any(page.sentence_at(one.position) <= last for one in fitting):
        return False
    named = {one.person for one in fitting}
    return any(
        one.office == title.office and not one.told and one.person not in named and page.sentence_at(one.position) <= last for one in held
    )


def serve_same(one: ActorId | None, other: ActorId | None) -> bool:
    """Whether two offices may serve the same state or body: "Bộ Ngoại giao Mỹ" and "Mỹ" are one here."""
    return one is None or other is None or one == other or other in one or one in other
