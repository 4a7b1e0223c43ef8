"""Lines that clauses were judged for are known by their words; a plan that nobody judged clauses of is served by its concepts. The static
table keeps two numbers in a byte."""

from pathlib import Path

import numpy as np
import pytest

from comity.knowledge import Knowledge, Plan
from comity.knowledge.schema import Line, Section
from comity.tracking import embedding
from comity.tracking.embedding import load_table
from comity.tracking.embedding_file import table_bytes
from comity.tracking.link_model import KnownLines, load_link_model
from comity.tracking.links import Linker
from comity.tracking.products import Floats

EAST, NORTH, UP = np.eye(3, dtype=np.float32)


def known(*lines: Floats) -> KnownLines:
    return KnownLines({"en": np.array(lines, dtype=np.float16).tobytes()}, 3, [0.0, 0.0, 0.0])


def test_a_line_is_known_by_its_words_in_any_language():
    assert known(EAST, NORTH).places({"en": np.array([NORTH, UP, EAST])}).tolist() == [1, -1, 0]
    assert known(EAST, NORTH).places({"vi": np.array([NORTH])}).tolist() == [-1]
    assert known(EAST).places({}).tolist() == []


def test_all_lines_of_the_packs_are_known(knowledge: Knowledge):
    plans = [plan for plan in knowledge.plans.values() if plan.id.startswith("asean-un-poa")]
    words = [line.words["en"] for plan in plans for section in plan.sections for line in section.lines]
    table = load_table()
    vectors = np.array([table.vector(text.casefold(), "en") for text in words])
    assert (load_link_model().lines.places({"en": vectors}) >= 0).all()


@pytest.mark.parametrize(
    ("text", "language", "line"),
    [
        ("rangers will be trained to catch dealers in rhino horn", "en", "a"),
        ("chấm dứt nạn buôn bán ngà voi", "vi", "a"),
        ("children in the hills need better teachers and books", "en", "b"),
        ("the choir sang until midnight", "en", None),
    ],
)
def test_a_plan_that_nobody_judged_clauses_of_is_served_too(knowledge: Knowledge, text: str, language: str, line: str | None):
    lines = (Line(id="a", words={"en": "Stamp out the trade in protected species"}), Line(id="b", words={"en": "Better schools"}))
    plan = Plan(id="p", period="2026", names={"en": ("P",)}, short={}, sections=(Section(id="A", names={}, lines=lines),))
    links = Linker(knowledge, [plan]).links(text, language)
    assert (links[0].target if links else None) == line


def test_two_numbers_in_a_byte_keep_a_vector(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    vectors = np.random.default_rng(1).normal(size=(40, 256)).astype(np.float32)
    entries = [f"w{number}" for number in range(40)]
    path = tmp_path / "table.msgpack"
    path.write_bytes(table_bytes(entries, vectors, np.ones(40, dtype=np.float32), {"en": np.zeros(256, dtype=np.float32)}))
    monkeypatch.setattr(embedding, "MODEL", path)
    table = load_table.__wrapped__()
    kept = table.vectors[range(40)]
    likeness = (kept * vectors).sum(axis=1) / np.linalg.norm(kept, axis=1) / np.linalg.norm(vectors, axis=1)
    assert table.entries == entries
    assert likeness.min() > 0.98
    assert (table.vectors[[7, 3]] == kept[[7, 3]]).all()
