"""Progress claims: figures on how far a plan, programme or target has come, with their bound, verb, plan, date and claimant.

What comes in is a page with its dates, instruments and statements. A figure is a claim where a word of doing ("implemented", "còn lại")
governs it and a plan or its lines are what it counts; shares, votes, growth, targets and the make-up of a plan are none.
"""

import re
from collections.abc import Iterable, Sequence

from comity.intervals import first_day, last_day
from comity.knowledge import Knowledge
from comity.languages import load_words
from comity.reading.figures import Figure, FigureGrammar, Shape
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.reading.progress_signs import Signs
from comity.reading.progress_words import (
    Clause,
    ProgressWords,
    blanked,
    comma_part,
)
from comity.records import (
    Bound,
    DateMention,
    InstrumentMention,
    LanguageCode,
    ProgressClaim,
    Span,
    Statement,
)

CLAUSE_END = re.compile(r"[;!?]|(?<!\d)[.](?=\s)|:(?=\s)|\s-\s")


class ProgressGrammar:
    """Finds progress claims in one language."""

    def __init__(self, knowledge: Knowledge, language: LanguageCode) -> None:
        words = load_words(language, "progress", ProgressWords)
        self._figures = FigureGrammar(words.figures, words.counted, words.lines)
        self._plans = {plan.id: plan.lines_total for plan in knowledge.plans.values()}
        self._signs = Signs(words)

    def find(
        self,
        page: Page,
        mentions: Mentions,
        dates: tuple[DateMention, ...],
        instruments: tuple[InstrumentMention, ...],
        statements: tuple[Statement, ...],
    ) -> tuple[ProgressClaim, ...]:
        """The claims of the article, in order."""
        text = page.folded.folded.replace("\n", " ")
        spans = [(i.evidence.start, i.evidence.end) for i in instruments]
        figures = [
            figure
            for sentence in page.sentences
            if self._signs.speaks_of_deeds(words := text[sentence.start : sentence.end]) and self._figures.may_hold(words)
            for figure in self._figures.find(text, sentence.start, sentence.end)
        ]
        return tuple(
            self._claim(page, text, figure, clause, dates, instruments, statements)
            for figure in figures
            if not _inside(figure, spans)
            for clause in [self._clause(page, text, figure, figures, spans)]
            if not self._is_date(text, figure, dates) and self._is_progress(text, figure, clause, spans, page)
        )

    def _clause(self, page: Page, text: str, figure: Figure, figures: Sequence[Figure], instruments: Sequence[tuple[int, int]]) -> Clause:
        """The clause around a figure; names of instruments are blank in it, for the "implement" of a plan's name is no deed."""
        sentence = page.sentences[page.sentence_at(figure.start)] if page.sentences else Span(0, len(text))
        words = blanked(text, sentence.start, sentence.end, instruments)
        start, end = 0, len(words)
        for mark in [*CLAUSE_END.finditer(words), *self._signs.breaks.finditer(words)]:
            if mark.end() <= figure.start - sentence.start:
                start = max(start, mark.end())
            elif mark.start() >= figure.end - sentence.start:
                end = min(end, mark.start())
        first = sentence.start + start
        others = tuple(
            (f.start - first, f.end - first)
            for f in figures
            if f is not figure and f.shape is not Shape.COUNT and first <= f.start < sentence.start + end
        )
        return Clause(first, words[start:end], () if figure.moved or figure.bound in (Bound.AT_LEAST, Bound.AT_MOST) else others)

    def _is_date(self, text: str, figure: Figure, dates: Iterable[DateMention]) -> bool:
        """ "5/12" is a date unless lines are counted by it ("5/12 biện pháp")."""
        if not any(figure.start < d.evidence.end and d.evidence.start < figure.counts_from for d in dates):
            return False
        return figure.shape is Shape.FRACTION and not self._signs.lines.match(text, figure.counts_from + 1)

    def _is_progress(self, text: str, figure: Figure, clause: Clause, instruments: Sequence[tuple[int, int]], page: Page) -> bool:
        at, after = figure.start - clause.start, figure.end - clause.start
        before, following = clause.text[:at], clause.text[figure.counts_from - clause.start :]
        counts = True if figure.counted else self._signs.counts(following, figure.shape)
        remaining = figure.remaining or self._signs.is_remaining(clause, at, after)
        if counts is False or self._signs.targets.search(before) or (self._signs.changes.search(before) and not figure.moved):
            return False
        if not remaining and self._signs.is_future(clause, at, after):
            return False
        if not (remaining or self._signs.deed(clause, at, after) or self._signs.rates.search(clause.text)):
            return False
        if figure.shape is Shape.COUNT and figure.percent is None:
            named = bool(self._signs.plans.search(clause.text)) or any(clause.start <= start < clause.end for start, _ in instruments)
            return counts is True and (remaining or (named and text[figure.start].isdigit() and self._signs.is_done(clause, at, after)))
        if counts is True or figure.shape in (Shape.ALL, Shape.WORDS, Shape.COUNT):
            return counts is True
        return self._signs.may_be_bare(following) and self._of_plan(before, following, clause, instruments, text, page)

    def _of_plan(self, before: str, following: str, clause: Clause, instruments: Sequence[tuple[int, int]], text: str, page: Page) -> bool:
        """Whether the clause says before or after the figure what plan it is of, or says only the rate and the sentence before tells."""
        own = max((m.end() for pattern in (self._signs.lines, self._signs.plans) for m in pattern.finditer(before)), default=-1)
        named = max(
            (
                min(end, clause.start + len(before)) - clause.start
                for start, end in instruments
                if clause.start <= start < clause.start + len(before)
            ),
            default=-1,
        )
        other = max((m.end() for m in self._signs.others.finditer(before)), default=-1)
        nearest = max(own, named)
        if nearest >= 0:
            return nearest > other
        if other >= 0:
            return False
        if any(clause.start + len(before) <= start < clause.end for start, _ in instruments):
            return True
        sentence = page.sentence_at(clause.start)
        earlier = page.sentences[max(0, sentence - 1)].start
        told = bool(self._signs.plans.search(text, earlier, clause.start)) or any(
            earlier <= start < clause.start for start, _ in instruments
        )
        return told and not self._signs.others.search(clause.text)

    def _claim(
        self,
        page: Page,
        text: str,
        figure: Figure,
        clause: Clause,
        dates: tuple[DateMention, ...],
        instruments: tuple[InstrumentMention, ...],
        statements: tuple[Statement, ...],
    ) -> ProgressClaim:
        at, after = figure.start - clause.start, figure.end - clause.start
        subject = self._subject(page, figure, clause, instruments)
        statement = _holder(figure, statements, page)
        remaining = figure.remaining or self._signs.is_remaining(clause, at, after)
        return ProgressClaim(
            evidence=page.evidence(figure.start, figure.end),
            subject=subject.instrument if subject else None,
            subject_name=subject.name if subject else self._subject_words(page, figure, clause),
            numerator=figure.numerator,
            denominator=figure.denominator,
            percent=figure.percent,
            bound=figure.bound,
            remaining=remaining,
            verb=self._signs.verb(clause, at, after, remaining=remaining),
            as_of=self._dated(page, text, figure, clause, dates, instruments, statement),
            claimant=statement.speaker if statement else (),
        )

    def _subject(self, page: Page, figure: Figure, clause: Clause, instruments: tuple[InstrumentMention, ...]) -> InstrumentMention | None:
        """The nearest plan of the clause, the sentence, the three sentences before, then of all before; else what else the clause names.

        A total tells the plan: "114 of 140" is of the plan with 140 lines, wherever the text names it.
        """
        index = page.sentence_at(figure.start)
        sentence = page.sentences[index] if page.sentences else Span(0, len(page.text))
        earlier = page.sentences[max(0, index - 3)].start if page.sentences else 0
        scopes = [(clause.start, clause.end), (sentence.start, sentence.end), (earlier, sentence.start), (0, sentence.start)]
        plans = [i for i in instruments if i.instrument in self._plans]
        of_total = [i for i in plans if figure.denominator and self._plans[i.instrument or ""] == figure.denominator]
        if of_total:
            return _nearest(of_total, figure)
        like_plans = [i for i in instruments if self._signs.plan_names.search(i.evidence.quote.lower())]
        for start, end in scopes:
            for group in (plans, like_plans):
                if inside := [i for i in group if start <= i.evidence.start < end]:
                    return _nearest(inside, figure)
        if plans and page.headline and figure.end <= page.headline.end:
            return plans[0]
        named = [i for i in instruments if clause.start <= i.evidence.start < clause.end]
        return _nearest(named, figure) if named else None

    def _subject_words(self, page: Page, figure: Figure, clause: Clause) -> str:
        """Without a named plan: what the figure counts, in the text's words."""
        after = figure.counts_from - clause.start
        behind = [m for pattern in (self._signs.plans, self._signs.lines) if (m := pattern.search(clause.text, after))]
        line = (
            min(behind, key=lambda m: (m.start(), -m.end()), default=None)
            or self._signs.lines.search(clause.text)
            or self._signs.plans.search(clause.text)
        )
        return page.text[clause.start + line.start() : clause.start + line.end()].replace("\n", " ") if line else ""

    def _dated(
        self,
        page: Page,
        text: str,
        figure: Figure,
        clause: Clause,
        dates: tuple[DateMention, ...],
        instruments: tuple[InstrumentMention, ...],
        statement: Statement | None,
    ) -> str | None:
        """A date that the figure's own words give ("tính đến tháng 9/2021", "80 per cent in 2017"), else the day it was said."""
        known = [d for d in dates if d.iso and "/" not in d.iso]
        if own := self._own_date(text, figure, clause, [d for d in known if clause.start <= d.evidence.start < clause.end]):
            return own.iso
        sentence = page.sentences[page.sentence_at(figure.start)] if page.sentences else Span(0, len(text))
        paragraph = page.sentences[max(0, page.sentence_at(figure.start) - 3)].start if page.sentences else 0
        lead = page.sentences[min(2, len(page.sentences) - 1)].end if page.sentences else 0
        said = [d for d in known if sentence.start <= d.evidence.start < figure.start and len(d.iso or "") > 4]
        if said := [d for d in said if not _inside_any(d, instruments)]:
            return said[-1].iso
        days = [d for d in known if len(d.iso or "") == 10 and _not_after(d.iso or "", page.document.published)]
        for start, end in ((sentence.start, figure.start), (paragraph, figure.start), (0, lead) if statement else (0, 0)):
            if inside := [d for d in days if start <= d.evidence.start < end]:
                return inside[-1 if start else 0].iso
        return None

    def _own_date(self, text: str, figure: Figure, clause: Clause, dates: list[DateMention]) -> DateMention | None:
        """The date that the clause gives the figure; the one by which the rest is to be done is none ("the remaining 7 per cent by
        2020")."""
        at, after = figure.start - clause.start, figure.end - clause.start
        if self._signs.is_future(clause, at, after) or (figure.remaining or self._signs.is_remaining(clause, at, after)):
            dates = [d for d in dates if d.evidence.end <= figure.start]
        _, end = comma_part(clause.text, at, after)
        dates = [d for d in dates if d.evidence.start < clause.start + end]
        behind = [d for d in dates if 0 <= d.evidence.start - figure.end <= 20]
        marked = [d for d in dates if self._signs.as_of.search(text, max(0, d.evidence.start - 24), d.evidence.start)]
        fitting = (behind or marked) if figure.moved else (marked or behind)
        return min(fitting, key=lambda d: abs(d.evidence.start - figure.start), default=None)


def _nearest(instruments: Sequence[InstrumentMention], figure: Figure) -> InstrumentMention:
    """The nearest to the figure; one before it is nearer than one after it."""
    return min(instruments, key=lambda i: abs(i.evidence.start - figure.start) + (40 if i.evidence.start > figure.start else 0))


def _holder(figure: Figure, statements: tuple[Statement, ...], page: Page) -> Statement | None:
    """The statement whose words hold the figure; of several the shortest."""
    holding = [s for s in statements if s.evidence.start <= figure.start and figure.end <= s.evidence.end]
    return min(holding, key=lambda s: s.evidence.end - s.evidence.start, default=None)


def _inside(figure: Figure, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= figure.start and figure.end <= end for start, end in spans)


def _inside_any(date: DateMention, instruments: tuple[InstrumentMention, ...]) -> bool:
    return any(i.evidence.start <= date.evidence.start < i.evidence.end for i in instruments)


def _not_after(iso: str, published: str | None) -> bool:
    return published is None or first_day(iso) <= last_day(published)
