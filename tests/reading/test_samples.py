"""The sample documents, read whole: persons, progress claims, dates, statements and teasers as tests/data/samples.yaml tells them."""

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from cases import load_yaml
from comity.evaluation.sameness import same_actor
from comity.intake import open_document
from comity.knowledge.load import PACKS
from comity.reading import Reader
from comity.records import Reading, Statement

SAMPLES = PACKS / "asean-un" / "samples"
TRUTH: dict[str, Any] = load_yaml(Path(__file__).parents[1] / "data" / "samples.yaml")


@pytest.fixture(scope="module")
def readings(reader: Reader) -> dict[str, Reading]:
    return {path.name: reader.read(open_document(path)) for path in sorted(SAMPLES.glob("*.md"))}


def kebab(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in letters if not unicodedata.combining(c))).strip("-")


def figure(claim: Any) -> tuple[Any, ...]:
    return (claim.subject, claim.numerator, claim.denominator, claim.percent, claim.bound, claim.remaining, claim.verb, claim.as_of)


def expected_figure(row: dict[str, Any]) -> tuple[Any, ...]:
    return (row["plan"], *(row[field] for field in ("num", "den", "pct", "bound", "remaining", "verb", "as_of")))


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_the_persons_are_those_named_and_nobody_else(readings: dict[str, Reading], name: str):
    found = {mention.actor for mention in readings[name].actors if mention.type == "person"}
    named = {kebab(person) for person in TRUTH[name]["persons"]}
    assert [person for person in named if not any(same_actor(person, other) for other in found)] == []
    assert [person for person in found if not any(same_actor(person, other) for other in named)] == []


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_every_progress_claim_is_read_right_and_no_look_alike_is_taken(readings: dict[str, Reading], name: str):
    rows = TRUTH[name]["progress"]
    plans = {plan for plan in (row["plan"] for row in rows) if plan}
    found = [figure(claim) for claim in readings[name].progress]
    found = [(subject if subject in plans else None, *rest) for subject, *rest in found]
    allowed = [expected_figure(row) for row in rows]
    needed = [expected_figure(row) for row in rows if not row.get("optional")]
    assert [f for f in needed if f not in found] == []
    assert [f for f in found if f not in allowed] == []


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_dates_are_resolved_to_the_day_month_or_range(readings: dict[str, Reading], name: str):
    found = [(mention.evidence.quote, mention.iso) for mention in readings[name].dates]
    wrong = [
        row
        for row in TRUTH[name]["dates"]
        if not any(iso == row["iso"] and (row["quote"] in quote or quote in row["quote"]) for quote, iso in found)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", sorted(name for name in TRUTH if TRUTH[name]["related_from"]))
def test_nothing_is_read_in_the_teasers(readings: dict[str, Reading], name: str):
    document = readings[name].document
    start = document.text.index(TRUTH[name]["related_from"])
    assert any(span.start <= start < span.end for span in document.related)
    assert all(mention.evidence.end <= start for mention in readings[name].actors)
    assert all(statement.evidence.end <= start for statement in readings[name].statements)


def test_most_of_what_was_said_is_found(readings: dict[str, Reading]):
    rows = [(name, row) for name in TRUTH for row in TRUTH[name]["statements"]]
    found = sum(bool(reported(readings[name], row)) for name, row in rows)
    assert found / len(rows) >= 0.9


def test_what_a_named_person_said_is_laid_to_that_person_and_to_nobody_else(readings: dict[str, Reading]):
    rows = [(name, row) for name in TRUTH for row in TRUTH[name]["statements"] if isinstance(row["speaker"], str) and " " in row["speaker"]]
    named = right = 0
    for name, row in rows:
        for statement in reported(readings[name], row)[:1]:
            named += bool(statement.speaker)
            right += any(same_actor(kebab(row["speaker"]), speaker) for speaker in statement.speaker)
    assert named / len(rows) >= 0.8
    assert right / named >= 0.9


def reported(reading: Reading, row: dict[str, Any]) -> list[Statement]:
    """The statements that hold the first words of one in the truth, the shortest first."""
    hits = [one for one in reading.statements if words_reported(row["content_start"]) in one.evidence.quote]
    return sorted(hits, key=lambda one: len(one.evidence.quote))


def words_reported(start: str) -> str:
    """Without the "that" or "to" that the truth may begin with: the words reported begin after it."""
    return re.sub(r"^(that|to|rằng),? ", "", start)


def test_the_slip_in_a_goals_acronym_is_reported(readings: dict[str, Reading]):
    for name in TRUTH:
        for quote in TRUTH[name]["slips"]:
            assert any(slip.evidence.quote in quote or quote in slip.evidence.quote for slip in readings[name].slips), (name, quote)
