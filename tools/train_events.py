"""Trains the event models on a folder of gold documents: `python tools/train_events.py GOLD_DIR [--out FILE]`.

Reads every document with the grammars that come before events, so train again when those improve, and the sentences in `lessons/`. Prints
the scores of a cross-validation (no document is scored by a model that has seen it), then writes `src/comity/reading/models/events.msgpack`
from all documents. The statements about the events were found by a model that has seen the documents: that flatters F1 by about .01.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from event_lessons import read_event_lessons
from linear_training import Row, fit, part_of
from msgspec import Struct

from comity.evaluation import GoldDocument, Scores, load_gold
from comity.evaluation.sameness import same_actor, same_day
from comity.evaluation.scores import score_document
from comity.intake import document_from_text
from comity.knowledge import load_knowledge
from comity.languages import languages
from comity.reading.event_dates import date_candidates, dated
from comity.reading.event_features import Earlier, plain_features, typed_features
from comity.reading.event_parties import candidates, choose, typed, weighed
from comity.reading.event_scene import EventLexicon, Scene
from comity.reading.events import EventModels, reports
from comity.reading.page import Page
from comity.reading.reader import Grammars
from comity.reading.weights import MODELS, LinearModel, weight_bytes
from comity.records import EventReport, EventType

DATE_AT = 0.2
SHARPER = 1.2
PENALTIES = {"trigger": 10.0, "party": 4.0, "date": 1.0}
THRESHOLDS = (0.19, 0.22, 0.25, 0.28, 0.31, 0.34, 0.37)
FOLDS = 5
EVEN = 0.01
"""F1 so near to each other is chance."""
LEAST = 2
"""What holds in fewer rows teaches nothing that carries over."""
STACK = 3


class Example(Struct):
    """A gold document as the event grammar sees it; `events` maps a trigger's place to the gold events it reports, by type."""

    gold: GoldDocument
    scene: Scene
    events: dict[int, dict[EventType, dict[str, Any]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS / "events.msgpack")
    args = parser.parse_args()
    examples = read_examples(args.gold)
    lessons = [_example(gold, scene) for language in languages() for gold, scene in read_event_lessons(language)]
    threshold = cross_validate(examples, lessons)
    models = train([*examples, *lessons], threshold)
    args.out.parent.mkdir(exist_ok=True)
    args.out.write_bytes(model_bytes(models))
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.2f} MB, trigger threshold {threshold}")


def read_examples(folder: Path) -> list[Example]:
    """Every gold document of the folder with what the earlier grammars find in it."""
    knowledge = load_knowledge()
    grammars: dict[str, Grammars] = {}
    lexicons: dict[str, EventLexicon] = {}
    examples = []
    for gold in load_gold(folder):
        document = document_from_text(gold.text, name=gold.name, language=gold.language or None)
        language = document.language
        if language not in grammars:
            grammars[language], lexicons[language] = Grammars(knowledge, language), EventLexicon(language)
        examples.append(_example(gold, _scene(Page(document, grammars[language].abbreviations), grammars[language], lexicons[language])))
    return examples


def cross_validate(examples: Sequence[Example], lessons: Sequence[Example]) -> float:
    """Print the scores by threshold; return, of those about even, the one that finds about as many events as there are."""
    folds = [train([*(e for e in examples if part_of(e.gold.name, FOLDS) != fold), *lessons], 0.3) for fold in range(FOLDS)]
    results: list[tuple[float, float, int]] = []
    for threshold in THRESHOLDS:
        total, by_language = score(examples, [_with_threshold(model, threshold) for model in folds])
        print(f"threshold {threshold:.2f}  {_row(total)}  " + "  ".join(f"{name}: {_row(s)}" for name, s in by_language.items()))
        events = total.kinds["events"]
        results.append((events.f1, threshold, abs(events.found - events.gold)))
    best = max(f1 for f1, _, _ in results)
    return min((off, threshold) for f1, threshold, off in results if f1 >= best - EVEN)[1]


def score(examples: Sequence[Example], folds: Sequence[EventModels]) -> tuple[Scores, dict[str, Scores]]:
    """Each document read with the models of the fold it is not in."""
    total, by_language = Scores(), dict[str, Scores]()
    for example in examples:
        record = {"events": [_record(example, report) for report in reports(example.scene, folds[part_of(example.gold.name, len(folds))])]}
        for scores in (total, by_language.setdefault(example.scene.page.language, Scores())):
            score_document(example.gold, record, scores)
    return total, by_language


