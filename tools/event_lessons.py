"""Our own sentences as lessons for the event models: `lessons/events.<language>.yaml` in, pages with the gold events on them out.

They teach plain ways to tell of each type of event, who acts and who is acted on, and what is no event; the gold documents teach the rest.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from comity.evaluation import GoldDocument
from comity.reading.event_lexicon import EventLexicon
from comity.reading.event_scene import Scene
from comity.reading.mentions import Mention, Mentions
from comity.reading.page import Page, sentence_words
from comity.records import ActorType, Document, LanguageCode

FOLDER = Path(__file__).parent / "lessons"
MARKED = re.compile(r"\[((?:[*>]\d*)*) ?([^|\]]+)\|([^\]]+)\]|<([A-Z]+)\|([^>]+)>")
PART = re.compile(r"([*>])(\d*)")
STATE = re.compile(r"[A-Z]{3}")


def read_event_lessons(language: LanguageCode, lexicon: EventLexicon) -> Iterator[tuple[GoldDocument, Scene]]:
    """Each sentence as a document, and as the event grammar sees it."""
    words = sentence_words(language)
    for number, marked in enumerate(yaml.safe_load((FOLDER / f"events.{language}.yaml").read_text(encoding="utf-8"))):
        text, mentions, events = _unmarked(marked)
        name = f"lesson-{language}-{number}"
        gold = GoldDocument(name=name, text=text, language=language, records={"events": events}, themes=frozenset())
        yield gold, Scene(lexicon, Page(Document(id=name, text=text, language=language), words), Mentions(mentions), (), (), ())


def _unmarked(marked: str) -> tuple[str, list[Mention], list[dict[str, Any]]]:
    """The sentence without marks, who is named, and the events with their places and who acts or is acted on."""
    text, position = "", 0
    mentions: list[Mention] = []
    events: list[dict[str, Any]] = []
    parts: list[tuple[str, str]] = []
    for match in MARKED.finditer(marked):
        text += marked[position : match.start()]
        position = match.end()
        part, actor, name, kind, trigger = match.groups()
        start, end = len(text), len(text) + len(name or trigger)
        text += name or trigger
        if kind:
            events.append({"type": kind, "place": (start, end), "source": [], "target": [], "when": None})
        else:
            mentions.append(Mention(start=start, end=end, outer_start=start, outer_end=end, actors=(actor,), type=_type(actor)))
            parts.append((part, actor))
    for part, actor in parts:
        for side, number in PART.findall(part):
            for event in [events[int(number) - 1]] if number else events:
                event["source" if side == "*" else "target"].append(actor)
    return text + marked[position:], mentions, events


def _type(actor: str) -> ActorType:
    return ActorType.PERSON if actor.islower() else (ActorType.STATE if STATE.fullmatch(actor) else ActorType.ORGANISATION)
