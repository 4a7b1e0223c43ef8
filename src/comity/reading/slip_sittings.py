"""Sittings that contradict what is known or written of them: dated in another year than they were held, or with two numbers."""

import re
from collections.abc import Iterator
from itertools import pairwise

from comity.intervals import overlap
from comity.knowledge import Knowledge
from comity.knowledge.schema import Mechanism
from comity.reading.page import Page
from comity.reading.progress_words import alternatives
from comity.reading.slip_words import SlipWords
from comity.records import DateMention, MechanismMention, Slip

BESIDE = 40
"""How far behind a sitting's name its date may stand, in characters."""
SHORT_NAME = re.compile(r"\s*\(([A-Z]{3,})-(\d{1,3})\)")
BRACKET = re.compile(r"\s*\(\s*")


class SittingSlips:
    """Finds them in one language."""

    def __init__(self, knowledge: Knowledge, words: SlipWords) -> None:
        self._mechanisms = knowledge.mechanisms
        self._held = re.compile(rf"(?:\s|[(,]|(?:{alternatives(words.held)})(?=\s|$))*$")

    def find(self, page: Page, text: str, dates: tuple[DateMention, ...], mechanisms: tuple[MechanismMention, ...]) -> Iterator[Slip]:
        """All of them. `text` is the page's folded copy with blanks for line ends."""
        for mention in mechanisms:
            if known := self._mechanisms.get(mention.mechanism or ""):
                yield from self._dated(page, text, dates, mention, known)
                yield from self._short_name(page, mention, known)
        for mention, other in pairwise(mechanisms):
            yield from self._numbered_twice(page, mention, other)

    def _dated(self, page: Page, text: str, dates: tuple[DateMention, ...], mention: MechanismMention, known: Mechanism) -> Iterator[Slip]:
        """A numbered sitting with a date right after it that is neither its date nor the one once planned."""
        sitting = next((s for s in known.sittings if mention.number and s.number == mention.number), None)
        if sitting is None:
            return
        end = mention.evidence.end
        behind = (d for d in dates if end <= d.evidence.start <= end + BESIDE)
        beside = next((d for d in behind if self._held.fullmatch(text, end, d.evidence.start)), None)
        if beside is None or not beside.iso or not re.search(r"\d{4}", beside.evidence.quote):
            return
        day = beside.iso
        if not any(overlap(day, true) for true in (sitting.date, sitting.planned) if true):
            details = {"mechanism": known.name, "number": str(mention.number), "right": sitting.date, "date": day}
            yield Slip(
                evidence=page.evidence(mention.evidence.start, beside.evidence.end), reason="number-contradicts-date", details=details
            )

    def _short_name(self, page: Page, mention: MechanismMention, known: Mechanism) -> Iterator[Slip]:
        """A numbered sitting with another number in its short name that follows in brackets: "the 36th ASEAN Summit (ASEAN-37)"."""
        short = SHORT_NAME.match(page.text, mention.evidence.end)
        if short is None or not mention.number or int(short.group(2)) == mention.number:
            return
        if short.group(1) in known.acronyms or short.group(1) in mention.evidence.quote.split():
            details = {"name": short.group(0).strip(" ()"), "number": str(mention.number), "other": short.group(2)}
            yield Slip(evidence=page.evidence(mention.evidence.start, short.end()), reason="two-numbers", details=details)

    def _numbered_twice(self, page: Page, mention: MechanismMention, other: MechanismMention) -> Iterator[Slip]:
        """A sitting's name with its short name in brackets and another number: "the 12th Harbour Forum (HF-13)"."""
        if mention.mechanism is None or mention.mechanism != other.mechanism or not (mention.number and other.number):
            return
        if mention.number != other.number and BRACKET.fullmatch(page.text, mention.evidence.end, other.evidence.start):
            details = {"name": other.evidence.quote, "number": str(mention.number), "other": str(other.number)}
            yield Slip(evidence=page.evidence(mention.evidence.start, other.evidence.end), reason="two-numbers", details=details)
