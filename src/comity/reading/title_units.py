"""The bodies that a title's unit belongs to: "Cục trưởng Cục Đối ngoại, | Bộ Công an", "Vụ trưởng | Vụ Châu Âu (| Bộ Công Thương)".

In come a text, the end of an office's words with the unit behind it, and the names; out comes where the words for the whole body end, and
that body. Without it the body would be read as who speaks in "ông Nam, Cục trưởng Cục Đối ngoại, Bộ Công an | cho biết".
"""

import re

from comity.knowledge.folded import Folded, fold
from comity.reading.found import Found, FoundNames, skip_blanks
from comity.reading.name_words import TitleWords
from comity.records import ActorType

UNIT_WORD = re.compile(r"(?:[-–] )?[^\W_][\w-]*")
BRACKET = " ("
MARKS = (", ", BRACKET, " - ", " – ", "- ")
MAX_UNIT_WORDS = 10
MAX_PARENTS = 3


class TitleUnits:
    """The units and bodies behind the titles of one language."""

    def __init__(self, words: TitleWords) -> None:
        self._heads = frozenset(words.unit_heads)
        self._units, self._parents = (tuple(f"{fold(word)} " for word in group) for group in (words.units, words.parents))
        self._stops = frozenset(map(fold, words.stops))

    def parent(self, text: Folded, office: str, end: int, names: FoundNames, *, has_body: bool) -> tuple[int, Found] | None:
        """Where the words of the bodies end to which the unit belongs that somebody heads, and the first of them; `has_body` tells that
        the title's words end with a unit that is known."""
        if office not in self._heads or not self._parents:
            return None
        if not has_body:
            end = self._unit_end(text, end, names)
        first: Found | None = None
        for _ in range(MAX_PARENTS):
            name = self._body_at(text, end, names)
            if name is None:
                break
            first, end = first or name, name.end + text.folded.startswith(BRACKET, end)
        return (end, first) if first is not None else None

    def _body_at(self, text: Folded, end: int, names: FoundNames) -> Found | None:
        """The body behind a mark that stands there, to which units belong."""
        mark = next((mark for mark in MARKS if text.folded.startswith(mark, end)), None)
        name = names.at(end + len(mark)) if mark else None
        if name is None or name.type is not ActorType.ORGANISATION or not text.folded.startswith(self._parents, name.start):
            return None
        return name if mark != BRACKET or text.folded.startswith(")", name.end) else None

    def _unit_end(self, text: Folded, end: int, names: FoundNames) -> int:
        """Past the words of a unit that nobody knows, up to the mark before the body it belongs to; where they began if no unit stands
        there. A unit may deal with several things: "Vụ | Khoa học, Giáo dục và Môi trường"."""
        folded = text.folded
        position = skip_blanks(folded, end)
        if position == end or not folded.startswith(self._units, position):
            return end
        after = end
        for _ in range(MAX_UNIT_WORDS):
            word = UNIT_WORD.match(folded, position)
            if not word or word.group() in self._stops:
                break
            after, position = word.end(), skip_blanks(folded, word.end())
            if self._body_at(text, after, names) is not None:
                return after
            if folded.startswith(", ", after) and text.text[after + 2 : after + 3].isupper() and names.at(after + 2) is None:
                position = after + 2
        return end
