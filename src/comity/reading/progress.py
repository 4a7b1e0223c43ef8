"""Progress claims: figures on how far a plan, programme or target has come, with their bound, verb, plan, date and claimant.

What comes in is a page with its dates, instruments and statements. A figure is a claim where a word of doing ("implemented", "còn lại")
governs it and a plan or its lines are what it counts; shares, votes, growth, targets and the make-up of a plan are none.
"""

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from comity.knowledge import Knowledge
from comity.languages import load_words
from comity.reading.figures import Figure, FigureGrammar, Shape
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.reading.progress_claimants import ClaimantGrammar
from comity.reading.progress_counts import Counts
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
    ProgressVerb,
    Statement,
)

WORD_BEFORE = re.compile(r"(?<![\w'’-])([\w'’-]+)\s\Z")
WORD_BEHIND = re.compile(r"\s([\w-]+)")
NAME = 40
"""How long a word of a plan's name may be, in characters."""
TABLE = 40
"""A sentence with more figures than this is a table or a list of numbers: nothing says which of its words go with which."""
CLAUSE_END = re.compile(r"[;!?]|(?<!\d)[.](?=\s)|:(?=\s)|\s-\s")


class ProgressGrammar:
    """Finds progress claims in one language."""

    def __init__(self, knowledge: Knowledge, language: LanguageCode) -> None:
        words = load_words(language, "progress", ProgressWords)
        self._figures = FigureGrammar(words.figures, words.counted, words.lines)
        claimants = load_words(language, "claimants", ClaimantWords)
        self._signs, self._counts = Signs(words), Counts(words, claimants.reports)
        self._parties = {plan: _parties(knowledge, plan) for plan in knowledge.plans}
        self._subjects = SubjectGrammar(knowledge, words, claimants, self._signs, self._counts)
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
        claims: list[ProgressClaim] = []
        for sentence in page.sentences:
            words = text[sentence.start : sentence.end]
            if not (self._signs.speaks_of_deeds(words) and self._figures.may_hold(words)):
                continue
            found = self._figures.find(text, sentence.start, sentence.end)
            figures = [f for i, f in enumerate(found) if not (i and self._is_whole(text, found[i - 1], f))]
            if len(figures) > TABLE:
                continue
            listed = [f for f in figures if f.shape in (Shape.COUNT, Shape.FRACTION)]
            listed = listed if len(listed) > 1 and any(f.shape is Shape.COUNT for f in listed) else []
            listed = _of_one_total(listed)
            figures = [next((f for f in listed if f.start == figure.start), figure) for figure in figures]
            for figure in figures:
                if _inside(figure, spans) or self._claimants.is_denied(scene, figure.start) or self._is_date(text, figure, dates):
                    continue
                clause = self._clause(scene, figure, figures, listed, spans)
                beside = claims[-1] if claims and claims[-1].evidence.start >= sentence.start else None
                if claims and self._goes_on(scene, figure, clause, claims[-1]):
                    claims.append(self._claim(scene, figure, clause, beside, verb=claims[-1].verb))
                elif self._is_progress(
                    scene, figure, clause, spans, in_list=figure in listed and bool(claims or self._tells_plan(scene, figure.start, spans))
                ):
                    claims.append(self._claim(scene, figure, clause, beside, verb=None))
        return tuple(claims)

    def _clause(
        self, scene: Scene, figure: Figure, figures: Sequence[Figure], listed: Sequence[Figure], instruments: Sequence[tuple[int, int]]
    ) -> Clause:
        """The clause around a figure. Names of instruments and dates are blank in it: the "implement" of a plan's name is no deed, the
        month of May no wish. In a list of counts ("12 done, 3 ongoing") each has its own."""
        sentence = scene.sentence(figure.start)
        dates = [
            (d.evidence.start, d.evidence.end) for d in scene.dates if d.evidence.end <= figure.start or figure.end <= d.evidence.start
        ]
        words = blanked(scene.text, sentence.start, sentence.end, [*instruments, *dates])
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

    def _is_whole(self, text: str, share: Figure, count: Figure) -> bool:
        """Whether a number is what the share before it is a share of ("half of the 54 activities")."""
        is_share = share.shape in (Shape.WORDS, Shape.PERCENT) and count.shape is Shape.COUNT
        return is_share and self._counts.are_fillers(text[share.end : count.start])

    def _is_date(self, text: str, figure: Figure, dates: Iterable[DateMention]) -> bool:
        """ "5/12" is a date unless lines are counted by it ("5/12 biện pháp")."""
        if not any(figure.start < d.evidence.end and d.evidence.start < figure.counts_from for d in dates):
            return False
        return figure.shape is Shape.FRACTION and not self._signs.lines.match(text, figure.counts_from + 1)

    def _goes_on(self, scene: Scene, figure: Figure, clause: Clause, last: ProgressClaim) -> bool:
        """Whether a figure goes on with what the one before told ("..., under the other pillar the figure is 30 of 41")."""
        sentence = scene.sentence(figure.start)
        earlier = scene.before(sentence) or sentence
        if last.evidence.start < earlier.start or figure.shape not in (Shape.PERCENT, Shape.FRACTION):
            return False
        at = figure.start - clause.start
        bare = figure.shape is Shape.PERCENT or self._counts.may_be_bare(clause.text[figure.end - clause.start :])
        return bare and bool(self._signs.again.search(clause.text, 0, at))

    def _is_progress(self, scene: Scene, figure: Figure, clause: Clause, instruments: Sequence[tuple[int, int]], *, in_list: bool) -> bool:
        at, after = figure.start - clause.start, figure.end - clause.start
        before, following = clause.text[:at], clause.text[figure.counts_from - clause.start :]
        named = [(a - clause.start, b - clause.start) for a, b in instruments if clause.start <= a < clause.end]
        behind = min((a - figure.counts_from + clause.start for a, _ in named if a >= after), default=None)
        if before.rstrip().endswith("("):  # "the majority (87 per cent) of the actions"
            following = following.lstrip().removeprefix(")")
        counts = True if figure.counted or (figure.listed and in_list) else self._counts.after(following, figure.shape, behind)
        remaining = self._is_remaining(scene, figure, clause)
        if counts is False or self._signs.is_aimed(before) or self._counts.is_aim_or_share(before):
            return False
        if self._signs.changes.search(before) and not (figure.moved or figure.shape is Shape.FRACTION):
            return False
        if (not remaining and self._signs.is_future(clause, at, after)) or self._counts.is_output(clause, at):
            return False
        told = figure.shape is Shape.FRACTION and counts is True and self._signs.told.search(before)
        if not (remaining or told or self._signs.deed(clause, at, after) or self._signs.rates.search(clause.text)):
            return False
        if figure.shape is Shape.COUNT and figure.percent is None:
            if counts is not True:
                return False
            if remaining or in_list:
                return True
            plan = bool(self._signs.plans.search(clause.text)) or bool(named)
            return plan and scene.text[figure.start].isdigit() and self._signs.is_done(clause, at, after)
        if figure.denominator == 1:  # "all" of a number that is not told
            return self._signs.is_told_done(clause, at, after)
        if counts is True or figure.shape is Shape.ALL:
            return counts is True
        if figure.shape is Shape.WORDS and not self._signs.touches_deed(clause, at, after):
            return False
        sentence = scene.sentence(clause.start)
        told_before = bool(self._signs.named_plans.search(scene.text, sentence.start, clause.start)) or (
            figure.shape is not Shape.WORDS and self._tells_plan(scene, sentence.start - 1, instruments)
        )
        behind_it = any(a >= at for a, _ in named) or bool(clause.others and self._signs.plans.search(following))
        return self._counts.of_plan(clause, at, named, told=told_before, follows=behind_it)

    def _is_remaining(self, scene: Scene, figure: Figure, clause: Clause) -> bool:
        at, after = figure.start - clause.start, figure.end - clause.start
        said = scene.text[max(0, figure.start - NAME) : figure.start]
        return figure.remaining or self._signs.is_left(said) or self._signs.is_remaining(clause, at, after)

    def _tells_plan(self, scene: Scene, position: int, instruments: Sequence[tuple[int, int]]) -> bool:
        """Whether the sentence at a position or the one before it names a plan."""
        if position < 0:
            return False
        index = scene.page.sentence_at(position)
        start, end = scene.page.sentences[max(0, index - 1)].start, scene.page.sentences[index].end
        return bool(self._signs.plans.search(scene.text, start, end)) or any(start <= a < end for a, _ in instruments)

    def _claim(
        self, scene: Scene, figure: Figure, clause: Clause, beside: ProgressClaim | None, *, verb: ProgressVerb | None
    ) -> ProgressClaim:
        """The claim of a figure; `beside` is the one before it in its sentence, `verb` what the figure before tells."""
        at, after = figure.start - clause.start, figure.end - clause.start
        remaining = self._is_remaining(scene, figure, clause)
        as_of = self._dates.find(scene, figure, clause, remaining=remaining)
        subject = self._subjects.find(scene, figure, clause, as_of)
        if subject is None and beside and (verb or not self._signs.named_plans.search(scene.text, beside.evidence.end, figure.end + NAME)):
            subject = beside.subject, beside.subject_name
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
            verb=verb or self._signs.verb(clause, at, after, remaining=remaining),
            as_of=as_of or self._dates.of_report(scene, figure, claimed),
            claimant=claimed.actors,
        )

    def _subject_words(self, page: Page, figure: Figure, clause: Clause) -> str:
        """Without a known plan: the plan whose lines the figure counts, else those lines, else what was named last before it."""
        after = figure.counts_from - clause.start
        if figure.own_start is not None:  # "The plan has 140 activities, of which 114 ..."
            sentence = page.sentences[page.sentence_at(figure.start)]
            named = list(self._signs.named_plans.finditer(page.folded.folded, sentence.start, clause.start))
            if named:
                return _with_capitals(page.text, *named[-1].span(), before=self._counts.nouns_last)
        plans = [m.span() for m in self._signs.named_plans.finditer(clause.text)]
        lines = [m.span() for m in self._signs.lines.finditer(clause.text)]
        behind = [span for span in plans if span[0] >= after and not self._signs.parts.search(clause.text, after, span[0])]
        own = [span for span in lines if span[0] >= after]
        before = [
            span for span in plans if span[1] <= after and not self._signs.parts.search(clause.text, span[1], figure.start - clause.start)
        ]
        chosen = next(iter([*behind[:1], *before[-1:], *own[:1]]), None) or max([*plans, *lines], default=None)
        if chosen is None:
            return ""
        return _with_capitals(page.text, clause.start + chosen[0], clause.start + chosen[1], before=self._counts.nouns_last)


