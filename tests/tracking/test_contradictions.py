"""Two documents against each other: what contradicts, and what only looks as if it did. The cases are texts of our own."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cases import load_cases
from comity.intake import document_from_text
from comity.knowledge import Knowledge
from comity.languages import languages, load_words
from comity.reading import Reader
from comity.records import Reading
from comity.register.words import sentence_around
from comity.tracking.contradiction import ContradictionKind, Side
from comity.tracking.contradictions import contradictions
from comity.tracking.occurrence_update import update_occurrences
from comity.tracking.occurrences import occurrences, telling_occurrences
from comity.tracking.sayings import ContradictionWords
from made import new_register

CASES = Path(__file__).parent / "cases" / "contradictions.yaml"


@pytest.mark.parametrize("case", load_cases(CASES))
def test_a_pair(tmp_path: Path, reader: Reader, knowledge: Knowledge, case: dict[str, Any]):
    sides = [{"language": "en", **case[side], "name": side} for side in ("a", "b")]
    readings = [reader.read(document_from_text(side.pop("text"), **{**side, "published": str(side["published"])})) for side in sides]
    with new_register(tmp_path / "register.sqlite") as register:
        register.writer().add_all(readings)
        view = register.view()
        found = contradictions(view, knowledge, occurrences(view, knowledge, today=date(2026, 1, 1)))
        update_occurrences(register, knowledge)
        assert contradictions(view, knowledge, telling_occurrences(view, knowledge, today=date(2026, 1, 1))) == found
    with new_register(tmp_path / "other-way-round.sqlite") as register:
        register.writer().add_all(readings[::-1])
        view = register.view()
        assert contradictions(view, knowledge, occurrences(view, knowledge, today=date(2026, 1, 1))) == found
    assert [one.kind.value for one in found] == case["kinds"]
    for one in found:
        for side in (one.a, one.b):
            assert (
                side is None
                or next(r for r in readings if r.document.id == side.document.id).document.text[side.evidence.start : side.evidence.end]
                == side.evidence.quote
            )
    if proof := case.get("proof"):
        assert proof in sentence_of(readings, found[0].b)


def sentence_of(readings: Sequence[Reading], side: Side | None) -> str:
    """The sentence that a page shows of a side."""
    assert side
    (text,) = (one.document.text for one in readings if one.document.id == side.document.id)
    start, end = sentence_around(text, side.evidence.start, side.evidence.end)
    return text[start:end]


@pytest.mark.parametrize("language", languages())
def test_every_kind_has_its_sentence(language: str):
    sentences = load_words(language, "contradictions", ContradictionWords).sentences
    assert [kind for kind in ContradictionKind if kind.value not in sentences] == []
