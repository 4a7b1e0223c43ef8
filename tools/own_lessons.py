"""Our own lessons for the statement and commitment models: short texts with who says what marked in them, one list for each language.

`[who speaks] {act cue} <words reported>`: a cue has the words marked after it, or where another cue comes first or none follow, those
before it; its speaker is the last marked before it, or `[+the one after it]`. `[-]` says that nobody is named who could speak. In
`lessons/commitments.*.yaml` `«force words»` marks what is undertaken. The lessons teach how plain releases report (the gold documents in
English are all of one office) and are never scored.
"""

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
from comity.records import Act, Statement

FOLDER = Path(__file__).parent / "lessons"
OPENING = {"[": "who", "{": "cue", "<": "content", "«": "commitment"}
CLOSING = "]}>»"
LABELLED = ("cue", "commitment")
"""Marks whose first word is a label: the cue's act, the commitment's force."""


class Marked(Struct, frozen=True):
    """A marked stretch of a lesson's text: `kind` is who, nobody, cue, content or commitment; `after`: who speaks by the cue before."""

    kind: str
    start: int
    end: int
    label: str = ""
    after: bool = False


def own_lessons(topic: str, grammar_of: GrammarOf) -> list[Lesson]:
    """The lessons of a topic in every language. Raises ValueError where a marked cue is none that the language's file has."""
    lessons = []
    for path in sorted(FOLDER.glob(f"{topic}.*.yaml")):
        language = path.stem.removeprefix(f"{topic}.")
        for number, row in enumerate(read_yaml(path, list[str])):
            lessons.append(_lesson(f"own-{topic}-{language}-{number}", row, language, grammar_of(language)))
    return lessons


def own_statements(lesson: Lesson) -> tuple[Statement, ...]:
    """The statements marked in a lesson, as the commitment grammar takes them."""
    tokens, page = lesson.layout.tokens, lesson.page
    return tuple(
        Statement(
            evidence=page.evidence(*record["place"]),
            speaker=tuple(record["speaker"] or ()),
            cue=page.evidence(tokens[cue.first].start, tokens[cue.after - 1].end),
            act=Act(record["act"]),
            direct=record["direct"],
        )
        for record, cue in lesson.taught
    )


def unmarked(row: str) -> tuple[str, list[Marked]]:
    """The text without marks, and what was marked in it, in order of beginnings."""
    text, marks, at = "", [], 0
    open_marks: list[tuple[str, int, str, bool]] = []
    while at < len(row):
        if row.startswith("[-] ", at):
            marks.append(Marked("nobody", len(text), len(text)))
            at += 4
        elif row[at] in OPENING:
            kind, label = OPENING[row[at]], ""
            at += 1
            if kind in LABELLED:
                label = row[at : row.index(" ", at)]
                at += len(label) + 1
            after = row[at] == "+"
            at += after
            open_marks.append((kind, len(text), label, after))
        elif row[at] in CLOSING:
            kind, start, label, after = open_marks.pop()
            marks.append(Marked(kind, start, len(text), label, after))
            at += 1
        else:
            text += row[at]
            at += 1
    return text, sorted(marks, key=lambda mark: mark.start)


def _lesson(name: str, row: str, language: str, grammar: Grammars) -> Lesson:
    text, marks = unmarked(row)
    records: dict[str, list[Record]] = {"commitments": []}
    gold = GoldDocument(name=name, text=text, language=language, records=records, themes=frozenset())
    lesson = lesson_of(gold, document_from_text(text, name=name, language=language), grammar)
    if lesson.page.text != text:
        raise ValueError(f"{name}: the page's text differs from the lesson's")
    lesson.taught.extend(_taught(lesson, marks))
    for mark in marks:
        if mark.kind == "commitment":
            held = next(record for record, _ in lesson.taught if record["place"][0] <= mark.start and mark.end <= record["place"][1])
            records["commitments"].append({"place": (mark.start, mark.end), "force": mark.label, "by": held["speaker"] or []})
    return lesson


def _taught(lesson: Lesson, marks: list[Marked]) -> Iterator[tuple[Record, Found[Cue]]]:
    for number, mark in enumerate(marks):
        if mark.kind != "cue":
            continue
        content = _content(marks, number)
        record: Record = {
            "place": (content.start, content.end),
            "act": mark.label,
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
