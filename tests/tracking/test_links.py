"""Clauses are tied to lines in both languages, with the words that made the tie; what fits no line gets none."""

from pathlib import Path

import pytest

from cases import load_yaml
from comity.knowledge import Knowledge
from comity.records import Evidence
from comity.tracking.links import Linker

CASES = load_yaml(Path(__file__).parent / "cases" / "links.yaml")


@pytest.fixture(scope="module")
def linker(knowledge: Knowledge) -> Linker:
    return Linker(knowledge, [plan for plan in knowledge.plans.values() if plan.id.startswith("asean-un-")])


@pytest.mark.parametrize(
    ("text", "language", "line"),
    [
        ("stop the sale of ivory and pangolins", "en", "P2-A-03"),
        ("chống buôn bán động vật hoang dã", "vi", "P2-A-03"),
        ("a better tourism that spares the coast", "en", "P2-B-02"),
        ("thu hẹp khoảng cách phát triển giữa các thành viên", "vi", "P1-D-02"),
    ],
)
def test_best_line(linker: Linker, text: str, language: str, line: str):
    links = linker.links(text, language)
    assert links[0].target == line
    assert links[0].words
    assert links[0].suggested


@pytest.mark.parametrize(
    ("text", "language"),
    [("Hai bên ôn lại nửa thế kỷ hữu nghị", "vi"), ("The spokesman declined to comment", "en"), ("", "en"), ("!", "vi")],
)
def test_what_fits_no_line_has_no_link(linker: Linker, text: str, language: str):
    assert linker.links(text, language) == ()


def test_paraphrases_of_our_own(linker: Linker):
    """The sentences have taught the model; the honest figures are those of tools/train_links.py."""
    fitting = [case for case in CASES if case["lines"]]
    links = [linker.links(case["text"], case["language"]) for case in fitting]
    assert sum(any(link.target in case["lines"] for link in found) for case, found in zip(fitting, links, strict=True)) / len(fitting) > 0.8
    others = [case for case in CASES if not case["lines"]]
    assert sum(bool(linker.links(case["text"], case["language"])) for case in others) / len(others) < 0.1


def test_names_tie_nothing(linker: Linker):
    assert linker.links("Viet Nam, the UN and ASEAN", "en") == ()


def test_the_responsible_body_and_the_period_count(linker: Linker):
    text = "work against trafficking in persons"
    plain, with_body, too_late = (
        linker.links(text, "en")[0],
        linker.links(text, "en", ["UNODC"])[0],
        linker.links(text, "en", (), "2031")[0],
    )
    assert plain.target == with_body.target == "P1-A-05"
    assert too_late.score < plain.score < with_body.score


def test_scores_fall_and_are_probabilities(linker: Linker):
    for case in CASES:
        scores = [link.score for link in linker.links(case["text"], case["language"])]
        assert len(scores) <= 3
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_evidence_is_kept(linker: Linker):
    evidence = Evidence("document", 10, 31, "stop wildlife traders")
    assert all(link.evidence == evidence for link in linker.links(evidence, "en"))


def test_no_plans_no_links(knowledge: Knowledge):
    assert Linker(knowledge, []).links("stop wildlife trafficking", "en") == ()
