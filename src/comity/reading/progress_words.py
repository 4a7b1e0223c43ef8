"""The words that make a figure a progress claim or keep it from being one, and the clause that such words are looked for in."""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.reading.figures import FigureWords
from comity.records import ProgressVerb

COMMA = re.compile(r",(?=\s)")


class ProgressWords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The words that make a figure progress, or not.

    `lines` are what plans count (`dòng hành động`), `plans` what has lines (`kế hoạch`), `plan_names` the words by which a plan's name is
    told from another document's, `rates` nouns that say what the figure is (`tỷ lệ thực hiện`), `verbs` the words of doing by what they
    say, `remaining` those that say what is left, `before_purpose` words that make a verb of doing a purpose (`để triển khai`). `others` are
    what else figures count (`phụ nữ`, `votes`), `changes` verbs of growth, `future` words of targets and orders, `sayings` those of saying
    that hold one and speak of no future ("can be said"), `conditions` words of hypotheses, `breaks` words that begin another clause,
    `as_of` words before the date a figure is of, `counted` lines that may be counted without their total, `done` words that say that it has
    been done, `targets` nouns right before a figure that is aimed at, `bare` words that may follow a figure that counts nothing of its own,
    `told` nouns right before a fraction of lines that is only told ("a figure of 57 of the 61 lines was given"), `compared` words before an
    earlier figure that one is held against ("up from"), `again` words by which a figure goes on with what was told of the one before ("con
    số này là"). Between a figure and what it counts may stand `fillers` ("of the", "số") and up to `modifiers` other words, none of them
    one of `stops`. `outputs` are what meets a quota or a budget and no plan (`xuất khẩu`). `gatherings` have a programme that is no plan
    (`chương trình kỳ họp`). `links` make a plan the owner of something else ("in the first year of the plan"), `reaches` stand between a
    subject and its figure (`đạt`), `shares` before a figure that is a part of something (`dành`), `idle` are words that name nothing ("so
    far"). `left` are words right before a figure of what is left (`còn`), `list_joins` between the counts of a list (`và`). `not_all` stand
    right before an "all" that is none, or a deed that is not done. `worth` begin what a count of projects costs ("worth 3 million"),
    `pronouns` stand for what an earlier figure counted ("of these"), `aims_by` behind a target lead to its figure ("the target that the
    assembly set was"), `asides` begin a list between what is counted and its verb ("namely"), `resumed` go on behind that list. `places`
    stand before an "all" that only says where, `as_at` before the date of all figures of a sentence, `towards` before what a date behind
    them is of ("decided to keep it until May").
    """

    figures: FigureWords
    lines: tuple[str, ...]
    counted: tuple[str, ...]
    plans: tuple[str, ...]
    plan_names: tuple[str, ...]
    rates: tuple[str, ...]
    verbs: dict[ProgressVerb, tuple[str, ...]]
    other_verbs: tuple[str, ...]
    remaining: tuple[str, ...]
    before_purpose: tuple[str, ...]
    others: tuple[str, ...]
    changes: tuple[str, ...]
    future: tuple[str, ...]
    sayings: tuple[str, ...]
    conditions: tuple[str, ...]
    breaks: tuple[str, ...]
    as_of: tuple[str, ...]
    done: tuple[str, ...]
    targets: tuple[str, ...]
    bare: tuple[str, ...]
    told: tuple[str, ...]
    compared: tuple[str, ...]
    again: tuple[str, ...]
    fillers: tuple[str, ...]
    modifiers: int
    stops: tuple[str, ...]
    outputs: tuple[str, ...]
    gatherings: tuple[str, ...]
    links: tuple[str, ...]
    reaches: tuple[str, ...]
    shares: tuple[str, ...]
    idle: tuple[str, ...]
    left: tuple[str, ...]
    list_joins: tuple[str, ...]
    not_all: tuple[str, ...]
    worth: tuple[str, ...]
    pronouns: tuple[str, ...]
    aims_by: tuple[str, ...]
    asides: tuple[str, ...]
    resumed: tuple[str, ...]
    places: tuple[str, ...]
    as_at: tuple[str, ...]
    towards: tuple[str, ...]


class Clause(Struct, frozen=True):
    """A clause's folded words without the names of instruments; `start` is its place in the page, `others` the places of its other
    figures."""

    start: int
    text: str
    others: tuple[tuple[int, int], ...] = ()

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def comma_part(text: str, at: int, after: int) -> tuple[int, int]:
    """From the last comma before a figure to the first one after it."""
    commas = [m.start() for m in COMMA.finditer(text)]
    return max((c for c in commas if c < at), default=0), min((c for c in commas if c >= after), default=len(text))


def distance_to(match: re.Match[str], at: int, after: int) -> int:
    """How far a word stands from a figure, in characters; what is blank between them (an instrument's name) counts for one."""
    between = match.string[match.end() : at] if match.end() <= at else match.string[after : match.start()]
    return len(" ".join(between.split()))


def blanked(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
    """The words from `start` to `end` with the spans blank."""
    pieces, position = [], start
    for first, last in sorted(spans):
        if first < end and last > position and first >= start:
            first = max(first, position)
            pieces += [text[position:first], " " * (min(last, end) - first)]
            position = min(last, end)
    return "".join([*pieces, text[position:end]])


def shortest(words: Iterable[str]) -> tuple[str, ...]:
    """The words that hold no other of them: where none of these stands, none of all does."""
    chosen: list[str] = []
    for word in sorted(set(words), key=len):
        if not any(other in word for other in chosen):
            chosen.append(word)
    return tuple(chosen)


def alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(map(fold, words), key=len, reverse=True))


def pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{alternatives(words) or '(?!)'})(?![\w'-])")
