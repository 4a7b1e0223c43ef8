"""Which known instrument somebody meant who promised one without its name: "a new Plan of Action".

In come the words, the parties of the promise and its day; out comes the instrument of just these parties whose name has such a
head ("Plan of Action", "Kế hoạch hành động") and that was the first to come after that day.
"""

import re
from collections.abc import Collection
from datetime import date
from functools import cache

from comity.intervals import first_day
from comity.knowledge import Knowledge
from comity.knowledge.folded import fold
from comity.languages import load_words
from comity.reading.phrase_words import PhraseWords
from comity.reading.progress_words import pattern_of
from comity.records import ActorId, InstrumentId, LanguageCode

CANONICAL: LanguageCode = "en"
"""The language of the names by which instruments are known."""


class PromisedInstruments:
    """The instruments of the knowledge files by parties."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._of: dict[frozenset[ActorId], list[tuple[str, date, InstrumentId]]] = {}
        for known in knowledge.instruments.values():
            above = known
            while not above.parties and above.implements and above.implements in knowledge.instruments:
                above = knowledge.instruments[above.implements]
            plan = knowledge.plans.get(known.id)
            begins = known.date or (plan.period if plan else None)
            if len(above.parties) > 1 and begins and (head := _heads(CANONICAL)[0].search(fold(known.name))):
                self._of.setdefault(frozenset(above.parties), []).append((head.group(), first_day(begins), known.id))

    def meant(self, words: str, language: LanguageCode, parties: Collection[ActorId], said: date) -> InstrumentId | None:
        """The first that came after the day `said`, of those whose head stands in the words; None where it is not told."""
        of_parties = self._of.get(frozenset(parties), ())
        told = heads_in(words, language) if of_parties else frozenset()
        later = [(begins, known) for head, begins, known in of_parties if head in told and begins > said]
        return min(later)[1] if later else None


def heads_in(words: str, language: LanguageCode) -> frozenset[str]:
    """The heads, folded, of the documents that words speak of, also in English; of two words at least: "plan of action", no "agreement"."""
    pattern, english = _heads(language)
    found = {match.group() for match in pattern.finditer(" ".join(fold(words).split()))}
    return frozenset(found | {english[word] for word in found})


@cache
def _heads(language: LanguageCode) -> tuple[re.Pattern[str], dict[str, str]]:
    heads = load_words(language, "instruments", PhraseWords).heads
    english = {fold(word): fold(head.english or word) for head in heads for word in head.words}
    several = {word: name for word, name in english.items() if " " in word}
    return pattern_of(several), several
