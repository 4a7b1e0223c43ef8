"""Whether an event happened, by table: a text, its event word, and the status that the words about it give."""

from pathlib import Path
from typing import Any

import pytest
from given import dates_of, lexicon_of

from cases import load_cases
from comity.reading.event_dates import told_apart
from comity.reading.event_scene import Scene
from comity.reading.event_status import status_of
from comity.reading.mentions import Mentions
from comity.reading.page import Page, sentence_words
from comity.records import Act, Document, InstrumentMention, Statement

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", load_cases(CASES / "event_status.vi.yaml"))
def test_vietnamese(case: dict[str, Any]) -> None:
    check(case, "vi")


@pytest.mark.parametrize("case", load_cases(CASES / "event_status.en.yaml"))
def test_english(case: dict[str, Any]) -> None:
    check(case, "en")


def check(case: dict[str, Any], language: str) -> None:
    published = case.get("published")
    page = Page(Document(id="case", text=case["text"], language=language, published=published), sentence_words(language))
    named = [called(page, name) for name in case.get("named", ())]
    dates = told_apart(dates_of(language).find(page), named) if published else ()
    scene = Scene(lexicon_of(language), page, Mentions(()), dates, (), tuple(said(page, *words) for words in case.get("said", {}).items()))
    triggers = [trigger for trigger in scene.triggers if page.text[trigger.start : trigger.end] == case["trigger"]]
    assert [status_of(scene, trigger).value for trigger in triggers] == [case["status"]], [trigger.word for trigger in scene.triggers]


def said(page: Page, cue: str, content: str) -> Statement:
    """The statement of a case: its cue and the words reported."""
    at, told = page.text.index(cue), page.text.index(content)
    return Statement(
        evidence=page.evidence(told, told + len(content)),
        speaker=(),
        cue=page.evidence(at, at + len(cue)),
        act=Act.AFFIRM,
        direct=False,
    )


def called(page: Page, name: str) -> InstrumentMention:
    """An instrument that the case's text names."""
    at = page.text.index(name)
    return InstrumentMention(evidence=page.evidence(at, at + len(name)), name=name)
