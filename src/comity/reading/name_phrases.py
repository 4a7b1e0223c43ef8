"""Finds names that are built by rule: a head noun and what belongs to it ("Kế hoạch hành động ASEAN - LHQ giai đoạn 2016-2020").

What comes in is a page and the language's words; what goes out are phrases with their head and parts. Instruments and mechanisms are both
read with it. Head-first languages grow the name to the right of its head, head-last ones to the left too; the words alone say which.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Matcher
from comity.reading.page import Page, Token

LONGEST_TOPIC = 32
LONGEST_LEAD = 12
ENDS_TOPIC = frozenset('.;:!?"()[]…*•')


class Needs(StrEnum):
    """What a head must have beside it to be a name."""

    NOTHING = "nothing"
    CAPITAL = "capital"
    """A capital inside a sentence, or a part."""
    PART = "part"
    NAME = "name"
    """A proper name, a number or a topic; an adjective is not enough."""
    PARTY = "party"
    """A proper name or a number; a topic only where the head has a capital ("Hội nghị về Biển Đông")."""
    NEVER = "never"
    """No name at all: a longer word that holds a head ("đại hội đồng" for "đại hội")."""
    LEAD = "lead"
    """A name or an adjective in front of it ("U.S.-Oman strategic partnership", not "partnership with")."""
    PROPER = "proper"
    """A capital of its own and a name, number or topic ("Tuyên bố ASEAN", not "tuyên bố ASEAN sẽ")."""


class Head(Struct, frozen=True, forbid_unknown_fields=True):
    """Head nouns of one sort; `english` is how canonical names call it, `kind` the instrument's kind or the meeting's level."""

    words: tuple[str, ...]
    english: str
    kind: str = ""
    needs: Needs = Needs.PART


class PhraseWords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of a language that build such names.

    `before` stand in front of the head and belong to the name (`dự thảo`), `modifiers` beside the head (`chung`, `strategic`), `links` bring
    a party in (`của`, `between`), `topics` what it is about (`về`, `on`), `joins` part names of a list (`và`), `fillers` may stand between
    a link and its name (`các`, `the`), `stops` end a topic, `places` go on with it where a name follows (`ở`, `in`), `times` bring a year or
    period in, `ordinal_marks` a number (`lần thứ`), `ordinals` are numbers as words, `inside` proper names with small letters
    (`liên hợp quốc`), `compounds` words that are often written with a capital on their first part only (`Ngoại giao`), `outside` words that never belong to the
    name though they have a capital (`The`, `President`), `spellings` groups of words that stand for one another in known names.
    """

    heads: tuple[Head, ...]
    before: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    ordinal_marks: tuple[str, ...] = ()
    ordinals: dict[str, int] = {}
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    spellings: tuple[tuple[str, ...], ...] = ()
    compounds: tuple[str, ...] = ()
    capitals_before: bool = False


class Phrase(Struct, frozen=True, kw_only=True):
    """A name found by rule. `named` is whether a proper name, number or time belongs to it, `topic` where its topic begins."""

    start: int
    end: int
    head: Head
    head_start: int
    head_end: int
    number: int | None = None
    named: bool = False
    topic: int | None = None


class PhraseGrammar:
    """Finds the phrases of one set of words."""

    def __init__(self, words: PhraseWords) -> None:
        self._words = words
        self._heads: Matcher[Head] = Matcher((word.lower(), head) for head in words.heads for word in head.words)
        self._before, self._modifiers = Phrases(words.before), Phrases(words.modifiers)
        self._links, self._topics, self._fillers = Phrases(words.links), Phrases(words.topics), Phrases(words.fillers)
        self._joins, self._stops, self._places = Phrases(words.joins), Phrases(words.stops), Phrases(words.places)
        self._times, self._marks, self._inside = Phrases(words.times), Phrases(words.ordinal_marks), Phrases(words.inside)
        self._ordinals = {fold(word): number for word, number in words.ordinals.items()}
        self._outside = frozenset(fold(word) for word in words.outside)
        self._compounds = Phrases(words.compounds)

    def find(self, page: Page, text: Folded) -> list[Phrase]:
        """Every phrase whose head has what it needs, in order. `text` is the page's folded copy with line ends as blanks."""
        tokens = page.tokens
        starts = [token.start for token in tokens]
        result = []
        matches = self._heads.find(text)
        heads = frozenset(bisect_left(starts, match.start) for match in matches)
        for match in matches:
            first = bisect_left(starts, match.start)
            after = bisect_left(starts, match.end)
            if first < len(tokens) and tokens[first].start == match.start:
                phrase = _Walk(self, page, tokens, first, after, match.values[0], heads).phrase()
                if phrase:
                    result.append(phrase)
        return result

    def grown(self, page: Page, start: int, end: int) -> tuple[int, int | None]:
        """Where a known name ends with its year, period and number, and that number ("UNCLOS 1982", "AMM lần thứ 52")."""
        tokens = page.tokens
        after = _index(tokens, end)
        walk = _Walk(self, page, tokens, after, after, self._words.heads[0])
        last = walk.times_and_numbers(after)
        return (tokens[last - 1].end if last > after else end), walk.number


