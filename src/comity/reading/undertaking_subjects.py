"""Who stands as subject before the word for the future of an undertaking: "the ministry | will", "we | will", "the ferry | will".

In come a page's layout, its subjects, its signatories and the words around undertakings, and a stretch; out comes the name that is the
subject, "we", something that bears no name, or nothing where no word stands there or none can be told for certain.
"""

from enum import StrEnum
from typing import NamedTuple

from comity.reading.content_features import MARKS
from comity.reading.layout import Layout
from comity.reading.mentions import Form
from comity.reading.signatories import Signatories, Subject
from comity.reading.subjects import Subjects
from comity.reading.undertaking_places import Stretch
from comity.reading.undertaking_words import UndertakingWords

AHEAD, BEHIND = 3, 2
"""Words of an undertaking up to its word for the future, and from that word to the undertaking."""
LONGEST = 10
"""Words of a subject that bears no name."""


class Standing(StrEnum):
    """What the subject is."""

    UNTOLD = ""
    NAMED = "named"
    WE = "we"
    OTHER = "other"
    """Something or somebody that bears no name, and in whose words nobody is named: "the two ferries"."""


class Doer(NamedTuple):
    """The subject; `named` where it is a name, or names joined to one."""

    standing: Standing
    named: Subject | None = None


UNTOLD = Doer(Standing.UNTOLD)


class UndertakingSubjects:
    """Finds the subjects on one page."""

    def __init__(self, layout: Layout, words: UndertakingWords, subjects: Subjects, signatories: Signatories) -> None:
        self._layout, self._tokens, self._words = layout, layout.tokens, words
        self._subjects, self._signatories = subjects, signatories

    def of(self, stretch: Stretch) -> Doer:
        """Who stands before the word for the future right before a stretch or at its head."""
        modal = self._future(stretch)
        if modal is None:
            return UNTOLD
        clause, end = self._subjects.clause_start(modal), modal
        while end > clause and self._tokens[end - 1].folded in self._words.beside:
            end -= 1
        if end == clause or self._tokens[end - 1].text in MARKS:
            return UNTOLD
        begin = self._behind_openers(clause, end)
        if self._layout.mention[end - 1] is not None:
            return self._named(begin, end)
        if self._is_we(end - 1):
            return Doer(Standing.WE)
        return self._other(begin, end)

    def _future(self, stretch: Stretch) -> int | None:
        """The word for the future, in the same sentence."""
        sentence = self._tokens[stretch.first].sentence
        near = (*range(stretch.first, min(stretch.after, stretch.first + AHEAD)), *range(stretch.first - 1, stretch.first - BEHIND - 1, -1))
        near = tuple(at for at in near if at >= 0 and self._tokens[at].sentence == sentence)
        modal = next((at for at in near if self._words.modal[at] in self._words.future), None)
        reports = modal is not None and any(self._layout.cue[modal + 1 : stretch.first])
        return None if reports else modal  # "The minister will reaffirm | the country's commitment"

    def _behind_openers(self, begin: int, end: int) -> int:
        """Where the subject begins behind words for a time and articles: "Last year | the | ministry"."""
        words = self._subjects.words
        while begin < end - 1 and self._layout.mention[begin] is None and self._tokens[begin].folded in words.openers | words.definite:
            begin += 1
        return begin

    def _named(self, begin: int, end: int) -> Doer:
        """The name that ends there, where nothing else stands in its clause before it; one "he" or "nước này" may be mistaken."""
        mention = self._layout.mention[end - 1]
        subject = self._signatories.subject_at(end - 1)
        if mention is None or subject is None or subject.after != end or (mention.form is Form.PRONOUN and len(subject.actors) < 2):
            return UNTOLD
        first = self._layout.mention[subject.first]
        starts = first is not None and first.outer_start <= self._tokens[begin].start <= self._tokens[subject.first].start
        return Doer(Standing.NAMED, subject) if starts else UNTOLD

    def _is_we(self, index: int) -> bool:
        """Whether "we", "our" or "chúng | tôi" ends there."""
        return any(self._tokens[at].folded in self._words.we for at in (index, max(0, index - 1)))

    def _other(self, begin: int, end: int) -> Doer:
        """Something without a name, where no name, verb of saying or word for the future stands in its words."""
        inside = range(begin, end)
        clear = len(inside) <= LONGEST and not any(self._tokens[at].folded in self._words.me | self._words.we for at in inside)
        empty = not any(self._layout.mention[at] or self._layout.cue[at] or self._words.modal[at] for at in inside)
        return Doer(Standing.OTHER) if inside and clear and empty else UNTOLD
