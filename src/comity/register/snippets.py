"""The words of a passage that a search shows, with those that were asked for marked in them."""

from msgspec import Struct

from comity.register.asked import Term, marks_in

LENGTH = 160
"""Letters of a snippet, about."""

LINE_ENDS = str.maketrans("\n\t", "  ")


class Snippet(Struct, frozen=True):
    """Some words of a passage, and where in them the words asked for stand."""

    text: str
    marks: tuple[tuple[int, int], ...]


def snippet_of(passage: str, terms: tuple[Term, ...]) -> Snippet:
    """The stretch of a passage with the first words asked for, cut between words."""
    marks = marks_in(passage, terms)
    first = marks[0][0] if marks else 0
    start = 0 if first < LENGTH // 2 else passage.rfind(" ", 0, first - LENGTH // 3) + 1
    end = len(passage) if len(passage) - start <= LENGTH else max(passage.rfind(" ", start, start + LENGTH), first + 1)
    before, behind = "… " if start else "", " …" if end < len(passage) else ""
    shown = passage[start:end].translate(LINE_ENDS)
    inside = tuple((a - start + len(before), b - start + len(before)) for a, b in marks if start <= a and b <= end)
    return Snippet(f"{before}{shown}{behind}", inside)
