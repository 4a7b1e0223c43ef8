"""Trains the statement and commitment models on a folder of gold documents: `python tools/train_statements.py GOLD_DIR [--out FOLDER]`.

Reads every document with the grammars that come before statements, so train again when those improve. Prints the scores of a cross-validation
(no document is scored by a model that has seen it), then writes `statements.msgpack` and `commitments.msgpack` from all documents. The
commitment models learn from statements as found by models that have not seen the document, as they will meet them.
"""

import argparse
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from learning import Choice, learn_choice, learn_decision
from linear_training import part_of
from msgspec import Struct

from comity.evaluation import GoldDocument, Scores, load_gold
from comity.evaluation.gold import places_of
from comity.evaluation.sameness import overlap, share_of_parties
from comity.evaluation.scores import score_document
from comity.intake import document_from_text
from comity.knowledge import load_knowledge
from comity.reading.acts import ACTS, act_features
from comity.reading.commitments import FORCES, CommitmentGrammar, CommitmentModels
from comity.reading.contents import ContentEdges, is_name, trimmed_words
from comity.reading.cues import Cue, Found
from comity.reading.layout import Layout, layout_of
from comity.reading.mentions import Mentions
from comity.reading.obligations import force_features, parties
from comity.reading.page import Page
from comity.reading.reader import Grammars
from comity.reading.reporting import CuePlaces
from comity.reading.speakers import SpeakerCandidates, Spoken
from comity.reading.statements import StatementGrammar, StatementModels
from comity.reading.undertakings import Ground, Stretch, Undertakings, may_be_one
from comity.reading.weights import MODELS, LinearModel, weight_bytes
from comity.records import Commitment, DateMention, Statement

FOLDS = 5
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS)
    args = parser.parse_args()
    lessons = read_lessons(args.gold)
    found = found_unseen(lessons)
    print_scores("statements", lessons, {name: [statement_record(statement) for statement in rows] for name, rows in found.items()})
    print_scores("commitments", lessons, commitments_unseen(lessons, found))
    write(args.out / "statements.msgpack", train(lessons))
    write(args.out / "commitments.msgpack", train_commitments(lessons, found))


def read_lessons(folder: Path) -> list[Lesson]:
    """Every gold document of the folder with what the earlier grammars find in it."""
    knowledge = load_knowledge()
    grammars: dict[str, Grammars] = {}
    lessons = []
    for gold in load_gold(folder):
        document = document_from_text(gold.text, name=gold.name, language=gold.language or None)
        if document.language not in grammars:
            grammars[document.language] = Grammars(knowledge, document.language)
        grammar = grammars[document.language]
        page = Page(document, grammar.abbreviations)
        named = [found.evidence.span for found in (*grammar.instruments.find(page), *grammar.mechanisms.find(page))]
        mentions = grammar.names.find(page, named)
        layout = layout_of(page, mentions)
        lessons.append(Lesson(gold, page, mentions, grammar.dates.find(page), layout, list(_taught(gold, layout))))
    return lessons


def found_unseen(lessons: Sequence[Lesson]) -> dict[str, tuple[Statement, ...]]:
    """Every document's statements as models find them that have not seen it."""
    result: dict[str, tuple[Statement, ...]] = {}
    for fold in range(FOLDS):
        models = train([lesson for lesson in lessons if not in_fold(lesson, fold)])
        for lesson in lessons:
            if in_fold(lesson, fold):
                result[lesson.gold.name] = StatementGrammar(lesson.page.language, models).find(lesson.page, lesson.mentions)
    return result


def commitments_unseen(lessons: Sequence[Lesson], found: dict[str, tuple[Statement, ...]]) -> dict[str, list[Record]]:
    """Every document's commitments as models find them that have not seen it."""
    result: dict[str, list[Record]] = {}
    for fold in range(FOLDS):
        models = train_commitments([lesson for lesson in lessons if not in_fold(lesson, fold)], found)
        for lesson in lessons:
            if in_fold(lesson, fold):
                grammar = CommitmentGrammar(lesson.page.language, models)
                commitments = grammar.find(lesson.page, lesson.mentions, lesson.dates, found[lesson.gold.name])
                result[lesson.gold.name] = [commitment_record(commitment) for commitment in commitments]
    return result


def in_fold(lesson: Lesson, fold: int) -> bool:
    return part_of(lesson.gold.name, FOLDS) == fold


