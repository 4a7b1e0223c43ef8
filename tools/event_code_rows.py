"""Rows that teach the event coder: sentences with source, target and type, from a corpus, gold documents, phrases and a verb dictionary."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml
from event_lessons import FOLDER, read_event_lessons
from msgspec import Struct

from comity.evaluation import load_gold
from comity.evaluation.sameness import same_actor
from comity.intake import document_from_text
from comity.knowledge import load_knowledge
from comity.languages import load_words
from comity.reading.event_code_features import CodeWords
from comity.reading.event_dyads import find_dyad, span_in
from comity.reading.event_lexicon import EventLexicon, EventWords
from comity.reading.mentions import Mention
from comity.reading.names import NameGrammar
from comity.reading.page import Page, sentence_words
from comity.records import EventType, Span

NONE = "none"
MARK = re.compile(r"</?[st]>")
OBJECT = re.compile(r'\{\s*"id".*?\n\}', re.DOTALL)
MARKUP = re.compile(r'"markup":\s*"(.*?)"\}', re.DOTALL)
ROLE = re.compile(r"\((SRC/TAR|SRC|TAR|EVT)[^:()]*:\s*([^()]*)\)")
NAMED_OTHERWISE = {"YIELD": "YIELD", "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
"""Types of the first PLOVER draft by what they are now."""


class Row(Struct, frozen=True):
    """`given`: source and target are known, not guessed. Rows of one `group` are never on both sides of a cross-validation."""

    sentence: str
    source: Span | None
    target: Span | None
    type: str
    group: str
    given: bool = True


def plv_rows(path: Path) -> list[Row]:
    """The marked sentences; nearly equal ones (half of their word triples) make a group."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    groups = _alike([row["sentence"] for row in rows])
    return [_marked(row["marked_sentence"], row["gold_root"], group) for row, group in zip(rows, groups, strict=True)]


def gsr_rows(path: Path) -> list[Row]:
    """The examples of the CAMEO manual with their markup of source and target."""
    rows = []
    for entry in OBJECT.findall(path.read_text(encoding="utf-8")):
        kind = re.search(r'"event":\s*"(\w+)"', entry)
        markup = MARKUP.search(entry)
        if kind and markup and kind.group(1) != "DOCUMENT":
            rows.append(_marked(_with_roles(markup.group(1)), NAMED_OTHERWISE.get(kind.group(1), kind.group(1)), ""))
    return rows


def phrase_rows(language: str) -> list[Row]:
    """The language's phrases, with S and T put where they lack."""
    words = load_words(language, "event_codes", CodeWords)
    return [_phrase(phrase, kind.value) for kind, phrases in words.phrases.items() for phrase in phrases]


def lesson_rows(language: str) -> list[Row]:
    """Our own sentences: those of `lessons/event_codes.<language>.yaml`, and the event lessons, which follow the same guide."""
    typed = yaml.safe_load((FOLDER / f"event_codes.{language}.yaml").read_text(encoding="utf-8"))
    rows = [_marked(sentence, kind, "") for kind, sentences in typed.items() for sentence in sentences]
    for gold, scene in read_event_lessons(language, EventLexicon(language)):
        events = gold.records["events"]
        if len({event["type"] for event in events}) == 1:
            parties = _parties(events[0], scene.mentions.all, Span(0, len(gold.text)))
            rows.append(Row(gold.text, *parties, events[0]["type"], ""))
    return rows


def trigger_rows(language: str) -> list[Row]:
    """The event words that tell of one type alone, between source and target."""
    triggers = load_words(language, "events", EventWords).triggers
    kinds: dict[str, set[EventType]] = defaultdict(set)
    for kind, words in triggers.items():
        for word in (*words.mutual, *words.directed):
            kinds[word].add(kind)
    return [_phrase(word, kind) for kind, words in triggers.items() for word in words.certain if len(kinds[word]) == 1]


