"""Events."""

from comity.knowledge import Knowledge
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.records import *


class EventGrammar:
    def __init__(self, language: LanguageCode) -> None:
        pass

    def find(self, page: Page, mentions: Mentions, dates: tuple[DateMention, ...], mechanisms: tuple[MechanismMention, ...], statements: tuple[Statement, ...]) -> tuple[EventReport, ...]:
        return ()
