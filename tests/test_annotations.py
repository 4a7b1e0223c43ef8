"""Notes on a document become annotations by place, and these a gold document only with the text that was read."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from add_annotations import annotate
from annotated import as_gold, read_annotations

TEXT = """Minister Ana Duarte said on Monday that the ferry line
would open in May. She later said the fares would fall.
Duarte signed the accord with Peru."""
NOTES = """// a remark
S ana-duarte | said#0 | inform | - | the ferry line would … in May
S ana-duarte | said | commit | - | the fares would fall
E signed | AGREE | ana-duarte, PER | - | 2021-05-03 | happened
C ana-duarte | pledged | 2021-05 | the fares would fall
"""


def test_notes_become_places_in_the_text() -> None:
    gold = as_gold(annotate("one", TEXT, NOTES), TEXT)
    first, second = gold.records["statements"]
    assert [TEXT[slice(*record["place"])] for record in (first, second)] == [
        "the ferry line\nwould open in May",
        "the fares would fall",
    ]
    assert [TEXT[slice(*record["cue_place"])] for record in (first, second)] == ["said", "said"]
    assert first["cue_place"] < second["cue_place"]
    (event,) = gold.records["events"]
    assert (TEXT[slice(*event["place"])], event["source"], event["when"]) == ("signed", ["ana-duarte", "PER"], "2021-05-03")
    assert gold.records["commitments"][0]["by"] == ["ana-duarte"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("S ana-duarte | said | inform | - | the fares would rise", "'the fares would rise' stands 0 times"),
        ("E Duarte | CONSULT | ana-duarte | - | - | happened", "'Duarte' stands 2 times"),
        ("E signed | MEET | ana-duarte | - | - | happened", "'MEET' is not a valid EventType"),
        ("C ana-duarte | pledged | the fares would fall", "not enough values"),
        ("X signed", "'X'"),
    ],
)
def test_a_mistake_in_a_note_is_told_and_leaves_nothing(line: str, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    marked = annotate("one", TEXT, line)
    assert not marked.statements + marked.events + marked.commitments
    assert f"one, line 1: {why}" in capsys.readouterr().out


def test_annotations_of_another_text_are_refused() -> None:
    with pytest.raises(ValueError, match="another text"):
        as_gold(annotate("one", TEXT, NOTES), TEXT.replace("May", "June"))


def test_the_annotations_hold_places_within_their_documents() -> None:
    for marked in read_annotations():
        places = [*(s.content for s in marked.statements), *(e.trigger for e in marked.events), *(c.words for c in marked.commitments)]
        assert all(0 <= start < end for start, end in places), marked.id
