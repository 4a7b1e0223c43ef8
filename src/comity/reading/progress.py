"""Progress claims: figures on how far a plan, programme or target has come, with their bound, verb, plan, date and claimant.

What comes in is a page with its dates, instruments and statements. A figure is a claim where a word of doing ("implemented", "còn lại")
governs it and a plan or its lines are what it counts; shares, votes, growth, targets and the make-up of a plan are none.
"""

import re
from collections.abc import Iterable, Sequence

from comity.knowledge import Knowledge
from comity.languages import load_words
from comity.reading.figures import Figure, FigureGrammar, Shape
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.reading.progress_claimants import ClaimantGrammar
from comity.reading.progress_dates import FigureDates
from comity.reading.progress_scene import ClaimantWords, Scene
from comity.reading.progress_signs import Signs
from comity.reading.progress_subjects import SubjectGrammar
from comity.reading.progress_words import Clause, ProgressWords, blanked
from comity.records import (
    ActorId,
    Bound,
    DateMention,
    InstrumentId,
    InstrumentMention,
    LanguageCode,
    MechanismMention,
    ProgressClaim,
    Statement,
)

CLAUSE_END = re.compile(r"[;!?]|(?<!\d)[.](?=\s)|:(?=\s)|\s-\s")


class ProgressGrammar:
    """Finds progress claims in one language."""

    def __init__(self, knowledge: Knowledge, language: LanguageCode) -> None:
        words = load_words(language, "progress", ProgressWords)
        self._figures = FigureGrammar(words.figures, words.counted, words.lines)
        claimants = load_words(language, "claimants", ClaimantWords)
        self._signs = Signs(words)
        self._parties = {plan: _parties(knowledge, plan) for plan in knowledge.plans}
        self._subjects = SubjectGrammar(knowledge, words, claimants, self._signs)
        self._claimants = ClaimantGrammar(claimants, words.plan_names)
        self._dates = FigureDates(self._signs, claimants)

    def find(
        self,
        page: Page,
        mentions: Mentions,
        dates: tuple[DateMention, ...],
        instruments: tuple[InstrumentMention, ...],
        statements: tuple[Statement, ...],
        mechanisms: tuple[MechanismMention, ...] = (),
    ) -> tuple[ProgressClaim, ...]:
        """The claims of the article, in order."""
        scene = Scene(page, mentions, dates, instruments, mechanisms, statements)
        text = scene.text
        spans = [(i.evidence.start, i.evidence.end) for i in instruments]
        figures = [
            figure
            for sentence in page.sentences
            if self._signs.speaks_of_deeds(words := text[sentence.start : sentence.end]) and self._figures.may_hold(words)
            for figure in self._figures.find(text, sentence.start, sentence.end)
        ]
        return tuple(
            self._claim(scene, figure, clause)
            for figure in figures
            if not _inside(figure, spans) and not self._claimants.is_denied(scene, figure.start)
            for clause in [self._clause(scene, figure, figures, spans)]
            if not self._is_date(text, figure, dates) and self._is_progress(text, figure, clause, spans, page)
        )

    def _clause(self, scene: Scene, figure: Figure, figures: Sequence[Figure], instruments: Sequence[tuple[int, int]]) -> Clause:
        """The clause around a figure. Names of instruments and dates are blank in it: the "implement" of a plan's name is no deed, the
        month of May no wish."""
        sentence = scene.sentence(figure.start)
        dates = [
            (d.evidence.start, d.evidence.end) for d in scene.dates if d.evidence.end <= figure.start or figure.end <= d.evidence.start
        ]
        words = blanked(scene.text, sentence.start, sentence.end, [*instruments, *dates])
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
        told = figure.shape is Shape.FRACTION and counts is True and self._signs.told.search(before)
        if not (remaining or told or self._signs.deed(clause, at, after) or self._signs.rates.search(clause.text)):
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

    def _claim(self, scene: Scene, figure: Figure, clause: Clause) -> ProgressClaim:
        at, after = figure.start - clause.start, figure.end - clause.start
        remaining = figure.remaining or self._signs.is_remaining(clause, at, after)
        as_of = self._dates.find(scene, figure, clause, remaining=remaining)
        subject = self._subjects.find(scene, figure, clause, as_of)
        plan = subject[0] if subject else None
        claimed = self._claimants.find(scene, figure.start, figure.end, self._parties.get(plan or "", ()))
        return ProgressClaim(
            evidence=scene.page.evidence(figure.start, figure.end),
            subject=plan,
            subject_name=subject[1] if subject else self._subject_words(scene.page, figure, clause),
            numerator=figure.numerator,
            denominator=figure.denominator,
            percent=figure.percent,
            bound=figure.bound,
            remaining=remaining,
            verb=self._signs.verb(clause, at, after, remaining=remaining),
            as_of=as_of or self._dates.of_report(scene, figure, claimed),
            claimant=claimed.actors,
        )

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


def _inside(figure: Figure, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= figure.start and figure.end <= end for start, end in spans)


def _parties(knowledge: Knowledge, plan: InstrumentId) -> tuple[ActorId, ...]:
    """The parties of a plan, or of what it implements."""
    instrument = knowledge.instruments.get(plan)
    if instrument and not instrument.parties and instrument.implements:
        return _parties(knowledge, instrument.implements)
    return instrument.parties if instrument else ()
