"""Where an undertaking may begin and end in the words reported, and what speaks for each such place.

In come a page's layout and the words around undertakings, and a ground; out come its places with their features.
"""

import sys
from typing import NamedTuple

from comity.reading.content_features import MARKS, bucket
from comity.reading.layout import Layout
from comity.reading.supposed import Supposed
from comity.reading.undertaking_words import UndertakingWords
from comity.records import ActorId, Evidence, Statement

MOST_PLACES = 14
LONGEST = 90
"""Words of one undertaking."""
LIKE_WITHIN = 4
"""Words of a quotation up to the comma behind the first that tell what something is like."""
TELLING = 5
"""Words behind a quotation within which the name or the verb of whoever said it stands."""


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
    """A word at which an undertaking may begin (or before which it may end), with what speaks for it. One that begins in a quotation which
    its speaker's name follows ends before `limit`: '"We will come", | Mr Nam said'."""

    at: int
    features: list[str]
    limit: int = sys.maxsize


class UndertakingPlaces:
    """Finds the places of one page."""

    def __init__(self, layout: Layout, words: UndertakingWords, supposed: Supposed) -> None:
        self.layout, self.tokens, self.words, self.supposed = layout, layout.tokens, words, supposed

    def starts(self, ground: Ground) -> list[Place]:
        result, context = [], context_of(ground)
        for index in range(ground.first, ground.after - 1):
            token = self.tokens[index]
            if (
                token.text in MARKS
                or self.words.parts[index]
                or self._inside_name(index)
                or self._is_rest(ground, index)
                or self.supposed.takes_back(index)
                or self._inside_words(ground, index)
            ):
                continue
            before = self.tokens[index - 1] if index else token
            why = (
                "first"
                if index == ground.first
                else "joiner"
                if self.words.after_joiner[index]
                else "opener " + self.words.opens[index]
                if self.words.opens[index]
                else "mark " + before.text
                if before.text in MARKS
                else ""
            )
            if not why:
                continue
            result.append(Place(index, self._start_features(ground, context, index, why), self._limit(index)))
            if len(result) >= MOST_PLACES:
                break
        return result

    def _limit(self, at: int) -> int:
        """Where a quotation ends whose speaker is named behind it, for an undertaking that begins in it."""
        layout = self.layout
        if not layout.quoted[at]:
            return sys.maxsize
        close = next((index for index in range(at, min(len(self.tokens), at + LONGEST)) if not layout.quoted[index]), None)
        if close is None:
            return sys.maxsize
        follows = range(close, min(len(self.tokens), close + TELLING))
        told = any(layout.mention[index] is not None or layout.cue[index] is not None for index in follows)
        parted = any(self.tokens[index].text in MARKS for index in follows[:2])
        return close if told and parted else sys.maxsize

    def _is_rest(self, ground: Ground, index: int) -> bool:
        """Whether a bare thing behind "for" goes on with what began before: "20 million dollars for | the fund"."""
        return (
            self.words.opens[index] in self.words.bare
            and index - 1 > ground.first
            and self._verb_ahead(index, ground.after) not in ("0", "1")
        )

    def _inside_name(self, index: int) -> bool:
        """Whether a name or a hyphened word runs over the place before a word: "Al-|Qaeda"."""
        mention = self.layout.mention[index]
        return (mention is not None and index > 0 and mention is self.layout.mention[index - 1]) or self._is_hyphen(index - 1)

    def _inside_words(self, ground: Ground, index: int) -> bool:
        """Whether a word or mark stands in a few words of a quotation that only tell what the thing before its mark is like: "ủng hộ một
        nước Lào “mạnh, | cởi mở, hợp tác tốt”"; not "kêu gọi hai bên “kiềm chế, | đối thoại”"."""
        quoted, opened = self.layout.quoted, index
        if quoted[ground.first] or not quoted[index]:
            return False
        while opened > ground.first and quoted[opened - 1]:
            opened -= 1
        if opened - 1 <= ground.first or not self.tokens[opened - 2].text[-1].isalnum() or self.layout.cue[opened - 2] is not None:
            return False
        comma = next((at for at in range(opened, min(opened + LIKE_WITHIN, len(quoted))) if self.tokens[at].text == ","), opened)
        tells = any(self.layout.mention[opened:comma]) or any(self.layout.cue[opened:comma])
        close = index
        while close < len(quoted) and quoted[close]:
            close += 1
        verbs = self.words.verb_counts
        return comma > opened and not tells and verbs[comma] == verbs[opened] and not any(self.words.modal[opened:close])

    def _is_hyphen(self, index: int) -> bool:
        return index > 0 and self.tokens[index].text == "-" and self.tokens[index - 1].end == self.tokens[index].start

    def _verb_ahead(self, at: int, after: int) -> str:
        """How many words ahead the next verb begins, up to six."""
        here = self.words.verb_counts[at]
        near = next((index - at for index in range(at, min(at + 6, after)) if self.words.verb_counts[index + 1] > here), -1)
        return str(near) if near < 2 else "2+" if near < 4 else "4+"

    def _clause_follows(self, at: int) -> str:
        """Whether a verb begins at a word, or behind the marks and joining words there: where none does, a list of nouns goes on."""
        size = len(self.tokens)
        while at < size and (self.tokens[at].text in MARKS or self.words.parts[at]):
            at += 1
        return (
            "v"
            if at < size and self.words.verb_counts[at + 1] > self.words.verb_counts[at]
            else "m"
            if at < size and self.words.modal[at]
            else ""
        )

    def ends(self, ground: Ground) -> list[Place]:
        result, context = [], context_of(ground)
        for index in range(ground.first + 2, ground.after):
            if self.tokens[index - 1].text in MARKS or self._inside_name(index) or self._inside_words(ground, index):
                continue
            if self.tokens[index].text in MARKS or self.words.parts[index]:
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
        modal = next((self.words.modal[index] for index in range(at, ground.first - 1, -1) if self.words.modal[index]), "")
        near = next((self.words.modal[index] for index in range(at, min(at + 7, ground.after)) if self.words.modal[index]), "")
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


def context_of(ground: Ground) -> str:
    """What the speaker of a ground does by its words."""
    return str(ground.statement.act) if ground.statement is not None else "none"


def words_of(cue: Evidence) -> str:
    """The cue's words, one blank apart wherever its line was wrapped."""
    return " ".join(cue.quote.lower().split())


def may_be_one(start: Place, end: Place) -> bool:
    """Whether the words between are neither too few nor too many for one undertaking."""
    return 3 <= end.at - start.at <= LONGEST and end.at <= start.limit
