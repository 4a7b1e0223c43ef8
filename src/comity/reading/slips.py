"""Slips: contradictions inside one document that a careful reader would flag, each with its reason.

What comes in is a page with its dates, instruments, names and progress claims; what goes out are few and sure findings: a goal with
another's acronym, a percentage that contradicts its fraction, a total that does not add up, a weekday or period that can't be, a range
that ends before it begins, two offices nobody holds at once, a sitting dated in another year than it was held.
"""

import re
from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from comity.intervals import first_day, last_day, overlap
from comity.knowledge import Knowledge
from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Matcher
from comity.languages import load_words
from comity.reading.instruments import PERIOD
from comity.reading.mechanisms import MechanismGrammar
from comity.reading.mentions import Mentions
from comity.reading.name_phrases import one_line
from comity.reading.page import Page
from comity.reading.progress_words import ProgressWords, alternatives
from comity.reading.slip_figures import FigureSlips
from comity.reading.slip_words import SlipWords, slip_sentence
from comity.records import DateMention, InstrumentMention, LanguageCode, OfficeMention, ProgressClaim, Slip

__all__ = ["SlipGrammar", "slip_sentence"]

BRACKETED = re.compile(r"\s*\(\s*([A-Z][A-Za-z&]*[A-Z][a-z]?)\s*\)")
BACKWARD = re.compile(r"(?<![\d.,/-])(\d{1,4})(?=(?:\s*-\s*|\s[^\d,.;]{1,14}\s)(\d{1,4})(?!\d))")
"""Two numbers with a word or dash between, wherever the second is the smaller."""
DAYS = 45
"""How far from publication a date without a year is taken to be of its year."""


