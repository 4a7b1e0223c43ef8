"""Progress claims: figures on how far a plan, programme or target has come, with their bound, verb, plan, date and claimant.

What comes in is a page with its dates, instruments and statements. A figure is a claim where a word of doing ("implemented", "còn lại")
governs it and a plan or its lines are what it counts; shares, votes, growth, targets and the make-up of a plan are none.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from comity.knowledge import Knowledge
from comity.languages import load_words
from comity.reading.figure_pairs import Figure, Shape
from comity.reading.figures import FigureGrammar
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.reading.progress_claimants import ClaimantGrammar
from comity.reading.progress_clauses import Clauses
from comity.reading.progress_counts import Counts
from comity.reading.progress_dates import FigureDates
from comity.reading.progress_scene import ClaimantWords, Scene
from comity.reading.progress_signs import Signs
from comity.reading.progress_subjects import SubjectGrammar
from comity.reading.progress_words import Clause, ProgressWords, comma_part
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

NAME = 40
"""How long a word of a plan's name may be, in characters."""
TABLE = 40
"""A sentence with more figures than this is a table or a list of numbers: nothing says which of its words go with which."""


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
        self._clauses = Clauses(self._signs)

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
            figures = self._with_wholes(text, self._figures.find(text, sentence.start, sentence.end))
            if len(figures) > TABLE:
                continue
            listed = [f for f in figures if f.shape in (Shape.COUNT, Shape.FRACTION)]
            listed = listed if len(listed) > 1 and any(f.shape is Shape.COUNT for f in listed) else []
            listed = _of_one_total(listed)
            figures = [next((f for f in listed if f.start == figure.start), figure) for figure in figures]
            for figure in figures:
                if _inside(figure, spans) or self._claimants.is_denied(scene, figure.start) or self._is_date(text, figure, dates):
                    continue
                if claims and self._is_of_part(scene, figure, claims[-1]):
                    continue
                clause = self._clauses.around(scene, figure, figures, listed, spans)
                beside = claims[-1] if claims and claims[-1].evidence.start >= sentence.start else None
                if claims and self._goes_on(scene, figure, clause, claims[-1]):
                    claims.append(self._claim(scene, figure, clause, beside, verb=claims[-1].verb))
                elif beside and self._is_joined(scene, figure, clause, beside):
                    claims.append(self._claim(scene, figure, clause, beside, verb=beside.verb))
                elif self._is_progress(
                    scene,
                    figure,
                    clause,
                    spans,
                    in_list=figure in listed and bool(claims or self._tells_plan(scene, figure.start, spans)),
                    beside=beside,
                ):
                    claims.append(self._claim(scene, figure, clause, beside, verb=None))
        return tuple(claims)

    def _with_wholes(self, text: str, found: Sequence[Figure]) -> list[Figure]:
        """The figures without the numbers that a share before them is a share of ("half of the 54 activities"); a percentage keeps the
        number as its denominator ("93 per cent of the 103 lines")."""
        figures: list[Figure] = []
        for figure in found:
            share = figures[-1] if figures else None
            if not (share and self._is_whole(text, share, figure)):
                figures.append(figure)
            elif share.shape is Shape.PERCENT and share.denominator is None and figure.bound is Bound.EXACTLY:
                figures[-1] = replace(share, end=figure.end, denominator=figure.numerator)
        return figures

    def _is_whole(self, text: str, share: Figure, count: Figure) -> bool:
        is_share = share.shape in (Shape.WORDS, Shape.PERCENT) and count.shape is Shape.COUNT
        return is_share and self._counts.are_fillers(text[share.end : count.start])

    def _is_date(self, text: str, figure: Figure, dates: Iterable[DateMention]) -> bool:
        """ "5/12" is a date unless lines are counted by it ("5/12 biện pháp"); one may stand between a total and its number."""
        near = (d.evidence for d in dates if figure.start < d.evidence.end and d.evidence.start < figure.counts_from)
        if all(figure.start < date.start and date.end < figure.end for date in near):
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

    def _is_joined(self, scene: Scene, figure: Figure, clause: Clause, beside: ProgressClaim) -> bool:
        """Whether a figure stands under the verb of the one before it ("implementing all 5 pillars and 14 of 15 tasks", "98 per cent of the
        lines of the first pillar, 88 per cent of the second")."""
        at, after = figure.start - clause.start, figure.end - clause.start
        between = scene.text[beside.evidence.end : figure.start]
        part, _ = comma_part(clause.text, at, after)
        listed = clause.start + part > beside.evidence.end and not self._counts.is_named(clause.text[part:at])
        if not self._signs.joins(between, listed=listed) or self._is_remaining(scene, figure, clause):
            return False
        counts = self._counts.after(clause.text[figure.counts_from - clause.start :], figure.shape, None)
        alike = figure.shape is Shape.FRACTION or (figure.shape is Shape.PERCENT and beside.percent is not None and counts is not False)
        return (
            alike
            and (counts is True or figure.shape is Shape.PERCENT)
            and not self._signs.deed(clause, at, after)
            and not self._signs.is_future(clause, at, after)
        )

    def _is_of_told(self, scene: Scene, figure: Figure, following: str, beside: ProgressClaim | None) -> bool:
        """Whether a pronoun says that a figure is one of the lines that the claim or sentence before counted ("120 measures. Of these,
        45%")."""
        if beside and self._signs.pronouns.match(following.lstrip()):
            return True
        earlier = scene.before(scene.sentence(figure.start))
        return bool(
            earlier
            and self._has_pronoun(scene, figure, following)
            and self._signs.counted_lines.search(scene.text, earlier.start, earlier.end)
        )

    def _is_of_part(self, scene: Scene, figure: Figure, last: ProgressClaim) -> bool:
        """Whether a pronoun says that a share is one of a share that the sentence before told ("over half of the 60 lines have been begun.
        Of these, 17 % are completed"): nothing says how much of the plan that is."""
        sentence = scene.sentence(figure.start)
        earlier = scene.before(sentence)
        if figure.numerator is not None or earlier is None or not earlier.start <= last.evidence.start < sentence.start:
            return False
        following = scene.text[figure.counts_from : sentence.end]
        return (last.numerator is None or last.numerator != last.denominator) and self._has_pronoun(scene, figure, following)

    def _has_pronoun(self, scene: Scene, figure: Figure, following: str) -> bool:
        pronouns = self._signs.pronouns
        start = scene.sentence(figure.start).start
        return bool(pronouns.match(following.lstrip()) or pronouns.search(scene.text, start, figure.start))

    def _is_progress(
        self,
        scene: Scene,
        figure: Figure,
        clause: Clause,
        instruments: Sequence[tuple[int, int]],
        *,
        in_list: bool,
        beside: ProgressClaim | None,
    ) -> bool:
        """`in_list` where the figure is one of several counts; `beside` is the claim before it in its sentence, which goes on with it where
        nothing else begins its part ("52 % are completed, while 43 % have been begun")."""
        at, after = figure.start - clause.start, figure.end - clause.start
        before, following = clause.text[:at], clause.text[figure.counts_from - clause.start :]
        named = [(a - clause.start, b - clause.start) for a, b in instruments if clause.start <= a < clause.end]
        behind = min((a - figure.counts_from + clause.start for a, _ in named if a >= after), default=None)
        if before.rstrip().endswith("("):  # "the majority (87 per cent) of the actions"
            following = following.lstrip().removeprefix(")")
        counts = True if figure.counted or (figure.listed and in_list) else self._counts.after(following, figure.shape, behind)
        part, _ = comma_part(clause.text, at, after)
        begins = beside is not None and not self._counts.is_named(clause.text[part:at])
        of_told = counts is not False and self._is_of_told(scene, figure, following, beside)
        counts = True if of_told else counts
        remaining = self._is_remaining(scene, figure, clause)
        if figure.shape is Shape.ALL and (figure.bound is Bound.OVER or self._signs.places.search(before)):
            return False  # "across all five areas", "trên cả 5 lĩnh vực" say where
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
            if counts is not True or (not remaining and self._counts.is_worth(following)):
                return False
            if remaining or in_list:
                return True
            plan = of_told or bool(self._signs.plans.search(clause.text)) or bool(named)
            return plan and scene.text[figure.start].isdigit() and self._signs.is_done(clause, at, after)
        if figure.denominator == 1:  # "all" of a number that is not told
            return self._signs.is_told_done(clause, at, after) and not self._counts.is_others(following)
        if counts is True or figure.shape is Shape.ALL:
            return counts is True
        if not remaining and self._signs.is_denied(clause, at, after):
            return False
        if figure.shape is Shape.WORDS and not (begins or self._signs.touches_deed(clause, at, after)):
            return False
        sentence = scene.sentence(clause.start)
        told_before = (
            begins
            or bool(self._signs.named_plans.search(scene.text, sentence.start, clause.start))
            or (figure.shape is not Shape.WORDS and self._tells_plan(scene, sentence.start - 1, instruments))
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
            subject_name=subject[1] if subject else self._subjects.words(scene.page, figure, clause),
            numerator=figure.numerator,
            denominator=figure.denominator,
            percent=figure.percent,
            bound=figure.bound,
            remaining=remaining,
            verb=verb or self._signs.verb(clause, at, after, remaining=remaining),
            as_of=as_of or self._dates.of_report(scene, figure, claimed),
            claimant=claimed.actors,
        )


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
