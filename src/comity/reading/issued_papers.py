"""Where a verb tells what a paper says that its subject has issued: "Peru | ra một tuyên bố | lên án ...", "The Council | issued a
statement | condemning ...".

In come a page's words and the place of a verb; out comes the place of the verb of issuing, whose subject is the other's too. The words are
data (`issuing`, `issued`, `issued_marks` of `languages/*/subjects.yaml`).
"""

from collections.abc import Sequence

from comity.reading.layout import QUOTES
from comity.reading.page import Token
from comity.reading.subject_words import SubjectPhrases

MOST_MARKS = 6
"""Words between a paper and the verb before or behind it: "ra một tuyên bố chung | ngày 3/5 trong đó |"."""


class IssuedPapers:
    """Looks over one page; made once a page."""

    def __init__(self, tokens: Sequence[Token], words: SubjectPhrases) -> None:
        self._tokens, self._marks = tokens, words.issued_marks
        self._issuing = {found.after: found.first for found in words.issuing.find(tokens)}
        self._papers = {found.after: found.first for found in words.issued.find(tokens)} if self._issuing else {}

    def verb_before(self, index: int) -> int | None:
        """The first word of the verb of issuing; None where no such paper stands right before the word `index`."""
        if not self._papers:
            return None
        behind = self._back(index, self._papers)
        return None if behind is None else self._back_from(self._papers[behind], self._issuing)

    def _back_from(self, index: int, ends: dict[int, int]) -> int | None:
        found = self._back(index, ends)
        return None if found is None else ends[found]

    def _back(self, index: int, ends: dict[int, int]) -> int | None:
        """The nearest of the places `ends` from which nothing but marks stand up to a word; figures and quotation marks count as
        such."""
        for at in range(index, max(0, index - MOST_MARKS - 1), -1):
            if at in ends:
                return at
            token = self._tokens[at - 1]
            if token.sentence != self._tokens[index - 1].sentence:
                return None
            if token.folded not in self._marks and not token.text[0].isdigit() and token.text not in QUOTES:
                return None
        return None
