"""The sentence around a finding, as it stands in its document, with the place of the finding's words in it."""

import re

from msgspec import Struct

from comity.languages import languages
from comity.reading.page import Page, sentence_words
from comity.records import Document, Evidence
from comity.register import View

LIST_MARK = re.compile(r"(?:[-–—•·*+]\s+)+")
"""What a text puts before the points of a list is no part of the sentence: "- The ministers met"."""


class Passage(Struct, frozen=True):
    """A sentence on one line; `text[start:end]` are the words that prove the finding. `offset` is where it begins in the document."""

    text: str
    start: int
    end: int
    offset: int

    @property
    def before(self) -> str:
        return self.text[: self.start]

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]

    @property
    def after(self) -> str:
        return self.text[self.end :]


class Passages:
    """Cuts sentences from the documents of a register; keeps the last document at hand, as findings come document by document."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._abbreviations = {language: sentence_words(language) for language in languages()}
        self._page: Page | None = None

    def around(self, evidence: Evidence) -> Passage:
        """The sentence (or sentences) that hold the evidence."""
        page = self._page_of(evidence.document)
        first, last = evidence.start, evidence.end
        if page and page.sentences:
            sentences = [s for s in page.sentences[page.sentence_at(first) :] if s.start < last and s.end > first]
            first, last = min([first, *(s.start for s in sentences)]), max([last, *(s.end for s in sentences)])
            first += len(found.group()) if (found := LIST_MARK.match(page.text, first, evidence.start)) else 0
        text = page.text[first:last] if page else evidence.quote
        return Passage("".join(" " if mark.isspace() else mark for mark in text), evidence.start - first, evidence.end - first, first)

    def _page_of(self, document: str) -> Page | None:
        if self._page is None or self._page.document.id != document:
            found: Document | None = self._view.document(document)
            self._page = Page(found, self._abbreviations.get(found.language, frozenset())) if found else None
        return self._page
