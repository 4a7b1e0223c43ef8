"""Mechanisms."""

from comity.knowledge import Knowledge
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.records import *


class MechanismGrammar:
    def __init__(self, knowledge: Knowledge, language: LanguageCode) -> None:
        pass

    def find(self, page: Page) -> tuple[MechanismMention, ...]:
        return ()
