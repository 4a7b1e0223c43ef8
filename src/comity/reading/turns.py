"""Whose turn it is in a transcript: "PRESIDENT SILVA: Thank you ...", "Ms. Okello (Uganda): We ...", "Q  When will you ...".

In come a page, its layout and its mentions; out comes, for each sentence inside a turn, who has it, where the label names somebody known.
"A:" answers for the only person named before the first label. A text with one label is no transcript, but where it stands at the
beginning, names somebody who goes on as "I" and nobody quotes, the text is a speech: "THE PRESIDENT:  Thank you all."
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from comity.reading.layout import Layout
from comity.reading.mentions import Form, Mentions
from comity.reading.page import Page, Token
from comity.reading.subject_words import SubjectPhrases, subject_phrases
from comity.records import GROUP, ActorId, ActorType

LONGEST_LABEL, LONGEST_NAME = 8, 20
"""Words of a label in capitals, and of a name with what is in brackets behind it, before the colon."""
FEWEST = 2
OPENING = 10
"""Lines and sentences within which a speech begins: place, hour and who is there stand before it."""
SOON = 6
"""Sentences within which whoever speaks says "I" or "we"."""


class Turn(NamedTuple):
    """A turn from word `first` on; `speaker` is empty where the label names nobody known ("MODERATOR:", "Q")."""

    first: int
    speaker: tuple[ActorId, ...]


def turns_of(page: Page, layout: Layout, mentions: Mentions) -> "Turns":
    """The page's turns with these mentions, worked out once."""
    kept = page.kept.get("turns")
    if isinstance(kept, tuple) and kept[0] is mentions:
        turns: Turns = kept[1]
        return turns
    turns = Turns(page, layout, mentions)
    page.kept["turns"] = (mentions, turns)
    return turns


