"""Who speaks through a cue.

In come a page's layout, its mentions, a cue and the words it reports; out come those who may be the speaker, each with features, so that
a trained model picks one: mentions before and after the cue in its sentence, two joined by "and", the subjects of the sentence before,
and who spoke last; nobody where a meeting or a "we" is the subject.
"""

from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from comity.reading.content_features import CLAUSE_MARKS, bucket
from comity.reading.cues import Cue, Found, cue_words
from comity.reading.layout import Layout, counts_before, unnamed_subject
from comity.reading.mentions import Form, Mention, Mentions
from comity.reading.page import Page
from comity.records import ActorId, LanguageCode

MOST_BEFORE, MOST_AFTER = 6, 4
GROUP = "group:"
FARTHEST = 2000
"""Characters on each side of a cue in which its speaker is named: text without full stops must not cost the square of its length."""


class Candidate(NamedTuple):
    """Somebody who may be speaking, with what speaks for it."""

    actors: tuple[ActorId, ...]
    features: list[str]


class Spoken(NamedTuple):
    """The statement before: who spoke, through which cue, and the characters reported."""

    actors: tuple[ActorId, ...]
    cue: Found[Cue]
    content: tuple[int, int]


class SpeakerCandidates:
    """Finds those who may speak, on one page. Made once a page."""

    def __init__(self, page: Page, layout: Layout, mentions: Mentions) -> None:
        self.layout = layout
        self.tokens = layout.tokens
        self.sentences = page.sentences
        self.mentions = mentions
        self.joins = _joins(page.language)
        self.starts = [token.start for token in layout.tokens]
        turns = frozenset(cue_words(page.language).enders)
        self.cue_sums = counts_before(cue is not None for cue in layout.cue)
        self.mark_sums = counts_before(token.text in CLAUSE_MARKS for token in self.tokens)
        self.turn_sums = counts_before(token.folded in turns for token in self.tokens)

    def find(self, cue: Found[Cue], content: tuple[int, int], spoken: Spoken | None) -> list[Candidate]:
        """The candidates for a cue whose content are the characters `content`; `spoken` is the statement before."""
        last = spoken.actors if spoken is not None else ()
        start, end = self.tokens[cue.first].start, self.tokens[cue.after - 1].end
        sentence = self.tokens[cue.first].sentence
        span = self.sentences[sentence]
        kind = f"{cue.value.act} {cue.value.frame}"
        form = " ".join(token.folded for token in self.tokens[cue.first : cue.after])
        here = self.mentions.within(max(span.start, start - FARTHEST), min(span.end, end + FARTHEST))
        before = [mention for mention in here if mention.outer_end <= start][-MOST_BEFORE:]
        after = [mention for mention in here if mention.outer_start >= end][:MOST_AFTER]
        result: list[Candidate] = []
        groups = [(group, "b", len(before) - index) for index, group in self._groups(before)] + [
            (group, "a", index) for index, group in self._groups(after)
        ]
        for group, side, rank in groups:
            result.append(
                self._candidate(cue, group, side, min(rank, 4), content, last, kind, form, first=group[0] is here[0], alone=len(here) == 1)
            )
        context = f"{bool(before)} {bool(after)}"
        if unnamed := unnamed_subject(self.layout, cue.first):
            result.append(Candidate((), ["N", f"Nk {kind}", f"Nf {form}", f"Ng {unnamed}", f"Nb {context}", f"Nl {bool(last)}"]))
        if spoken is not None:
            result.append(self._carried(cue, spoken, context, kind, form, here))
        if sentence:
            span = self.sentences[sentence - 1]
            earlier = self.mentions.within(span.start, min(span.end, span.start + FARTHEST))
            for index, group in self._groups(earlier[:4]):
                if index <= 1:
                    same = group_actors(group) == last
                    result.append(
                        Candidate(
                            group_actors(group),
                            [
                                "V",
                                f"Vi {index}",
                                f"Vn {len(group)} {kind}",
                                f"Vt {group[0].type} {group[0].form} {index}",
                                f"Vs {same} {index}",
                                f"Vb {context}",
                                f"Vf {context} {form}",
                                f"Vp {self._opening(sentence)} {len(group)}",
                            ],
                        )
                    )
        if unnamed and not self.layout.quoted[cue.first]:  # a meeting speaks for parties, never for one person named before it
            return [one for one in result if len(one.actors) != 1 or one.actors[0].startswith(GROUP)]
        return result

    def _carried(self, cue: Found[Cue], spoken: Spoken, context: str, kind: str, form: str, here: list[Mention]) -> Candidate:
        """Who spoke last, speaking on: "nhấn mạnh A; khẳng định B", or a sentence whose subject is dropped."""
        tokens = self.tokens
        sentence = tokens[cue.first].sentence
        ago = min(sentence - tokens[spoken.cue.first].sentence, 3)
        before = tokens[cue.first - 1].folded if cue.first else ""
        before_that = tokens[cue.first - 2].folded if cue.first > 1 else ""
        start = tokens[cue.first].start
        ended = (
            bucket(sum(1 for index in range(max(0, cue.first - 8), cue.first) if tokens[index].start >= spoken.content[1]))
            if spoken.content[1] <= start
            else "in"
        )
        between = sum(1 for mention in here if spoken.content[1] <= mention.start < start)
        named = any(set(mention.actors) & set(spoken.actors) for mention in here if mention.start < start)
        quoted = f"{self.layout.quoted[cue.first]}{self.layout.quoted[spoken.cue.first]}"
        return Candidate(
            spoken.actors,
            [
                "L",
                f"Lk {kind}",
                f"Lf {form}",
                f"Lb {context} {ago}",
                f"Lbf {context} {form}",
                f"Lp {self._opening(sentence)}",
                f"Lc {bucket(cue.first - self.layout.sentence_words[sentence].start)} {context}",
                f"La {ago} {ended}",
                f"Lab {ago} {min(between, 2)} {before}",
                f"Lw {before} {ago}",
                f"Lww {before_that} {before}",
                f"Lz {bool(spoken.actors)} {ago} {before}",
                f"Lza {bool(spoken.actors)} {ago} {min(between, 2)}",
                f"Lzp {bool(spoken.actors)} {self._opening(sentence)}",
                f"Ln {named} {ago} {min(between, 2)}",
                f"Lq {quoted} {ago}",
                f"Ls {spoken.cue.value.act} {spoken.cue.value.frame} {kind} {ago}",
            ],
        )

    def _groups(self, mentions: list[Mention]) -> list[tuple[int, tuple[Mention, ...]]]:
        """Each mention alone, and with those joined to it ("Việt Nam và Lào", "Japan, Korea and China"), with the place of the first."""
        result: list[tuple[int, tuple[Mention, ...]]] = []
        for index, mention in enumerate(mentions):
            result.append((index, (mention,)))
            group = [mention]
            whole = 1  # "A, B" alone is an apposition or a list cut short; "A, B and C" is a group
            for following in mentions[index + 1 :]:
                join = self.layout_text(group[-1].outer_end, following.outer_start)
                if join not in self.joins:
                    break
                group.append(following)
                if join != ",":
                    whole = len(group)
            if whole > 1:
                result.append((index, tuple(group[:whole])))
        return result

    def layout_text(self, start: int, end: int) -> str:
        """The folded words between two places, one blank apart; "..." where they are far apart."""
        if end - start > 24:
            return "..."
        index = self._token_at(start)
        words = []
        while index < len(self.tokens) and self.tokens[index].start < end:
            words.append(self.tokens[index].folded)
            index += 1
        return " ".join(words)

    def _token_at(self, position: int) -> int:
        return bisect_left(self.starts, position)

    def _opening(self, sentence: int) -> str:
        words = self.layout.sentence_words[sentence]
        return self.tokens[words.start].folded if words else ""

    def _candidate(
        self,
        cue: Found[Cue],
        group: tuple[Mention, ...],
        side: str,
        rank: int,
        content: tuple[int, int],
        last: tuple[ActorId, ...],
        kind: str,
        form: str,
        *,
        first: bool,
        alone: bool,
    ) -> Candidate:
        tokens = self.tokens
        head, tail = group[0], group[-1]
        begin, stop = self._token_at(head.outer_start), self._token_at(tail.outer_end)
        gap = cue.first - stop if side == "b" else begin - cue.after
        before = tokens[begin - 1].folded if begin and tokens[begin - 1].sentence == tokens[begin].sentence else "^"
        after = tokens[stop].folded if stop < len(tokens) else "$"
        inside = "i" if content[0] <= head.start < content[1] else "o"
        near = (
            " ".join(token.folded for token in (tokens[stop : cue.first] if side == "b" else tokens[cue.after : begin]))
            if 0 <= gap <= 3
            else "..."
        )
        held = f"{head.type} {head.form}"
        actors = group_actors(group)
        size = len(actors) if len(actors) < 3 else 3
        s = side + inside
        more = next((x for x in (stop, stop + 1) if x < len(tokens) and tokens[x].folded in self.joins), None) is not None
        quoted = f"{self.layout.quoted[begin] if begin < len(tokens) else 0}{self.layout.quoted[cue.first]}"
        span = range(stop, cue.first) if side == "b" else range(cue.after, begin)
        cues, marks, turns = (sums[span.stop] - sums[span.start] if span else 0 for sums in (self.cue_sums, self.mark_sums, self.turn_sums))
        tight = f"{bucket(max(0, gap))} {min(cues, 2)} {min(marks, 2)} {min(turns, 1)}"
        return Candidate(
            actors,
            [
                f"{s}",
                f"{s}k {kind}",
                f"{s}f {form}",
                f"{s}r {rank} {first}",
                f"{s}rk {rank} {kind}",
                f"{s}d {bucket(max(0, gap))} {first}",
                f"{s}t {held}",
                f"{s}tr {held} {rank}",
                f"{s}tk {held} {kind}",
                f"{s}b {before}",
                f"{s}bk {before} {kind}",
                f"{s}a {after}",
                f"{s}ar {after} {rank}",
                f"{s}n {near}",
                f"{s}c {min(cues, 3)} {min(marks, 3)}",
                f"{s}cf {min(cues, 2)} {first}",
                f"{s}z {size} {kind}",
                f"{s}zf {size} {form}",
                f"{s}m {more} {len(group)}",
                f"{s}l {actors == last} {rank}",
                f"{s}o {alone}",
                f"{s}q {quoted}",
                f"{s}qr {quoted} {rank}",
                f"{s}x {tight}",
                f"{s}xk {tight} {kind}",
                f"{s}xt {tight} {head.type}",
                f"{s}dk {bucket(max(0, gap))} {kind}",
                f"{s}df {gap == 0} {form}",
                f"{s}ba {before} {after}",
                *[f"{s}y {tokens[index].folded}" for index in span[-5:]],
                f"{s}g {len(group)} {head.form is Form.PRONOUN} {rank}",
            ],
        )


def group_actors(group: tuple[Mention, ...]) -> tuple[ActorId, ...]:
    """All whom the mentions stand for, each once."""
    return tuple(dict.fromkeys(actor for mention in group for actor in mention.actors))


@cache
def _joins(language: LanguageCode) -> frozenset[str]:
    return frozenset(cue_words(language).pairs)
