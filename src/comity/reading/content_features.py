"""What speaks for a content's beginning at a word, ending before one, and for the stretch between.

In come a page's layout and how likely each of its cues reports; out come features for the trained model of `contents.py`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from comity.reading.layout import QUOTES, Layout

MARKS = frozenset(",;:–—-.!?…\"'“”«»()[]")
CLAUSE_MARKS = frozenset(",;:–—-")
REPORTS = 0.5
"""A cue at least this likely to report is taken to do so where another's words are sought: they end before it, or hold it."""
NEXT_CUE = 16
"""Words ahead in which the next cue that reports matters: its subject begins where these words end."""


class Anchor(NamedTuple):
    """The cue's edge that contents are measured from, on side `a` (after it) or `b` (before it), with the cue's kind and form."""

    side: str
    at: int
    kind: str
    form: str


class Passed(NamedTuple):
    """What lies between the anchor and an end: cues, commas, sentence ends, and cues that report."""

    cues: int
    marks: int
    stops: int
    said: int


class Start(NamedTuple):
    """A word at which a content may begin, and `how` that was found."""

    at: int
    how: str


class End(NamedTuple):
    """A word before which a content may end; `after` is where the window ends."""

    at: int
    after: int
    passed: Passed


class EndPlace(NamedTuple):
    """What stands at an end: the word there, "." where a sentence ends, the next cue, how near the next that reports, whether somebody
    is named there, and which mark and joining word part it from what follows."""

    word: str
    end: str
    cue: str
    said: str
    named: bool
    join: str


class StretchKind(NamedTuple):
    """A stretch without its words: the cue's side and kind, its length, and how its ends stand to quotation marks."""

    side: str
    kind: str
    length: str
    opening: tuple[str, str, int]
    closing: tuple[str, int]