class Turns:
    """The turns of one page; take them with `turns_of`."""

    def __init__(self, page: Page, layout: Layout, mentions: Mentions) -> None:
        self._layout, self._mentions, self._words = layout, mentions, subject_phrases(page.language)
        self._holders = page.holders
        found = list(self._labels(page))
        several = len(found) >= FEWEST and self._are_of_persons(found)
        self.all: tuple[Turn, ...] = tuple(found) if several or self._is_speech(page, found) else ()
        self._of_sentence: dict[int, Turn] = {}
        ends = [turn.first for turn in self.all[1:]] + [len(layout.tokens)]
        for turn, end in zip(self.all, ends if self.all else [], strict=True):
            for sentence in range(layout.tokens[turn.first].sentence, layout.tokens[end - 1].sentence + 1):
                self._of_sentence[sentence] = turn

    def of(self, sentence: int) -> Turn | None:
        """The turn that a sentence belongs to."""
        return self._of_sentence.get(sentence)

    def _are_of_persons(self, labels: Sequence[Turn]) -> bool:
        """Whether labels call those who speak: one names somebody, or stands twice. Those of a letter's head do not: "DATE: ... URL:"."""
        words = {self._layout.tokens[turn.first].folded for turn in labels}
        return any(turn.speaker for turn in labels) or len(words) < len(labels)

    def _is_speech(self, page: Page, labels: Sequence[Turn]) -> bool:
        if len(labels) != 1 or not labels[0].speaker:
            return False
        layout, first = self._layout, labels[0].first
        if page.headline is not None and layout.tokens[first].start < page.headline.end:
            return False  # a headline quotes
        number = layout.tokens[first].sentence
        soon = range(first, layout.sentence_words[min(number + SOON, len(layout.sentence_words)) - 1].stop)
        return number < OPENING and any(_is_self(layout.tokens[at], self._words) and not layout.quoted[at] for at in soon)

    def _labels(self, page: Page) -> Iterator[Turn]:
        tokens, began = self._layout.tokens, len(page.text)
        for words in self._layout.sentence_words:
            if not words or not _begins_line(page.text, tokens[words.start].start):
                continue
            if tokens[words.start].folded in self._words.askers:
                began = min(began, tokens[words.start].start)
                yield Turn(words.start, ())
                continue
            if tokens[words.start].folded in self._words.answerers and any(tokens[at].text == ":" for at in words[1:2]):
                yield Turn(words.start, self._interviewed(began))
                continue
            colon = next((at for at in words[: LONGEST_NAME + 1] if tokens[at].text == ":"), None)
            label = tokens[words.start : colon] if colon is not None else ()
            if colon is not None and self._is_name(words.start, colon):
                yield Turn(words.start, self._named(words.start))
            elif 0 < len(label) <= LONGEST_LABEL and _is_in_capitals(label):
                speaker = self._speaker(label[0].start, label[-1].end, label[-1].folded)
                yield Turn(words.start, speaker or self._holder(label) or self._group(label))

    def _holder(self, label: Sequence[Token]) -> tuple[ActorId, ...]:
        """Whom the title of the text names by the office that is the label: "THE VICE PRESIDENT:"."""
        words = [token.folded for token in label]
        person = self._holders.get(" ".join(words[1:] if words[0] in self._words.articles else words))
        return (person,) if person is not None else ()

    def _group(self, label: Sequence[Token]) -> tuple[ActorId, ...]:
        """People without a name whom the label calls what they are: "SENIOR ADMINISTRATION OFFICIAL:"; none who hold an office."""
        one, many = label[-1].folded, label[-1].folded + "s"
        nameless = one in self._words.speaks_for and many in self._words.groups and label[0].folded not in self._words.articles
        return (f"{GROUP}{many}",) if nameless else ()

    def _interviewed(self, before: int) -> tuple[ActorId, ...]:
        """The only person named before the first question."""
        persons = {one.actors for one in self._mentions.within(0, before) if one.type is ActorType.PERSON and len(one.actors) == 1}
        return persons.pop() if len(persons) == 1 else ()

    def _is_name(self, first: int, colon: int) -> bool:
        """Whether nothing but a person's name with its title, and what is in brackets, stands before the colon."""
        mention = self._layout.mention[first]
        if mention is None or mention.type is not ActorType.PERSON or mention.form is not Form.NAME or len(mention.actors) != 1:
            return False
        depth = 0
        for index in range(first, colon):
            text = self._layout.tokens[index].text
            depth += (text == "(") - (text == ")")
            if depth == 0 and text != ")" and self._layout.mention[index] is not mention:
                return False
        return depth == 0

    def _named(self, first: int) -> tuple[ActorId, ...]:
        """The person whose name begins a label; one named by a single word there is whoever the text names in full."""
        mention = self._layout.mention[first]
        if mention is None or "-" in mention.actors[0]:
            return mention.actors if mention is not None else ()
        return self._speaker(mention.start, mention.end, mention.actors[0])

    def _speaker(self, start: int, end: int, last: str) -> tuple[ActorId, ...]:
        """The person whom a label names, else the only one on the page whose name ends (or begins) with the label's last word."""
        persons = [mention for mention in self._mentions.all if mention.type is ActorType.PERSON and len(mention.actors) == 1]
        named = next((mention.actors for mention in persons if start <= mention.start < end), None)
        if named is not None and "-" in named[0]:
            return named
        ends = ((one.actors, one.actors[0].split("-")) for one in persons if one.actors != named)
        fitting = {actors for actors, parts in ends if last in (parts[-1], parts[0])}
        return fitting.pop() if len(fitting) == 1 else named or ()


def _is_self(token: Token, words: SubjectPhrases) -> bool:
    """Whether a word is "I", "I'm" or "tôi"."""
    return token.folded.replace("’", "'").partition("'")[0] in words.selves


def _is_in_capitals(label: Sequence[Token]) -> bool:
    return all(token.text.isupper() or not token.text[0].isalpha() for token in label) and len(label[-1].text) > 1


def _begins_line(text: str, start: int) -> bool:
    return not text[max(0, start - 40) : start].rpartition("\n")[2].strip(" *_>\t\xa0")