class SlipGrammar:
    """Finds slips in one language."""

    def __init__(self, knowledge: Knowledge, language: LanguageCode) -> None:
        words = load_words(language, "slips", SlipWords)
        self._figures = FigureSlips(words, load_words(language, "progress", ProgressWords))
        self._instruments = knowledge.instruments
        self._owners: dict[str, set[str]] = {}
        for instrument in knowledge.instruments.values():
            for acronym in instrument.acronyms:
                self._owners.setdefault(acronym, set()).add(instrument.id)
        self._bodies = frozenset(acronym for actor in knowledge.actors.values() for acronym in (*actor.acronyms, actor.id))
        self._plans = tuple((plan, known) for plan in knowledge.plans.values() if (known := knowledge.instruments.get(plan.id)))
        self._actors: Matcher[str] = Matcher(
            (name, actor.id)
            for actor in knowledge.actors.values()
            if actor.type != "person"
            for name in (*actor.names.get(language, ()), *actor.acronyms)
        )
        self._words = words
        self._weekdays = {fold(word): number for word, number in words.weekdays.items()}
        between = alternatives(words.before_date)
        self._weekday_before = re.compile(rf"(?<!\w)({alternatives(self._weekdays)})(?:\s*,\s*|\s*\(\s*|\s+)(?:(?:{between})\s+)?$")
        after = words.before_ordinal
        self._ordinal_before = re.compile(rf"(?<!\w)(?:{alternatives(after)})\s+$" if after else r"(?!)")
        self._weekday_inside = re.compile(rf"(?<!\w)({alternatives(self._weekdays)})(?!\w)")
        self._numbers = {fold(word): number for word, number in words.numbers.items()}
        self._years_long = re.compile(
            rf"(?<!\w)(?P<n>\d{{1,2}}|{alternatives(self._numbers)})[\s-](?:{alternatives(words.years_long)})(?!\w)"
        )
        self._plan_words = re.compile(rf"(?<!\w)(?:{alternatives(words.plans)})(?!\w)")
        year, day = r"(?:19|20)\d\d", r"\d{1,2}"
        self._ranges = [re.compile(_filled(p, a=f"(?P<a>{year})", b=f"(?P<b>{year})(?!\\d)")) for p in words.ranges]
        self._ranges += [re.compile(_filled(p, a=f"(?P<a>{day})", b=f"(?P<b>{day})(?!\\d)")) for p in words.day_ranges]
        self._ranks = tuple(tuple(fold(rank) for rank in group) for group in words.ranks)
        self._past = re.compile(rf"(?<!\w)(?:{alternatives(words.past_ranks)})(?!\w)")
        self._held = re.compile(rf"(?:\s|[(,]|(?:{alternatives(words.held)})(?=\s|$))*$")
        with_sittings = {m.id: m for m in knowledge.mechanisms.values() if any(sitting.number for sitting in m.sittings)}
        self._sittings = with_sittings
        self._sitting_names: Matcher[str] = Matcher(
            (name, m.id) for m in with_sittings.values() for name in (*m.names.get(language, ()), *m.acronyms)
        )
        self._mechanisms = MechanismGrammar(replace(knowledge, mechanisms=with_sittings), language) if with_sittings else None

    def find(
        self,
        page: Page,
        dates: tuple[DateMention, ...],
        instruments: tuple[InstrumentMention, ...],
        mentions: Mentions,
        progress: tuple[ProgressClaim, ...],
    ) -> tuple[Slip, ...]:
        """All slips of the article, in order."""
        text = one_line(page)
        found = [
            *self._acronyms(page, instruments),
            *self._figures.find(page, text.folded, dates),
            *self._weekday_slips(page, text.folded, dates),
            *self._periods(page, text, instruments),
            *self._backward_ranges(page, text.folded),
            *self._office_slips(page, mentions.offices),
            *self._sitting_slips(page, text.folded, dates),
            *self._doubled(page, mentions),
        ]
        once = {(slip.evidence.start, slip.evidence.end, slip.reason): slip for slip in found}
        return tuple(once[key] for key in sorted(once))

    def _acronyms(self, page: Page, instruments: tuple[InstrumentMention, ...]) -> Iterator[Slip]:
        """A known instrument's name directly followed by another's acronym: "Millennium Development Goals (SDGs)"."""
        for mention in instruments:
            after = BRACKETED.match(page.text, mention.evidence.end)
            if not after or mention.instrument is None:
                continue
            acronym = after.group(1)
            owners = self._owners.get(acronym, set())
            if not owners or acronym in self._bodies or mention.instrument in owners or acronym in mention.evidence.quote:
                continue
            other = self._instruments[min(owners)].name
            details = {"name": mention.evidence.quote.replace("\n", " "), "acronym": acronym, "other": other}
            yield Slip(evidence=page.evidence(mention.evidence.start, after.end()), reason="acronym-of-another", details=details)

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

    def _sure_day(self, page: Page, mention: DateMention) -> date | None:
        """The day, where the text gives its year, or publication is so near that the year is sure."""
        if not mention.iso or len(mention.iso) != 10:
            return None
        day = first_day(mention.iso)
        figures = re.search(r"\d{1,2}\D+\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", mention.evidence.quote)
        near = page.document.published and abs((first_day(page.document.published) - day).days) <= DAYS
        named_day = re.search(r"\d", mention.evidence.quote)
        return day if figures or (near and named_day) else None

    def _periods(self, page: Page, text: Folded, instruments: tuple[InstrumentMention, ...]) -> Iterator[Slip]:
        """A plan's length against its period, and its period against the plan that its parties have."""
        for match in PERIOD.finditer(text.folded):
            first, last = int(match.group(1)), int(match.group(2))
            window = (max(0, match.start() - 60), min(len(text.folded), match.end() + 20))
            long = self._years_long.search(text.folded, window[0], match.start())
            if (
                first < last
                and long
                and self._plan_words.search(text.folded, window[0], match.start())
                and "." not in text.folded[long.end() : match.start()]
            ):
                years = int(long.group("n")) if long.group("n").isdigit() else self._numbers[long.group("n")]
                if years > 1 and years not in (last - first, last - first + 1):
                    details = {"period": f"{first}-{last}", "years": str(years)}
                    yield Slip(evidence=page.evidence(long.start(), match.end()), reason="years-contradict-period", details=details)
        for mention in instruments:
            start, end = mention.evidence.start, mention.evidence.end
            period = PERIOD.search(page.folded.folded, start, end)
            if mention.instrument or not period or not self._plan_words.search(page.folded.folded, start, end):
                continue
            if right := self._right_period(text, mention, int(period.group(1)), int(period.group(2))):
                details = {"period": f"{period.group(1)}-{period.group(2)}", "right": right.replace("/", "-")}
                yield Slip(evidence=mention.evidence, reason="period-contradicts-plan", details=details)

    def _right_period(self, text: Folded, mention: InstrumentMention, first: int, last: int) -> str | None:
        """The period of the plan of all parties that the name itself holds, where one end agrees and the other does not."""
        named = {actor for m in self._actors.find_all(text, mention.evidence.start, mention.evidence.end) for actor in m.values}
        for plan, known in self._plans:
            begin, end = first_day(plan.period).year, last_day(plan.period).year
            if known.parties and set(known.parties) <= named and ((begin == first) != (end == last)):
                return plan.period
        return None

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

    def _sitting_slips(self, page: Page, text: str, dates: tuple[DateMention, ...]) -> Iterator[Slip]:
        """A numbered sitting with a date right after it that is neither its date nor the one once planned."""
        if self._mechanisms is None or not re.search(r"\d{4}", text):
            return
        if not self._sitting_names.find_all(one_line(page)):
            return
        for mention in self._mechanisms.find(page):
            known = self._sittings.get(mention.mechanism or "")
            sitting = next((s for s in known.sittings if s.number == mention.number), None) if known and mention.number else None
            if not known or not sitting:
                continue
            end = mention.evidence.end
            beside = next(
                (d for d in dates if end <= d.evidence.start <= end + 40 and self._held.fullmatch(text, end, d.evidence.start)), None
            )
            if beside and beside.iso and re.search(r"\d{4}", beside.evidence.quote):
                true_dates = [day for day in (sitting.date, sitting.planned) if day]
                if not any(overlap(beside.iso, day) for day in true_dates):
                    details = {"mechanism": known.name, "number": str(mention.number), "right": sitting.date, "date": beside.iso}
                    yield Slip(
                        evidence=page.evidence(mention.evidence.start, beside.evidence.end),
                        reason="number-contradicts-date",
                        details=details,
                    )

    def _doubled(self, page: Page, mentions: Mentions) -> Iterator[Slip]:
        """One name twice in a list of names with only commas between: "Venezuela, Cuba, Venezuela"."""
        run: list[tuple[int, int, str]] = []
        for mention in mentions.all:
            if mention.nested or mention.form != "name":
                continue
            word = page.text[mention.start : mention.end]
            if run and page.text[run[-1][1] : mention.start].strip() != ",":
                run = []
            if any(word == earlier for _, _, earlier in run[:-1]):
                first = next(start for start, _, earlier in run if earlier == word)
                yield Slip(evidence=page.evidence(first, mention.end), reason="listed-twice", details={"name": word})
            run.append((mention.start, mention.end, word))


def _filled(pattern: str, **groups: str) -> str:
    """A pattern with `{name}` places as a regular expression; dashes may have blanks around them."""
    body = re.escape(fold(pattern)).replace(r"\ \-\ ", r"\s*-\s*").replace(r"\-", r"\s*-\s*").replace(r"\ ", r"\s+")
    for name, group in groups.items():
        body = body.replace(rf"\{{{name}\}}", group)
    return (r"(?<!\w)" if pattern[0].isalnum() else "") + body
