"""Names."""

from comity.knowledge import Knowledge
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.records import *


class NameGrammar:
    def __init__(self, knowledge: Knowledge, language: LanguageCode) -> None:
        pass

    def find(self, page: Page, named: list[Span]) -> Mentions:
        return Mentions([])
