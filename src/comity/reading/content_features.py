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


class Edge(NamedTuple):
    """A word at which a content may begin (or before which it may end), with what speaks for it; `how` a beginning was found."""

    at: int
    features: list[str]
    how: str


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

    def start(self, anchor: Anchor, at: int, how: str) -> Edge:
        """A content beginning at a word."""
        tokens, side, kind = self.tokens, anchor.side, anchor.kind
        word = tokens[at].folded
        following = tokens[at + 1].folded if at + 1 < len(tokens) else ""
        distance = bucket(abs(at - anchor.at))
        quoted = "q" if self.layout.quoted[at] else ""
        mention = self.layout.mention[at]
        held = mention.type if mention is not None else ""
        before = tokens[at - 1].folded if at else ""
        features = [
            f"S{side}h {how}",
            f"S{side}hk {how} {kind}",
            f"S{side}hf {how} {anchor.form}",
            f"S{side}d {distance} {how}",
            f"S{side}q {quoted} {kind}",
            f"S{side}w {word}",
            f"S{side}wh {word} {how[:4]}",
            f"S{side}ww {word} {following}",
            f"S{side}p {before}",
            f"S{side}m {held} {how}",
            f"S{side}mk {held} {kind}",
            f"S{side}c {self.layout.cue[at] is not None}",
            f"S{side}r {self.next_said[at] == 0}",
        ]
        return Edge(at, features, how)

    def end(self, anchor: Anchor, at: int, after: int, passed: Passed) -> Edge:
        """A content ending before a word; `after` is where the window ends."""
        tokens, side, kind = self.tokens, anchor.side, anchor.kind
        word, following, third = (tokens[index].folded if index < after else "$" for index in (at, at + 1, at + 2))
        last = tokens[at - 1].folded
        end = "." if self.ends_sentence(at, after) else ""
        near = next((index for index in range(at, min(at + 4, after)) if self.layout.cue[index] is not None), None)
        cue = self.layout.cue[near] if near is not None else None
        cue_next = f"{near - at}{cue.act}" if near is not None and cue is not None else ""
        said = "" if self.next_said[at] >= NEXT_CUE or at >= after else bucket(self.next_said[at])
        held = self._mention_after(at)
        quoted = f"{self.layout.quoted[at - 1]}{self.layout.quoted[at] if at < len(tokens) else 0}"
        size = abs(at - anchor.at)
        join = ",j" if word in MARKS and following in self.joiners else "," if word in MARKS else "j" if word in self.joiners else ""
        features = [
            f"E{side}e {end}{min(passed.stops, 2)}",
            f"E{side}ek {end}{min(passed.stops, 2)} {kind}",
            f"E{side}ef {end} {anchor.form}",
            f"E{side}q {quoted} {end}",
            f"E{side}w {word}",
            f"E{side}wk {word} {kind}",
            f"E{side}ww {word} {following}",
            f"E{side}w3 {word} {following} {third}",
            f"E{side}l {last}",
            f"E{side}lw {last} {word}",
            f"E{side}c {cue_next}",
            f"E{side}cw {cue_next} {word}",
            f"E{side}ck {cue_next} {kind}",
            f"E{side}n {min(passed.cues, 3)} {end}",
            f"E{side}nk {min(passed.cues, 3)} {kind}",
            f"E{side}m {min(passed.marks, 4)} {end}",
            f"E{side}me {held} {word}",
            f"E{side}d {bucket(size)} {end}",
            f"E{side}dk {bucket(size)} {kind}",
            f"E{side}r {said} {word}",
            f"E{side}rk {said} {kind}",
            f"E{side}rh {said} {held != ''} {word in MARKS}",
            f"E{side}j {join} {said}",
            f"E{side}jh {join} {said} {held != ''} {min(passed.said, 1)}",
            f"E{side}s {min(passed.said, 2)} {end}",
            f"E{side}sk {min(passed.said, 2)} {kind}",
            f"E{side}sr {min(passed.said, 2)} {said} {end}",
        ]
        return Edge(at, features, "")

    def stretch(self, anchor: Anchor, start: Edge, end: Edge) -> list[str]:
        """What speaks for a stretch as a whole: its length, and how it stands to quotation marks."""
        quoted, side, kind = self.layout.quoted, anchor.side, anchor.kind
        inside = quoted[start.at], quoted[end.at - 1]
        opens = start.at > 0 and self.tokens[start.at - 1].text in QUOTES
        marks = ("o" if opens else "") + ("c" if self._closes(end.at) else "") + ("w" if all(inside) else "x" if any(inside) else "")
        length = bucket(end.at - start.at)
        return [
            f"P{side}l {length}",
            f"P{side}lk {length} {kind}",
            f"P{side}q {marks}",
            f"P{side}qk {marks} {kind}",
            f"P{side}qh {marks} {start.how[:5]}",
            f"P{side} {kind}",
        ]

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


def bucket(size: int) -> str:
    """A length in words, roughly."""
    return (
        str(size)
        if size < 4
        else "4+"
        if size < 7
        else "7+"
        if size < 12
        else "12+"
        if size < 20
        else "20+"
        if size < 35
        else "35+"
        if size < 60
        else "60+"
    )
