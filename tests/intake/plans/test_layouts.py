"""Twelve layouts and one more: at least 99 of 100 lines with their exact words, number and section, and nothing that is no line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from layouts import LAYOUTS, Layout, written

from comity.intake.plan_import import import_plan
from comity.knowledge import Knowledge


@pytest.mark.parametrize("build", LAYOUTS, ids=lambda build: build.__name__)
def test_lines_of_a_layout(build: Callable[[], Layout], tmp_path: Path, small_world: Knowledge):
    layout = build()
    found = import_plan(written(layout, tmp_path), plan="test-plan", period="2026/2030", knowledge=small_world).plan
    lines = [
        (next(iter(section.names.values()))[0], line.number if line.numbering == "published" else None, next(iter(line.words.values())))
        for section in found.sections
        for line in section.lines
    ]
    missed = [line for line in layout.lines if line not in lines]
    invented = [line for line in lines if line not in layout.lines]
    assert len(missed) <= 0.01 * len(layout.lines), (missed[:3], invented[:3])
    assert len(invented) <= 0.01 * len(layout.lines), (missed[:3], invented[:3])
    for words in layout.never:
        assert not any(words in text for _, _, text in lines), words
    by_number = {line.number: line for section in found.sections for line in section.lines}
    for number, body in layout.responsible.items():
        assert body in by_number[number].responsible
    assert len({line.id for section in found.sections for line in section.lines}) == len(lines)
