"""The ASEAN-U.S. joint vision statement of 2022: every paragraph under its heading, none of the preamble, each word as it stands."""

import gzip
import json
import re
from pathlib import Path

import pytest

from comity.intake.plan_import import PlanImport, import_plan
from comity.knowledge import Knowledge

pytestmark = pytest.mark.real

ID = "wh-2022-05-13-asean-u-s-special-summit-2022-joint-vision-statement"
PARAGRAPHS = {1: 1, 2: 1, 3: 6, 4: 5, 5: 2, 6: 2, 7: 3, 8: 4, 9: 5}
"""How many each heading has, counted by eye; the first is the declaration itself."""


@pytest.fixture(scope="module")
def statement(shared: Path) -> str:
    with gzip.open(shared / "corpus" / "wh.jsonl.gz", "rt", encoding="utf-8") as file:
        return next(row["text"] for row in map(json.loads, file) if row["id"] == ID)


@pytest.fixture(scope="module")
def found(statement: str, knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> PlanImport:
    path = tmp_path_factory.mktemp("real") / "statement.md"
    path.write_text(statement, encoding="utf-8")
    return import_plan(path, plan="asean-us-vision-2022", period="2022", knowledge=knowledge)


def plain(text: str) -> str:
    """Without marks, tags and line ends: what a reader sees."""
    return " ".join(re.sub(r"<[^>]+>|\*\*", "", text).split())


def test_every_paragraph_under_its_heading(found: PlanImport):
    assert {int(section.id): len(section.lines) for section in found.plan.sections} == PARAGRAPHS
    assert [line.number for line in found.plan.sections[2].lines] == [f"3.{number}" for number in range(1, 7)]
    assert {line.numbering for section in found.plan.sections for line in section.lines} == {"assigned"}


def test_headings_are_those_in_bold(found: PlanImport, statement: str):
    bold = [plain(match).rstrip(": ") for match in re.findall(r"^\*\*([^*]+)\*\*\s*$", statement, re.MULTILINE)]
    assert [section.names["en"][0] for section in found.plan.sections] == bold


def test_the_words_are_the_documents(found: PlanImport, statement: str):
    whole = plain(statement)
    for section in found.plan.sections:
        for line in section.lines:
            assert line.words["en"] in whole
            assert line.wording == "official"
    items = [plain(item) for item in re.split(r"^-   ", statement, flags=re.MULTILINE)[1:]]
    lines = [line.words["en"] for section in found.plan.sections[1:] for line in section.lines]
    assert all(item.startswith(line) for item, line in zip(items, lines, strict=True))


def test_none_of_the_preamble(found: PlanImport, statement: str):
    preamble = plain(statement.split("WE HEREBY DECLARE")[0])
    assert not any(line.words["en"] in preamble for section in found.plan.sections for line in section.lines)
    assert sum(part.reason == "preamble" for part in found.left_out) == 7
