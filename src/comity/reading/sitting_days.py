"""When the numbered meetings were held that a text names: "Hội nghị Bộ trưởng Ngoại giao ASEAN lần thứ 52" was held in July 2019.

In: the mechanisms found, and the sittings that the knowledge knows. Out: the day of the last one named of each series, by which the year of
a text can be told that names no other (date_anchor.py).
"""

import re
from collections.abc import Iterable

from comity.intervals import IsoDate
from comity.knowledge import Knowledge
from comity.reading.page import Page
from comity.records import MechanismId, MechanismMention

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class SittingDays:
    """The numbered sittings of all mechanisms, by mechanism and number."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._days: dict[tuple[MechanismId, int], IsoDate] = {
            (mechanism.id, sitting.number): sitting.date
            for mechanism in knowledge.mechanisms.values()
            for sitting in mechanism.sittings
            if sitting.number is not None
        }

    def of(self, page: Page, mechanisms: Iterable[MechanismMention]) -> tuple[IsoDate, ...]:
        """The days of the sittings named, of each series the last; none of a series of which a later sitting is named whose day is not
        known: the text is later than all that are. One named with a year is told of the past, or is dated by it already."""
        last: dict[MechanismId, int] = {}
        for named in mechanisms:
            sentence = page.sentences[page.sentence_at(named.evidence.start)]
            if YEAR.search(page.text, sentence.start, sentence.end):
                continue
            if named.mechanism is not None and named.number is not None:
                last[named.mechanism] = max(last.get(named.mechanism, 0), named.number)
        return tuple(self._days[one] for one in sorted(last.items()) if one in self._days)
