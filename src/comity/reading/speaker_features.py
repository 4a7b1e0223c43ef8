"""What speaks for somebody's being the speaker of a cue, as features for the trained model of `speakers.py`.

In come the cue's place (its sentence's mentions, its subject, who spoke last) and somebody who may speak; out comes that candidate with
the features that hold.
"""

from bisect import bisect_left
from typing import NamedTuple

from msgspec import Struct

from comity.reading.content_features import CLAUSE_MARKS, bucket
from comity.reading.cues import Cue, Found
from comity.reading.layout import Layout, counts_before
from comity.reading.mentions import Form, Mention
from comity.reading.subject_words import Subject
from comity.records import ActorId

BEHIND_REACH = 8
"""Words before a cue in which the words reported before it end."""


class Candidate(NamedTuple):
    """Somebody who may be speaking, with what speaks for it."""

    actors: tuple[ActorId, ...]
    features: list[str]

    @property
    def is_from_before(self) -> bool:
        """Whether it is who spoke last, or a subject of the sentence before."""
        return self.features[:1] in (["L"], ["V"])

    @property
    def is_inside(self) -> bool:
        """Whether it is named in the words reported, behind the verb."""
        return self.features[:1] == ["ai"]

    @property
    def is_behind(self) -> bool:
        """Whether it is named behind the verb."""
        return bool(self.features) and self.features[0].startswith("a")


class Spoken(NamedTuple):
    """The statement before: who spoke, through which cue, and the characters reported."""

    actors: tuple[ActorId, ...]
    cue: Found[Cue]
    content: tuple[int, int]


class Place(Struct, frozen=True, kw_only=True):
    """A cue with the characters it reports, who spoke `last` (the verb at character `last_at`, -1 for nobody), the mentions `here` in its
    sentence, `before` and `after` it, its own `subject`, the `opening` one of its sentence, and the one `shared` with the verb before."""

    cue: Found[Cue]
    content: tuple[int, int]
    last: tuple[ActorId, ...]
    last_at: int
    here: list[Mention]
    before: list[Mention]
    after: list[Mention]
    subject: Subject
    opening: Subject
    shared: Subject

    @property
    def kind(self) -> str:
        return f"{self.cue.value.act} {self.cue.value.frame}"

    @property
    def context(self) -> str:
        """Whether anybody is named before the cue, and behind it."""
        return f"{bool(self.before)} {bool(self.after)}"

    @property
    def held(self) -> str:
        return f"{self.subject.kind} {self.opening.kind}"