def _with_capitals(text: str, start: int, end: int, *, before: bool) -> str:
    """A plan's words with the capitalised ones beside them ("Agenda 2063"; where nouns stand last, "Joint Action Plan" too)."""
    if text[start].isupper():
        while before and (word := WORD_BEFORE.search(text, max(0, start - NAME), start)) and word.group(1)[0].isupper():
            start = word.start(1)
        while (word := WORD_BEHIND.match(text, end)) and not word.group(1)[0].islower():
            end = word.end(1)
    return " ".join(text[start:end].split())


def _of_one_total(listed: list[Figure]) -> list[Figure]:
    """The counts of a list ("of the 290 measures, 232 are completed, 40 under way and 18 not started") with the total that its first
    figure names, where together they do not pass it."""
    total = listed[0].denominator if listed and listed[0].counted else None
    counts = [figure.numerator or 0 for figure in listed]
    if not total or any(f.denominator for f in listed[1:]) or sum(counts) > total:
        return listed
    return [replace(figure, denominator=total) for figure in listed]


def _inside(figure: Figure, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= figure.start and figure.end <= end for start, end in spans)


def _parties(knowledge: Knowledge, plan: InstrumentId) -> tuple[ActorId, ...]:
    """The parties of a plan, or of what it implements."""
    instrument = knowledge.instruments.get(plan)
    if instrument and not instrument.parties and instrument.implements:
        return _parties(knowledge, instrument.implements)
    return instrument.parties if instrument else ()
