"""Which stretches of the words reported are undertakings, agreed lines or proposals, each for itself.

In come a page's layout and its statements; out come the stretches that could be one, each with features, so that a trained model judges
them. A list ("sẽ A, B và C") gives a stretch for each member, and for the whole. Sentences outside any statement count where a word for
the future stands in them.
"""

from bisect import bisect_right
from typing import NamedTuple

from comity.reading.commitment_words import commitment_phrases, commitment_words
from comity.reading.content_features import MARKS, bucket
from comity.reading.cues import Phrases
from comity.reading.layout import Layout, counts_before
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.reading.signatories import Signatories
from comity.reading.turns import turns_of
from comity.records import ActorId, Evidence, Statement

MOST_PLACES, GROUND_WORDS = 14, 40
"""Words of a ground that speak for its holding any undertaking."""
LONGEST = 90
"""Words of one undertaking."""


class Ground(NamedTuple):
    """Where undertakings may stand: words `first` to `after`, of a statement or, `ago` sentences after an `earlier` one, of none."""

    first: int
    after: int
    statement: Statement | None
    earlier: Statement | None = None
    ago: int = 0


class Stretch(NamedTuple):
    """Words `first` to `after` of a ground that may be one undertaking."""

    first: int
    after: int
    ground: Ground


class Place(NamedTuple):
    """A word at which an undertaking may begin (or before which it may end), with what speaks for it."""

    at: int
    features: list[str]