class ContentFeatures:
    """Describes edges and stretches on one page."""

    def __init__(self, layout: Layout, likely: Sequence[float], joiners: frozenset[str]) -> None:
        self.layout = layout
        self.tokens = layout.tokens
        self.joiners = joiners
        self.next_said = self._next_said(likely)

    def _next_said(self, likely: Sequence[float]) -> list[int]:
        """For each word, how many words ahead the next cue that reports begins; NEXT_CUE or more means far."""
        said = {cue.first for cue, probability in zip(self.layout.cues, likely, strict=True) if probability >= REPORTS}
        result = [NEXT_CUE] * (len(self.tokens) + 1)
        for index in range(len(self.tokens) - 1, -1, -1):
            result[index] = 0 if index in said else min(NEXT_CUE, result[index + 1] + 1)
        return result

    def start_place(self, side: str, at: int) -> list[str]:
        """What speaks for a content's beginning at a word, whatever the cue."""
        tokens = self.tokens
        word = tokens[at].folded
        following = tokens[at + 1].folded if at + 1 < len(tokens) else ""
        return [
            f"S{side}w {word}",
            f"S{side}ww {word} {following}",
            f"S{side}p {tokens[at - 1].folded if at else ''}",
            f"S{side}c {self.layout.cue[at] is not None}",
            f"S{side}r {self.next_said[at] == 0}",
        ]

    def start(self, anchor: Anchor, start: Start) -> list[str]:
        """What speaks for the cue's content beginning at a word."""
        at, how = start
        side, kind = anchor.side, anchor.kind
        mention = self.layout.mention[at]
        held = mention.type if mention is not None else ""
        return [
            f"S{side}h {how}",
            f"S{side}hk {how} {kind}",
            f"S{side}hf {how} {anchor.form}",
            f"S{side}d {bucket(abs(at - anchor.at))} {how}",
            f"S{side}q {'q' if self.layout.quoted[at] else ''} {kind}",
            f"S{side}wh {self.tokens[at].folded} {how[:4]}",
            f"S{side}m {held} {how}",
            f"S{side}mk {held} {kind}",
        ]

    def end_place(self, side: str, at: int, after: int) -> tuple[EndPlace, list[str]]:
        """What stands at an end, and what of it speaks for a content's ending there, whatever the cue."""
        tokens = self.tokens
        word, following, third = (tokens[index].folded if index < after else "$" for index in (at, at + 1, at + 2))
        last = tokens[at - 1].folded
        end = "." if self.ends_sentence(at, after) else ""
        near = next((index for index in range(at, min(at + 4, after)) if self.layout.cue[index] is not None), None)
        cue = self.layout.cue[near] if near is not None else None
        cue_next = f"{near - at}{cue.act}" if near is not None and cue is not None else ""
        said = "" if self.next_said[at] >= NEXT_CUE or at >= after else bucket(self.next_said[at])
        held = self._mention_after(at)
        quoted = f"{self.layout.quoted[at - 1]}{self.layout.quoted[at] if at < len(tokens) else 0}"
        join = ",j" if word in MARKS and following in self.joiners else "," if word in MARKS else "j" if word in self.joiners else ""
        features = [
            f"E{side}q {quoted} {end}",
            f"E{side}w {word}",
            f"E{side}ww {word} {following}",
            f"E{side}w3 {word} {following} {third}",
            f"E{side}l {last}",
            f"E{side}lw {last} {word}",
            f"E{side}c {cue_next}",
            f"E{side}cw {cue_next} {word}",
            f"E{side}me {held} {word}",
            f"E{side}r {said} {word}",
            f"E{side}rh {said} {held != ''} {word in MARKS}",
            f"E{side}j {join} {said}",
        ]
        return EndPlace(word, end, cue_next, said, held != "", join), features

    def end(self, anchor: Anchor, end: End, place: EndPlace) -> list[str]:
        """What speaks for the cue's content ending before a word."""
        side, kind, passed = anchor.side, anchor.kind, end.passed
        stops, said, size = min(passed.stops, 2), min(passed.said, 2), bucket(abs(end.at - anchor.at))
        return [
            f"E{side}e {place.end}{stops}",
            f"E{side}ek {place.end}{stops} {kind}",
            f"E{side}ef {place.end} {anchor.form}",
            f"E{side}wk {place.word} {kind}",
            f"E{side}ck {place.cue} {kind}",
            f"E{side}n {min(passed.cues, 3)} {place.end}",
            f"E{side}nk {min(passed.cues, 3)} {kind}",
            f"E{side}m {min(passed.marks, 4)} {place.end}",
            f"E{side}d {size} {place.end}",
            f"E{side}dk {size} {kind}",
            f"E{side}rk {place.said} {kind}",
            f"E{side}jh {place.join} {place.said} {place.named} {min(passed.said, 1)}",
            f"E{side}s {said} {place.end}",
            f"E{side}sk {said} {kind}",
            f"E{side}sr {said} {place.said} {place.end}",
        ]

    def stretch_kind(self, anchor: Anchor, start: Start, end: End) -> StretchKind:
        """All that matters of a stretch as a whole."""
        return StretchKind(anchor.side, anchor.kind, bucket(end.at - start.at), self.opening(start), self.closing(end))

    def opening(self, start: Start) -> tuple[str, str, int]:
        """How a stretch's beginning stands to quotation marks: how it was found, whether one opens there, whether it is quoted."""
        opens = start.at > 0 and self.tokens[start.at - 1].text in QUOTES
        return start.how[:5], "o" if opens else "", self.layout.quoted[start.at]

    def closing(self, end: End) -> tuple[str, int]:
        """How a stretch's end stands to quotation marks: whether one closes there, whether the last word is quoted."""
        return "c" if self._closes(end.at) else "", self.layout.quoted[end.at - 1]

    def ends_sentence(self, at: int, after: int) -> bool:
        """Whether a sentence ends before word `at`, or at the mark there."""
        tokens = self.tokens
        if at >= after or tokens[at].sentence != tokens[at - 1].sentence:
            return True
        return tokens[at].text in ".!?…" and (at + 1 >= len(tokens) or tokens[at + 1].sentence != tokens[at].sentence)

    def _mention_after(self, at: int) -> str:
        """The type of the mention at `at`, or behind the mark there."""
        size = len(self.tokens)
        index = at + 1 if at + 1 < size and self.tokens[at].text in MARKS else at
        mention = self.layout.mention[index] if index < size else None
        return str(mention.type) if mention is not None else ""

    def _closes(self, at: int) -> bool:
        """Whether a quotation closes at word `at`, or behind the mark there."""
        tokens = self.tokens
        if at < len(tokens) and tokens[at].text in QUOTES:
            return True
        return at + 1 < len(tokens) and tokens[at].text in MARKS and tokens[at + 1].text in QUOTES


def stretch_features(stretch: StretchKind) -> list[str]:
    """What speaks for a stretch as a whole."""
    side, kind, length = stretch.side, stretch.kind, stretch.length
    how, opens, first = stretch.opening
    closes, last = stretch.closing
    marks = opens + closes + ("w" if first and last else "x" if first or last else "")
    return [
        f"P{side}l {length}",
        f"P{side}lk {length} {kind}",
        f"P{side}q {marks}",
        f"P{side}qk {marks} {kind}",
        f"P{side}qh {marks} {how}",
        f"P{side} {kind}",
    ]


def bucket(size: int) -> str:
    """A length in words, roughly."""
    return _BUCKETS[size] if size < 60 else "60+"


_BUCKETS = [
    str(size) if size < 4 else "4+" if size < 7 else "7+" if size < 12 else "12+" if size < 20 else "20+" if size < 35 else "35+"
    for size in range(60)
]
