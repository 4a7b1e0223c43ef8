"""Which stretches of the words reported are undertakings, agreed lines or proposals, each for itself.

In come a page's layout and its statements; out come the stretches that could be one, each with features, so that a trained model judges
them. A list ("sẽ A, B và C") gives a stretch for each member, and for the whole. Sentences outside any statement count where a word for
the future stands in them, and none whose verb tells what somebody is against: "lên án việc Mỹ | công nhận ..." (of 81 such statements of
the training documents one holds an undertaking).
"""

from bisect import bisect_left, bisect_right

from comity.knowledge.folded import fold
from comity.reading.commitment_words import commitment_phrases, commitment_words
from comity.reading.content_features import MARKS, bucket
from comity.reading.layout import Layout
from comity.reading.mentions import Mention, Mentions
from comity.reading.page import Page
from comity.reading.signatories import signatories_of
from comity.reading.subject_words import Kind
from comity.reading.subjects import subjects_of
from comity.reading.supposed import Supposed
from comity.reading.turns import turns_of
from comity.reading.undertaking_places import Ground, Place, Stretch, UndertakingPlaces, context_of, words_of
from comity.reading.undertaking_subjects import UndertakingSubjects
from comity.reading.undertaking_words import UndertakingWords
from comity.records import Act, ActorId, Statement

MOST_JOINING = 4
"""Words between two members of a list (", as well as")."""
OBJECT_WITHIN, DIRECT_WITHIN = 5, 2
"""Words from a verb to the name of whose thing it does something to, and to the name of what it does so to."""
HOPED_BEFORE, HOPED_WITHIN = 6, 10
"""Words from a word for hope to an undertaking's ground, and to the word for the future."""
PASSIVE_WITHIN = 4
"""Words from a name to what tells that something will be done to it."""
DUTY_WITHIN, DEMAND_WITHIN = 4, 3
"""Words from an undertaking's head to its word for a duty, and from a demand to the head."""
GROUND_WORDS = 40
"""Words of a ground that speak for its holding any undertaking."""


