"""What all trained models know of each word of a page: one pass, kept with the page, shared by the grammars.

In come a page and its mentions; out comes a `Layout`: for each word of `page.tokens`

- `items[i]`: features as byte strings, ready for `SequenceModel.tag`; put a model's own after them, `[*layout.items[i], b"mine"]`:
  `0=` the word folded with digits as 0, `-2= -1= 1= 2=` its neighbours, `<` and `>` its pairs with the words before and after, `p=` and `s=`
  first and last three letters, `x=` its shape (`X` capital, `A` capitals, `9` figures, `a` small, `.` mark), `m=` the mention that holds it
  (type, form and B or I; `t` for a title outside the name), `c=` the cue that holds it (act, frame, B or I), `q` inside quotation
  marks, `h` in the headline, `f` first word of its sentence;
- `cue[i]`: the cue at the word, or None; `cues`: all cues with their words;
- `quoted[i]`: 1 inside quotation marks, which may run over sentences;
- `mention[i]`: the party mention (not nested) whose name or title holds the word, or None;
- `sentence_words[n]`: the words of sentence n as a range.

Take it with `layout_of(page, mentions)`: the first call does the work, later calls for the same page and mentions return the same.
"""

import re
from functools import cache, lru_cache

from msgspec import Struct

from comity.reading.cues import Cue, Found, Phrases, cue_phrases, find_cues
from comity.reading.mentions import Mention, Mentions
from comity.reading.page import Page, Token
from comity.records import LanguageCode

DIGIT = re.compile(r"\d")
OPENING, EITHER = "“«„", '"'
QUOTES = frozenset("“”«»„" + EITHER)
LONGEST_QUOTE = 400
"""Words. A quotation mark that is not closed within these opens nothing: in practice a closing mark is missing or odd."""


class Layout(Struct):
    """The words of a page with what is known of each; see the module's head."""

    tokens: tuple[Token, ...]
    items: list[list[bytes]]
    cues: list[Found[Cue]]
    cue: list[Cue | None]
    mention: list[Mention | None]
    quoted: bytearray
    sentence_words: list[range]


def layout_of(page: Page, mentions: Mentions) -> Layout:
    """The page's layout with these mentions, worked out once."""
    kept = page.kept.get("layout")
    if isinstance(kept, tuple) and kept[0] is mentions:
        layout: Layout = kept[1]
        return layout
    layout = _lay_out(page, mentions)
    page.kept["layout"] = (mentions, layout)
    return layout


def _lay_out(page: Page, mentions: Mentions) -> Layout:
    tokens = page.tokens
    cues = find_cues(tokens, _phrases(page.language))
    quoted = quoted_words(page)
    items = _word_items(tokens)
    cue = _mark_cues(items, cues)
    mention = _mark_mentions(items, tokens, mentions)
    sentence_words = _sentence_words(tokens, len(page.sentences))
    headline = page.headline
    for words in sentence_words:
        if words:
            items[words.start].append(b"f")
            if headline and tokens[words.start].start < headline.end:
                for index in words:
                    items[index].append(b"h")
    for index, inside in enumerate(quoted):
        if inside:
            items[index].append(b"q")
    return Layout(tokens, items, cues, cue, mention, quoted, sentence_words)


def quoted_words(page: Page) -> bytearray:
    """1 for each word inside quotation marks, the marks themselves not counted.

    A straight mark opens where it stands before a word and after a blank ('said "we'), else it closes. A mark that finds no partner within
    `LONGEST_QUOTE` words, or before the next one that opens, is odd and opens nothing.
    """
    tokens, text = page.tokens, page.text
    result = bytearray(len(tokens))
    opened = -1
    for index, token in enumerate(tokens):
        mark = token.text
        if mark not in QUOTES:
            continue
        if mark in OPENING or (mark == EITHER and _opens(text, token)):
            opened = index
        elif opened >= 0:
            if index - opened <= LONGEST_QUOTE:
                result[opened + 1 : index] = b"\1" * (index - opened - 1)
            opened = -1
    return result


def _opens(text: str, mark: Token) -> bool:
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    return (not before or before in " \n\r\t\u00a0([-–—:,.") and bool(after) and not after.isspace() and after not in ",.;:!?)"


@cache
def _phrases(language: LanguageCode) -> Phrases[Cue | None]:
    return cue_phrases(language)


class _Word(Struct):
    """A word's features, as itself and as the neighbour of another."""

    word: bytes
    own: tuple[bytes, ...]
    before: bytes
    before_that: bytes
    after: bytes
    after_that: bytes


@lru_cache(maxsize=100_000)
def _word(text: str) -> _Word:
    folded = text.lower()
    word = DIGIT.sub("0", folded).encode()
    shape = _shape(text)
    own = [b"0=" + word, b"x=" + shape]
    if len(folded) > 3:
        own += [b"p=" + folded[:3].encode(), b"s=" + folded[-3:].encode()]
    return _Word(word, tuple(own), b"-1=" + word, b"-2=" + word, b"1=" + word, b"2=" + word)


def _shape(text: str) -> bytes:
    if text[0].isdigit():
        return b"9"
    if not text[0].isalpha():
        return b"."
    if text[0].islower():
        return b"a"
    return b"A" if len(text) > 1 and text.isupper() else b"X"


EDGE = _word("\0")


def _word_items(tokens: tuple[Token, ...]) -> list[list[bytes]]:
    words = [EDGE, EDGE, *[_word(token.text) for token in tokens], EDGE, EDGE]
    return [
        [
            *word.own,
            before.before,
            before_that.before_that,
            after.after,
            after_that.after_that,
            b"<%b %b" % (before.word, word.word),
            b">%b %b" % (word.word, after.word),
        ]
        for before_that, before, word, after, after_that in zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)
    ]


def _mark_cues(items: list[list[bytes]], cues: list[Found[Cue]]) -> list[Cue | None]:
    result: list[Cue | None] = [None] * len(items)
    for found in cues:
        kind = f"{found.value.act} {found.value.frame}".encode()
        for index in range(found.first, found.after):
            result[index] = found.value
            items[index].append((b"c=B" if index == found.first else b"c=I") + kind)
    return result


def _mark_mentions(items: list[list[bytes]], tokens: tuple[Token, ...], mentions: Mentions) -> list[Mention | None]:
    result: list[Mention | None] = [None] * len(items)
    index = 0
    for mention in mentions.all:
        if mention.nested:
            continue
        while index < len(tokens) and tokens[index].end <= mention.outer_start:
            index += 1
        inside = index
        kind = f"{mention.type} {mention.form}".encode()
        while inside < len(tokens) and tokens[inside].start < mention.outer_end:
            token = tokens[inside]
            if token.end <= mention.start or token.start >= mention.end:
                name = b"m=t" + kind
            else:
                name = (b"m=B" if token.start <= mention.start else b"m=I") + kind
            if result[inside] is None:
                items[inside].append(name)
                result[inside] = mention
            inside += 1
    return result


def _sentence_words(tokens: tuple[Token, ...], count: int) -> list[range]:
    starts = [0] * (count + 1)
    for token in tokens:
        starts[token.sentence + 1] += 1
    for index in range(count):
        starts[index + 1] += starts[index]
    return [range(starts[index], starts[index + 1]) for index in range(count)]
