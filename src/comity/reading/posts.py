"""Words for a post that are wider than the office itself: "the Indonesian minister" of a foreign minister, "the ASEAN official".

In come a page's titles that no person's name and no bare office took, and the persons named with offices; out comes whom such a word means:
the only one of the text with such an office for the state or body beside it, named before. Of two nobody is told. The words are data
(`languages/*/titles.yaml`).
"""

from collections.abc import Container, Iterator, Sequence

from comity.knowledge.folded import Folded
from comity.reading.bare_titles import Bare, BareTitles
from comity.reading.held_offices import Held
from comity.reading.name_words import TitleWords
from comity.reading.titles import Title
from comity.records import ActorId, ActorType


class Posts:
    """Resolves such words of one language; `bare` tells which titles mean one person."""

    def __init__(self, words: TitleWords, bare: BareTitles) -> None:
        self._offices = {word: frozenset(post.offices) for post in words.posts for word in post.words}
        self._alone = {word for post in words.posts if post.alone for word in post.words}
        self._bare = bare

    def find(self, text: Folded, titles: Sequence[Title], held: Sequence[Held], used: Container[int]) -> Iterator[Bare]:
        """Titles at none of the places `used` that mean somebody."""
        for title in titles:
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
