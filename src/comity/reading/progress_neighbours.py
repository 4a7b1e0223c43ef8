"""What stands beside a name in a clause, and whether it leaves the name the clause's subject.

What comes in is a stretch with its candidates; what goes out are the answers: is the name part of something else, does a noun take it,
could another name be the subject as well.
"""

import re
from collections.abc import Iterable, Sequence

from comity.knowledge.folded import fold
from comity.reading.progress_scene import Candidate, ClaimantWords, Kind, Scene, whole_words


class Neighbours:
    """The words beside names, in one language."""

    def __init__(self, words: ClaimantWords) -> None:
        self.guided = re.compile(
            rf"{ending_in(words.prepositions).pattern[:-1]}(?:(?:{any_of(words.articles)})\s+)?(?:[\w'’-]+\s+){{0,2}}$"
        )
        self.joined = re.compile(rf"\s*(?:\([^)]*\))?\s*,?\s*(?:{any_of(words.joiners)})\s+(?:(?:{any_of(words.articles)})\s+)?$")
        self.ends_joined = ending_in(words.joiners)
        self.beside = re.compile(
            rf"\s*(?:\([^)]*\)\s*)?(?:$|(?:{any_of([*words.openers, *words.prepositions, *words.joiners, *words.relatives])})(?!\w))"
        )
        self.idle = whole_words([*words.openers, *words.prepositions, *words.articles, *words.joiners])
        self.owned = re.compile(rf"(?:{any_of(words.owned)})\s+") if words.owned else re.compile(r"(?!)")
        self.noun_before = words.noun_stands == "before"

    def is_guided(self, scene: Scene, floor: int, inside: Sequence[Candidate], index: int) -> bool:
        """Whether a preposition makes a name a part of something else ("of the EU", "tại cuộc họp"), or "and" joins it to such a one."""
        one = inside[index]
        since = inside[index - 1].end if index else floor
        between = scene.text[since : one.start]
        if index and self.joined.fullmatch(between):
            return self.is_guided(scene, floor, inside, index - 1)
        return bool(self.guided.search(between))

    def stands_free(self, scene: Scene, floor: int, inside: Sequence[Candidate], index: int) -> bool:
        """Whether nothing but dates and idle words stands before a name where a noun there would take it ("chuyên gia LHQ")."""
        if not self.noun_before or inside[index].kind is not Kind.ACTOR:
            return True
        taken = [(c.start, c.end) for c in inside[:index]] + [(d.evidence.start, d.evidence.end) for d in scene.dates]
        left = "".join(
            mark for place, mark in enumerate(scene.text[floor : inside[index].start], floor) if not any(a <= place < b for a, b in taken)
        )
        return not re.search(r"[^\W\d_]", self.idle.sub("", left))

    def has_rival(self, scene: Scene, inside: Sequence[Candidate], last: int, until: int) -> bool:
        """Whether another name stands between a subject and the verb that could be its subject as well ("X nghe đại diện Y cho biết"); none
        where "and" joins a second verb to a first ("X praised Y and said")."""
        if self.ends_joined.search(scene.text, inside[last].end, until):
            return False
        later = range(last + 1, len(inside))
        return any(
            inside[index].kind is not Kind.PLAN and not self.is_guided(scene, inside[last].end, inside, index)
            for index in later
            if inside[index].end <= until
        )

    def undated(self, scene: Scene, start: int, end: int) -> str:
        """The words of a stretch with its dates blank."""
        words = scene.text[start:end]
        for date in scene.dates:
            first, last = date.evidence.start - start, date.evidence.end - start
            if 0 <= first < len(words):
                words = words[:first] + " " * (min(last, len(words)) - first) + words[last:]
        return words


def any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(fold(word)) for word in sorted(words, key=len, reverse=True)) or "(?!)"


def ending_in(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’-])(?:{any_of(words)})\s+$")