class Phrases:
    """Fixed groups of words, looked up at a token."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            first, *rest = fold(phrase).split()
            self._by_first.setdefault(first, []).append((first, *rest))

    def at(self, tokens: Sequence[Token], index: int) -> int:
        """How many tokens from `index` on are the longest of the phrases; 0 where none begins there."""
        if index >= len(tokens):
            return 0
        for phrase in self._by_first.get(tokens[index].folded, ()):
            if all(index + i < len(tokens) and tokens[index + i].folded == word for i, word in enumerate(phrase)):
                return len(phrase)
        return 0

    def before(self, tokens: Sequence[Token], index: int) -> int:
        """How many tokens right before `index` are one of the phrases."""
        return next((size for size in (4, 3, 2, 1) if size <= index and self.at(tokens, index - size) == size), 0)


class _Walk:
    """One head's way through the tokens around it."""

    def __init__(
        self,
        grammar: PhraseGrammar,
        page: Page,
        tokens: Sequence[Token],
        first: int,
        after: int,
        head: Head,
        heads: frozenset[int] = frozenset(),
    ) -> None:
        self.heads = heads
        self.g, self.page, self.tokens, self.first, self.after, self.head = grammar, page, tokens, first, after, head
        self.sentence = tokens[min(first, len(tokens) - 1)].sentence if tokens else 0
        self.number: int | None = None
        self.named = self.modified = self.led = False
        self.topic: int | None = None

    def phrase(self) -> Phrase | None:
        tokens = self.tokens
        if self.g._words.capitals_before and self._goes_on(self.after):
            return None
        begin = self._lead(self.first)
        self.led = self.named or self.modified
        end = self._tail(self.after)
        if not self._enough():
            return None
        return Phrase(
            start=tokens[begin].start, end=tokens[end - 1].end, head=self.head, number=self.number, topic=self.topic,
            head_start=tokens[self.first].start, head_end=tokens[self.after - 1].end, named=self.named,
        )  # fmt: skip

    def _goes_on(self, index: int) -> bool:
        """Whether a capital follows, so that another noun is the head ("Law Center")."""
        tokens = self.tokens
        return (
            index < len(tokens)
            and tokens[index].text[0].isupper()
            and tokens[index].sentence == self.sentence
            and tokens[self.first].text[0].isupper()
        )

    def times_and_numbers(self, index: int) -> int:
        while size := self._time(index) or self._ordinal(index):
            index += size
        return index

    def _enough(self) -> bool:
        inside = self.first > 0 and self.tokens[self.first - 1].sentence == self.sentence
        capital = self.tokens[self.first].text[0].isupper()
        named = self.named or self.topic is not None
        match self.head.needs:
            case Needs.NOTHING:
                return True
            case Needs.CAPITAL:
                return named or self.modified or (capital and inside)
            case Needs.PART:
                return named or self.modified
            case Needs.NAME:
                return named
            case Needs.PARTY:
                return self.named or (capital and inside and self.topic is not None)
            case Needs.NEVER:
                return False
            case Needs.LEAD:
                return self.led
            case Needs.PROPER:
                return capital and named and (inside or self.led or self.topic is not None)

    def _lead(self, index: int) -> int:
        """The first token of the name, going left from the head."""
        g, tokens = self.g, self.tokens
        if g._words.capitals_before:
            index = self._capitals(index)
        while size := g._before.before(tokens, index):
            if tokens[index - size].sentence != self.sentence:
                break
            index -= size
        return index

    def _capitals(self, index: int) -> int:
        """Left over capitals, numbers and modifiers: "U.S.-Mexico Bicentennial [Framework]", "comprehensive strategic [partnership]"."""
        g, tokens = self.g, self.tokens
        capital_head = tokens[self.first].text[0].isupper()
        begin = index
        for _ in range(LONGEST_LEAD):
            if not index or tokens[index - 1].sentence != self.sentence:
                break
            token = tokens[index - 1]
            if size := g._modifiers.before(tokens, index):
                self.modified = True
                index -= size
                begin = index
            elif token.folded in g._outside or token.folded.endswith("'s"):
                break
            elif self._proper(index - 1):
                index -= 1
                begin = index
                self.named = True
            elif (
                token.folded in ("-", ".", "'", "/")
                and token.end == tokens[index].start
                and token.start == tokens[index - 2].end
                and index > 1
            ):
                index -= 1
            elif token.folded == "'" and index > 1 and token.start == tokens[index - 2].end and tokens[index - 2].folded.endswith("s"):
                index -= 1
            elif (
                capital_head
                and g._joins.before(tokens, index) == 1
                and index > 1
                and self._proper(index - 2)
                and tokens[index - 2].folded not in g._outside
            ):
                index -= 1
            else:
                break
        return begin

    def _proper(self, index: int) -> bool:
        text = self.tokens[index].text
        return text[0].isupper() or (text[0].isdigit() and (len(text) > 2 or not text.isdigit()))

    def _tail(self, index: int) -> int:
        """The token after the name, going right from the head."""
        end = index
        while index < len(self.tokens) and self.tokens[index].sentence == self.sentence:
            size = self._part(index)
            if not size:
                break
            index += size
            end = index
            if self.topic is not None:
                return self.times_and_numbers(end)
        return end

    def _part(self, index: int) -> int:
        g, tokens = self.g, self.tokens
        if size := g._modifiers.at(tokens, index):
            self.modified = True
            return size
        if size := self._time(index) or self._ordinal(index) or self._name(index):
            self.named = True
            return size
        if size := g._topics.at(tokens, index):
            return self._topic(index, size)
        if size := g._links.at(tokens, index):
            return self._linked(index, size)
        if size := self._bracket(index):
            return size
        if index == self.after and self._says_what(index):
            return self._topic(index, 0)
        return 0

    def _says_what(self, index: int) -> bool:
        """Whether a topic follows a head with a capital without a word that brings it in ("Hiệp định chuyển giao người bị kết án")."""
        g, tokens = self.g, self.tokens
        inside = self.first > 0 and tokens[self.first - 1].sentence == self.sentence
        return (
            not g._words.capitals_before
            and inside
            and tokens[self.first].text[0].isupper()
            and tokens[index].folded.isalpha()
            and not g._stops.at(tokens, index)
        )

    def _linked(self, index: int, size: int) -> int:
        """A link with the names after it: "giữa Việt Nam và Chile", "of the United Nations"."""
        g, tokens = self.g, self.tokens
        inner = index + size
        inner += g._fillers.at(tokens, inner)
        got = self._name(inner)
        if not got:
            return 0
        inner += got
        self.named = True
        while (join := g._joins.at(tokens, inner) or (1 if inner < len(tokens) and tokens[inner].folded == "," else 0)) and (
            got := self._name(inner + join + g._fillers.at(tokens, inner + join))
        ):
            if tokens[inner].folded == "," and not g._joins.at(tokens, inner + 1 + got):
                break
            inner += join + g._fillers.at(tokens, inner + join) + got
        return inner - index

    def _topic(self, index: int, size: int) -> int:
        """What it is about, up to a word or mark that ends it."""
        g, tokens = self.g, self.tokens
        start = inner = index + size
        end = start
        while inner < len(tokens) and inner - start < LONGEST_TOPIC and tokens[inner].sentence == self.sentence:
            token = tokens[inner]
            if token.folded in ENDS_TOPIC or g._stops.at(tokens, inner) or self._time(inner):
                break
            if token.folded == "," and not self._list_goes_on(inner + 1):
                break
            if (join := g._joins.at(tokens, inner) or int(token.folded == ",")) and any(inner + join + i in self.heads for i in (0, 1)):
                break
            if place := g._places.at(tokens, inner):
                if not self._name(inner + place + g._fillers.at(tokens, inner + place)):
                    break
                inner += place
                continue
            if (
                token.folded == "-"
                and token.end < len(self.page.text)
                and self.page.text[token.end].isspace()
                and not self._name(inner + 1)
            ):
                break
            if not g._joins.at(tokens, inner) and token.folded != "," and not g._fillers.at(tokens, inner) == 1:
                end = inner + 1
            inner += 1
        if end == start:
            return 0
        self.topic = tokens[start].start
        return end - index

    def _list_goes_on(self, index: int) -> bool:
        """After a comma: up to five words, then a joining word ("hòa bình, thịnh vượng và thống nhất")."""
        for inner in range(index, min(index + 6, len(self.tokens))):
            folded = self.tokens[inner].folded
            if self.tokens[inner].sentence != self.sentence or folded in ENDS_TOPIC or self.g._stops.at(self.tokens, inner):
                return False
            if inner > index and self.g._joins.at(self.tokens, inner):
                return True
            if folded == ",":
                if inner == index:
                    continue
                return self._list_goes_on(inner + 1)
        return False

    def _name(self, index: int) -> int:
        """A proper name: capitals, known names with small letters, dashes between them."""
        g, tokens = self.g, self.tokens
        inner = index
        while inner < len(tokens) and tokens[inner].sentence == self.sentence:
            token = tokens[inner]
            if size := g._inside.at(tokens, inner):
                inner += size
            elif (token.text[0].isupper() or inner > index) and (size := g._compounds.at(tokens, inner)):
                inner += size
            elif token.text[0].isupper() and token.folded not in g._outside:
                inner += 1
            elif inner > index and token.folded == "-" and self._begins_name(inner + 1):
                inner += 1
            elif (
                inner > index and token.folded in (".", "&", "/") and token.start == tokens[inner - 1].end and self._begins_name(inner + 1)
            ):
                inner += 1
            else:
                break
        if inner > index and tokens[inner - 1].folded == "u.s" and inner < len(tokens) and tokens[inner].folded == ".":
            inner += 1
        return inner - index

    def _begins_name(self, index: int) -> bool:
        tokens = self.tokens
        return (
            index < len(tokens)
            and tokens[index].sentence == self.sentence
            and (tokens[index].text[0].isupper() or bool(self.g._inside.at(tokens, index)) or tokens[index].folded == "-")
        )

    def _time(self, index: int) -> int:
        """A year or period, with or without a word that brings it in: "năm 1982", "(2016-2020)", "for 2016 - 2020", "1982"."""
        g, tokens = self.g, self.tokens
        mark = g._times.at(tokens, index)
        bracket = 1 if not mark and index < len(tokens) and tokens[index].folded == "(" else 0
        inner = index + mark + bracket
        if inner >= len(tokens) or not _is_time(tokens[inner].folded, marked=bool(mark)):
            return 0
        inner += 1
        if inner + 1 < len(tokens) and tokens[inner].folded == "-" and _is_time(tokens[inner + 1].folded, marked=bool(mark)):
            inner += 2
        if bracket:
            return inner + 1 - index if inner < len(tokens) and tokens[inner].folded == ")" else 0
        return inner - index

    def _ordinal(self, index: int) -> int:
        """A sitting's number: "lần thứ 49", "lần hai", "lần thứ XII", "-53" right after an acronym."""
        g, tokens = self.g, self.tokens
        mark = g._marks.at(tokens, index)
        inner = index + mark
        if inner >= len(tokens) or not mark:
            return 0
        number = self._value(inner)
        if number is None:
            return 0
        self.number = self.number or number
        inner += 1
        if inner + 1 < len(tokens) and tokens[inner].folded == "-" and tokens[inner + 1].text.isdigit():
            inner += 2
        return inner - index

    def _value(self, index: int) -> int | None:
        token = self.tokens[index]
        if token.folded in self.g._ordinals:
            return self.g._ordinals[token.folded]
        digits = token.text.split("-")[0]
        return int(digits) if digits.isdigit() and len(digits) < 4 else _roman(token.text)

    def _bracket(self, index: int) -> int:
        """A bracketed acronym inside the name: "Diễn đàn Khu vực ASEAN (ARF) lần thứ hai"."""
        tokens = self.tokens
        if (
            index + 2 < len(tokens)
            and tokens[index].folded == "("
            and tokens[index + 2].folded == ")"
            and tokens[index + 1].text.isupper()
            and self.named
        ):
            after = index + 3
            if after < len(tokens) and (self._ordinal(after) or self.g._topics.at(tokens, after)):
                return 3
        return 0


