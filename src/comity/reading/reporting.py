"""Which cues report somebody's words: "nói" does in "ông nói rằng", not in "nói chuyện điện thoại".

In come a page's layout and a cue; out come features of the cue's place, from which a trained model says how likely it reports.
"""

from functools import cache
from typing import NamedTuple

from comity.knowledge.folded import fold
from comity.reading.content_features import CLAUSE_MARKS, bucket
from comity.reading.cues import Cue, Found, Frame, Phrases, cue_words
from comity.reading.issuers_words import IssuersWords
from comity.reading.layout import QUOTES, Layout, unnamed_subject
from comity.reading.mentions import Mention
from comity.reading.page import Page
from comity.reading.quotation_tags import QuotationTags
from comity.reading.subjects import subjects_of
from comity.reading.untold import Untold
from comity.records import Act, LanguageCode

MUTE_REACH = 3
"""Words that may stand between such a subject and its verb ("Chuyến thăm đã một lần nữa khẳng định")."""

NEGATED_WITHIN = 3
"""Words before a cue in which a word that negates it stands ("không nước nào | cam kết", "neither side | said")."""
DENIED_WITHIN = 5
"""Words between a denial and the cue of what is denied."""
ENABLED_WITHIN = 5
"""Words between "helps" and what it helps others to do."""
NEAR = 8
FARTHEST = 200
"""Words before a cue in which its subject is sought."""