def train(examples: Sequence[Example], threshold: float) -> EventModels:
    """The three models. The trigger model learns with parties chosen by a party model that has not seen the document."""
    party = fit_parties(examples)
    rows: list[Row] = []
    for fold in range(STACK):
        unseen = fit_parties([e for e in examples if part_of(e.gold.name, STACK) != fold])
        rows += trigger_rows([e for e in examples if part_of(e.gold.name, STACK) == fold], unseen)
    return EventModels(
        trigger=fit(_often(rows), penalty=PENALTIES["trigger"]),
        party=party,
        date=fit(date_rows(examples), penalty=PENALTIES["date"]),
        trigger_at=threshold,
        date_at=DATE_AT,
    )


def fit_parties(examples: Sequence[Example]) -> LinearModel:
    """Sharper than fitted: the mentions of a sentence are no independent witnesses."""
    model = fit(party_rows(examples), penalty=PENALTIES["party"])
    return LinearModel({feature: SHARPER * weight for feature, weight in model.weights.items()})


def party_rows(examples: Iterable[Example]) -> list[Row]:
    rows: list[Row] = []
    for example in examples:
        for index, events in example.events.items():
            trigger = example.scene.triggers[index]
            around = candidates(example.scene, trigger)
            for kind, event in events.items():
                parties = event["source"] + event["target"]
                for candidate in around:
                    takes_part = any(same_actor(actor, party) for actor in candidate.mention.actors for party in parties)
                    rows.append((typed(candidate, kind, dict(trigger.types)[kind]), takes_part))
    return rows


def trigger_rows(examples: Iterable[Example], party: LinearModel) -> list[Row]:
    rows: list[Row] = []
    for example in examples:
        earlier = Earlier()
        for index, trigger in enumerate(example.scene.triggers):
            plain = plain_features(example.scene, trigger, index)
            around = weighed(candidates(example.scene, trigger), party)
            told = []
            for kind, mutual in trigger.types:
                parties = choose(around, kind, mutual, party)
                told.append((kind, parties))
                features = typed_features(example.scene, trigger, plain, kind, mutual, parties, earlier)
                rows.append((features, kind in example.events.get(index, {})))
            earlier.add(trigger, told)
    return rows


def date_rows(examples: Iterable[Example]) -> list[Row]:
    rows: list[Row] = []
    for example in examples:
        for index, events in example.events.items():
            for kind, event in events.items():
                for date, features in date_candidates(example.scene, example.scene.triggers[index]):
                    rows.append((dated(features, kind), bool(event.get("when")) and same_day(event["when"], date.iso)))
    return rows


def _often(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows with the features that hold in several of them."""
    counts = Counter(feature for features, _ in rows for feature in dict.fromkeys(features))
    for features, is_so in rows:
        yield [feature for feature in features if counts[feature] >= LEAST], is_so


def model_bytes(models: EventModels) -> bytes:
    at = {"trigger": models.trigger_at, "date": models.date_at}
    return weight_bytes({"trigger": models.trigger.weights, "party": models.party.weights, "date": models.date.weights, "at": at})


def _scene(page: Page, grammars: Grammars, lexicon: EventLexicon) -> Scene:
    dates = grammars.dates.find(page)
    instruments, mechanisms = grammars.instruments.find(page), grammars.mechanisms.find(page)
    named = [evidence.span for evidence in (*(i.evidence for i in instruments), *(m.evidence for m in mechanisms))]
    mentions = grammars.names.find(page, named)
    return Scene(lexicon, page, mentions, dates, mechanisms, grammars.statements.find(page, mentions))


def _example(gold: GoldDocument, scene: Scene) -> Example:
    events: dict[int, dict[EventType, dict[str, Any]]] = {}
    for record in gold.records["events"]:
        if record["place"]:
            start, end = record["place"]
            for index, trigger in enumerate(scene.triggers):
                place, kind = scene.page.document.place_in_file(trigger.start), EventType(record["type"])
                if start - 3 <= place < end and kind in dict(trigger.types):
                    events.setdefault(index, {})[kind] = record
    return Example(gold=gold, scene=scene, events=events)


def _with_threshold(models: EventModels, threshold: float) -> EventModels:
    return EventModels(models.trigger, models.party, models.date, threshold, models.date_at)


def _record(example: Example, report: EventReport) -> dict[str, Any]:
    place = example.scene.page.document.place_in_file
    return {
        "start": place(report.evidence.start),
        "end": place(report.evidence.end),
        "type": report.type.value,
        "source": list(report.source),
        "target": list(report.target),
        "when": report.when,
    }


def _row(scores: Scores) -> str:
    kinds = scores.kinds
    return f"events {kinds['events'].f1:.3f} type {kinds['events.type'].f1:.3f} when {kinds['events.when'].f1:.3f}"


if __name__ == "__main__":
    main()