def _is_time(word: str, *, marked: bool) -> bool:
    """A year or period; after a word such as `ngày` a day too."""
    digits = word.replace("-", "").replace("/", "")
    if not digits.isdigit():
        return False
    years = [part for part in word.replace("/", "-").split("-") if len(part) == 4 and part[:2] in ("18", "19", "20")]
    return bool(years) and (marked or all(len(part) == 4 for part in word.replace("/", "-").split("-")))


ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def _roman(text: str) -> int | None:
    if not text or any(letter not in ROMAN for letter in text):
        return None
    values = [ROMAN[letter] for letter in text]
    return sum(-value if index + 1 < len(values) and value < values[index + 1] else value for index, value in enumerate(values))


def _index(tokens: Sequence[Token], position: int) -> int:
    """The first token that begins at or after a position."""
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        if tokens[middle].start < position:
            low = middle + 1
        else:
            high = middle
    return low


def one_line(page: Page) -> Folded:
    """The page's folded copy with single line ends as blanks, so that a name runs on over a wrapped line's end."""
    return Folded(page.text, page.folded.folded.replace("\n", " "))


def spelled(name: str, spellings: Sequence[Sequence[str]]) -> list[str]:
    """A known name in all spellings the language data gives ("Liên hợp quốc", "LHQ", ...), in small letters unless short."""
    names = {fold(name)}
    for group in spellings:
        names |= {
            other.replace(fold(one), fold(two)) for other in names for one in group if f" {fold(one)} " in f" {other} " for two in group
        }
    if len(name.split()) < 3:
        return [name, *(other.title() if name[0].isupper() else other for other in names if other != fold(name))]
    return sorted(names)