class SpeakerFeatures:
    """Describes candidates on one page; `starts` are its words' beginnings, `joins` what may stand between two speakers."""

    def __init__(
        self, layout: Layout, starts: list[int], joins: frozenset[str], turns: frozenset[str], persons: frozenset[ActorId]
    ) -> None:
        self.layout, self.tokens, self.starts, self.joins, self.persons = layout, layout.tokens, starts, joins, persons
        self.cue_sums = counts_before(cue is not None for cue in layout.cue)
        self.mark_sums = counts_before(token.text in CLAUSE_MARKS for token in self.tokens)
        self.turn_sums = counts_before(token.folded in turns for token in self.tokens)

    def meeting(self, place: Place, word: str) -> Candidate:
        """Nobody, where a meeting or a "we" is the subject."""
        features = ["N", f"Nk {place.kind}", f"Nf {self._form(place)}", f"Ng {word}", f"Nb {place.context}", f"Nl {bool(place.last)}"]
        return Candidate((), features)

    def nobody(self, place: Place) -> Candidate:
        """Nobody who is named."""
        first, held, context = place.cue.first, place.held, place.context
        return Candidate(
            (),
            [
                "U",
                f"Uk {place.kind}",
                f"Uf {self._form(place)}",
                f"Us {held}",
                f"Usb {held} {context}",
                f"Usl {held} {bool(place.last)}",
                f"Ub {context} {bool(place.last)}",
                f"Ubq {self.layout.quoted[first]} {held}",
                f"Uw {self.tokens[first - 1].folded if first else ''}",
                f"Uh {held} {place.shared.kind}",
            ],
        )

    def earlier(self, place: Place, index: int, group: tuple[Mention, ...]) -> Candidate:
        """A subject of the sentence before, going on to speak."""
        actors = group_actors(group)
        same = actors == place.last
        return Candidate(
            actors,
            [
                "V",
                f"Vi {index}",
                f"Vn {len(group)} {place.kind}",
                f"Vt {group[0].type} {group[0].form} {index}",
                f"Vs {same} {index}",
                f"Vb {place.context}",
                f"Vf {place.context} {self._form(place)}",
                f"Vp {self._opening(place)} {len(group)}",
                f"VS {place.held} {index}",
                f"VSt {place.held} {group[0].type} {same}",
            ],
        )

    def carried(self, place: Place, spoken: Spoken) -> Candidate:
        """Who spoke last, speaking on: "nhấn mạnh A; khẳng định B", or a sentence whose subject is dropped."""
        tokens, cue, kind, context, form = self.tokens, place.cue, place.kind, place.context, self._form(place)
        sentence = tokens[cue.first].sentence
        ago = min(sentence - tokens[spoken.cue.first].sentence, 3)
        before = tokens[cue.first - 1].folded if cue.first else ""
        before_that = tokens[cue.first - 2].folded if cue.first > 1 else ""
        start = tokens[cue.first].start
        near = range(max(0, cue.first - BEHIND_REACH), cue.first)
        ended = bucket(sum(tokens[index].start >= spoken.content[1] for index in near)) if spoken.content[1] <= start else "in"
        between = sum(1 for mention in place.here if spoken.content[1] <= mention.start < start)
        named = any(set(mention.actors) & set(spoken.actors) for mention in place.here if mention.start < start)
        quoted = f"{self.layout.quoted[cue.first]}{self.layout.quoted[spoken.cue.first]}"
        subject, opening, shared = place.subject, place.opening, place.shared
        return Candidate(
            spoken.actors,
            [
                "L",
                f"Lk {kind}",
                f"Lf {form}",
                f"Lb {context} {ago}",
                f"Lbf {context} {form}",
                f"Lp {self._opening(place)}",
                f"Lc {bucket(cue.first - self.layout.sentence_words[sentence].start)} {context}",
                f"La {ago} {ended}",
                f"Lab {ago} {min(between, 2)} {before}",
                f"Lw {before} {ago}",
                f"Lww {before_that} {before}",
                f"Lz {bool(spoken.actors)} {ago} {before}",
                f"Lza {bool(spoken.actors)} {ago} {min(between, 2)}",
                f"Lzp {bool(spoken.actors)} {self._opening(place)}",
                f"Ln {named} {ago} {min(between, 2)}",
                f"Lq {quoted} {ago}",
                f"Ls {spoken.cue.value.act} {spoken.cue.value.frame} {kind} {ago}",
                f"LS {place.held} {ago}",
                f"LSk {subject.kind} {kind}",
                f"LSh {subject.kind} {shared.kind} {is_of(shared, spoken.actors)} {ago}",
                f"LSm {is_of(subject, spoken.actors)} {subject.mention.form if subject.mention is not None else ''} {ago}",
                f"LSo {is_of(opening, spoken.actors)} {place.held} {ago}",
                f"LSt {opening.mention.type if opening.mention is not None else ''} {bool(self.persons & set(spoken.actors))} {ago}",
            ],
        )

    def named(self, place: Place, group: tuple[Mention, ...], side: str, rank: int) -> Candidate:
        """Somebody named in the cue's sentence, or several joined, on side `b` (before the cue) or `a` (after it)."""
        tokens, cue, content, kind, form, subject = self.tokens, place.cue, place.content, place.kind, self._form(place), place.subject
        first, alone = group[0] is place.here[0], len(place.here) == 1
        head, tail = group[0], group[-1]
        begin, stop = bisect_left(self.starts, head.outer_start), bisect_left(self.starts, tail.outer_end)
        gap = cue.first - stop if side == "b" else begin - cue.after
        before = tokens[begin - 1].folded if begin and tokens[begin - 1].sentence == tokens[begin].sentence else "^"
        after = tokens[stop].folded if stop < len(tokens) else "$"
        span = range(stop, cue.first) if side == "b" else range(cue.after, begin)
        near = " ".join(tokens[index].folded for index in span) if 0 <= gap <= 3 else "..."
        held = f"{head.type} {head.form}"
        actors = group_actors(group)
        last = place.last
        size = len(actors) if len(actors) < 3 else 3
        s = side + ("i" if content[0] <= head.start < content[1] else "o")
        own = subject.mention is not None and subject.mention in group
        more = any(tokens[x].folded in self.joins for x in (stop, stop + 1) if x < len(tokens))
        quoted = f"{self.layout.quoted[begin] if begin < len(tokens) else 0}{self.layout.quoted[cue.first]}"
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
                f"{s}S {subject.kind} {own}",
                f"{s}St {own} {held} {rank}",
                f"{s}Sk {own} {kind}",
                f"{s}Sl {own} {actors == last} {head.form}",
            ],
        )

    def _form(self, place: Place) -> str:
        return " ".join(token.folded for token in self.tokens[place.cue.first : place.cue.after])

    def _opening(self, place: Place) -> str:
        words = self.layout.sentence_words[self.tokens[place.cue.first].sentence]
        return self.tokens[words.start].folded if words else ""


def is_of(subject: Subject, actors: tuple[ActorId, ...]) -> bool:
    """Whether the subject is those actors."""
    return subject.mention is not None and set(subject.mention.actors) == set(actors)


def group_actors(group: tuple[Mention, ...]) -> tuple[ActorId, ...]:
    """All whom the mentions stand for, each once."""
    return tuple(dict.fromkeys(actor for mention in group for actor in mention.actors))