def verb_rows(path: Path) -> list[Row]:
    """The dictionary's phrases: type, tab, phrase."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_phrase(phrase, kind) for kind, phrase in (line.split("\t") for line in lines if line and not line.startswith("#"))]


def gold_rows(folder: Path) -> dict[str, list[Row]]:
    """By language: each event's sentence with its parties (`given`), and each sentence once, with guessed ones, and whether it has one."""
    knowledge = load_knowledge()
    names: dict[str, NameGrammar] = {}
    result: dict[str, list[Row]] = defaultdict(list)
    for gold in load_gold(folder):
        document = document_from_text(gold.text, name=gold.name, language=gold.language or None)
        language = document.language
        if language not in names:
            names[language] = NameGrammar(knowledge, language)
        page = Page(document, sentence_words(language))
        mentions = names[language].find(page, [])
        words = load_words(language, "event_codes", CodeWords)
        for sentence in page.sentences:
            text = page.text[sentence.start : sentence.end]
            named = mentions.within(sentence.start, sentence.end)
            inside = [event for event in gold.records["events"] if event["place"] and _holds(page, sentence, event["place"][0])]
            source, target = (span_in(sentence, mention) for mention in find_dyad(page.text, named, words))
            result[language].append(Row(text, source, target, inside[0]["type"] if inside else NONE, gold.name, given=False))
            for event in inside:
                result[language].append(Row(text, *_parties(event, named, sentence), event["type"], gold.name))
    return result


def of_one_type(rows: Sequence[Row]) -> list[Row]:
    """The first event of each sentence whose events are all of one type: of several, the sentence can't tell which is meant."""
    events = [row for row in rows if row.given and row.type != NONE]
    types: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in events:
        types[row.group, row.sentence].add(row.type)
    first = {(row.group, row.sentence): row for row in reversed(events)}
    return [row for place, row in reversed(first.items()) if len(types[place]) == 1]


def _holds(page: Page, sentence: Span, place: int) -> bool:
    return page.document.place_in_file(sentence.start) <= place < page.document.place_in_file(sentence.end - 1) + 1


def _parties(event: dict[str, object], named: Sequence[Mention], sentence: Span) -> tuple[Span | None, Span | None]:
    """The first mention of a source, and the first one of a target, or of a second source where all act together."""
    sources, targets = event["source"], event["target"]
    assert isinstance(sources, list)
    assert isinstance(targets, list)
    source = _mention_of(sources, named)
    target = _mention_of(targets or sources[1:], [mention for mention in named if mention is not source])
    return span_in(sentence, source), span_in(sentence, target)


def _mention_of(actors: list[str], named: Sequence[Mention]) -> Mention | None:
    return next((m for m in named if any(same_actor(one, actor) for one in m.actors for actor in actors)), None)


def _marked(text: str, kind: str, group: str) -> Row:
    """A sentence with <s> and <t> about its parties."""
    plain, spans, opened = "", {}, {}
    position = 0
    for mark in MARK.finditer(text):
        plain += text[position : mark.start()]
        position = mark.end()
        name = mark.group().strip("</>")
        if "/" not in mark.group():
            opened[name] = len(plain)
        elif name in opened and len(plain) > opened[name]:
            spans[name] = Span(opened[name], len(plain))
    return Row(plain + text[position:], spans.get("s"), spans.get("t"), kind, group)


def _with_roles(markup: str) -> str:
    """(SRC: x) and (TAR: x) as marks; of compound parties the first is the source, the second the target."""
    both: Iterator[str] = iter("st")

    def mark(match: re.Match[str]) -> str:
        role, words = match.groups()
        letter = {"SRC": "s", "TAR": "t", "SRC/TAR": ""}.get(role)
        if letter == "":
            letter = next(both, None)
        return f" <{letter}>{words}</{letter}> " if letter else f" {words} "

    return ROLE.sub(mark, markup)


def _phrase(phrase: str, kind: str) -> Row:
    text = phrase if re.search(r"\bS\b", phrase) else f"S {phrase}"
    text = text if re.search(r"\bT\b", text) else f"{text} T"
    return _marked(re.sub(r"\bT\b", "<t>T</t>", re.sub(r"\bS\b", "<s>S</s>", text)), kind, "")


def _alike(sentences: Sequence[str]) -> list[str]:
    parent = list(range(len(sentences)))

    def top(index: int) -> int:
        while parent[index] != index:
            index = parent[index]
        return index

    triples = [_triples(sentence) for sentence in sentences]
    having: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, its in enumerate(triples):
        shared = Counter(other for triple in its for other in having[triple])
        for other, count in shared.items():
            if count > 0.5 * min(len(its), len(triples[other])):
                parent[top(index)] = top(other)
        for triple in its:
            having[triple].append(index)
    return [str(top(index)) for index in range(len(sentences))]


def _triples(sentence: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", sentence.lower())
    return set(zip(words, words[1:], words[2:], strict=False))
