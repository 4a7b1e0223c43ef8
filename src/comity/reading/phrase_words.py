"""The words of a language that build names of documents and meetings, and how groups of words are looked up among tokens."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.reading.page import Token


class Needs(StrEnum):
    """What a head must have beside it to be a name."""

    NOTHING = "nothing"
    CAPITAL = "capital"
    """A capital inside a sentence, or a part."""
    PART = "part"
    TITLE = "title"
    """A name or topic; an adjective is enough beside a capital ("Hiệp định dẫn độ", not "hiệp định hòa bình")."""
    NAME = "name"
    """A proper name, a number or a topic; an adjective is not enough."""
    PERIOD = "period"
    """A year or period ("kế hoạch 2016-2020", "the plan for 2021-2025")."""
    PROPER_OR_PERIOD = "proper-or-period"
    PARTY = "party"
    """A proper name or a number; a topic only where the head has a capital ("Hội nghị về Biển Đông")."""
    NEVER = "never"
    """No name at all: a longer word that holds a head ("đại hội đồng" for "đại hội")."""
    LEAD = "lead"
    """A name or an adjective in front of it ("U.S.-Oman strategic partnership", not "partnership with")."""
    PROPER = "proper"
    """A capital of its own and a name, number or topic ("Tuyên bố ASEAN", not "tuyên bố ASEAN sẽ")."""


class Head(Struct, frozen=True, forbid_unknown_fields=True):
    """Head nouns of one sort; `english` is how canonical names call it, `kind` the instrument's kind or the meeting's level;
    `numbered` heads have a bare number after them ("Nghị quyết 1325")."""

    words: tuple[str, ...]
    english: str
    kind: str = ""
    needs: Needs = Needs.PART
    numbered: bool = False


class SittingBody(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A body whose name stands for its session after a word of place: "phát biểu tại Đại hội đồng LHQ"; `mechanism` is the session,
    `actor` the body."""

    names: tuple[str, ...]
    after: tuple[str, ...]
    actor: str
    mechanism: str


class PhraseWords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words of a language that build such names.

    `before` stand in front of the head and belong to the name (`dự thảo`), `modifiers` beside the head (`chung`, `strategic`), `links`
    bring a party in (`của`, `between`), `topics` what it is about (`về`, `on`), `joins` part names of a list (`và`), `fillers` may stand
    between a link and its name (`các`, `the`), `stops` end a topic, `places` go on with it where a name follows (`ở`, `in`), `times`
    bring a year or period in, `ordinal_marks` a number (`lần thứ`), `ordinals` are numbers as words, `tens` those that `ones` may
    follow behind `tens_join` ("seventy-third", "bảy mươi lăm"), `inside` proper names with small
    letters (`liên hợp quốc`), `compounds` words that are often written with a capital on their first part only (`Ngoại giao`), `outside`
    words that never belong to the name though they have a capital (`The`, `President`), `spellings` groups of words that stand for one
    another in known names, `holders` nouns that a known name stands beside as whose they are (`nhóm công tác` of a forum): what the
    words after it are about is theirs; `people` whose rank a name that begins with one of `ranks` tells; `sitting` are bodies named for
    their sessions. In languages whose names end with their head `stopped` words have a full stop behind them ("U.S."), and `plural` makes a
    known name one of several ("the ASEAN Summits").
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
    tens: dict[str, int] = {}
    ones: dict[str, int] = {}
    tens_join: str = " "
    inside: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    spellings: tuple[tuple[str, ...], ...] = ()
    compounds: tuple[str, ...] = ()
    plurals: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    sitting: tuple[SittingBody, ...] = ()
    capitals_before: bool = False
    stopped: tuple[str, ...] = ()
    plural: str = ""

    def numbers(self) -> dict[str, int]:
        """All numbers as words, folded, those of a ten and a one too."""
        composed = {f"{ten}{self.tens_join}{one}": more + less for ten, more in self.tens.items() for one, less in self.ones.items()}
        return {fold(word): number for word, number in {**self.ordinals, **composed}.items()}


class Phrases:
    """Fixed groups of words, looked up at a token."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            first, *rest = fold(phrase).replace(",", " ,").split()
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


class Lookups:
    """A language's words made ready to be looked up."""

    def __init__(self, words: PhraseWords) -> None:
        self.before, self.modifiers = Phrases(words.before), Phrases(words.modifiers)
        self.links, self.topics, self.fillers = Phrases(words.links), Phrases(words.topics), Phrases(words.fillers)
        self.joins, self.stops, self.places = Phrases(words.joins), Phrases(words.stops), Phrases(words.places)
        self.times, self.marks = Phrases(words.times), Phrases(words.ordinal_marks)
        self.inside, self.compounds = Phrases(words.inside), Phrases(words.compounds)
        self.plurals = Phrases(words.plurals)
        self.ordinals = words.numbers()
        self.outside = frozenset(fold(word) for word in words.outside)
        self.capitals_before = words.capitals_before
        self.stopped = frozenset(map(fold, words.stopped))
