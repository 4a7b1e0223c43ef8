"""Which plan a progress figure is about.

The plan named nearest in the sentence; else the one whose total the figure counts by; else, for "the previous plan", the one before the
plan last named; else the plan last named whose period holds the figure's day. Never a plan that begins after that day.
"""

import re
from collections.abc import Iterable, Sequence

from comity.intervals import IsoDate, first_day, last_day
from comity.knowledge import Knowledge
from comity.reading.figure_pairs import Figure
from comity.reading.page import Page
from comity.reading.progress_counts import Counts
from comity.reading.progress_scene import ClaimantWords, Scene, whole_words
from comity.reading.progress_signs import Signs
from comity.reading.progress_words import Clause, ProgressWords, alternatives
from comity.records import InstrumentId, InstrumentMention

BEHIND = 40
"""A plan behind the figure is as near as one this much farther before it."""

REACH = 40
"""How far behind a figure what it counts, and whose that is, may stand, in characters."""

NAMED = 60
"""How far before the figure "the previous plan" may stand, in characters."""


YEARS = re.compile(r"(?<!\d)(\d{4})\s?[-–]\s?(\d{4})(?!\d)")
PARTS = re.compile(r"[,;:]")
WORD_BEFORE = re.compile(r"(?<![\w'’-])([\w'’-]+)\s\Z")
WORD_BEHIND = re.compile(r"\s([\w-]+)")
NAME = 40
"""How long a word of a plan's name may be, in characters."""


