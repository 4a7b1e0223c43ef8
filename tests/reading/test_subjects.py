"""Who or what stands as subject of a reporting verb, and whose turn it is in a transcript."""

from pathlib import Path
from typing import Any

import pytest
from given import given_mentions, page_of

from cases import load_cases
from comity.reading.layout import layout_of
from comity.reading.subjects import subjects_of
from comity.reading.turns import Turns

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", load_cases(CASES / "subjects.vi.yaml"))
def test_vietnamese(case: dict[str, Any]) -> None:
    assert subjects(case, "vi") == case["subjects"]


@pytest.mark.parametrize("case", load_cases(CASES / "subjects.en.yaml"))
def test_english(case: dict[str, Any]) -> None:
    assert subjects(case, "en") == case["subjects"]


def subjects(case: dict[str, Any], language: str) -> list[str]:
    """For each cue its subject's id, else its kind; content is taken to end where the sentence's quotation does, if it has one."""
    page = page_of(case["text"], language)
    layout = layout_of(page, given_mentions(page, case["who"]))
    found = []
    for cue in layout.cues:
        before = layout.quoted[0 if cue.first < 2 else 1] and not layout.quoted[cue.first]
        content = (0, 1) if before else (0, len(page.text))
        subject = subjects_of(page, layout).of(cue, content)
        found.append(subject.mention.actors[0] if subject.mention is not None else str(subject.kind))
    return found


def test_a_transcript_tells_whose_turn_it_is() -> None:
    page = page_of(
        "President Ana Silva met the press.\n\nPRESIDENT SILVA: I welcome you.\nI said so before.\n\n"
        "Q  When will it end?\n\nMODERATOR: Thanks.",
        "en",
    )
    mentions = given_mentions(page, {"ana-silva": "Ana Silva"})
    turns = Turns(page, layout_of(page, mentions), mentions)
    found = {page.text[span.start : span.end][:12]: turns.of(number) for number, span in enumerate(page.sentences)}
    speakers = {words: turn.speaker if turn is not None else None for words, turn in found.items()}
    assert speakers["President An"] is None
    assert speakers["PRESIDENT SI"] == ("ana-silva",)
    assert speakers["I said so be"] == ("ana-silva",)
    assert speakers["Q  When will"] == ()
    assert speakers["MODERATOR: T"] == ()


def test_a_label_may_be_a_name_with_its_state() -> None:
    page = page_of("Ana Silva (Uganda): We support it.\n\nLin Mei (China) (spoke in English): We do too.\nI thank you.", "en")
    mentions = given_mentions(page, {"ana-silva": "Ana Silva", "lin-mei": "Lin Mei"})
    turns = Turns(page, layout_of(page, mentions), mentions)
    speakers = [turn.speaker if (turn := turns.of(number)) is not None else None for number in range(len(page.sentences))]
    assert speakers == [("ana-silva",), ("lin-mei",), ("lin-mei",)]


def test_one_label_makes_no_transcript() -> None:
    page = page_of("NOTE: I said so.\n\nIt ended there.", "en")
    mentions = given_mentions(page, {})
    assert Turns(page, layout_of(page, mentions), mentions).of(0) is None


def test_the_lines_of_a_head_are_no_turns() -> None:
    page = page_of("DATE: 2020-01-02\nSUBJECT: Ports\n\nAna Silva thanked them; she asked for more.", "en")
    mentions = given_mentions(page, {"ana-silva": "Ana Silva"})
    turns = Turns(page, layout_of(page, mentions), mentions)
    assert [turns.of(number) for number in range(len(page.sentences))] == [None] * len(page.sentences)


def test_answers_are_of_the_only_one_named_before_the_questions() -> None:
    page = page_of("A talk with Ana Silva.\n\nQ: Did Lin Mei agree?\nA: She did.\nA bridge fell.\n\nQ: When?\nA: In May.", "en")
    mentions = given_mentions(page, {"ana-silva": "Ana Silva", "lin-mei": "Lin Mei"})
    turns = Turns(page, layout_of(page, mentions), mentions)
    found = {page.text[span.start : span.end]: turns.of(number) for number, span in enumerate(page.sentences)}
    speakers = {words: turn.speaker if turn is not None else None for words, turn in found.items()}
    assert speakers["Q: Did Lin Mei agree?"] == ()
    assert speakers["A: She did."] == speakers["A bridge fell."] == speakers["A: In May."] == ("ana-silva",)
