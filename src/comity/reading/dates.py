"""Dates."""

from comity.knowledge import Knowledge
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.records import *


class DateGrammar:
    def __init__(self, language: LanguageCode) -> None:
        pass

    def find(self, page: Page) -> tuple[DateMention, ...]:
        return ()
