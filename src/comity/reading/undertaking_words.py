"""The words around undertakings on one page: those for the future, those behind which an undertaking may begin, those that part a list.

In come a page's language and layout; out comes, for each word of the page, what stands or begins there.
"""

from comity.reading.commitment_words import commitment_phrases, commitment_words
from comity.reading.cues import Phrases, cue_words
from comity.reading.layout import Layout, counts_before
from comity.records import LanguageCode


class UndertakingWords:
    """Found once a page."""

    def __init__(self, language: LanguageCode, layout: Layout) -> None:
        self.layout, self.tokens = layout, layout.tokens
        words, phrases = commitment_words(language), commitment_phrases(language)
        self.bare, self.owners, self.of = frozenset(words.bare), frozenset(words.owners), frozenset(words.of)
        self.places = frozenset(words.places)
        self.companions, self.led_by = frozenset(words.companions), frozenset(words.led_by)
        self.future = frozenset(words.future)
        self.duties, self.demands = frozenset(words.duties), tuple(f" {demand} " for demand in cue_words(language).demands)
        self.hoping, self.thats = frozenset(words.hoping), frozenset(cue_words(language).complementizers)
        self.we, self.me, self.beside = frozenset(words.we), frozenset(words.me), frozenset(words.beside)
        size = len(self.tokens)
        self.modal: list[str] = [""] * size
        for found in phrases.modals.find(self.tokens):
            self.modal[found.first] = found.value
        self.forbids = frozenset(found.first for found in phrases.forbidden.find(self.tokens))
        """Where a passive prohibition begins: "sẽ | không được phép vào"."""
        self.opens: list[str] = [""] * (size + 1)
        for found in phrases.openers.find(self.tokens):
            self.opens[found.after] = found.value
        self.parts: list[str] = [""] * (size + 1)
        self.after_joiner, self.is_joiner = bytearray(size + 1), bytearray(size + 1)
        for found in phrases.joiners.find(self.tokens):
            self.parts[found.first] = found.value
            self.after_joiner[found.after] = 1
            self.is_joiner[found.first : found.after] = b"\1" * (found.after - found.first)
        self.verb_counts = self._counts(phrases.verbs)
        self.past_counts = self._counts(phrases.past)
        cue, tokens = layout.cue, self.tokens
        self.part_sums = counts_before(token.text in ",;" or bool(part) for token, part in zip(tokens, self.parts, strict=False))
        self.semicolon_sums = counts_before(token.text == ";" for token in tokens)
        self.cue_sums = counts_before(here is not None and here is not before for before, here in zip([None, *cue], cue, strict=False))
        self.next_modal = [size] * (size + 1)
        for index in range(size - 1, -1, -1):
            self.next_modal[index] = index if self.modal[index] else self.next_modal[index + 1]

    def _counts(self, phrases: Phrases[str]) -> list[int]:
        """How many of the phrases begin before each word; one with "of" behind it is a noun ("vai trò, | đóng góp của phụ nữ")."""
        size = len(self.tokens)
        firsts = {one.first for one in phrases.find(self.tokens) if one.after == size or self.tokens[one.after].folded not in self.of}
        return counts_before(index in firsts for index in range(len(self.tokens)))
