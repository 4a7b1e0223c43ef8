"""Clauses are tied to lines in both languages, with the words that made the tie; what fits no line gets none."""

from pathlib import Path

import pytest

from cases import load_yaml
from comity.knowledge import Knowledge
from comity.knowledge.folded import Folded
from comity.languages import load_words
from comity.records import Evidence
from comity.tracking.concepts import ConceptWords, load_concepts, load_within
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
    text = "women lured across the border"
    plain, with_body, too_late = (
        linker.links(text, "en")[0],
        linker.links(text, "en", ["UNODC"])[0],
        linker.links(text, "en", (), "2031")[0],
    )
    assert plain.target == with_body.target == "P1-A-05"
    assert too_late.score < plain.score < with_body.score


@pytest.mark.parametrize(
    ("text", "language", "concepts"),
    [
        ("improve maritime domain awareness", "en", {"maritime-agencies", "maritime"}),
        ("phi hạt nhân hoá bán đảo Triều Tiên", "vi", {"korea", "disarmament"}),
        ("a field hospital", "en", {"peacekeepers"}),
        ("phát triển du lịch bền vững", "vi", {"tourism"}),
    ],
)
def test_the_longest_words_show_their_concepts_and_what_these_are_a_part_of(text: str, language: str, concepts: set[str]):
    assert set(load_concepts(language)[0].find(Folded(text))) == concepts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("cải thiện môi trường kinh doanh", "vi"),
        ("tàu sân bay của hải đội", "vi"),
        ("a better business climate", "en"),
    ],
)
def test_a_longer_word_of_another_matter_hides_the_shorter_one(text: str, language: str):
    assert load_concepts(language)[0].find(Folded(text)) == {}


def test_a_longer_word_hides_only_what_is_inside_it():
    assert set(load_concepts("en")[0].find(Folded("the business climate and the climate"))) == {"climate"}


def test_every_part_and_whole_is_a_concept():
    words = load_words("en", "concepts", ConceptWords)
    assert set(words.concepts) >= {concept for part, wholes in load_within().items() for concept in (part, *wholes)}


@pytest.mark.parametrize(
    ("meant", "other", "language"),
    [
        ("kết nối đường bộ giữa các nước thành viên", "kết nối giữa các cạnh của ngôi sao trên tấm thảm", "vi"),
        ("thêm du khách nước ngoài tới các bãi biển", "du khách nước ngoài đứng xem đoàn xe của ngoại trưởng", "vi"),
        ("new bridges between the two banks", "the bridges between her two novels", "en"),
    ],
)
def test_the_other_words_tell_what_a_word_means(linker: Linker, meant: str, other: str, language: str):
    surer, less = (max((link.score for link in linker.links(text, language)), default=0) for text in (meant, other))
    assert surer > less + 0.1


def test_scores_fall_and_are_probabilities(linker: Linker):
    for case in CASES:
        scores = [link.score for link in linker.links(case["text"], case["language"])]
        assert len(scores) <= 3
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_evidence_is_kept(linker: Linker):
    evidence = Evidence("document", 10, 31, "stop wildlife traders")
    assert {link.evidence for link in linker.links(evidence, "en")} == {evidence}


def test_no_plans_no_links(knowledge: Knowledge):
    assert Linker(knowledge, []).links("stop wildlife trafficking", "en") == ()
