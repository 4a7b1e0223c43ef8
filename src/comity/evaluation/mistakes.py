"""What a reading missed and what it found wrongly, with the words about it, so that a person sees why."""

from typing import NamedTuple

from msgspec import Struct, field

from comity.evaluation.gold import Place

REACH = 70


class Mistake(NamedTuple):
    """The words, what they were said to be, and where they stand, where that is known."""

    words: str
    what: str
    place: Place | None = None


class Errors(Struct):
    """The mistakes in one document by kind."""

    missed: dict[str, list[Mistake]] = field(default_factory=dict)
    wrong: dict[str, list[Mistake]] = field(default_factory=dict)


def in_context(text: str, mistake: Mistake) -> str:
    """The words in « » with those before and after them: "... hôm nay «hội đàm» với Thủ tướng Lào ..."."""
    start = mistake.place[0] if mistake.place else text.find(mistake.words)
    if not mistake.words or start < 0:
        return mistake.words
    end = mistake.place[1] if mistake.place else start + len(mistake.words)
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    opening, closing = "…" * (start > REACH), "…" * (end + REACH < len(text))
    return " ".join(f"{opening}{before}«{text[start:end]}»{after}{closing}".split())
