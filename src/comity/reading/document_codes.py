"""Codes every sentence of a document as event data, with source and target among the names the document's sentences hold.

In: a document. Out: one `SentenceCode` for each sentence that tells of an event, in order.
"""

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from comity.knowledge import Knowledge
from comity.reading.event_codes import EventCode, EventCoder
from comity.reading.event_dyads import find_dyad, span_in
from comity.reading.names import NameGrammar
from comity.reading.page import Page, sentence_words
from comity.records import ActorId, Document, LanguageCode


class SentenceCode(Struct, frozen=True):
    """A sentence with its code; `source_id` and `target_id` are whom the names stand for."""

    sentence: str
    code: EventCode
    source_id: ActorId | None
    target_id: ActorId | None


class DocumentCoder:
    """Codes documents of any language; what a language needs is built at its first document."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._names = cache(lambda language: NameGrammar(knowledge, language))
        self.coder = cache(EventCoder)
        self._abbreviations = cache(sentence_words)

    def codes(self, document: Document) -> Iterator[SentenceCode]:
        """The sentences that tell of an event."""
        language: LanguageCode = document.language
        page, coder = Page(document, self._abbreviations(language)), self.coder(language)
        mentions = self._names(language).find(page, [])
        for sentence in page.sentences:
            named = mentions.within(sentence.start, sentence.end)
            if not named:
                continue
            source, target = find_dyad(page.text, named, coder.features.words)
            text = page.text[sentence.start : sentence.end]
            code = coder.guess(text, span_in(sentence, source), span_in(sentence, target))
            if code.type:
                yield SentenceCode(text, code, source.actors[0] if source else None, target.actors[0] if target else None)
