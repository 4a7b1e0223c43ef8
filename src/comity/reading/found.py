"""What is found on the way to mentions: stretches of a text that name somebody, kept by where they begin and end."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct

from comity.knowledge.folded import Folded
from comity.reading.page import Page
from comity.records import ActorId, ActorType, Span


class Found(Struct, frozen=True):
    """A name at `start` to `end`; `known` is false where only its form shows what it is."""

    start: int
    end: int
    actor: ActorId
    type: ActorType
    known: bool = True


class FoundNames:
    """Names of states and bodies, none overlapping another, and those that stand inside one of them.

    Of two that stand at the same place the first given stays."""

    def __init__(self, found: Iterable[Found]) -> None:
        self.all: list[Found] = []
        self.nested: list[Found] = []
        for name in sorted(dict.fromkeys(found), key=lambda f: (f.start, -f.end)):
            if not self.all or name.start >= self.all[-1].end:
                self.all.append(name)
            elif self.all[-1].type is ActorType.ORGANISATION and _is_other_within(name, self.all[-1]):
                if self.nested and name.start < self.nested[-1].end:
                    continue
                self.nested.append(name)
        self.starting = {name.start: name for name in self.all}
        self.spans = [Span(name.start, name.end) for name in self.all]
        self._nested_starting = {name.start: name for name in self.nested}
        self.ending = {name.end: name for name in self.all}

    def at(self, position: int) -> Found | None:
        """The name that begins there, the longest first."""
        return self.starting.get(position) or self._nested_starting.get(position)


def _is_other_within(name: Found, outer: Found) -> bool:
    """Whether a name lies inside a longer one and names another actor, not just a part of its words."""
    inside = name.end <= outer.end and name.end - name.start < outer.end - outer.start
    if not inside or name.actor == outer.actor:
        return False
    return name.known or (name.actor not in outer.actor and name.end != outer.end)


def unwrapped(page: Page) -> Folded:
    """The page's folded copy with the line ends inside sentences as blanks, so that "United\\nStates" is found like "United States"."""
    folded = page.folded.folded
    pieces: list[str] = []
    position = 0
    for sentence in page.sentences:
        if "\n" in (words := folded[sentence.start : sentence.end]):
            pieces += [folded[position : sentence.start], words.replace("\r\n", "  ").replace("\n", " ")]
            position = sentence.end
    return Folded(page.text, "".join([*pieces, folded[position:]])) if pieces else page.folded


def lies_in(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether a stretch lies inside one of the spans, which are in order and do not overlap."""
    index = bisect_right(spans, start, key=lambda span: span.start) - 1
    return index >= 0 and end <= spans[index].end


def skip_blanks(folded: str, position: int) -> int:
    """The first position from `position` on that is no blank."""
    while position < len(folded) and folded[position] == " ":
        position += 1
    return position


def skip_blanks_back(folded: str, position: int) -> int:
    """The position after the last character before `position` that is no blank."""
    while position and folded[position - 1] == " ":
        position -= 1
    return position