class SubjectGrammar:
    """Finds the plan of a figure, in one language."""

    def __init__(self, knowledge: Knowledge, words: ProgressWords, claimants: ClaimantWords, signs: Signs, counts: Counts) -> None:
        self._signs, self._counts = signs, counts
        self._plans = knowledge.plans
        self._before = {i.id: i.succeeds for i in knowledge.instruments.values()}
        self._names = {i.id: i.name for i in knowledge.instruments.values()}
        self._like = re.compile(rf"(?<![\w-])(?:{alternatives(words.plan_names)})(?![\w'-])")
        self._previous, self._latest = whole_words(claimants.previous), whole_words(claimants.latest)
        placed = rf"(?:(?:{alternatives(claimants.placed)})\s+)?"  # "97 of 103 lines set out | in the plan"
        self._of_start = re.compile(rf"\s*{placed}(?:{alternatives((*claimants.prepositions, *claimants.members))})\s")
        self._owned = re.compile(rf"\s+(?:{alternatives(claimants.members)})\s")  # "of the plan | of the province"
        self._reports = whole_words(claimants.reports)
        self._of = re.compile(
            rf"(?<!\w)(?:{alternatives((*claimants.prepositions, *claimants.members))})\s+(?:(?:{alternatives(claimants.articles)})\s+)?$"
        )

    def find(self, scene: Scene, figure: Figure, clause: Clause, as_of: IsoDate | None) -> tuple[InstrumentId | None, str] | None:
        """The plan's id, where it is known, and its name; None where the text names no plan that can be meant."""
        sentence = scene.sentence(figure.start)
        named = [i for i in scene.instruments if i.instrument in self._plans or self._like.search(i.evidence.quote.lower())]
        named = [i for i in named if not any(_holds(other, i) for other in named)]
        begun = [i for i in named if self._has_begun(i.instrument, as_of or scene.page.document.published)]
        previous = self._previous_plan(scene, figure, clause, named)
        if own := self._of_years(scene, figure, clause, named):
            return own, self._names.get(own, own)
        if previous and self._is_own(scene, figure, self._previous):
            return previous
        if inside := [i for i in begun if clause.start <= i.evidence.start < clause.end]:
            return self._called(self._nearest(scene, inside, figure))
        semicolon = scene.text.find(";", figure.end, sentence.end)
        end = semicolon if semicolon >= 0 else sentence.end
        if inside := [i for i in begun if sentence.start <= i.evidence.start < end and not previous]:
            return self._called(self._nearest(scene, inside, figure))
        if not self._counts_own_lines(figure, clause):
            begun, named, previous = [], [], None
        if of_total := self._of_total(figure, named):
            return of_total, self._names.get(of_total, of_total)
        if previous:
            return previous
        if scene.page.headline and figure.end <= scene.page.headline.end:
            begun = sorted(begun, key=lambda i: -i.evidence.start)
        else:
            begun = [i for i in begun if i.evidence.start < figure.start]
        if told := self._of_period(begun, as_of or scene.page.document.published):
            return self._called(told)
        others = [i for i in scene.instruments if clause.start <= i.evidence.start < clause.end and i.instrument not in self._plans]
        others = [i for i in others if not self._reports.search(scene.text, i.evidence.start, max(i.evidence.start, figure.start))]
        return self._called(self._nearest(scene, others, figure)) if others else None

    def words(self, page: Page, figure: Figure, clause: Clause) -> str:
        """Without a known plan: the plan whose lines the figure counts, else those lines, else what was named last before it."""
        after = figure.counts_from - clause.start
        if figure.own_start is not None:  # "The plan has 140 activities, of which 114 ..."
            sentence = page.sentences[page.sentence_at(figure.start)]
            named = list(self._signs.named_plans.finditer(page.folded.folded, sentence.start, clause.start))
            if named:
                return _with_capitals(page.text, *named[-1].span(), before=self._counts.nouns_last)
        plans = [m.span() for m in self._signs.named_plans.finditer(clause.text)]
        lines = [
            (a, b) for a, b in (m.span() for m in self._signs.lines.finditer(clause.text)) if not any(p <= a and b <= q for p, q in plans)
        ]
        behind = [span for span in plans if span[0] >= after and not self._signs.parts.search(clause.text, after, span[0])]
        own = [span for span in lines if span[0] >= after]
        before = [
            span for span in plans if span[1] <= after and not self._signs.parts.search(clause.text, span[1], figure.start - clause.start)
        ]
        chosen = next(iter([*behind[:1], *before[-1:], *own[:1]]), None) or max([*plans, *lines], default=None)
        if chosen is None:
            return ""
        return _with_capitals(page.text, clause.start + chosen[0], clause.start + chosen[1], before=self._counts.nouns_last)

    def _counts_own_lines(self, figure: Figure, clause: Clause) -> bool:
        """Whether a figure may be of a plan that another sentence names: not where what it counts has an owner ("12/15 dự án của tỉnh")."""
        following = clause.text[figure.counts_from - clause.start :]
        line = self._signs.lines.search(following, 0, REACH)
        if line is None:
            return True
        rest = following[line.end() :]
        if self._counts.may_be_bare(rest):
            return True
        plan = self._signs.plans.search(rest, 0, REACH) if self._of_start.match(rest) else None
        return plan is not None and not self._owned.match(rest, plan.end())

    def _called(self, mention: InstrumentMention) -> tuple[InstrumentId | None, str]:
        return mention.instrument, mention.name

    def _nearest(self, scene: Scene, instruments: Sequence[InstrumentMention], figure: Figure) -> InstrumentMention:
        """The one that the figure's own words name ("97 of 103 lines of the plan"), else the nearest; before the figure is nearer."""

        def distance(mention: InstrumentMention) -> int:
            if mention.evidence.start < figure.start:
                return figure.start - mention.evidence.end
            between = scene.text[figure.end : mention.evidence.start]
            return len(between) // 4 if self._of.search(between) and not re.search(r"[,;:]", between) else len(between) + BEHIND

        return min(instruments, key=distance)

    def _of_total(self, figure: Figure, named: Iterable[InstrumentMention]) -> InstrumentId | None:
        """The plan with as many lines as the figure counts by, among those that the text names and those before and after them."""
        if not figure.denominator:
            return None
        rows = {plan for mention in named for plan in self._row(mention.instrument)}
        fitting = [plan for plan in rows if self._plans[plan].lines_total == figure.denominator]
        return fitting[0] if len(fitting) == 1 else None

    def _row(self, plan: InstrumentId | None) -> set[InstrumentId]:
        """A known plan with the one before it and those after it."""
        if plan not in self._plans:
            return set()
        return {other for other in self._plans if other in (plan, self._before.get(plan)) or self._before.get(other) == plan}

    def _of_years(self, scene: Scene, figure: Figure, clause: Clause, named: Sequence[InstrumentMention]) -> InstrumentId | None:
        """The plan whose period stands right behind the figure ("120 of the 140 lines for 2021-2025") and is no other plan's name."""
        years = YEARS.search(scene.text, figure.end, min(clause.end, figure.end + NAMED))
        if years is None or PARTS.search(scene.text, figure.end, years.start()):
            return None
        if any(mention.evidence.start <= years.start() < mention.evidence.end for mention in scene.instruments):
            return None
        rows = {plan for mention in named for plan in self._row(mention.instrument)}
        period = f"{years.group(1)}/{years.group(2)}"
        fitting = [plan for plan in rows if self._plans[plan].period == period]
        return fitting[0] if len(fitting) == 1 else None

    def _is_own(self, scene: Scene, figure: Figure, words: re.Pattern[str]) -> bool:
        """Whether the words stand right behind what the figure counts ("over 90 per cent of the lines of the previous plan")."""
        said = words.search(scene.text, figure.end, figure.end + NAMED)
        return said is not None and not PARTS.search(scene.text, figure.end, said.start())

    def _previous_plan(
        self, scene: Scene, figure: Figure, clause: Clause, named: Sequence[InstrumentMention]
    ) -> tuple[InstrumentId | None, str] | None:
        """The plan before the one last named; its words alone where that is not known."""
        start = scene.sentence(figure.start).start
        said = [
            m for m in self._previous.finditer(scene.text, start, clause.end) if m.start() < figure.start or m.start() - figure.end < NAMED
        ]
        if not said:
            return None
        last = next((i for i in reversed(named) if i.evidence.start < said[-1].start() and i.instrument in self._plans), None)
        plan = self._before.get(last.instrument or "") if last else None
        words = scene.page.text[said[-1].start() : said[-1].end()].replace("\n", " ")
        return (plan, self._names.get(plan, plan)) if plan else (None, words)

    def _of_period(self, named: Sequence[InstrumentMention], day: IsoDate | None) -> InstrumentMention | None:
        """The one last named whose period holds the day, else the one last named."""
        known = [i for i in named if i.instrument in self._plans]
        holding = [i for i in known if day and last_day(self._plans[i.instrument or ""].period) >= first_day(day)]
        return next(reversed(holding or known or named), None)

    def _has_begun(self, plan: InstrumentId | None, day: IsoDate | None) -> bool:
        if plan not in self._plans or day is None:
            return True
        return first_day(self._plans[plan].period) <= last_day(day)


def _with_capitals(text: str, start: int, end: int, *, before: bool) -> str:
    """A plan's words with the capitalised ones beside them ("Agenda 2063"; where nouns stand last, "Joint Action Plan" too)."""
    if text[start].isupper():
        while before and (word := WORD_BEFORE.search(text, max(0, start - NAME), start)) and word.group(1)[0].isupper():
            start = word.start(1)
        while (word := WORD_BEHIND.match(text, end)) and not word.group(1)[0].islower():
            end = word.end(1)
    return " ".join(text[start:end].split())


def _holds(outer: InstrumentMention, inner: InstrumentMention) -> bool:
    a, b = outer.evidence, inner.evidence
    return outer is not inner and a.start <= b.start and b.end <= a.end and (a.start, a.end) != (b.start, b.end)
