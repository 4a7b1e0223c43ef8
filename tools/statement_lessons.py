"""Lessons for the statement models: gold documents as the statement grammar sees them, and the rows each model learns from."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from learning import Choice, learn_choice, learn_decision
from linear_training import part_of
from msgspec import Struct

from comity.evaluation import GoldDocument
from comity.evaluation.gold import places_of
from comity.evaluation.sameness import overlap, share_of_parties
from comity.intake import document_from_text
from comity.reading.acts import ACTS, act_features
from comity.reading.content_features import Anchor, ContentFeatures, End, Start, stretch_features
from comity.reading.contents import ContentEdges, is_name, trimmed_words
from comity.reading.cues import Cue, Found
from comity.reading.layout import Layout, layout_of
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.reading.reader import Grammars
from comity.reading.reporting import CuePlaces
from comity.reading.speakers import GROUP, SpeakerCandidates, Spoken
from comity.reading.statements import StatementModels
from comity.reading.weights import LinearModel
from comity.records import DateMention, Document

INNER_FOLDS = 3
Record = dict[str, Any]


class Lesson(Struct):
    """A gold document as the statement grammar sees it, and which cue each gold statement has."""

    gold: GoldDocument
    page: Page
    mentions: Mentions
    dates: tuple[DateMention, ...]
    layout: Layout
    taught: list[tuple[Record, Found[Cue]]]


GrammarOf = Callable[[str], Grammars]


def read_lessons(documents: Iterable[GoldDocument], grammar_of: GrammarOf) -> list[Lesson]:
    """The gold documents with what the earlier grammars find in them."""
    lessons = []
    for gold in documents:
        document = document_from_text(gold.text, name=gold.name, language=gold.language or None)
        lesson = lesson_of(gold, document, grammar_of(document.language))
        lesson.taught.extend(_taught(gold, lesson.layout))
        lessons.append(lesson)
    return lessons


def lesson_of(gold: GoldDocument, document: Document, grammar: Grammars) -> Lesson:
    """What the earlier grammars find in a document; nothing is taught yet."""
    page = Page(document, grammar.abbreviations)
    instruments, mechanisms = grammar.instruments.find(page), grammar.mechanisms.find(page)
    named = [*(found.evidence.span for found in instruments), *(found.evidence.span for found in mechanisms)]
    mentions = grammar.names.find(page, named)
    return Lesson(gold, page, mentions, grammar.dates.find(page), layout_of(page, mentions), [])


def train_statements(lessons: Sequence[Lesson]) -> StatementModels:
    """The four models, each from the gold statements whose cue is known."""
    likely = likely_unseen(lessons)
    return StatementModels(
        reporting=LinearModel(learn_decision([row for lesson in lessons for row in reporting_rows(lesson)])),
        contents=LinearModel(learn_choice([row for lesson in lessons for row in content_rows(lesson, likely[lesson.gold.name])])),
        speakers=LinearModel(learn_choice([row for lesson in lessons for row in speaker_rows(lesson)], rate=0.05, shrink=5e-5)),
        acts=LinearModel(learn_choice([row for lesson in lessons for row in act_rows(lesson)], rounds=6, rate=0.1)),
    )


def likely_unseen(lessons: Sequence[Lesson]) -> dict[str, list[float]]:
    """How likely each cue reports by models that have not seen its document, as the content model will meet them."""
    result: dict[str, list[float]] = {}
    for part in range(INNER_FOLDS):
        model = LinearModel(
            learn_decision([row for lesson in lessons if not in_part(lesson, part) for row in reporting_rows(lesson)], rounds=8)
        )
        for lesson in lessons:
            if in_part(lesson, part):
                result[lesson.gold.name] = [model.probability(features) for features, _ in reporting_rows(lesson)]
    return result


def in_part(lesson: Lesson, part: int) -> bool:
    return part_of(lesson.gold.name + "inner", INNER_FOLDS) == part


def reporting_rows(lesson: Lesson) -> Iterator[tuple[list[str], float]]:
    """Each cue of the page, and whether it has a gold statement."""
    places = CuePlaces(lesson.page, lesson.layout)
    reporting = {cue.first for _, cue in lesson.taught}
    for cue in lesson.layout.cues:
        yield places.features(cue), float(cue.first in reporting)


def content_rows(lesson: Lesson, likely: Sequence[float]) -> Iterator[list[Choice]]:
    """Each gold statement's stretches; those that overlap the gold words most share the choice."""
    edges = ContentEdges(lesson.page, lesson.layout, likely)
    tokens = lesson.layout.tokens
    for record, cue in lesson.taught:
        options: list[tuple[list[str], float]] = []
        for side in edges.sides(cue):
            openings = {start: start_features(edges.features, side.anchor, start) for start in side.starts}
            closings = {end: end_features(edges.features, side.anchor, end) for end in side.ends}
            for start in side.starts:
                for end in side.ends:
                    first, after = trimmed_words(tokens, start.at, end.at)
                    if first < after and not is_name(lesson.layout, first, after):
                        shared = overlap((tokens[first].start, tokens[after - 1].end), record["place"])
                        kind = edges.features.stretch_kind(side.anchor, start, end)
                        features = [*openings[start], *closings[end], *stretch_features(kind)]
                        options.append((features, math.exp(12 * shared) if shared >= 0.5 else 0.0))
        yield from choice(options)


