"""What is denied, only supposed, foreseen, a condition or hoped is no undertaking: "không cần phải | ép", "được kỳ vọng sẽ | nhượng bộ".

In come a page's layout and a word at which an undertaking may begin; out comes whether the words before it take it back. The words are data
(`negations`, `alternatives`, `supposed`, `not_supposed`, `foreseen`, `needs`, `future`,
`kept`, `conditions`, `then`, `hopes`, `principles`, `shunned`, `harms` of `languages/*/commitments.yaml`). Of 563 undertakings of the
training documents none stands behind such words.
"""

from comity.reading.commitment_words import commitment_phrases, commitment_words
from comity.reading.content_features import MARKS
from comity.reading.layout import Layout
from comity.records import LanguageCode

NEAR = 4
"""Words from what denies or hopes to the undertaking: "không cần thiết phải | ép"."""
OTHER = 8
"""Words from what denies the first of two to the second: "không đe dọa sử dụng hoặc | sử dụng vũ lực"."""


class Supposed:
    """Looks over one page; made once a page."""

    def __init__(self, language: LanguageCode, layout: Layout) -> None:
        self.layout, self.tokens = layout, layout.tokens
        words, phrases = commitment_words(language), commitment_phrases(language)
        self._alternatives, self._between = frozenset(words.alternatives), frozenset(word for one in words.modals for word in one.split())
        self._negations: set[int] = set()
        self._hopes: set[int] = set()
        self._kept: set[int] = set()
        self._first_supposed: dict[int, tuple[int, int]] = {}
        self._foreseen: set[int] = set()
        self._conditions: set[int] = set()
        self._principles: set[int] = set()
        self._principled = {found.first for found in phrases.principled.find(self.tokens)}
        self._shunned: set[int] = set()
        self._harmful = {found.first for found in phrases.harms.find(self.tokens)}
        self._of = frozenset(words.of)
        self._needs, self._future, self._then = frozenset(words.needs), frozenset(words.future), frozenset(words.then)
        for found in phrases.taken_back.find(self.tokens):
            if found.value == "supposed":
                self._first_supposed.setdefault(self.tokens[found.first].sentence, (found.first, found.after))
            elif found.value == "conditions":
                self._conditions.update(self._condition(found.after))
            elif found.value == "foreseen":
                self._foreseen.update(self._clause(found.first, found.after))
            elif found.value == "principles":
                self._principles.update(self._list(found.after))
            elif found.value == "shunned":
                self._shunned.update(self._list(found.after))
            elif found.value != "not_supposed":
                {"negations": self._negations, "hopes": self._hopes, "kept": self._kept}[found.value].add(found.after)

    def takes_back(self, index: int) -> bool:
        """Whether the words before a word take back what begins there."""
        if index in self._foreseen or index in self._kept or index in self._conditions:
            return True
        if (index in self._principles and index in self._principled) or (index in self._shunned and index in self._harmful):
            return True
        return self._is_supposed(index) or self._is_denied(index) or self._is_hoped(index)

    def _condition(self, after: int) -> range:
        """The words that tell on what condition something is promised, up to a mark or "then"."""
        end = after
        while end < len(self.tokens) and self.tokens[end].text not in MARKS and self.tokens[end].folded not in self._then:
            if self.tokens[end].sentence != self.tokens[after].sentence:
                break
            end += 1
        return range(after, end)

    def _list(self, after: int) -> range:
        """The words of the list of principles, or of what an act would do, that begins there: to a semicolon, the next verb that reports,
        or the sentence's end; none where those of something are meant: "nguyên tắc cơ bản | của | luật quốc tế, tôn trọng ..."."""
        end = after
        if any(token.folded in self._of for token in self.tokens[after : after + NEAR]):
            return range(0)
        while end < len(self.tokens) and self.tokens[end].text != ";" and self.layout.cue[end] is None:
            if self.tokens[end].sentence != self.tokens[after - 1].sentence:
                break
            end += 1
        return range(after, end)

    def _clause(self, first: int, after: int) -> range:
        """The words over which what is believed or foreseen goes: up to a semicolon, the next verb that reports, or the sentence's end.
        None where a need stands there, which is demanded: "tin rằng hai bên | cần tăng cường"."""
        tokens, own = self.tokens, self.layout.cue[after - 1]
        end = after
        while end < len(tokens) and tokens[end].sentence == tokens[first].sentence and tokens[end].text != ";":
            told = self.layout.cue[end] is not None and self.layout.cue[end] is not own
            if told and self._future.isdisjoint((tokens[end].folded, tokens[end - 1].folded)):  # not "Peru | will support"
                break
            if tokens[end].folded in self._needs:
                return range(0)
            end += 1
        return range(first, end)

    def _is_supposed(self, index: int) -> bool:
        """Whether such words stand before, or right behind whoever is named there: "| Lào | được dự báo sẽ"."""
        first, after = self._first_supposed.get(self.tokens[index].sentence, (index, index + 1))
        return after <= index or (index < first and all(self.layout.mention[index:first]))

    def _is_hoped(self, index: int) -> bool:
        """Whether it is what somebody hopes to do himself: "hy vọng sẽ | gặp"; a hope for another names that one first."""
        return self.layout.mention[index] is None and self._stands_near(index, self._hopes)

    def _is_denied(self, index: int) -> bool:
        if self._stands_near(index, self._negations):
            return True
        if index == 0 or self.tokens[index - 1].folded not in self._alternatives:
            return False
        for before in range(index - 1, max(0, index - OTHER), -1):
            if self.tokens[before].text in MARKS:
                return False
            if before in self._negations:
                return True
        return False

    def _stands_near(self, index: int, ends: set[int]) -> bool:
        """Whether one of these ends before a word, with none but words for the future between."""
        for at in range(index, max(0, index - NEAR), -1):
            if at in ends:
                return True
            if self.tokens[at - 1].folded not in self._between:
                return False
        return False
