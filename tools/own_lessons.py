"""Our own lessons for the statement models: `lessons/statements.<language>.yaml`, short texts with who says what marked in them.

`[who speaks] {act cue} <words reported>`: a cue has the words marked after it, or where another cue comes first or none follow, those
before it; its speaker is the last marked before it, or `[+the one after it]`. `[-]` says that nobody is named who could speak. They
teach how plain releases report (the gold documents in English are all of one office) and are never scored.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from statement_lessons import GrammarOf, Lesson, Record, lesson_of

from comity.evaluation import GoldDocument
from comity.intake import document_from_text
from comity.knowledge.yaml_file import read_yaml
from comity.reading.cues import Cue, Found
from comity.reading.reader import Grammars

FOLDER = Path(__file__).parent / "lessons"
MARKED = re.compile(r"\[-\] ?|\[(?P<who>[^\]]*)\]|\{(?P<act>\w+) (?P<cue>[^}]*)\}|<(?P<content>[^>]*)>")


class Marked(Struct, frozen=True):
    """A marked stretch of a lesson's text: `kind` is who, cue, content or nobody; `act` a cue's."""

    kind: str
    start: int
    end: int
    act: str = ""
    after: bool = False


def own_lessons(grammar_of: GrammarOf) -> list[Lesson]:
    """The lessons of every language. Raises ValueError where a marked cue is none that the language's file has."""
    lessons = []
    for path in sorted(FOLDER.glob("statements.*.yaml")):
        language = path.stem.removeprefix("statements.")
        for number, row in enumerate(read_yaml(path, list[str])):
            lessons.append(_lesson(f"own-{language}-{number}", row, language, grammar_of(language)))
    return lessons


def unmarked(row: str) -> tuple[str, list[Marked]]:
    """The text without marks, and what was marked in it."""
    text, marks, done = "", [], 0
    for match in MARKED.finditer(row):
        text += row[done : match.start()]
        done = match.end()
        kind = next((name for name in ("who", "cue", "content") if match[name] is not None), "nobody")
        words = match[kind] if kind != "nobody" else ""
        after = kind == "who" and words.startswith("+")
        words = words.removeprefix("+") if after else words
        marks.append(Marked(kind, len(text), len(text) + len(words), match["act"] or "", after))
        text += words
    return text + row[done:], marks


def _lesson(name: str, row: str, language: str, grammar: Grammars) -> Lesson:
    text, marks = unmarked(row)
    gold = GoldDocument(name=name, text=text, language=language, records={}, themes=frozenset())
    lesson = lesson_of(gold, document_from_text(text, name=name, language=language), grammar)
    if lesson.page.text != text:
        raise ValueError(f"{name}: the page's text differs from the lesson's")
    lesson.taught.extend(_taught(lesson, marks))
    return lesson


def _taught(lesson: Lesson, marks: list[Marked]) -> Iterator[tuple[Record, Found[Cue]]]:
    for number, mark in enumerate(marks):
        if mark.kind != "cue":
            continue
        content = _content(marks, number)
        record: Record = {
            "place": (content.start, content.end),
            "act": mark.act,
            "direct": lesson.page.text[content.start - 1 : content.start] in ("“", '"'),
            "speaker": _speaker(lesson, marks, number),
        }
        yield record, _cue(lesson, mark)


def _content(marks: list[Marked], number: int) -> Marked:
    for mark in marks[number + 1 :]:
        if mark.kind == "content":
            return mark
        if mark.kind == "cue":
            break
    return next(mark for mark in reversed(marks[:number]) if mark.kind == "content")


def _speaker(lesson: Lesson, marks: list[Marked], number: int) -> list[str] | None:
    """Those marked as the speaker; none for `[-]`; None where the names found hold nobody there, so that nothing is learned of it."""
    ahead = marks[number + 1] if number + 1 < len(marks) else None
    mark = (
        ahead
        if ahead is not None and ahead.after
        else next((mark for mark in reversed(marks[:number]) if mark.kind in ("who", "nobody") and not mark.after), None)
    )
    if mark is None or mark.kind == "nobody":
        return []
    held = [m for m in lesson.mentions.all if not m.nested and m.outer_start < mark.end and mark.start < m.outer_end]
    return list(dict.fromkeys(actor for mention in held for actor in mention.actors)) or None


def _cue(lesson: Lesson, mark: Marked) -> Found[Cue]:
    tokens = lesson.layout.tokens
    first = bisect_right([token.start for token in tokens], mark.start) - 1
    for cue in lesson.layout.cues:
        if cue.first <= first + 1 and cue.after > first and tokens[cue.first].start < mark.end:
            return cue
    raise ValueError(f"{lesson.gold.name}: no cue {lesson.page.text[mark.start : mark.end]!r} in languages/*/cues.yaml")
