"""Figures that contradict one another: a percentage beside another fraction, parts that do not add up to their total or exceed it."""

import re
from collections.abc import Iterator, Sequence

from comity.knowledge.folded import fold
from comity.reading.figure_pairs import Figure
from comity.reading.figures import FigureGrammar
from comity.reading.page import Page
from comity.reading.progress_words import ProgressWords, alternatives
from comity.reading.slip_words import SlipWords
from comity.records import Bound, DateMention, ProgressClaim, ProgressVerb, Slip

VAGUE = 24
"""How far behind the last part "and some others" may stand, in characters."""
NUMBER = re.compile(r"\d+")
REMAINING = "remaining"


class FigureSlips:
    """Finds contradicting figures in one language."""

    def __init__(self, words: SlipWords, progress: ProgressWords) -> None:
        self._figures = FigureGrammar(progress.figures, progress.counted, progress.lines)
        self._total = _total_pattern(words)
        self._total_words = tuple(f" {fold(word)} " if word[0].isalpha() else f"{word} " for word in words.made_up_of)
        self._vague = re.compile(rf"(?<!\w)(?:{alternatives(words.vague)})(?!\w)")

    def find(self, page: Page, text: str, dates: Sequence[DateMention], progress: Sequence[ProgressClaim]) -> Iterator[Slip]:
        """All kinds. `text` is the page's folded copy with blanks for line ends; what is a date ("12/2013") is no fraction."""
        days = [(date.evidence.start, date.evidence.end) for date in dates]
        for slip in self._percentages(page, text):
            if not any(slip.evidence.start < end and start < slip.evidence.end for start, end in days):
                yield slip
        yield from self._totals(page, text)
        yield from self._too_many(page, progress)

    def _percentages(self, page: Page, text: str) -> Iterator[Slip]:
        """A percentage beside its own fraction that is not that fraction, whatever the two count."""
        for sentence in page.sentences:
            words = text[sentence.start : sentence.end]
            if self._figures.has_percent(words) and self._figures.may_hold(words):
                for figure in self._figures.find(text, sentence.start, sentence.end):
                    if figure.denominator and None not in (figure.numerator, figure.percent) and not _agrees(figure):
                        details = {
                            "numerator": str(figure.numerator),
                            "denominator": str(figure.denominator),
                            "percent": f"{figure.percent:g}",
                            "right": f"{100 * (figure.numerator or 0) / figure.denominator:.1f}",
                        }
                        yield Slip(evidence=page.evidence(figure.start, figure.end), reason="percent-contradicts-fraction", details=details)

    def _totals(self, page: Page, text: str) -> Iterator[Slip]:
        """ "60 officers, comprising 20 doctors, 30 nurses and 8 drivers": all parts numbered, none vague, and another sum."""
        for match in (
            m for s in page.sentences if self._may_add_up(text[s.start : s.end]) for m in self._total.finditer(text, s.start, s.end)
        ):
            if self._vague.search(text, match.start(), match.end() + VAGUE) or re.search(
                self._vague.pattern + r"\s+$", text[max(0, match.start() - 16) : match.start()]
            ):
                continue
            total = _whole(match.group("total"))
            parts = [_whole(number) for number in re.findall(r"(?<![\w.,/])\d+(?:[.,]\d{3})*(?![\w/%])", match.group("parts"))]
            if total and len(parts) >= 2 and sum(parts) != total and all(part < total for part in parts):
                yield Slip(
                    evidence=page.evidence(*match.span()),
                    reason="total-does-not-add-up",
                    details={"sum": str(sum(parts)), "total": str(total)},
                )

    def _too_many(self, page: Page, progress: Sequence[ProgressClaim]) -> Iterator[Slip]:
        """ "Of the 103 lines 90 are completed, 8 ongoing and 7 not started": more than there are, each line in one state only."""
        by_sentence: dict[int, list[ProgressClaim]] = {}
        for claim in progress:
            by_sentence.setdefault(page.sentence_at(claim.evidence.start), []).append(claim)
        for claims in by_sentence.values():
            totals = {claim.denominator for claim in claims if claim.denominator}
            states = [_state(claim) for claim in claims]
            if len(totals) != 1 or len(claims) < 2 or len(set(states)) < len(states) or None in states:
                continue
            total, counted = totals.pop(), sum(claim.numerator or 0 for claim in claims)
            if counted > total and (len(claims) > 2 or REMAINING in states):
                yield Slip(
                    evidence=page.evidence(claims[0].evidence.start, claims[-1].evidence.end),
                    reason="total-does-not-add-up",
                    details={"sum": str(counted), "total": str(total)},
                )

    def _may_add_up(self, words: str) -> bool:
        """Whether a sentence has a word before parts and three numbers at least: a quick look before the pattern is tried."""
        return any(word in words for word in self._total_words) and len(NUMBER.findall(words)) > 2


def _state(claim: ProgressClaim) -> str | None:
    """In which state the lines of an exact count are; None where that is not told or the figure is none of single lines."""
    if claim.bound is not Bound.EXACTLY or claim.percent is not None or not claim.numerator or claim.numerator == claim.denominator:
        return None
    if claim.remaining:
        return REMAINING
    return claim.verb.value if claim.verb in (ProgressVerb.COMPLETED, ProgressVerb.UNDER_WAY) else None


def _agrees(figure: Figure) -> bool:
    """Whether the percentage is the fraction's within a whole point, or on the side of it that its bound says."""
    true = 100 * (figure.numerator or 0) / (figure.denominator or 1)
    given = figure.percent or 0.0
    slack = 1.0 if given == int(given) else 0.2
    if figure.bound in (Bound.OVER, Bound.AT_LEAST):
        return true >= given - slack
    if figure.bound is Bound.AT_MOST:
        return true <= given + slack
    return abs(true - given) <= (slack if figure.bound is Bound.EXACTLY else 5.0)


def _total_pattern(words: SlipWords) -> re.Pattern[str]:
    number = r"\d+(?:[.,]\d{3})*"
    item = rf"{number}(?:\s+[^\W\d_][\w-]*){{1,6}}"
    return re.compile(
        rf"(?<![\w.,/-])(?P<total>{number})(?:\s+[^\W\d_][\w-]*){{1,6}},?\s*(?:{alternatives(words.made_up_of)})\s+"
        rf"(?P<parts>{item}(?:,\s+{item})*,?\s+(?:{alternatives(words.joins)})\s+{item})(?=\s*[.;)]|\s*$|,\s+(?!\d))"
    )


def _whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))
