"""Progress."""

from comity.knowledge import Knowledge
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.records import *


class ProgressGrammar:
    def __init__(self, knowledge: Knowledge, language: LanguageCode) -> None:
        pass

    def find(self, page: Page, mentions: Mentions, dates: tuple[DateMention, ...], instruments: tuple[InstrumentMention, ...], statements: tuple[Statement, ...]) -> tuple[ProgressClaim, ...]:
        return ()
