"""Of what day a progress figure is.

A date that its own words give ("as of September 2020", "80 per cent in 2017"); else one that its sentence begins with; else, for a figure
that a clause reports, the day of the meeting that it comes from. A figure told of an earlier time without a date has none, nor has one
that nothing ties to a day.
"""

import re
from collections.abc import Sequence

from comity.intervals import IsoDate, first_day, last_day
from comity.reading.figure_pairs import Figure
from comity.reading.progress_claimants import Claimed
from comity.reading.progress_scene import ClaimantWords, Scene, whole_words
from comity.reading.progress_signs import Signs
from comity.reading.progress_words import Clause, alternatives, comma_part
from comity.records import DateMention, Span

ORIGIN = 30
"""How far before a date "adopted on" may stand, in characters."""


class FigureDates:
    """Dates the figures of one language."""

    def __init__(self, signs: Signs, words: ClaimantWords) -> None:
        self._signs = signs
        self._origins = re.compile(rf"(?<!\w)(?:{alternatives(words.origins)})(?!\w)[^,;.]*$")
        self._recalled, self._same_meeting = whole_words(words.recalled), whole_words(words.same_meeting)
        self._meetings = whole_words((*words.meetings, *words.holding))

    def find(self, scene: Scene, figure: Figure, clause: Clause, *, remaining: bool) -> str | None:
        """The date that the figure's own sentence gives it."""
        known = [d for d in self._dates(scene) if not self._is_origin(scene, d)]
        sentence = scene.sentence(figure.start)
        if self.is_compared(scene, figure):
            known = [d for d in known if d.evidence.start >= figure.end]
        else:
            known = [d for d in known if not self._is_compared_date(scene, figure, d)]
        if remaining:
            known = [d for d in known if not self._is_due(scene, sentence.start, d)]
        in_clause = [d for d in known if clause.start <= d.evidence.start < clause.end]
        if own := self._own(scene, figure, clause, in_clause, remaining=remaining):
            return own.iso
        said = [d for d in known if sentence.start <= d.evidence.start < figure.start and len(d.iso or "") > 4]
        return said[-1].iso if said else self._of_sentence(scene, figure, known)

    def _of_sentence(self, scene: Scene, figure: Figure, dates: Sequence[DateMention]) -> IsoDate | None:
        """The one date of a sentence, behind all its figures ("61 per cent of the measures ..., 39 per cent ..., as of 31 May 2018")."""
        sentence = scene.sentence(figure.start)
        inside = [d for d in dates if sentence.start <= d.evidence.start < sentence.end]
        last = [
            d for d in inside if d.evidence.start > figure.end and self._signs.as_at.search(scene.text, sentence.start, d.evidence.start)
        ]
        return last[0].iso if len(last) == 1 else None

    def is_compared(self, scene: Scene, figure: Figure) -> bool:
        """Whether a figure is an earlier one that another is held against ("up from 81 per cent a year earlier")."""
        return bool(self._signs.compared.search(scene.text, scene.sentence(figure.start).start, figure.start))

    def _is_compared_date(self, scene: Scene, figure: Figure, date: DateMention) -> bool:
        """Whether a date is that of what the figure is held against ("compared with 88 per cent in 2018, 94 per cent")."""
        part, _ = comma_part(scene.text, date.evidence.start, date.evidence.end)
        before = max(part, scene.sentence(figure.start).start)
        return not before <= figure.start < date.evidence.start and bool(
            self._signs.compares.search(scene.text, before, date.evidence.start)
        )

    def of_report(self, scene: Scene, figure: Figure, claimed: Claimed) -> str | None:
        """The day of the meeting that a reported figure comes from: where it was named, or that of the lead."""
        sentence = scene.sentence(figure.start)
        if self.is_compared(scene, figure) or not claimed.reported or self._recalled.search(scene.text, sentence.start, figure.start):
            return None
        if claimed.told_at is not None and not sentence.start <= claimed.told_at < sentence.end:
            own = self._first(scene, scene.sentence(claimed.told_at), sentence)
            return own or (self._first(scene, scene.lead, sentence) if claimed.told_at < scene.lead.end else None)
        earlier = scene.before(sentence)
        if (
            earlier
            and self._same_meeting.search(scene.text, sentence.start, figure.start)
            and (day := self._first(scene, earlier, sentence))
        ):
            return day
        paragraph = scene.page.text.rfind("\n", 0, sentence.start) + 1
        dated = any(paragraph <= d.evidence.start < sentence.start and len(d.iso or "") > 4 for d in self._dates(scene))
        if (dated and paragraph > scene.lead.end) or not self._of_meeting(scene):
            return None
        return self._first(scene, scene.lead, sentence)

    def _dates(self, scene: Scene) -> list[DateMention]:
        """The dates with one day, month or year, none after the document's own and none inside a document's name."""
        names = [(i.evidence.start, i.evidence.end) for i in scene.instruments]
        known = [d for d in scene.dates if d.iso and "/" not in d.iso]
        published = scene.page.document.published
        known = [d for d in known if not published or first_day(d.iso or "") <= last_day(published)]
        return [d for d in known if not any(start <= d.evidence.start < end for start, end in names)]

    def _is_due(self, scene: Scene, floor: int, date: DateMention) -> bool:
        """Whether a date is the one by which something is to be done: a word of what is to come stands before it."""
        return bool(self._signs.future.search(scene.text, floor, date.evidence.start))

    def _is_origin(self, scene: Scene, date: DateMention) -> bool:
        """Whether a date tells when the plan was adopted ("the plan, adopted on 5 May 2016,")."""
        return bool(self._origins.search(scene.text, max(0, date.evidence.start - ORIGIN), date.evidence.start))

    def _of_meeting(self, scene: Scene) -> bool:
        """Whether headline and lead tell of a meeting."""
        lead = scene.lead
        return bool(scene.mechanisms_in(lead.start, lead.end) or self._meetings.search(scene.text, lead.start, lead.end))

    def _first(self, scene: Scene, stretch: Span, own: Span) -> str | None:
        """The first day or, without one, month in a stretch outside the figure's own sentence. One in figures goes before one in words
        ("ten days before, on 11/11/2022")."""
        past = [
            d
            for d in self._dates(scene)
            if stretch.start <= d.evidence.start < stretch.end
            and not own.start <= d.evidence.start < own.end
            and not self._is_origin(scene, d)
            and not self._is_due(scene, scene.sentence(d.evidence.start).start, d)
        ]
        past.sort(key=lambda d: not any(mark.isdigit() for mark in d.evidence.quote))
        return next((d.iso for length in (10, 7) for d in past if len(d.iso or "") == length), None)

    def _own(self, scene: Scene, figure: Figure, clause: Clause, dates: Sequence[DateMention], *, remaining: bool) -> DateMention | None:
        """The date that the clause gives the figure; the one by which the rest is to be done is none ("the remaining 7 per cent by
        2020")."""
        at, after = figure.start - clause.start, figure.end - clause.start
        if remaining or self._signs.is_future(clause, at, after):
            dates = [d for d in dates if d.evidence.end <= figure.start]
        _, end = comma_part(clause.text, at, after)
        dates = [d for d in dates if d.evidence.start < clause.start + end]
        dates = [d for d in dates if not self._signs.towards.search(clause.text, after, max(after, d.evidence.start - clause.start))]
        behind = [d for d in dates if 0 <= d.evidence.start - figure.end <= 20]
        marked = [d for d in dates if self._signs.as_of.search(scene.text, max(0, d.evidence.start - 24), d.evidence.start)]
        fitting = (behind or marked) if figure.moved else (marked or behind)
        return min(fitting, key=lambda d: abs(d.evidence.start - figure.start), default=None)