class Undertakings:
    """Finds the stretches on a page. Made once a page."""

    def __init__(self, page: Page, layout: Layout, mentions: Mentions, statements: tuple[Statement, ...]) -> None:
        self.layout = layout
        self.turns = turns_of(page, layout, mentions)
        self.tokens = layout.tokens
        self.words = words = UndertakingWords(page.language, layout)
        self.modal, self.verb_counts, self.past_counts = words.modal, words.verb_counts, words.past_counts
        self.owners, self.we, self.me = words.owners, words.we, words.me
        self._places = UndertakingPlaces(layout, words, Supposed(page.language, layout))
        self._subjects = subjects_of(page, layout)
        self._done = frozenset(commitment_words(page.language).done_to)
        self._denials = frozenset(commitment_words(page.language).negations)
        self._against = commitment_phrases(page.language).against
        self.signatories = signatories_of(page, layout)
        self.doers = UndertakingSubjects(layout, words, self._subjects, self.signatories)
        self.headline_end = page.headline.end if page.headline is not None else 0
        self.grounds = list(self._grounds(page, statements))

    def _grounds(self, page: Page, statements: tuple[Statement, ...]) -> list[Ground]:
        starts = {token.start: index for index, token in enumerate(self.tokens)}
        ends = {token.end: index + 1 for index, token in enumerate(self.tokens)}
        result = []
        covered = bytearray(len(self.tokens))
        denied = {one.evidence.start for one in statements if one.cue is not None and fold(words_of(one.cue)) in self._against}
        by_end = sorted(statements, key=lambda one: one.evidence.end)
        for statement in statements:
            first, after = starts.get(statement.evidence.start), ends.get(statement.evidence.end)
            if first is not None and after is not None and first < after:
                if statement.cue is None or not (
                    fold(words_of(statement.cue)) in self._against or (statement.cue.start in denied and not statement.speaker)
                ):
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
        return self._places.starts(ground), self._places.ends(ground)

    def ground_features(self, ground: Ground) -> list[str]:
        """What speaks for a ground's holding any undertaking."""
        context = context_of(ground)
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
        return self._whole(ground, context_of(ground), first, after)

    def go_on(self, last: Stretch, stretch: Stretch) -> bool:
        """Whether a stretch is the next member of the list that the last one is of, so that both are by the same: nothing but what joins
        them stands between, and no other name begins it."""
        between = range(last.after, stretch.first)
        joined = all(self.tokens[at].text in ",;" or self.words.is_joiner[at] for at in between)
        return last.ground is stretch.ground and 0 < len(between) <= MOST_JOINING and joined and self.layout.mention[stretch.first] is None

    def others_speak_from(self, ground: Ground, kinds: frozenset[Kind]) -> int:
        """The word from which the clause of a statement's verb goes whose subject is of one of the kinds, as a name nobody knows is
        ("Accenture is committed to"), so that nobody named before is bound; else the text's beginning."""
        statement = ground.statement
        if statement is None or statement.speaker or statement.cue is None:
            return 0
        index = bisect_left(self.tokens, statement.cue.start, key=lambda token: token.start)
        number = self._subjects.order.get(index)
        if number is None or self._subjects.before(self.layout.cues[number]).kind not in kinds:
            return 0
        start = self._subjects.clause_start(index)
        return start if start and not self.words.is_joiner[start - 1] else 0  # "Peru and | Ruritania committed to"

    def is_about(self, mention: Mention, index: int) -> bool:
        """Whether a name, of which a word stands at `index`, is of somebody whom an undertaking is about or told to, or of where it is:
        "support for | Ukraine", "cam kết với | Tổng thống Park sẽ ...", "chiến dịch ở | Syria sẽ ..."; not "của", "of"."""
        while index and self.tokens[index - 1].start >= mention.outer_start:
            index -= 1
        if not index or self.tokens[index - 1].folded in self.words.of:
            return False
        return index - 1 in self._subjects.possessive or self.tokens[index - 1].folded in self.words.places

    def is_object(self, first: int, after: int, begin: int) -> bool:
        """Whether a verb or a word for the future stands before a name, in the words from `begin`, and none for the future right behind
        it: "tiếp tục hỗ trợ | Lào | xây cảng", "sẽ bắt tàu của | Lào"; not "bảo đảm | Lào | sẽ"."""
        nearest = max(begin, first - OBJECT_WITHIN)
        begin = max(nearest, self._subjects.clause_start(first))
        owner = first - 1
        while owner > nearest and self.tokens[owner].folded in self._subjects.words.definite:
            owner -= 1
        before = self.tokens[owner].folded
        if before in self.words.companions or (before in self.words.of and self._is_commitment(begin, owner)):
            return False  # "cam kết của | Mỹ", "work with the | Philippines | to"
        near = begin if before in self.words.of else max(begin, owner - DIRECT_WITHIN + 1)
        near = min(near, max(owner, nearest))  # a verb right before it, wherever its clause is thought to begin: "support | the | police"
        led = self.verb_counts[first] > self.verb_counts[near] or any(self.modal[near:first])
        return led and not any(self.modal[after : after + 2])

    def _is_commitment(self, begin: int, after: int) -> bool:
        """Whether the words before "of" are those of a commitment, with no verb behind."""
        modal = next((at for at in range(after - 1, begin - 1, -1) if self.modal[at]), None)
        return modal is not None and self.modal[modal] not in self.words.future and self.verb_counts[after] == self.verb_counts[modal + 1]

    def hoped_for(self, stretch: Stretch) -> range:
        """The words for those of whom something is hoped or expected, before what they would do: "hopes that | both sides | will agree"."""
        tokens, sentence = self.tokens, self.tokens[stretch.first].sentence
        for index in range(min(stretch.first + 3, stretch.after) - 1, max(0, stretch.ground.first - HOPED_BEFORE) - 1, -1):
            if tokens[index].folded not in self.words.hoping or tokens[index].sentence != sentence:
                continue
            begin = index + 1
            while begin < stretch.after and tokens[begin].folded in self.words.thats:
                begin += 1
            ahead = range(begin, min(begin + HOPED_WITHIN, stretch.after))
            modal = next((at for at in ahead if self.modal[at] or tokens[at].text in MARKS or at in self._subjects.order), None)
            return range(begin, modal) if modal is not None and self.modal[modal] else range(0)
        return range(0)

    def is_demanded(self, stretch: Stretch) -> bool:
        """Whether others shall do it, or all: its statement asks for it, a duty stands at its head ("We | must | maintain"), or a demand
        at or right before it ("their demand to | end ...")."""
        statement, first = stretch.ground.statement, stretch.first
        if statement is not None and statement.act is Act.REQUEST and self.nearest_modal(stretch) not in self.words.future:
            return True
        if any(
            self.modal[at] in self.words.duties
            for at in range(max(stretch.ground.first, first - 1), min(first + DUTY_WITHIN, stretch.after))
        ):
            return True
        head = range(max(stretch.ground.first, first - DEMAND_WITHIN), min(first + DEMAND_WITHIN, stretch.after))
        words = " ".join(self.tokens[at].folded for at in head)
        return any(demand in f" {words} " for demand in self.words.demands)

    def not_bound(self, stretch: Stretch) -> frozenset[ActorId]:
        """Those named so that the undertaking is not theirs, or not theirs alone: of whom it is hoped ("hopes that | Laos | will"), in
        whose company others agree ("nhất trí | cùng Lào mở rộng"), or who lead what others go on with ("tiếp tục đàm phán | do Na Uy xúc
        tiến"; not "sẽ | do Lào đăng cai")."""
        mentions, tokens, words = self.layout.mention, self.tokens, self.words
        found: set[ActorId] = {actor for at in self.hoped_for(stretch) if (hoped := mentions[at]) is not None for actor in hoped.actors}
        for index in {stretch.ground.first, stretch.first}:
            company = next((at for at in range(index, min(index + 3, stretch.after)) if mentions[at] is not None), None)
            if company is not None and index < company and all(tokens[at].folded in words.companions for at in range(index, company)):
                found.update(mentions[company].actors)  # type: ignore[union-attr]
        for index in range(stretch.first + 1, stretch.after):
            leader = mentions[index]
            if leader is not None and tokens[index - 1].folded in words.led_by and not (index > 1 and self.modal[index - 2]):
                found.update(leader.actors)
        return frozenset(found)

    def is_forbidden(self, after: int) -> bool:
        """Whether what follows a name that ends before a word is forbidden to it: "đoàn của Lào | sẽ không được phép vào"."""
        return after in self.words.forbids or (after < len(self.tokens) and bool(self.modal[after]) and after + 1 in self.words.forbids)

    def is_done_to(self, after: int) -> bool:
        """Whether what a word for the future right behind a name tells is done to it: "Cộng đồng ASEAN | sẽ tiếp tục được thúc đẩy"."""
        near = [token.folded for token in self.tokens[after : after + PASSIVE_WITHIN]]
        passive = next((at for at, word in enumerate(near) if word in self._done), 0)
        return passive > 0 and bool(self.modal[after]) and self._denials.isdisjoint(near[:passive])  # not "Lào | sẽ không bị ép"

    def nearest_modal(self, stretch: Stretch) -> str:
        """The word for the future at the head of a stretch, or the last one before it in its ground; empty where there is none."""
        near = (*range(stretch.first, min(stretch.after, stretch.first + 6)), *range(stretch.first - 1, stretch.ground.first - 1, -1))
        return next((self.modal[index] for index in near if self.modal[index]), "")

    def governs(self, stretch: Stretch, after: int) -> str:
        """How a name that ends before a word stands to a stretch: right before its modal ("Mỹ | sẽ"), before another, or before none."""
        near = next((at for at in range(after, min(after + 3, stretch.after)) if self.modal[at]), None)
        own = next((at for at in range(stretch.first + 6, stretch.ground.first - 1, -1) if at < stretch.after and self.modal[at]), None)
        return "none" if near is None else "own" if near == own else "other"

    def _whole(self, ground: Ground, context: str, first: int, after: int) -> list[str]:
        parts, semicolons = (
            self.words.part_sums[after] - self.words.part_sums[first],
            self.words.semicolon_sums[after] - self.words.semicolon_sums[first],
        )
        cues = self.words.cue_sums[after] - self.words.cue_sums[first + 1] + (self.layout.cue[first] is not None)
        sentences = int(self.tokens[first].sentence != self.tokens[after - 1].sentence)
        modal = self.modal[self.words.next_modal[first]] if self.words.next_modal[first] < after else ""
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
