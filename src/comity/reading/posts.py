"""Words for a post that are wider than the office itself: "the Indonesian minister" of a foreign minister, "the ASEAN official".

In come a page's titles that no person's name and no bare office took, and the persons named with offices; out comes whom such a word means:
the only one of the text with such an office for the state or body beside it, named before. Of two nobody is told. A title of several words
may be written shorter than it stood beside the name. The words are data (`languages/*/titles.yaml`).
"""

from collections.abc import Container, Iterator, Sequence

from msgspec.structs import replace

from comity.knowledge.folded import Folded
from comity.reading.bare_titles import Bare, BareTitles
from comity.reading.held_offices import Held
from comity.reading.name_words import TitleWords
from comity.reading.titles import Title
from comity.records import ActorId, ActorType

FEWEST, MOST = 4, 12
"""Words of a title that may be written shorter."""


class Posts:
    """Resolves such words of one language; `bare` tells which titles mean one person."""

    def __init__(self, words: TitleWords, bare: BareTitles) -> None:
        self._offices = {word: frozenset(post.offices) for post in words.posts for word in post.words}
        self._alone = {word for post in words.posts if post.alone for word in post.words}
        self._bare = bare

    def find(self, text: Folded, titles: Sequence[Title], held: Sequence[Held], used: Container[int]) -> Iterator[Bare]:
        """Titles at none of the places `used` that mean somebody."""
        for title in titles:
            if title.start not in used and self._bare.has_article(text, title) and (short := _shortened(text, title, held)) is not None:
                yield short
                continue
            offices = self._offices.get(text.folded[title.head_start : title.head_end])
            if offices is None or title.start in used or title.inner is not None or not self._bare.means_one(text, title):
                continue
            if text.text[title.end : title.end + 1] == " " and text.text[title.end + 1 : title.end + 2].isupper():
                continue  # "Peru's top diplomat | Ana Tavares"
            person = self._holder(text, title, [one for one in held if one.office in offices], [t for t in titles if t.start not in used])
            if person is not None:
                yield Bare(title, person, True)

    def _holder(self, text: Folded, title: Title, held: Sequence[Held], others: Sequence[Title]) -> ActorId | None:
        if title.of is None:
            if text.folded[title.head_start : title.head_end] not in self._alone or title.start != title.head_start:
                return None
            told = {one.of for one in held}
            if any(other.of is not None and other.of not in told and other.office == title.office for other in others):
                return None  # "the Peruvian minister" is somebody without a name
        else:
            serving = [one for one in held if one.of == title.of]
            held = serving if serving or title.of_type is ActorType.STATE else [one for one in held if one.of is None]
        persons = {one.person for one in held}
        before = any(one.position < title.start for one in held)
        return persons.pop() if len(persons) == 1 and before else None


def _shortened(text: Folded, title: Title, held: Sequence[Held]) -> Bare | None:
    """The title of somebody named before, words in its middle left out: "the Chairperson of the | Commission" of the African Union's."""
    ends: dict[int, set[ActorId]] = {}
    for one in held:
        words = one.words.split()
        if one.position >= title.start or not FEWEST <= len(words) <= MOST:
            continue
        for first in range(2, len(words) - 1):
            for last in range(first + 1, len(words)):
                short = " ".join((*words[:first], *words[last:]))
                end = title.start + len(short)
                if text.folded.startswith(short, title.start) and not text.folded[end : end + 1].isalnum():
                    ends.setdefault(end, set()).add(one.person)
    end = max(ends, default=0)
    return Bare(replace(title, end=end), next(iter(ends[end])), True) if ends and len(ends[end]) == 1 else None
