"""The parts that names are built of, told at a token: proper names, years and periods, ordinals."""

from collections.abc import Sequence

from comity.reading.page import Token
from comity.reading.phrase_words import Lookups

LONGEST_NUMBER = 3
"""Words of a number: "bảy mươi lăm"."""
ENDS_TOPIC = frozenset('.;:!?"()[]…*•')


class Parts:
    """Looks for parts among the tokens of one sentence. `number` is the first ordinal met."""

    def __init__(self, words: Lookups, tokens: Sequence[Token], sentence: int) -> None:
        self.g, self.tokens, self.sentence = words, tokens, sentence
        self.number: int | None = None

    def times_and_numbers(self, index: int) -> int:
        """The first token after all years, periods and ordinals from `index` on."""
        while size := self.time(index) or self.ordinal(index):
            index += size
        return index

    def name(self, index: int) -> int:
        """A proper name: capitals, known names with small letters, dashes between them."""
        g, tokens = self.g, self.tokens
        inner = index
        while inner < len(tokens) and tokens[inner].sentence == self.sentence:
            token = tokens[inner]
            if (size := g.inside.at(tokens, inner)) or (
                (token.text[0].isupper() or inner > index) and (size := g.compounds.at(tokens, inner))
            ):
                inner += size
            elif (
                (token.text[0].isupper() and token.folded not in g.outside)
                or (inner > index and token.folded == "-" and self.begins_name(inner + 1))
                or (
                    inner > index
                    and token.folded in (".", "&", "/")
                    and token.start == tokens[inner - 1].end
                    and self.begins_name(inner + 1)
                )
            ):
                inner += 1
            else:
                break
        if inner > index and tokens[inner - 1].folded == "u.s" and inner < len(tokens) and tokens[inner].folded == ".":
            inner += 1
        return inner - index

    def begins_name(self, index: int) -> bool:
        tokens = self.tokens
        return (
            index < len(tokens)
            and tokens[index].sentence == self.sentence
            and (tokens[index].text[0].isupper() or bool(self.g.inside.at(tokens, index)) or tokens[index].folded == "-")
        )

    def day(self, index: int) -> bool:
        """Whether a day of a month begins: "May | 24", "3 | June". Months are among the words that stand outside names."""
        if index + 1 >= len(self.tokens):
            return False
        pair = self.tokens[index : index + 2]
        month = next((token for token in pair if not token.text.isdigit()), None)
        return month is not None and any(token.text.isdigit() for token in pair) and month.text.istitle() and month.folded in self.g.outside

    def time(self, index: int) -> int:
        """A year or period, with or without a word that brings it in: "năm 1982", "(2016-2020)", "for 2016 - 2020", "1982"."""
        g, tokens = self.g, self.tokens
        mark = g.times.at(tokens, index)
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

    def ordinal(self, index: int) -> int:
        """A sitting's number: "lần thứ 49", "lần hai", "lần thứ XII", "-53" right after an acronym."""
        g, tokens = self.g, self.tokens
        mark = g.marks.at(tokens, index)
        inner = index + mark
        if inner >= len(tokens) or not mark:
            return 0
        number, size = self.value(inner)
        if number is None:
            return 0
        self.number = self.number or number
        inner += size
        if inner + 1 < len(tokens) and tokens[inner].folded == "-" and tokens[inner + 1].text.isdigit():
            inner += 2
        return inner - index

    def list_goes_on(self, index: int) -> bool:
        """After a comma: up to five words, then a joining word ("hòa bình, thịnh vượng và thống nhất")."""
        for inner in range(index, min(index + 6, len(self.tokens))):
            folded = self.tokens[inner].folded
            if self.tokens[inner].sentence != self.sentence or folded in ENDS_TOPIC:
                return False
            if self.g.joins.at(self.tokens, inner):
                return True
            if self.g.stops.at(self.tokens, inner):
                return False
            if folded == ",":
                if inner == index:
                    continue
                return self.list_goes_on(inner + 1)
        return False

    def value(self, index: int) -> tuple[int | None, int]:
        """The number at a word, and how many words it takes: "bảy mươi lăm"."""
        for size in range(LONGEST_NUMBER, 0, -1):
            words = [token.folded for token in self.tokens[index : index + size]]
            if len(words) == size and (number := self.g.ordinals.get(" ".join(words))) is not None:
                return number, size
        text = self.tokens[index].text
        digits = text.split("-")[0]
        return (int(digits) if digits.isdigit() and len(digits) < 4 else _roman(text)), 1


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
