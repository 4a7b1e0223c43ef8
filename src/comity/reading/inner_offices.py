"""Tells whose name stands behind two offices: "Harry Roque, phát ngôn viên của Tổng thống Philippines Rodrigo Duterte".

In come the persons with their titles, out come they with what is theirs: the name is the President's, where the world knowledge gives him
such an office or the first office explains another name; of whom the knowledge knows another office ("trợ lý của Tổng thống Nga Yury
Ushakov") it is the first one's. Where nothing tells, the name has neither, so that nobody's words are given to the one he serves.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from comity.knowledge.folded import Folded
from comity.reading.found import skip_blanks, skip_blanks_back
from comity.reading.identity import KnownPersons
from comity.reading.person_titles import Person
from comity.reading.titles import Title, TitleGrammar
from comity.records import ActorId


def with_own_offices(
    text: Folded, persons: Sequence[Person], ids: Sequence[ActorId], known: KnownPersons, grammar: TitleGrammar
) -> list[Person]:
    """The persons, in order, each with the offices that are its own."""
    result: list[Person] = []
    for person, who in zip(persons, ids, strict=True):
        title = next((t for t in person.titles if t.inner is not None and skip_blanks(text.folded, t.end) == person.start), None)
        inner = _inner(text, title, grammar) if title is not None else None
        held = known.has_held(who, inner.office) if inner is not None else None
        if title is None or inner is None or held is False:
            result.append(person)
            continue
        explained = result[-1] if result and _explains(text, result[-1], title, grammar) else None
        if explained is not None:
            result[-1] = replace(explained, titles=(*explained.titles, title), outer_end=title.end)
        own = (inner,) if explained is not None or held else ()
        others = tuple(one for one in person.titles if one.start > title.start and one is not title)
        result.append(replace(person, titles=(*own, *others), outer_start=inner.start))
    return result


def _explains(text: Folded, before: Person, title: Title, grammar: TitleGrammar) -> bool:
    """Whether the title stands in apposition to the name before it: "Harry Roque, phát ngôn viên của ..."."""
    return not before.titles[1:] and grammar.explains(text.folded[before.end : title.start])


def _inner(text: Folded, title: Title, grammar: TitleGrammar) -> Title:
    start = title.inner or title.start
    end = skip_blanks_back(text.folded, title.end)
    return Title(start, end, grammar.office_in(text, start, end), title.of, title.of_type, start, end)
