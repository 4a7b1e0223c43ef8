"""The total of a list of counts ("of the 290 measures, 232 are completed and 58 are not"): it stands in the list or in the sentence before.

In come the counts of a sentence and the claims so far; out come the counts, with the total that they are of where one is told.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from comity.reading.figure_pairs import Figure
from comity.reading.figures import FigureGrammar
from comity.reading.progress_scene import Scene
from comity.reading.progress_signs import Signs
from comity.records import ProgressClaim


class Totals:
    """Finds the totals in one language."""

    def __init__(self, figures: FigureGrammar, signs: Signs) -> None:
        self._figures, self._signs = figures, signs

    def given(self, scene: Scene, listed: list[Figure], claims: Sequence[ProgressClaim]) -> list[Figure]:
        """The counts with the total that their first one names, else that of the sentence before; none that they pass together."""
        total = (_own_total(listed) or self._told_total(scene, listed, claims)) if listed else None
        if not total or sum(figure.numerator or 0 for figure in listed) > total:
            return listed
        return [replace(figure, denominator=total) for figure in listed]

    def _told_total(self, scene: Scene, listed: Sequence[Figure], claims: Sequence[ProgressClaim]) -> int | None:
        """The one number of lines that the sentence before tells, where it tells no claim of its own and a pronoun begins the list: "There
        are 120 tasks in all. | Of these, | 80 are completed and 40 are not"."""
        sentence = scene.sentence(listed[0].start)
        earlier = scene.before(sentence)
        if not earlier or any(f.denominator for f in listed) or (claims and claims[-1].evidence.start >= earlier.start):
            return None
        if not self._signs.pronouns.match(scene.text, sentence.start):
            return None
        totals = list(self._signs.counted_lines.finditer(scene.text, earlier.start, earlier.end))
        return self._figures.number_at(scene.text, totals[0].start()) if len(totals) == 1 else None


def _own_total(listed: Sequence[Figure]) -> int | None:
    """The total that the first of the counts names with what is counted; None where another has one too."""
    return listed[0].denominator if listed[0].counted and not any(f.denominator for f in listed[1:]) else None