def start_features(features: ContentFeatures, anchor: Anchor, start: Start) -> list[str]:
    return [*features.start_place(anchor.side, start.at), *features.start(anchor, start)]


def end_features(features: ContentFeatures, anchor: Anchor, end: End) -> list[str]:
    place, shared = features.end_place(anchor.side, end.at, end.after)
    return [*shared, *features.end(anchor, end, place)]


def speaker_rows(lesson: Lesson) -> Iterator[list[Choice]]:
    """Each gold statement's candidates, the gold speaker of the statement before among them.

    Where a named speaker is none of the candidates nothing is taught: that names were not found says nothing of where speakers stand
    (cross-validated: 0.5 to 1.4 of 100 statements more have the right speaker, as many a wrong person).
    """
    candidates = SpeakerCandidates(lesson.page, lesson.layout, lesson.mentions)
    spoken: Spoken | None = None
    for record, cue in lesson.taught:
        if record["speaker"] is None:
            continue
        found = candidates.find(cue, record["place"], spoken)
        shares = [share_of_speakers(record["speaker"], candidate.actors) for candidate in found]
        if not any(shares) and is_without_name(record["speaker"]):  # the right choice names none
            shares = [float(not candidate.actors) for candidate in found]
        options = [(candidate.features, share * share) for candidate, share in zip(found, shares, strict=True)]
        yield from choice(options)
        if options:
            spoken = Spoken(tuple(record["speaker"]), cue, record["place"])


def is_without_name(speaker: Sequence[str]) -> bool:
    """Whether nobody speaks, or a group without a name."""
    return not speaker or any(one.startswith(GROUP) for one in speaker)


def share_of_speakers(wanted: Sequence[str], found: Sequence[str]) -> float:
    """How far two sets of speakers agree, 0 below half; a group without a name is as good as another: "group:officials"."""
    share = share_of_parties(wanted, found)
    if share < 0.5 and any(one.startswith(GROUP) for one in wanted) and any(one.startswith(GROUP) for one in found):
        return 0.7
    return share if share >= 0.5 else 0.0


def act_rows(lesson: Lesson) -> Iterator[list[Choice]]:
    """Each gold statement's eight acts."""
    starts = [token.start for token in lesson.layout.tokens]
    for record, cue in lesson.taught:
        first, after = bisect_left(starts, record["place"][0]), bisect_left(starts, record["place"][1])
        if first < after:
            speaker = tuple(record["speaker"] or ())
            features = act_features(lesson.page, lesson.layout, cue, (first, after), speaker, direct=record["direct"])
            yield [([f"{act}|{feature}" for feature in features], float(record["act"] == act)) for act in ACTS]


def choice(options: Iterable[tuple[list[str], float]]) -> Iterator[list[Choice]]:
    """The options with their shares of the choice, where any is right."""
    rows = list(options)
    total = sum(share for _, share in rows)
    if total:
        yield [(features, share / total) for features, share in rows]


def _taught(gold: GoldDocument, layout: Layout) -> Iterator[tuple[Record, Found[Cue]]]:
    """Gold statements in the order of their cues, each with the cue of the page that overlaps the gold cue nearest to its content."""
    starts = [token.start for token in layout.tokens]
    found: list[tuple[Record, Found[Cue]]] = []
    for record in gold.records["statements"]:
        place = record["place"]
        nearest = _cue_place(gold, record) if place and record.get("cue") else None
        if nearest is None:
            continue
        first, after = bisect_right(starts, nearest[0]) - 1, bisect_left(starts, nearest[1])
        cue = next((cue for cue in layout.cues if cue.first < after and cue.after > first), None)
        if cue is not None:
            found.append((record, cue))
    return iter(sorted(found, key=lambda pair: pair[1].first))


def _cue_place(gold: GoldDocument, record: Record) -> tuple[int, int] | None:
    """Where the cue stands: as annotated, else the nearest to its content of those with its words."""
    annotated: tuple[int, int] | None = record.get("cue_place")
    return annotated or min(places_of(gold.text, record["cue"]), key=lambda cue: _distance(cue, record["place"]), default=None)


def _distance(cue: tuple[int, int], place: tuple[int, int]) -> int:
    """Characters between a cue and a content; a cue inside the content, or far behind it, is unlikely to be its own."""
    if cue[1] <= place[0]:
        return place[0] - cue[1]
    if cue[0] >= place[1]:
        return cue[0] - place[1] + (0 if cue[0] - place[1] < 200 else 50)
    return min(cue[0] - place[0], place[1] - cue[1]) + 30
