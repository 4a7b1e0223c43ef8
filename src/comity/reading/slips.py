"""Slips: contradictions inside one document that a careful reader would flag, each with its reason.

What comes in is a page with its dates, instruments, names and progress claims; what goes out are few and sure findings: a goal or body
with another's acronym, a percentage that contradicts its fraction, a total that does not add up, a weekday, day or period that can't be, a
range that ends before it begins, two offices nobody holds at once, a sitting with two numbers or dated in another year than it was held.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from comity.intervals import first_day
from comity.knowledge import Knowledge
from comity.knowledge.folded import fold
from comity.languages import load_words
from comity.reading.mentions import Mentions
from comity.reading.name_phrases import one_line
from comity.reading.page import Page
from comity.reading.progress_words import ProgressWords, alternatives
from comity.reading.slip_figures import FigureSlips
from comity.reading.slip_names import NameSlips
from comity.reading.slip_plans import PlanSlips
from comity.reading.slip_sittings import SittingSlips
from comity.reading.slip_words import SlipWords, filled, slip_sentence, year_ranges
from comity.records import DateMention, InstrumentMention, LanguageCode, MechanismMention, OfficeMention, ProgressClaim, Slip

__all__ = ["SlipGrammar", "slip_sentence"]

BACKWARD = re.compile(r"(?<![\d.,/-])(\d{1,4})(?=(?:\s*-\s*|\s[^\d,.;]{1,14}\s)(\d{1,4})(?!\d))")
"""Two numbers with a word or dash between, wherever the second is the smaller."""
RARE_DAY = re.compile(r"(?<![\d.,/-])(?:29|30|31)(?!\d)")
DAY, MONTH, YEAR = r"(?P<day>\d{2})", r"(?P<m>\d{1,2})(?!\d)", r"(?P<year>(?:19|20)\d\d)(?!\d)"
LEAP = 2000
"""A year that has a 29 February, for days whose year is not written."""
DAYS = 45
"""How far from publication a date without a year is taken to be of its year."""


class SlipGrammar:
    """Finds slips in one language."""

    def __init__(self, knowledge: Knowledge, language: LanguageCode) -> None:
        words = load_words(language, "slips", SlipWords)
        self._figures = FigureSlips(words, load_words(language, "progress", ProgressWords))
        self._names = NameSlips(knowledge, language, words)
        self._plans = PlanSlips(knowledge, language, words)
        self._words = words
        self._weekdays = {fold(word): number for word, number in words.weekdays.items()}
        between = alternatives(words.before_date)
        self._weekday_before = re.compile(rf"(?<!\w)({alternatives(self._weekdays)})(?:\s*,\s*|\s*\(\s*|\s+)(?:(?:{between})\s+)?$")
        after = words.before_ordinal
        self._ordinal_before = re.compile(rf"(?<!\w)(?:{alternatives(after)})\s+$" if after else r"(?!)")
        self._weekday_inside = re.compile(rf"(?<!\w)({alternatives(self._weekdays)})(?!\w)")
        self._months = {fold(word): number for word, number in words.months.items()}
        self._day_forms = [
            re.compile(filled(form, day=DAY, month=f"(?P<month>{alternatives(self._months)})", m=MONTH, year=YEAR))
            for form in words.day_forms
        ]
        day = r"\d{1,2}"
        self._ranges = year_ranges(words)
        self._ranges += [re.compile(filled(p, a=f"(?P<a>{day})", b=f"(?P<b>{day})(?!\\d)")) for p in words.day_ranges]
        self._ranks = tuple(tuple(fold(rank) for rank in group) for group in words.ranks)
        self._past = re.compile(rf"(?<!\w)(?:{alternatives(words.past_ranks)})(?!\w)")
        self._sittings = SittingSlips(knowledge, words)

    def find(
        self,
        page: Page,
        dates: tuple[DateMention, ...],
        instruments: tuple[InstrumentMention, ...],
        mentions: Mentions,
        progress: tuple[ProgressClaim, ...],
        mechanisms: tuple[MechanismMention, ...],
    ) -> tuple[Slip, ...]:
        """All slips of the article, in order."""
        text = one_line(page)
        found = [
            *self._names.find(page, text.folded, instruments, mentions, mechanisms),
            *self._figures.find(page, text.folded, dates, progress),
            *self._weekday_slips(page, text.folded, dates),
            *self._no_such_day(page, text.folded),
            *self._plans.find(page, text, instruments),
            *self._backward_ranges(page, text.folded),
            *self._office_slips(page, mentions.offices),
            *self._sittings.find(page, text.folded, dates, mechanisms),
            *self._doubled(page, mentions),
        ]
        once = {(slip.evidence.start, slip.evidence.end, slip.reason): slip for slip in found}
        return tuple(once[key] for key in sorted(once))

    def _weekday_slips(self, page: Page, text: str, dates: tuple[DateMention, ...]) -> Iterator[Slip]:
        for mention in dates:
            day = self._sure_day(page, mention)
            if day is None:
                continue
            start, end = mention.evidence.start, mention.evidence.end
            word = self._weekday_inside.search(text, start, end) or self._weekday_before.search(text, max(0, start - 24), start)
            if word and self._ordinal_before.search(text, max(0, word.start(1) - 16), word.start(1)):
                continue
            if word and self._weekdays[word.group(1)] != day.isoweekday():
                details = {"date": mention.iso or "", "weekday": str(self._weekdays[word.group(1)]), "right": str(day.isoweekday())}
                yield Slip(evidence=page.evidence(min(start, word.start(1)), end), reason="weekday-contradicts-date", details=details)

    def _no_such_day(self, page: Page, text: str) -> Iterator[Slip]:
        """A day that its month has not: "31 June", "30/2"; the 29th of February only of a year that is written and has none."""
        for rare in RARE_DAY.finditer(text):
            for form in self._day_forms:
                match = next(
                    (m for m in form.finditer(text, max(0, rare.start() - 16), rare.end() + 24) if m.start("day") == rare.start()), None
                )
                if match is None:
                    continue
                groups = match.groupdict()
                month = self._months[groups["month"]] if groups.get("month") else int(groups["m"])
                day, year = int(groups["day"]), int(groups.get("year") or LEAP)
                if 1 <= month <= 12 and day > monthrange(year, month)[1]:
                    details = {"day": page.text[match.start() : match.end()].replace("\n", " ")}
                    yield Slip(evidence=page.evidence(*match.span()), reason="no-such-day", details=details)
                    break

    def _sure_day(self, page: Page, mention: DateMention) -> date | None:
        """The day, where the text gives its year, or publication is so near that the year is sure."""
        if not mention.iso or len(mention.iso) != 10:
            return None
        day = first_day(mention.iso)
        figures = re.search(r"\d{1,2}\D+\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", mention.evidence.quote)
        near = page.document.published and abs((first_day(page.document.published) - day).days) <= DAYS
        named_day = re.search(r"\d", mention.evidence.quote)
        return day if figures or (near and named_day) else None

    def _backward_ranges(self, page: Page, text: str) -> Iterator[Slip]:
        for candidate in BACKWARD.finditer(text):
            if int(candidate.group(2)) >= int(candidate.group(1)):
                continue
            start, end = max(0, candidate.start() - 24), candidate.end(2) + 12
            match = next(
                (m for pattern in self._ranges for m in pattern.finditer(text, start, end) if m.start("a") == candidate.start()), None
            )
            if match:
                details = {"range": page.text[match.start() : match.end()].replace("\n", " ")}
                yield Slip(evidence=page.evidence(*match.span()), reason="range-ends-before-start", details=details)

    def _office_slips(self, page: Page, offices: tuple[OfficeMention, ...]) -> Iterator[Slip]:
        """Two ranks of one person for one state that nobody holds at once, none of them past or a deputy's."""
        seen: dict[tuple[str, str], list[tuple[int, str, OfficeMention]]] = {}
        for office in offices:
            words = fold(office.evidence.quote)
            before = page.folded.folded[max(0, office.evidence.start - 12) : office.evidence.start]
            if office.of is None or self._past.search(words) or self._past.search(before):
                continue
            for number, group in enumerate(self._ranks):
                rank = next((rank for rank in group if re.search(rf"(?<![\w-]){re.escape(rank)}(?![\w-])", words)), None)
                if rank is None or sum(r in words for r in group) > 1:
                    continue
                for other_number, other_rank, other in seen.get((office.person, office.of), []):
                    if other_number == number and other_rank != rank:
                        details = {"person": office.person, "office": office.evidence.quote, "other": other.evidence.quote}
                        yield Slip(evidence=office.evidence, reason="office-contradicts-office", details=details)
                        break
                seen.setdefault((office.person, office.of), []).append((number, rank, office))

    def _doubled(self, page: Page, mentions: Mentions) -> Iterator[Slip]:
        """One name twice in a list of names with only commas between: "Venezuela, Cuba, Venezuela"."""
        run: list[tuple[int, int, str]] = []
        titles = {mention.end for mention in mentions.all if mention.form == "title"}  # "representatives of Laos, Cuba, Laos"
        for mention in mentions.all:
            if mention.form != "name" or (mention.nested and mention.end not in titles):
                continue
            word = page.text[mention.start : mention.end]
            if run and page.text[run[-1][1] : mention.start].strip() != ",":
                run = []
            if any(word == earlier for _, _, earlier in run[:-1]):
                first = next(start for start, _, earlier in run if earlier == word)
                yield Slip(evidence=page.evidence(first, mention.end), reason="listed-twice", details={"name": word})
            run.append((mention.start, mention.end, word))
