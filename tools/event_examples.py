"""Gold documents as the event grammar sees them: gold documents in, `Example`s out, with the event words that a new text would meet.

A word that was listed because one gold document has it (`lessons/event_words_of_gold.yaml`) is no word that a new document's would be found
by. So a fold's documents are judged without those that only they have.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import yaml
from event_lessons import FOLDER, read_event_lessons
from msgspec import Struct

from comity.evaluation import GoldDocument
from comity.intake import document_from_text
from comity.knowledge import load_knowledge
from comity.knowledge.folded import fold
from comity.languages import languages
from comity.reading.event_dates import told_apart
from comity.reading.event_lexicon import EventLexicon
from comity.reading.event_scene import Scene, Trigger
from comity.reading.mentions import Mentions
from comity.reading.page import Page
from comity.reading.reader import Grammars
from comity.records import DateMention, EventType, LanguageCode, MechanismMention, Statement

EventWord = tuple[EventType, str]
Lexicons = Mapping[LanguageCode, EventLexicon]


class Seen(Struct):
    """A gold document with what the grammars before events found in it."""

    gold: GoldDocument
    page: Page
    mentions: Mentions
    dates: tuple[DateMention, ...]
    mechanisms: tuple[MechanismMention, ...]
    statements: tuple[Statement, ...]


class Example(Struct):
    """A gold document as the event grammar sees it; `events` maps a trigger's place to the gold events it reports, by type."""

    gold: GoldDocument
    scene: Scene
    events: dict[int, dict[EventType, dict[str, Any]]]


def read_documents(documents: Iterable[GoldDocument]) -> list[Seen]:
    """The gold documents with what the grammars before events find in them."""
    knowledge = load_knowledge()
    grammars: dict[LanguageCode, Grammars] = {}
    seen = []
    for gold in documents:
        document = document_from_text(gold.text, name=gold.name, language=gold.language or None)
        if document.language not in grammars:
            grammars[document.language] = Grammars(knowledge, document.language)
        seen.append(_read(gold, grammars[document.language], Page(document, grammars[document.language].abbreviations)))
    return seen


def all_lexicons() -> Lexicons:
    """The languages with all their event words."""
    return {language: EventLexicon(language) for language in languages()}


def as_examples(documents: Iterable[Seen], lexicons: Lexicons) -> list[Example]:
    return [
        _example(one.gold, Scene(lexicons[one.page.language], one.page, one.mentions, one.dates, one.mechanisms, one.statements))
        for one in documents
    ]


def lesson_examples(lexicons: Lexicons) -> list[Example]:
    return [_example(gold, scene) for lexicon, language in _each(lexicons) for gold, scene in read_event_lessons(language, lexicon)]


def lexicons_without(examples: Sequence[Example], judged: Collection[str]) -> Lexicons:
    """The languages without the words that were listed from gold documents which are all among those judged."""
    words = yaml.safe_load((FOLDER / "event_words_of_gold.yaml").read_text(encoding="utf-8"))
    result = {}
    for language in languages():
        listed = {(EventType(kind), word) for kind, names in words.get(language, {}).items() for word in names}
        elsewhere = _told_in(example for example in examples if example.scene.page.language == language and example.gold.name not in judged)
        result[language] = EventLexicon(language, without={(kind, word) for kind, word in listed if (kind, fold(word)) not in elsewhere})
    return result


def _told_in(examples: Iterable[Example]) -> Collection[EventWord]:
    """The words that tell of an event in gold."""
    return {(kind, example.scene.triggers[index].word) for example in examples for index, kinds in example.events.items() for kind in kinds}


def _each(lexicons: Lexicons) -> list[tuple[EventLexicon, LanguageCode]]:
    return [(lexicon, language) for language, lexicon in lexicons.items()]


def _read(gold: GoldDocument, grammars: Grammars, page: Page) -> Seen:
    instruments, mechanisms = grammars.instruments.find(page), grammars.mechanisms.find(page)
    dates = grammars.dates.find(page, grammars.sitting_days.of(page, mechanisms))
    named = [evidence.span for evidence in (*(i.evidence for i in instruments), *(m.evidence for m in mechanisms))]
    mentions = grammars.names.find(page, named)
    return Seen(gold, page, mentions, told_apart(dates, instruments), mechanisms, grammars.statements.find(page, mentions))


def _example(gold: GoldDocument, scene: Scene) -> Example:
    """A gold event is told by the triggers of its type that share words with it ("hội đàm" in gold, "cuộc hội đàm" here)."""
    events: dict[int, dict[EventType, dict[str, Any]]] = {}
    for record in gold.records["events"]:
        kind = EventType(record["type"])
        for index, trigger in enumerate(scene.triggers):
            if record["place"] and kind in dict(trigger.types) and _share_words(scene, trigger, record["place"]):
                events.setdefault(index, {}).setdefault(kind, record)
    return Example(gold=gold, scene=scene, events=events)


def _share_words(scene: Scene, trigger: Trigger, place: tuple[int, int]) -> bool:
    start, end = scene.page.document.place_in_file(trigger.start), scene.page.document.place_in_file(trigger.end)
    return start < place[1] and end > place[0]
