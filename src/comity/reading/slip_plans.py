"""Plans whose period contradicts their length, the years they are said to cover, or the plan that their parties have."""

import re
from collections.abc import Iterator

from comity.intervals import first_day, last_day
from comity.knowledge import Knowledge
from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Matcher
from comity.reading.instruments import PERIOD
from comity.reading.page import Page
from comity.reading.progress_words import alternatives
from comity.reading.slip_words import SlipWords, year_ranges
from comity.records import ActorType, InstrumentMention, LanguageCode, Slip

BEFORE, BEHIND = 60, 80
"""How far before a period its plan and its length may stand, and behind it its length or the years covered, in characters."""
END = re.compile(r"[.;!?](?=\s|$)")


class PlanSlips:
    """Finds contradicting periods in one language."""

    def __init__(self, knowledge: Knowledge, language: LanguageCode, words: SlipWords) -> None:
        self._plans = tuple((plan, known) for plan in knowledge.plans.values() if (known := knowledge.instruments.get(plan.id)))
        self._actors: Matcher[str] = Matcher(
            (name, actor.id)
            for actor in knowledge.actors.values()
            if actor.type is not ActorType.PERSON
            for name in (*actor.names.get(language, ()), *actor.acronyms)
        )
        self._numbers = {fold(word): number for word, number in words.numbers.items()}
        long = rf"(?P<n>\d{{1,2}}|{alternatives(self._numbers)})[\s-](?:{alternatives(words.years_long)})(?!\w)"
        self._years_long = re.compile(rf"(?<!\w){long}")
        self._lasting = re.compile(rf"(?<!\w)(?:{alternatives(words.lasting)})\s+{long}")
        self._covering = re.compile(rf"(?<!\w)(?:{alternatives(words.covering)})(?!\w)")
        self._plan_words = re.compile(rf"(?<!\w)(?:{alternatives(words.plans)})(?!\w)")
        self._ranges = year_ranges(words)

    def find(self, page: Page, text: Folded, instruments: tuple[InstrumentMention, ...]) -> Iterator[Slip]:
        """All of them. `text` is the page's folded copy with blanks for line ends."""
        for match in PERIOD.finditer(text.folded):
            first, last = int(match.group(1)), int(match.group(2))
            if first < last:
                yield from self._length(page, text.folded, match, first, last)
                yield from self._covered(page, text.folded, match, first, last)
        yield from self._of_parties(page, text, instruments)

    def _length(self, page: Page, text: str, match: re.Match[str], first: int, last: int) -> Iterator[Slip]:
        """A plan's length before its period or behind it: "a five-year plan for 2016-2018", "Plan (2021-2025), lasting three years"."""
        begin = max(0, match.start() - BEFORE)
        plan = self._plan_words.search(text, begin, match.start())
        if plan is None:
            return
        long = self._years_long.search(text, begin, match.start())
        if long and "." in text[long.end() : match.start()]:
            long = None
        long = long or self._lasting.search(text, match.end(), self._clause_end(text, match.end()))
        if long is None:
            return
        years = int(long.group("n")) if long.group("n").isdigit() else self._numbers[long.group("n")]
        if years > 1 and years not in (last - first, last - first + 1):
            start, end = min(long.start(), match.start()), max(long.end(), match.end())
            details = {"period": f"{first}-{last}", "years": str(years)}
            yield Slip(evidence=page.evidence(start, end), reason="years-contradict-period", details=details)

    def _covered(self, page: Page, text: str, match: re.Match[str], first: int, last: int) -> Iterator[Slip]:
        """The years that a plan is said to cover, where they share one end with its period and reach beyond the other."""
        if not self._plan_words.search(text, max(0, match.start() - BEFORE), match.start()):
            return
        end = self._clause_end(text, match.end())
        covering = self._covering.search(text, match.end(), end)
        years = next((m for p in self._ranges if covering and (m := p.search(text, covering.end(), end))), None)
        if years is None:
            return
        begin, until = int(years.group("a")), int(years.group("b"))
        if (begin, until < last + 1) == (first, False) or (begin < first and until == last):
            details = {"period": f"{first}-{last}", "years": f"{begin}-{until}"}
            yield Slip(evidence=page.evidence(match.start(), years.end()), reason="covers-other-years", details=details)

    def _clause_end(self, text: str, start: int) -> int:
        end = END.search(text, start, start + BEHIND)
        return end.start() if end else min(len(text), start + BEHIND)

    def _of_parties(self, page: Page, text: Folded, instruments: tuple[InstrumentMention, ...]) -> Iterator[Slip]:
        """A plan's period against the plan that its parties have."""
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
