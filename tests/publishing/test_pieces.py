"""A line's sentence in pieces, and where the sentence around words begins."""

from pathlib import Path

import pytest

from comity.publishing.lines import Line
from comity.tracking.passages import Passage, Passages
from made import document, reading, register_of


@pytest.mark.parametrize(
    ("text", "places", "pieces"),
    [
        ("We met.", [(3, 6)], ["We ", "*met", "."]),
        ("We  met\n in   Hue.", [(4, 7)], ["We ", "*met", " in Hue."]),
        ("Met, agreed, left.", [(13, 17), (0, 3)], ["*Met", ", agreed, ", "*left", "."]),
        ("Met and agreed.", [(0, 7), (4, 14)], ["*Met and agreed", "."]),
        ("Met", [(0, 3)], ["*Met"]),
    ],
)
def test_pieces(text: str, places: list[tuple[int, int]], pieces: list[str]):
    (start, end), *besides = places
    line = Line(text="", passage=Passage(text, start, end, 0), besides=tuple(besides))
    assert [f"{'*' if proves else ''}{words}" for words, proves in line.pieces] == pieces


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("- The sides met on dams.", "met", "The sides met on dams."),
        ("• - The sides met on dams.", "met", "The sides met on dams."),
        ("-5 degrees were measured.", "degrees", "-5 degrees were measured."),
        ("- Met again", "- Met", "- Met again"),
    ],
)
def test_the_mark_of_a_list_is_no_part_of_the_sentence(text: str, words: str, sentence: str, tmp_path: Path):
    of = document(text)
    start = text.index(words)
    with register_of(tmp_path, reading(of)) as register:
        passage = Passages(register.view()).around(of.evidence(start, start + len(words)))
    assert (passage.text, passage.words) == (sentence, words)
    assert of.text[passage.offset :].startswith(passage.text)