def print_scores(kind: str, lessons: Sequence[Lesson], found: dict[str, list[Record]]) -> None:
    """The scores of one kind, over all documents and by language."""
    total: dict[str, Scores] = {"all": Scores()}
    for lesson in lessons:
        for key in ("all", lesson.page.language):
            score_document(lesson.gold, {kind: found[lesson.gold.name]}, total.setdefault(key, Scores()))
    for key, scores in total.items():
        for name, score in scores.kinds.items():
            if name.startswith(kind):
                figures = f"P {score.precision:.3f} R {score.recall:.3f} F1 {score.f1:.3f}"
                print(f"{key:4} {name:20} gold {score.gold:5} found {score.found:5}  {figures}", flush=True)


def train(lessons: Sequence[Lesson]) -> StatementModels:
    """The four models, each from the gold statements whose cue is known."""
    likely = likely_unseen(lessons)
    return StatementModels(
        reporting=LinearModel(learn_decision([row for lesson in lessons for row in reporting_rows(lesson)])),
        contents=LinearModel(learn_choice([row for lesson in lessons for row in content_rows(lesson, likely[lesson.gold.name])])),
        speakers=LinearModel(learn_choice([row for lesson in lessons for row in speaker_rows(lesson)])),
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
            for start in side.starts:
                for end in side.ends:
                    first, after = trimmed_words(tokens, start.at, end.at)
                    if first < after and not is_name(lesson.layout, first, after):
                        shared = overlap((tokens[first].start, tokens[after - 1].end), record["place"])
                        features = [*start.features, *end.features, *edges.features.stretch(side.anchor, start, end)]
                        options.append((features, math.exp(12 * shared) if shared >= 0.5 else 0.0))
        yield from _choice(options)


def speaker_rows(lesson: Lesson) -> Iterator[list[Choice]]:
    """Each gold statement's candidates, the gold speaker of the statement before among them."""
    candidates = SpeakerCandidates(lesson.page, lesson.layout, lesson.mentions)
    spoken: Spoken | None = None
    for record, cue in lesson.taught:
        options = []
        for candidate in candidates.find(cue, record["place"], spoken):
            share = share_of_parties(record["speaker"], candidate.actors)
            options.append((candidate.features, share * share if share >= 0.5 else 0.0))
        yield from _choice(options)
        if record["speaker"]:
            spoken = Spoken(tuple(record["speaker"]), cue, record["place"])


def act_rows(lesson: Lesson) -> Iterator[list[Choice]]:
    """Each gold statement's eight acts."""
    starts = [token.start for token in lesson.layout.tokens]
    for record, cue in lesson.taught:
        first, after = bisect_left(starts, record["place"][0]), bisect_left(starts, record["place"][1])
        if first < after:
            features = act_features(lesson.page, lesson.layout, cue, (first, after), tuple(record["speaker"]), direct=record["direct"])
            yield [([f"{act}|{feature}" for feature in features], float(record["act"] == act)) for act in ACTS]


def train_commitments(lessons: Sequence[Lesson], found: dict[str, tuple[Statement, ...]]) -> CommitmentModels:
    """The three models of commitments."""
    sheets = [CommitmentSheet.of(lesson, found[lesson.gold.name]) for lesson in lessons]
    return CommitmentModels(
        undertakings=LinearModel(learn_decision([row for sheet in sheets for row in sheet.undertaking_rows()], rounds=8)),
        forces=LinearModel(learn_choice([row for sheet in sheets for row in sheet.force_rows()])),
        parties=LinearModel(learn_choice([row for sheet in sheets for row in sheet.party_rows()])),
    )


class CommitmentSheet(Struct):
    """The stretches of a page that could be undertakings, each with how much of which gold commitment it shares (None: of none)."""

    lesson: Lesson
    undertakings: Undertakings
    stretches: list[tuple[Stretch, list[str], float, Record | None]]

    @classmethod
    def of(cls, lesson: Lesson, statements: tuple[Statement, ...]) -> "CommitmentSheet":
        undertakings = Undertakings(lesson.page, lesson.layout, statements)
        gold = [record for record in lesson.gold.records["commitments"] if record["place"]]
        tokens = lesson.layout.tokens
        rows: list[tuple[Stretch, list[str], float, Record | None]] = []
        for ground in undertakings.grounds:
            for stretch, features in _stretches(undertakings, ground):
                place = (tokens[stretch.first].start, tokens[stretch.after - 1].end)
                shared, number = max(((overlap(place, record["place"]), -index) for index, record in enumerate(gold)), default=(0.0, 0))
                rows.append((stretch, features, shared, gold[-number] if shared else None))
        return cls(lesson, undertakings, rows)

    def undertaking_rows(self) -> Iterator[tuple[list[str], float]]:
        """Each stretch: yes where it fits a gold commitment best, half a yes where it would pass for it."""
        best: dict[int, float] = {}
        for _, _, shared, record in self.stretches:
            best[id(record)] = max(shared, best.get(id(record), 0.0))
        for _, features, shared, record in self.stretches:
            fits = shared >= 0.5
            yield features, 1.0 if fits and shared >= best[id(record)] - 0.02 else 0.5 if fits else 0.0

    def force_rows(self) -> Iterator[list[Choice]]:
        """Each stretch that fits a gold commitment, and its four forces."""
        for stretch, record in self._fitting():
            features = force_features(self.lesson.layout, stretch, self.undertakings.nearest_modal(stretch))
            yield [([f"{force}|{feature}" for feature in features], float(record["force"] == force)) for force in FORCES]

    def party_rows(self) -> Iterator[list[Choice]]:
        """Each stretch that fits a gold commitment, and those it may be by."""
        for stretch, record in self._fitting():
            options = []
            for party in parties(self.lesson.layout, stretch, self.undertakings.nearest_modal(stretch)):
                share = share_of_parties(record["by"], party.actors)
                options.append((party.features, share * share if share >= 0.5 else 0.0))
            yield from _choice(options)

    def _fitting(self) -> Iterator[tuple[Stretch, Record]]:
        best: dict[int, tuple[float, Stretch, Record]] = {}
        for stretch, _, shared, record in self.stretches:
            if record is not None and shared >= 0.5 and shared > best.get(id(record), (0.0,))[0]:
                best[id(record)] = (shared, stretch, record)
        for _, stretch, record in best.values():
            yield stretch, record


def _stretches(undertakings: Undertakings, ground: Ground) -> Iterator[tuple[Stretch, list[str]]]:
    """Each stretch of a ground that may be one undertaking, with its features."""
    starts, ends = undertakings.edges(ground)
    base = undertakings.ground_features(ground)
    for start in starts:
        for end in ends:
            if may_be_one(start, end):
                features = [*base, *start.features, *end.features, *undertakings.whole(ground, start.at, end.at)]
                yield Stretch(start.at, end.at, ground), features


def write(path: Path, models: StatementModels | CommitmentModels) -> None:
    path.write_bytes(weight_bytes({name: model.weights for name, model in models._asdict().items()}))
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB")


def statement_record(statement: Statement) -> Record:
    """A statement as the scorer reads it."""
    place, cue = statement.evidence, statement.cue.quote if statement.cue else None
    return {"start": place.start, "end": place.end, "speaker": statement.speaker, "cue": cue, "act": statement.act}


def commitment_record(commitment: Commitment) -> Record:
    """A commitment as the scorer reads it."""
    place = commitment.evidence
    return {"start": place.start, "end": place.end, "by": commitment.by, "force": commitment.force, "due": commitment.due}


def _choice(options: Iterable[tuple[list[str], float]]) -> Iterator[list[Choice]]:
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
        nearest = (
            min(places_of(gold.text, record["cue"]), key=lambda cue: _distance(cue, place), default=None)
            if place and record.get("cue")
            else None
        )
        if nearest is None:
            continue
        first, after = bisect_right(starts, nearest[0]) - 1, bisect_left(starts, nearest[1])
        cue = next((cue for cue in layout.cues if cue.first < after and cue.after > first), None)
        if cue is not None:
            found.append((record, cue))
    return iter(sorted(found, key=lambda pair: pair[1].first))


def _distance(cue: tuple[int, int], place: tuple[int, int]) -> int:
    """Characters between a cue and a content; a cue inside the content, or far behind it, is unlikely to be its own."""
    if cue[1] <= place[0]:
        return place[0] - cue[1]
    if cue[0] >= place[1]:
        return cue[0] - place[1] + (0 if cue[0] - place[1] < 200 else 50)
    return min(cue[0] - place[0], place[1] - cue[1]) + 30


if __name__ == "__main__":
    main()