class CuePlaces:
    """Describes where cues stand on a page. Made once a page."""

    def __init__(self, page: Page, layout: Layout) -> None:
        self.layout = layout
        self.tokens = layout.tokens
        words = _place_words(page.language)
        self.mute = {index for found in words.no_speakers.find(self.tokens) for index in range(found.first, found.after)}
        self.negations = {index for found in words.negations.find(self.tokens) if found.value for index in range(found.first, found.after)}
        self.denials, self.joiners = words.denials, words.joiners
        self.determiners, self.adjectives = words.determiners, words.adjectives
        self.askings = {found.after: found.first for found in words.askings.find(self.tokens)}
        self.enabling = {found.after - 1 for found in words.enabling.find(self.tokens)}
        self.relativizers = [found.after - 1 for found in words.relativizers.find(self.tokens)]
        self.carried = {found.first for found in words.carry_on.find(self.tokens)}
        self.complementizers, self.links, self.futures = words.complementizers, words.links, words.futures
        self.quotations = QuotationTags(layout, words.complementizers)
        self.order = {found.first: number for number, found in enumerate(layout.cues)}
        self.headline = page.headline
        self.subjects = subjects_of(page, layout)
        self.untold = Untold(page.language, layout, self.subjects.edges, self.subjects.papers)
        self.issuers = IssuersWords(page, layout)

    def features(self, cue: Found[Cue]) -> list[str]:
        """What speaks for and against the cue's reporting."""
        tokens, first, after = self.tokens, cue.first, cue.after
        words = self.layout.sentence_words[tokens[first].sentence]
        kind = f"{cue.value.act} {cue.value.frame}"
        form = " ".join(token.folded for token in tokens[first:after])
        before, before_that = self._word(first - 1, words), self._word(first - 2, words)
        third = self._word(first - 3, words)
        following, following_that = self._word(after, words), self._word(after + 1, words)
        subject, gap = self.subject(cue, words)
        held = f"{subject.type} {subject.form}" if subject is not None else ""
        nearest = bucket(gap) if subject is not None else "none"
        between = " ".join(token.folded for token in tokens[first - gap : first]) if subject is not None and gap <= 3 else "..."
        object_held = self.layout.mention[after] if after < words.stop else None
        ahead = next((near for near in range(12) if after + near < words.stop and self.layout.cue[after + near] is not None), -1)
        earlier = self._earlier(cue, words)
        quote = self._quotes(cue, words)
        unnamed = unnamed_subject(self.layout, first)
        own = self.subjects.before(cue)
        subject_kind = f"{own.kind} {own.sure}"
        place = bucket(first - words.start)
        left = bucket(words.stop - after)
        return [
            "1",
            f"k {kind}",
            f"f {form}",
            f"-1 {before}",
            f"-2 {before_that}",
            f"-21 {before_that} {before}",
            f"-321 {third} {before_that} {before}",
            f"-1f {before} {form}",
            f"-1k {before} {kind}",
            f"+1 {following}",
            f"+12 {following} {following_that}",
            f"+1f {form} {following}",
            f"+1k {following} {kind}",
            f"s {held} {nearest}",
            f"sk {held} {nearest} {kind}",
            f"sf {bool(held)} {form}",
            f"sb {between}",
            f"sbk {between} {kind}",
            f"o {object_held.type if object_held is not None else ''} {kind}",
            f"of {object_held is not None} {form}",
            f"n {ahead}",
            f"nk {ahead} {kind}",
            f"e {earlier}",
            f"ek {earlier} {kind}",
            f"ec {earlier} {before}",
            f"q {quote}",
            f"qk {quote} {kind}",
            f"qf {quote} {form}",
            f"p {place} {left}",
            f"pk {place} {kind}",
            f"pf {place == '0'} {form}",
            f"lk {left} {kind}",
            f"m {self._mute_subject(cue, words)} {held}",
            f"g {unnamed} {kind}",
            f"gf {unnamed != ''} {form}",
            f"gt {unnamed != ''} {following in self.complementizers} {kind}",
            f"c {words.start in self.carried} {nearest}",
            f"t {following in self.complementizers} {kind}",
            f"h {self.headline is not None and tokens[first].start < self.headline.end} {kind}",
            f"X {tokens[first].text[0].isupper()} {place == '0'} {kind}",
            f"j {subject_kind} {kind}",
            f"jf {subject_kind} {form}",
            f"jt {subject_kind} {following in self.complementizers}",
            f"jb {own.kind} {before}",
            f"jp {self._asked(cue)} {own.kind} {own.sure}",
            f"end {tokens[words.stop - 1].text}",
        ]

    def rules_out(self, cue: Found[Cue]) -> bool:
        """Whether the subject just before the cue is a visit, a result, a success: no one speaks through those; or whether the verb is
        negated, tells nobody's words or stands in what something is called, so that nothing was said."""
        words = self.layout.sentence_words[self.tokens[cue.first].sentence]
        if (
            self._is_negated(cue, words)
            or self._is_denied(cue)
            or self._is_adjective(cue)
            or self._is_thing(cue)
            or self._is_asked(cue, words)
            or self._is_enabled(cue, words)
            or self.layout.called[cue.first]
            or self.untold.holds(cue)
        ):
            return True
        return cue.value.frame is not Frame.SOURCE and self._mute_subject(cue, words, reach=MUTE_REACH)

    def _is_asked(self, cue: Found[Cue], words: range) -> bool:
        """Whether the verb is of whoever is asked: "| Asked | whether it would, Mr Nam said", "when | asked | about it"."""
        begin = self.askings.get(cue.after)
        return begin is not None and (begin == words.start or begin < cue.first)

    def _is_enabled(self, cue: Found[Cue], words: range) -> bool:
        """Whether the verb is what something helps others to do: "sẽ giúp hai bên cùng | đánh giá", "will help them | assess"."""
        for index in range(cue.first - 1, max(words.start, cue.first - ENABLED_WITHIN) - 1, -1):
            if index in self.enabling:
                return True
            parted = self.tokens[index].text in CLAUSE_MARKS or self.tokens[index].folded in self.joiners
            if parted or self.layout.cue[index] is not None:
                return False
        return False

    def _is_thing(self, cue: Found[Cue]) -> bool:
        """Whether the word is a thing that another goes by: "Theo | đề xuất |, hai bên rút quân"."""
        before = self.subjects.words.source_behind.starts(self.tokens, cue.first - 1) if cue.first else False
        return before and cue.after < len(self.tokens) and self.tokens[cue.after].text == ","

    def _is_adjective(self, cue: Found[Cue]) -> bool:
        """Whether a participle goes with the noun behind it: "the | recommended | first six months"."""
        before = self.tokens[cue.first - 1].folded if cue.first else ""
        return before in self.determiners and self.tokens[cue.first].folded.endswith(self.adjectives)

    def _is_negated(self, cue: Found[Cue], words: range) -> bool:
        """Whether a word such as "not" stands shortly before the cue, or before the paper that it tells of is issued ("không thể ra tuyên
        bố | lên án"), no mark and no other cue between."""
        issuing = self.subjects.papers.verb_before(cue.first)
        first = cue.first if issuing is None else issuing
        for index in range(first - 1, max(words.start, first - NEGATED_WITHIN) - 1, -1):
            if index in self.negations:
                return True
            if self.tokens[index].text in CLAUSE_MARKS or self.tokens[index].text in QUOTES or self.layout.cue[index] is not None:
                return False
        return False

    def _is_denied(self, cue: Found[Cue]) -> bool:
        """Whether the cue says what a verb shortly before it denies: "bác bỏ cáo buộc của Anh | cho rằng"; not "denied it and said"."""
        number = self.order[cue.first]
        for last in self.layout.cues[max(0, number - 2) : number]:
            form = " ".join(token.folded for token in self.tokens[last.first : last.after])
            between = self.tokens[last.after : cue.first]
            if (
                form not in self.denials
                or not 0 < len(between) <= DENIED_WITHIN
                or between[-1].sentence != self.tokens[last.first].sentence
            ):
                continue
            phrase = f" {' '.join(token.folded for token in between)} "
            marks = any(token.text in CLAUSE_MARKS or token.text in QUOTES for token in between)
            if not marks and not any(f" {joiner} " in phrase for joiner in self.joiners):
                return True
        return False

    def is_about(self, cue: Found[Cue], content_after: int) -> bool:
        """Whether what ends before a word is no words of the verb, but who or what it is about: "người | mà ông Nam đề cập"."""
        return any(content_after <= index < cue.first for index in self.relativizers)

    def promised(self, cue: Found[Cue]) -> int | None:
        """The word at which begins what somebody promises whoever is named right behind the verb: "cam kết với Thủ tướng Holm | sẽ mở
        cảng"; None where nobody is, or nothing is promised there."""
        if cue.value.act is not Act.COMMIT or cue.after + 2 >= len(self.tokens) or self.tokens[cue.after].folded not in self.links:
            return None
        index, told = cue.after + 1, self.layout.mention[cue.after + 1]
        while told is not None and index < len(self.tokens) and self.layout.mention[index] is told:
            index += 1
        begins = told is not None and index + 1 < len(self.tokens) and self.tokens[index].folded in self.futures
        return index if begins and self.tokens[index].sentence == self.tokens[cue.first].sentence else None

    def with_subject(self, cue: Found[Cue], first: int) -> int:
        """Where the words reported begin, which were taken to begin at `first`: with whoever is named right behind the verb and before a
        word for the future: "tuyên bố | Mỹ sẽ trừng phạt"."""
        named = self.layout.mention[cue.after] if cue.after < first < len(self.tokens) else None
        if named is None or self.tokens[first].folded not in self.futures or named.outer_start < self.tokens[cue.after].start:
            return first
        whole = all(self.layout.mention[index] is named for index in range(cue.after, first))
        return cue.after if whole else first

    def subject(self, cue: Found[Cue], words: range) -> tuple[Mention | None, int]:
        """The last mention before the cue in its sentence, and how many words lie between."""
        for index in range(cue.first - 1, max(words.start, cue.first - FARTHEST) - 1, -1):
            mention = self.layout.mention[index]
            if mention is not None:
                return mention, cue.first - 1 - index
        return None, 0

    def _word(self, index: int, words: range) -> str:
        return self.tokens[index].folded if words.start <= index < words.stop else "$"

    def _earlier(self, cue: Found[Cue], words: range) -> str:
        """The cue before in the sentence, with what stands between: ", nhấn mạnh A; khẳng định B" has one speaker."""
        number = self.order[cue.first]
        if not number:
            return ""
        last = self.layout.cues[number - 1]
        if last.first < words.start:
            return ""
        gap = cue.first - last.after
        mark = self.tokens[cue.first - 1].text if self.tokens[cue.first - 1].text in CLAUSE_MARKS else ""
        return f"{last.value.act[:3]}{last.value.frame[:2]} {bucket(gap)} {mark}"

    def _asked(self, cue: Found[Cue]) -> str:
        """The act of the cue before where no mark parts the two: what is asked of somebody is not yet said ("đề nghị Mỹ | ủng hộ")."""
        number = self.order[cue.first]
        last = self.layout.cues[number - 1] if number else None
        between = self.tokens[last.after : cue.first] if last is not None else ()
        if last is None or len(between) > NEAR or any(token.text in CLAUSE_MARKS for token in between):
            return ""
        return str(last.value.act)

    def _quotes(self, cue: Found[Cue], words: range) -> str:
        """Whether a quotation ends shortly before, begins shortly after, or holds the cue."""
        quoted = self.layout.quoted
        held = "h" if quoted[cue.first] else ""
        before = next((bucket(near) for near in range(1, 14) if cue.first - near >= 0 and self.tokens[cue.first - near].text in QUOTES), "")
        after = next(
            (bucket(near) for near in range(10) if cue.after + near < len(quoted) and self.tokens[cue.after + near].text in QUOTES), ""
        )
        return f"{held}|{before if not held else ''}|{after if not held else ''}"

    def _mute_subject(self, cue: Found[Cue], words: range, *, reach: int = 8) -> bool:
        """Whether what stands just before the cue, without a mention between, is a visit, a result, a success."""
        for index in range(cue.first - 1, max(words.start, cue.first - reach) - 1, -1):
            if index in self.mute:
                return True
            if self.layout.mention[index] is not None or self.tokens[index].text in CLAUSE_MARKS:
                return False
        return False


class _PlaceWords(NamedTuple):
    no_speakers: Phrases[int]
    carry_on: Phrases[int]
    negations: Phrases[bool]
    askings: Phrases[int]
    enabling: Phrases[int]
    relativizers: Phrases[int]
    denials: frozenset[str]
    joiners: frozenset[str]
    complementizers: frozenset[str]
    links: frozenset[str]
    futures: frozenset[str]
    determiners: frozenset[str]
    adjectives: tuple[str, ...]


@cache
def _place_words(language: LanguageCode) -> _PlaceWords:
    words = cue_words(language)
    return _PlaceWords(
        Phrases((word, 1) for word in words.no_speakers),
        Phrases((word, 1) for word in words.carry_on),
        Phrases([*((word, True) for word in words.negations), *((word, False) for word in words.not_negations)]),
        Phrases((word, 1) for word in words.askings),
        Phrases((word, 1) for word in words.enabling),
        Phrases((word, 1) for word in words.relativizers),
        frozenset(fold(word) for word in (*words.denials, *words.rejections)),
        frozenset(words.joiners),
        frozenset(words.complementizers),
        frozenset(words.links),
        frozenset(words.futures),
        frozenset(words.determiners),
        words.adjectives,
    )
