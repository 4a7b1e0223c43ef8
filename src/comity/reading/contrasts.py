"""Where a sentence sets another speaker against the one before: "said the talks had gone well, while her counterpart warned of delay".

In come a page's layout and how likely each cue reports; out come the words at which what was reported before ends. The words that contrast
are data (`contrasts` in `languages/*/cues.yaml`).
"""

from collections.abc import Iterator, Sequence

from comity.reading.cues import Phrases, cue_words
from comity.reading.layout import Layout
from comity.records import LanguageCode

LIKELY = 0.6
"""From how likely to report on a cue has a speaker of its own."""
SUBJECT = 16
"""Words that a speaker with titles takes at most before the cue."""


class Contrasts:
    """Finds them in one language."""

    def __init__(self, language: LanguageCode) -> None:
        self._words = Phrases((word, 1) for word in cue_words(language).contrasts)

    def find(self, layout: Layout, likelihoods: Sequence[float]) -> Iterator[int]:
        """The words at which another's clause begins, in order: the contrast behind a comma, or the comma where the sentence opens with it
        ("Trong khi Nhật Bản kêu gọi đối thoại, Hàn Quốc tuyên bố ...")."""
        after_of = {found.first: found.after for found in self._words.find(layout.tokens)}
        if not after_of:
            return
        for cue, likely in zip(layout.cues, likelihoods, strict=True):
            if likely >= LIKELY and not layout.quoted[cue.first]:
                comma = _comma_before(layout, cue.first)
                if comma is None:
                    continue
                subject = after_of.get(comma + 1, comma + 1)
                opens = layout.sentence_words[layout.tokens[cue.first].sentence].start in after_of
                if (subject > comma + 1 or opens) and layout.mention[subject] is not None and layout.mention[cue.first - 1] is not None:
                    yield comma + 1 if subject > comma + 1 else comma


def _comma_before(layout: Layout, at: int) -> int | None:
    """The comma before the cue's subject, where no other cue stands between."""
    start = layout.sentence_words[layout.tokens[at].sentence].start
    for index in range(at - 1, max(start, at - SUBJECT - 1), -1):
        if layout.tokens[index].text == ",":
            return index
        if layout.cue[index] is not None:
            return None
    return None