class Undertakings:
    """Finds the stretches on a page. Made once a page."""

    def __init__(self, page: Page, layout: Layout, mentions: Mentions, statements: tuple[Statement, ...]) -> None:
        self.layout = layout
        self.turns = turns_of(page, layout, mentions)
        self.tokens = layout.tokens
        self.words = commitment_phrases(page.language)
        words = commitment_words(page.language)
        self.bare, self.owners, self.of = frozenset(words.bare), frozenset(words.owners), frozenset(words.of)
        self.we, self.me = frozenset(words.we), frozenset(words.me)
        size = len(self.tokens)
        self.modal: list[str] = [""] * size
        for found in self.words.modals.find(self.tokens):
            self.modal[found.first] = found.value
        self.opens: list[str] = [""] * (size + 1)
        for found in self.words.openers.find(self.tokens):
            self.opens[found.after] = found.value
        self.parts: list[str] = [""] * (size + 1)
        self.after_joiner = bytearray(size + 1)
        for found in self.words.joiners.find(self.tokens):
            self.parts[found.first] = found.value
            self.after_joiner[found.after] = 1
        self.verb_counts = self._counts(self.words.verbs)
        self.past_counts = self._counts(self.words.past)
        cue, tokens = layout.cue, self.tokens
        self.part_sums = counts_before(token.text in ",;" or bool(part) for token, part in zip(tokens, self.parts, strict=False))
        self.semicolon_sums = counts_before(token.text == ";" for token in tokens)
        self.cue_sums = counts_before(here is not None and here is not before for before, here in zip([None, *cue], cue, strict=False))
        self.next_modal = [size] * (size + 1)
        for index in range(size - 1, -1, -1):
            self.next_modal[index] = index if self.modal[index] else self.next_modal[index + 1]
        self.signatories = Signatories(page, layout)
        self.headline_end = page.headline.end if page.headline is not None else 0
        self.grounds = list(self._grounds(page, statements))

    def _counts(self, phrases: Phrases[str]) -> list[int]:
        """How many of the phrases begin before each word; one with "of" behind it is a noun ("vai trò, | đóng góp của phụ nữ")."""
        size = len(self.tokens)
        firsts = {one.first for one in phrases.find(self.tokens) if one.after == size or self.tokens[one.after].folded not in self.of}
        return counts_before(index in firsts for index in range(len(self.tokens)))

    def _grounds(self, page: Page, statements: tuple[Statement, ...]) -> list[Ground]:
        starts = {token.start: index for index, token in enumerate(self.tokens)}
        ends = {token.end: index + 1 for index, token in enumerate(self.tokens)}
        result = []
        covered = bytearray(len(self.tokens))
        by_end = sorted(statements, key=lambda one: one.evidence.end)
        for statement in statements:
            first, after = starts.get(statement.evidence.start), ends.get(statement.evidence.end)
            if first is not None and after is not None and first < after:
                result.append(Ground(first, after, statement))
                covered[first:after] = b"\1" * (after - first)
        for words in self.layout.sentence_words:
            if len(words) > 3 and not any(covered[words.start : words.stop]) and any(self.modal[index] for index in words):
                before = bisect_right(by_end, self.tokens[words.start].start, key=lambda one: one.evidence.end)
                earlier = by_end[before - 1] if before else None
                ago = self.tokens[words.start].sentence - page.sentence_at(earlier.evidence.end - 1) if earlier is not None else 0
                result.append(Ground(words.start, words.stop, None, earlier, ago))
        return result

    def edges(self, ground: Ground) -> tuple[list[Place], list[Place]]:
        """Where undertakings may begin in a ground, and before which words they may end."""
        return self._starts(ground, self._context(ground)), self._ends(ground, self._context(ground))

    def ground_features(self, ground: Ground) -> list[str]:
        """What speaks for a ground's holding any undertaking."""
        context = self._context(ground)
        words = {self.tokens[index].folded for index in range(ground.first, min(ground.after, ground.first + GROUND_WORDS))}
        modals = {self.modal[index] for index in range(ground.first, min(ground.after, ground.first + GROUND_WORDS)) if self.modal[index]}
        form = words_of(ground.statement.cue) if ground.statement is not None and ground.statement.cue is not None else ""
        size, direct = (min(len(ground.statement.speaker), 2), ground.statement.direct) if ground.statement is not None else (0, False)
        return [
            f"G {context}",
            f"Gf {form}",
            f"Gl {bucket(ground.after - ground.first)} {context}",
            f"Gs {size} {context}",
            f"Gd {direct} {bool(modals)} {context}",
            *[f"Gw {word}" for word in sorted(words)],
            *[f"Gm {modal} {context}" for modal in sorted(modals)],
            *[f"Gmf {modal} {form}" for modal in sorted(modals)],
        ]

    def whole(self, ground: Ground, first: int, after: int) -> list[str]:
        """What speaks for a stretch as a whole."""
        return self._whole(ground, self._context(ground), first, after)

    def nearest_modal(self, stretch: Stretch) -> str:
        """The word for the future at the head of a stretch, or the last one before it in its ground; empty where there is none."""
        near = (*range(stretch.first, min(stretch.after, stretch.first + 6)), *range(stretch.first - 1, stretch.ground.first - 1, -1))
        return next((self.modal[index] for index in near if self.modal[index]), "")

    def governs(self, stretch: Stretch, after: int) -> str:
        """How a name that ends before a word stands to a stretch: right before its modal ("Mỹ | sẽ"), before another, or before none."""
        near = next((at for at in range(after, min(after + 3, stretch.after)) if self.modal[at]), None)
        own = next((at for at in range(stretch.first + 6, stretch.ground.first - 1, -1) if at < stretch.after and self.modal[at]), None)
        return "none" if near is None else "own" if near == own else "other"

    def _context(self, ground: Ground) -> str:
        return str(ground.statement.act) if ground.statement is not None else "none"

    def _starts(self, ground: Ground, context: str) -> list[Place]:
        result = []
        for index in range(ground.first, ground.after - 1):
            token = self.tokens[index]
            if token.text in MARKS or self.parts[index] or self._inside_name(index) or self._is_rest(ground, index):
                continue
            before = self.tokens[index - 1] if index else token
            why = (
                "first"
                if index == ground.first
                else "joiner"
                if self.after_joiner[index]
                else "opener " + self.opens[index]
                if self.opens[index]
                else "mark " + before.text
                if before.text in MARKS
                else ""
            )
            if not why:
                continue
            result.append(Place(index, self._start_features(ground, context, index, why)))
            if len(result) >= MOST_PLACES:
                break
        return result

    def _is_rest(self, ground: Ground, index: int) -> bool:
        """Whether a bare thing behind "for" goes on with what began before: "20 million dollars for | the fund"."""
        return self.opens[index] in self.bare and index - 1 > ground.first and self._verb_ahead(index, ground.after) not in ("0", "1")

    def _inside_name(self, index: int) -> bool:
        """Whether a name or a hyphened word runs over the place before a word: "Al-|Qaeda"."""
        mention = self.layout.mention[index]
        return (mention is not None and index > 0 and mention is self.layout.mention[index - 1]) or self._is_hyphen(index - 1)

    def _is_hyphen(self, index: int) -> bool:
        return index > 0 and self.tokens[index].text == "-" and self.tokens[index - 1].end == self.tokens[index].start

    def _verb_ahead(self, at: int, after: int) -> str:
        """How many words ahead the next verb begins, up to six."""
        here = self.verb_counts[at]
        near = next((index - at for index in range(at, min(at + 6, after)) if self.verb_counts[index + 1] > here), -1)
        return str(near) if near < 2 else "2+" if near < 4 else "4+"

    def _clause_follows(self, at: int) -> str:
        """Whether a verb begins at a word, or behind the marks and joining words there: where none does, a list of nouns goes on."""
        size = len(self.tokens)
        while at < size and (self.tokens[at].text in MARKS or self.parts[at]):
            at += 1
        return "v" if at < size and self.verb_counts[at + 1] > self.verb_counts[at] else "m" if at < size and self.modal[at] else ""

    def _ends(self, ground: Ground, context: str) -> list[Place]:
        result = []
        for index in range(ground.first + 2, ground.after):
            if self.tokens[index - 1].text in MARKS or self._inside_name(index):
                continue
            if self.tokens[index].text in MARKS or self.parts[index]:
                result.append(Place(index, self._end_features(ground, context, index)))
                if len(result) >= MOST_PLACES:
                    break
        last = ground.after
        while last > ground.first and self.tokens[last - 1].text in MARKS:
            last -= 1
        if not result or result[-1].at != last:
            result.append(Place(last, self._end_features(ground, context, last)))
        return result

    def _start_features(self, ground: Ground, context: str, at: int, why: str) -> list[str]:
        word, following = self.tokens[at].folded, self.tokens[at + 1].folded
        before = self.tokens[at - 1].folded if at else ""
        before_that = self.tokens[at - 2].folded if at > 1 else ""
        mention = self.layout.mention[at]
        speaker: tuple[ActorId, ...] = ground.statement.speaker if ground.statement is not None else ()
        held = "" if mention is None else "own" if set(mention.actors) & set(speaker) else str(mention.type)
        modal = next((self.modal[index] for index in range(at, ground.first - 1, -1) if self.modal[index]), "")
        near = next((self.modal[index] for index in range(at, min(at + 7, ground.after)) if self.modal[index]), "")
        cue = words_of(ground.statement.cue) if ground.statement is not None and ground.statement.cue is not None else ""
        verb = self._verb_ahead(at, ground.after)
        return [
            f"S {why}",
            f"Sc {why} {context}",
            f"Sw {word}",
            f"Sww {word} {following}",
            f"Swc {word} {context}",
            f"Sb {before}",
            f"Sbb {before_that} {before}",
            f"Sbw {before} {word}",
            f"Sm {held} {context} {why[:5]}",
            f"Smn {held} {near}",
            f"Sp {modal} {context}",
            f"Sn {near} {context}",
            f"Sd {bucket(at - ground.first)} {context}",
            f"Sf {cue} {why[:5]}",
            f"Sv {verb} {why[:5]}",
            f"Svc {verb} {context}",
            f"Svm {verb} {held} {near}",
            f"Sfn {cue} {near}",
        ]

    def _end_features(self, ground: Ground, context: str, at: int) -> list[str]:
        size = len(self.tokens)
        word = self.tokens[at].folded if at < size else "$"
        following = self.tokens[at + 1].folded if at + 1 < size else "$"
        third = self.tokens[at + 2].folded if at + 2 < size else "$"
        is_last = at >= ground.after - 1
        follows = self._clause_follows(at)
        return [
            f"E {is_last}",
            f"Ec {is_last} {context}",
            f"Ew {word} {is_last}",
            f"Eww {word} {following}",
            f"Ewww {word} {following} {third}",
            f"Ewc {word} {context}",
            f"Ev {follows} {word}",
            f"Evl {follows} {is_last}",
            f"El {self.tokens[at - 1].folded}",
            f"Ed {bucket(max(0, ground.after - at))} {context}",
        ]

    def _whole(self, ground: Ground, context: str, first: int, after: int) -> list[str]:
        parts, semicolons = self.part_sums[after] - self.part_sums[first], self.semicolon_sums[after] - self.semicolon_sums[first]
        cues = self.cue_sums[after] - self.cue_sums[first + 1] + (self.layout.cue[first] is not None)
        sentences = int(self.tokens[first].sentence != self.tokens[after - 1].sentence)
        modal = self.modal[self.next_modal[first]] if self.next_modal[first] < after else ""
        full = (
            "full"
            if first == ground.first and after >= ground.after - 1
            else "head"
            if first == ground.first
            else "tail"
            if after >= ground.after - 1
            else "middle"
        )
        cue_form = words_of(ground.statement.cue) if ground.statement is not None and ground.statement.cue is not None else ""
        length, direct = bucket(after - first), bool(ground.statement is not None and ground.statement.direct)
        verbs = self.verb_counts[after] - self.verb_counts[first]
        past = self.past_counts[after] > self.past_counts[first]
        return [
            f"W {full} {context}",
            f"Wf {full} {cue_form}",
            f"Wl {length}",
            f"Wlc {length} {context}",
            f"Wp {min(parts, 5)} {full}",
            f"Wpc {min(parts, 4)} {context}",
            f"Wpl {min(parts, 4)} {length}",
            f"Ws {min(semicolons, 2)} {sentences}",
            f"Wm {modal} {context}",
            f"Wmf {modal} {full}",
            f"Wq {min(cues, 2)} {context}",
            f"Wd {direct} {context}",
            f"Wdm {direct} {modal}",
            f"Wv {min(verbs, 3)} {length}",
            f"Wvf {min(verbs, 3)} {full}",
            f"Wpa {past} {modal}",
            f"Wpc2 {past} {context}",
            f"Wh {self.tokens[first].start < self.headline_end} {context}",
        ]


def words_of(cue: Evidence) -> str:
    """The cue's words, one blank apart wherever its line was wrapped."""
    return " ".join(cue.quote.lower().split())


def may_be_one(start: Place, end: Place) -> bool:
    """Whether the words between are neither too few nor too many for one undertaking."""
    return 3 <= end.at - start.at <= LONGEST
