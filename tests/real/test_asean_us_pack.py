"""The joint vision statement of 2022 as published: the pack has a line for each of its paragraphs, and no sentence of it."""

import gzip
import json
import re
from pathlib import Path

import pytest

from comity.knowledge import load_pack

pytestmark = pytest.mark.real

TITLE = "ASEAN-U.S. Special Summit 2022, Joint Vision Statement"
PLAN = "asean-us-joint-vision-2022"
BULLET = re.compile(r"^-   ", re.MULTILINE)
HEADING = re.compile(r"^\*\*(?!WE)[^*]+\*\*[ ]*$", re.MULTILINE)


@pytest.fixture(scope="module")
def declared(shared: Path) -> str:
    """What stands after "declare", with each heading on one line."""
    with gzip.open(shared / "corpus" / "wh.jsonl.gz", "rt", encoding="utf-8") as lines:
        text = next(document["text"] for document in map(json.loads, lines) if document["title"] == TITLE)
    after = text.split("WE HEREBY DECLARE", 1)[1].split("\n", 1)[1]
    return re.sub(r"\*\*([^*]+)\*\*", lambda match: "**" + " ".join(match[1].split()) + "**", after)


def lines_by_section() -> list[list[str]]:
    plan = next(plan for plan in load_pack("asean-us").plans if plan.id == PLAN)
    return [[line.words["en"] for line in section.lines] for section in plan.sections]


def test_a_line_for_each_paragraph_under_its_heading(declared):
    opening, *parts = HEADING.split(declared)
    assert "45" in opening  # the paragraph before the first heading
    assert [len(BULLET.findall(part)) for part in parts] == [len(lines) for lines in lines_by_section()[1:]]


def test_no_line_is_taken_from_the_statement(declared):
    words = " ".join(declared.lower().split())
    for line in (line for lines in lines_by_section() for line in lines):
        spoken = line.lower().split()
        assert not any(" ".join(spoken[at : at + 7]) in words for at in range(len(spoken) - 6)), line
