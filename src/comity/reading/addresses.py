"""Whether a state only tells where a place is: "New York, | Mỹ", "Buenos Aires (| Argentina)"; not in "Sau vụ tấn công ở Idlib, | Nga | cho
biết", where it acts.

In come a folded text, a state's place in it and where known names end; out comes yes or no. Behind a name and a comma a state acts where a
clause ends with the comma that some word before it opens ("sau", "tại", "after"), and a verb follows. The words are data
(`languages/*/names.yaml`: `beginnings`, `fronts`, `auxiliaries`; the verbs are those that report).
"""

import re

from comity.knowledge.folded import Folded, fold
from comity.reading.cues import cue_words
from comity.reading.name_shapes import CAPITALS
from comity.reading.name_words import NameWords, TitleWords
from comity.records import LanguageCode, Span

PLACE_BEFORE = re.compile(r"(?<!\w)([^\W\d_]+)(?:,[ \n]|[ \n]\()$")
NAME_IN_CAPITALS = re.compile(rf"(?<!\w)[{CAPITALS}]{{2,}}(?:[ -][{CAPITALS}]{{2,}}){{1,4}} \($")
PERSON_BACK = 80
CLAUSE_BACK = 240
"""So many characters before the comma its clause may begin."""
CLAUSE_ENDS = ',.;:!?()"“”'
WORD_AFTER = re.compile(r"[ \n]([^\W\d_]+(?: [^\W\d_]+)?)")


class Addresses:
    """Of one language."""

    def __init__(self, language: LanguageCode, words: NameWords, titles: TitleWords) -> None:
        self._titled = _person_before(titles)
        self._beginnings = frozenset(words.beginnings)
        self._fronts = tuple(f"{fold(word)} " for word in words.fronts)
        reporting = (fold(form) for cue in cue_words(language).cues for form in cue.forms)
        self._verbs = frozenset((*map(fold, words.auxiliaries), *(" ".join(form.split()[:2]) for form in reporting)))

    def holds(self, text: Folded, state: Span, ends: set[int]) -> bool:
        """Whether the state stands there as an address; `ends` are those of known names."""
        before = PLACE_BEFORE.search(text.text, max(0, state.start - 16), state.start)
        if before is None or not before.group(1)[0].isupper() or before.group(1) in self._beginnings:  # "On Monday, Israel said"
            return False
        if self._titled.search(text.text, max(0, state.start - PERSON_BACK), state.start):
            return False  # "Theo Thủ tướng Phúc, Việt Nam ...", "Mr. Nebenzia (Russian Federation) said"
        if NAME_IN_CAPITALS.search(text.text, max(0, state.start - 40), state.start):
            return False
        if "(" in before.group():
            return True
        return before.end(1) not in ends and not (self._ends_clause(text, before.end(1)) and self._acts(text, state.end))

    def _ends_clause(self, text: Folded, comma: int) -> bool:
        """Whether a clause ends there that opens with "after" or "at": "Khi quân đội đến Idlib |, Nga cho biết"."""
        floor = max(0, comma - CLAUSE_BACK)
        start = max(text.folded.rfind(mark, floor, comma) for mark in (*CLAUSE_ENDS, "\n")) + 1
        return start >= floor and text.folded[start:comma].lstrip().startswith(self._fronts)

    def _acts(self, text: Folded, end: int) -> bool:
        """Whether a verb follows: "Nga | sẽ rút quân", "Nga | cho biết"."""
        after = WORD_AFTER.match(text.folded, end)
        return after is not None and not self._verbs.isdisjoint((after.group(1), after.group(1).split()[0]))


def _person_before(titles: TitleWords) -> re.Pattern[str]:
    """A title or honorific and a name, up to the comma or bracket after them."""
    honorifics = titles.honorifics
    words = {*honorifics.male, *honorifics.female, *honorifics.any, *(name for names in titles.offices.values() for name in names)}
    either = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?i:{either})\.? (?:[{CAPITALS}][\w'’.-]*[ \n]?){{1,7}}(?:,[ \n]|\()$")
