"""Where clauses begin on a page: behind a mark, a word such as "when", or another reporting verb."""

from collections.abc import Container

from comity.reading.content_features import CLAUSE_MARKS
from comity.reading.layout import QUOTES, Layout
from comity.reading.mentions import Form
from comity.records import ActorType

FARTHEST = 40
"""Words before a verb within which its clause begins."""
LONGEST_BRACKET = 12
LONGEST_OPENER = 4
"""Words that a sentence begins with before its subject: "Theo đó,"."""
OWNED_WITHIN = 4
"""Words between people and the name that tells whose they are: "quan chức ngoại giao | Anh"."""
STOPS = frozenset(".?!()[]…") | CLAUSE_MARKS | QUOTES


class ClauseEdges:
    """`opens` are the words right behind one that begins a clause, `things` those of things that are cues too ("thông cáo | cho hay"),
    `owners` those behind which somebody's things or people are his ("của"), `people` the heads of people without a name, `joins` the words
    between two who act together, `inside` small words within a name."""

    def __init__(
        self,
        layout: Layout,
        opens: set[int],
        things: set[int],
        owners: set[int],
        people: set[int],
        joins: Container[str],
        inside: Container[str],
    ) -> None:
        self.layout, self.tokens, self.opens, self.things = layout, layout.tokens, opens, things
        self.owners, self.people, self.joins, self.inside = owners, people, joins, inside

    def start(self, stop: int) -> int:
        """Where the clause of the verb at word `stop` begins."""
        sentence = self.layout.sentence_words[self.tokens[stop].sentence]
        floor = max(sentence.start, stop - FARTHEST)
        index = stop
        while index > floor:
            before = index - 1
            if index == stop and self.tokens[before].text == ")":
                index = self._behind_bracket(before, floor)
                if index == stop:
                    break
                continue
            if self.layout.mention[before] is not None:
                index = before
                continue
            if (
                (self.tokens[before].text in STOPS and not self._is_hyphen(before))
                or (index in self.opens and not self._joins_owners(index))
                or (self.layout.cue[before] is not None and before not in self.things)
            ):
                break
            index = before
        return index

    def _joins_owners(self, index: int) -> bool:
        """Whether the word before joins two whose people act: "lãnh đạo của Bỉ | và | Na Uy yêu cầu", "quan chức Anh | và | Đức nói"."""
        floor, first = self.layout.sentence_words[self.tokens[index].sentence].start, index - 2
        if first <= floor or self.tokens[index - 1].folded not in self.joins or not self._is_body(index):
            return False
        if not (self._is_body(first) or (self.layout.mention[first] is None and self.tokens[first].text[0].isupper())):
            return False  # a name within an office that nobody named holds is none of its own: "quan chức ngoại giao | Anh"
        while first > floor and (self._is_body(first - 1) or self._is_in_name(first - 1)):
            first -= 1
        near = range(max(floor, first - OWNED_WITHIN), index - 1)
        return first - 1 in self.owners or any(at in self.people and not self._is_body(at) for at in near)

    def _is_in_name(self, index: int) -> bool:
        """Whether a word may be one of a name's: "the Socialist Republic | of | Vietnam"."""
        return self.tokens[index].text[0].isupper() or (
            self.tokens[index].folded in self.inside and self.tokens[index - 1].text[0].isupper()
        )

    def _is_body(self, index: int) -> bool:
        mention = self.layout.mention[index]
        return mention is not None and mention.type is not ActorType.PERSON and mention.form is Form.NAME

    def _behind_bracket(self, close: int, floor: int) -> int:
        """Where a bracket right before a verb opens: "Mr Nam (Ely) | said"; right behind it where it doesn't."""
        inside = range(close - 1, max(floor, close - LONGEST_BRACKET), -1)
        opening = next((index for index in inside if self.tokens[index].text == "("), floor)
        named = self.layout.mention[opening - 1] if opening > floor else None
        return opening if opening > floor and (named is None or named.type is ActorType.PERSON) else close + 1

    def behind_opener(self, words: range, openers: Container[str]) -> int:
        """Where a sentence begins behind such words as "Theo đó," or "However,"."""
        comma = next((index for index in words[1 : LONGEST_OPENER + 1] if self.tokens[index].text == ","), words.start)
        before = self.tokens[words.start : comma]
        return comma + 1 if before and all(token.folded in openers for token in before) else words.start

    def _is_hyphen(self, index: int) -> bool:
        """Whether the mark joins two words ("Al-Qaeda", "U.S.-led") and parts no clause."""
        token = self.tokens[index]
        return token.text == "-" and index > 0 and self.tokens[index - 1].end == token.start
