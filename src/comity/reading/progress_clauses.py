"""The clause around a figure: from the mark that ends the one before it to the next, without names, dates and asides.

What comes in are a sentence's figures; what goes out is the clause in which words of doing, of what is left and of wishing are looked for.
"""

import re
from collections.abc import Sequence

from comity.reading.figure_pairs import Figure, Shape
from comity.reading.progress_scene import Scene
from comity.reading.progress_signs import Signs
from comity.reading.progress_words import Clause, blanked
from comity.records import Bound, Span

CLAUSE_END = re.compile(r"[;!?]|(?<!\d)[.](?=\s)|:(?=\s)|\s-\s")


class Clauses:
    """Finds the clauses of one language."""

    def __init__(self, signs: Signs) -> None:
        self._signs = signs

    def around(
        self, scene: Scene, figure: Figure, figures: Sequence[Figure], listed: Sequence[Figure], instruments: Sequence[tuple[int, int]]
    ) -> Clause:
        """The clause around a figure. Names of instruments and dates are blank in it: the "implement" of a plan's name is no deed, the
        month of May no wish. In a list of counts ("12 done, 3 ongoing") each has its own."""
        sentence = scene.sentence(figure.start)
        dates = [
            (d.evidence.start, d.evidence.end) for d in scene.dates if d.evidence.end <= figure.start or figure.end <= d.evidence.start
        ]
        asides = [
            (a, b)
            for a, b in self._signs.aside_spans(scene.text, sentence.start, sentence.end)
            if not any(a <= f.start < b or (f.end <= a and not scene.text[f.end : a].strip()) for f in (*figures, figure))
        ]
        words = blanked(scene.text, sentence.start, sentence.end, [*instruments, *dates, *asides, *self._month_of_may(scene, sentence)])
        start, end = 0, len(words)
        marks = [m.span() for pattern in (CLAUSE_END, self._signs.breaks) for m in pattern.finditer(words)]
        if figure in listed:
            marks += [m.span() for m in self._signs.list_marks.finditer(words) if not self._signs.remaining.match(words, m.start())]
        for first, last in marks:
            if words[first:].startswith(":") and not words[last : figure.start - sentence.start].strip():
                continue  # "Implementation rate of the plan: 87 per cent"
            if last <= figure.start - sentence.start:
                start = max(start, last)
            elif first >= figure.end - sentence.start:
                end = min(end, first)
        begin = sentence.start + start
        others = tuple(
            (f.start - begin, f.end - begin)
            for f in figures
            if f is not figure and f.shape is not Shape.COUNT and begin <= f.start < sentence.start + end
        )
        return Clause(begin, words[start:end], () if figure.moved or figure.bound in (Bound.AT_LEAST, Bound.AT_MOST) else others)

    def _month_of_may(self, scene: Scene, sentence: Span) -> list[tuple[int, int]]:
        """Words of wishing with a capital inside a sentence: names. A headline may have capitals everywhere."""
        if scene.page.headline and sentence.start == scene.page.headline.start:
            return []
        wishes = self._signs.future.finditer(scene.text, sentence.start + 1, sentence.end)
        return [m.span() for m in wishes if scene.page.text[m.start()].isupper()]
