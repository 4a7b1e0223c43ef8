"""Slips."""

from comity.knowledge import Knowledge
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.records import *


class SlipGrammar:
    def __init__(self, knowledge: Knowledge, language: LanguageCode) -> None:
        pass

    def find(self, page: Page, dates: tuple[DateMention, ...], instruments: tuple[InstrumentMention, ...], mentions: Mentions, progress: tuple[ProgressClaim, ...]) -> tuple[Slip, ...]:
        return ()
