"""Event codes: each case of the tables with source and target given; what is no event; who is source where nobody says so; documents."""

from pathlib import Path
from time import process_time
from typing import Any

import pytest

from cases import load_cases
from comity.errors import BadInputError
from comity.intake import document_from_text
from comity.knowledge import Knowledge
from comity.reading.document_codes import DocumentCoder
from comity.reading.event_codes import ROOTS, EventCoder
from comity.records import EventType, Span

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
def coders() -> dict[str, EventCoder]:
    return {language: EventCoder(language) for language in ("en", "vi")}


@pytest.fixture(scope="module")
def documents(knowledge: Knowledge) -> DocumentCoder:
    return DocumentCoder(knowledge)


@pytest.mark.parametrize("case", load_cases(CASES / "event_codes.en.yaml"))
def test_an_english_sentence_with_its_parties(coders: dict[str, EventCoder], case: dict[str, Any]):
    assert coders["en"].code(case["text"], case["source"], case["target"]).type == case["type"]


@pytest.mark.parametrize("case", load_cases(CASES / "event_codes.vi.yaml"))
def test_a_vietnamese_sentence_with_its_parties(coders: dict[str, EventCoder], case: dict[str, Any]):
    assert coders["vi"].code(case["text"], case["source"], case["target"]).type == case["type"]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_type_has_cases_and_a_root(language: str):
    tried = {case.values[0]["type"] for case in load_cases(CASES / f"event_codes.{language}.yaml")}
    assert tried == {kind.value for kind in EventType} == {kind.value for kind in ROOTS}


def test_a_code_says_which_words_made_it(coders: dict[str, EventCoder]):
    sentence = "Algerian police arrested a Spanish trader."
    code = coders["en"].code(sentence, "Algerian police", "a Spanish trader")
    assert code.words == "arrested"
    assert code.span
    assert sentence[code.span.start : code.span.end] == code.words
    assert (code.source, code.root, code.target) == ("Algerian police", "17", "a Spanish trader")
    assert 0.5 < code.probability <= 1


def test_no_full_stop_makes_a_code(coders: dict[str, EventCoder]):
    sentence = "Police fired tear gas at protesters in the capital of Georgia."
    place = sentence.index("Georgia")
    code = coders["en"].code(sentence, Span(place, place + len("Georgia")), None)
    assert code.words == "fired tear gas"


def test_names_and_spans_give_the_same_code(coders: dict[str, EventCoder]):
    sentence = "Ghana urged Togo to reopen the bridge."
    assert coders["en"].code(sentence, Span(0, 5), Span(12, 16)) == coders["en"].code(sentence, "Ghana", "togo")


def test_a_batch_gives_the_same_as_one_by_one(coders: dict[str, EventCoder]):
    rows = [("Ghana urged Togo to reopen the bridge.", "Ghana", "Togo"), ("Mali withdrew its troops from Gao.", "Mali", "Gao")]
    assert coders["en"].codes(rows) == [coders["en"].code(*row) for row in rows]


@pytest.mark.parametrize("sentence", ["", "   ", "?!", "Zzyzx qwxyz.", "x" * 5000])
def test_nothing_to_code_is_no_event(coders: dict[str, EventCoder], sentence: str):
    assert coders["en"].code(sentence).type is None
    assert coders["vi"].code(sentence).type is None


def test_a_party_that_is_not_in_the_sentence_is_one_clear_sentence(coders: dict[str, EventCoder]):
    with pytest.raises(BadInputError, match="'Togo' is not in the sentence"):
        coders["en"].code("Ghana urged Benin to wait.", "Ghana", "Togo")
    with pytest.raises(BadInputError, match="after the end"):
        coders["en"].code("Ghana urged Benin to wait.", Span(0, 5), Span(12, 99))


def test_parties_that_overlap_or_are_the_same_do_no_harm(coders: dict[str, EventCoder]):
    assert coders["en"].code("Ghana urged Benin to wait.", Span(0, 17), Span(12, 17)).type


def test_a_document_is_coded_with_actor_ids(documents: DocumentCoder):
    text = "Ghana condemned Togo over the dam.\n\nThe river is 400 kilometres long.\n\nA trader from Togo was arrested by Ghana.\n"
    first, second = documents.codes(document_from_text(text, name="dam", language="en"))
    assert (first.source_id, first.code.type, first.target_id) == ("GHA", "ACCUSE", "TGO")
    assert (second.source_id, second.code.type, second.target_id) == ("GHA", "COERCE", "TGO")


def test_a_vietnamese_document_is_coded_with_the_doer_as_source(documents: DocumentCoder):
    text = "Brazil và Nhật Bản hội đàm tại Lima về nghề cá.\n\nCon sông dài 400 km.\n\nTogo bị Ghana không kích đêm qua.\n"
    first, second = documents.codes(document_from_text(text, name="lima", language="vi"))
    assert (first.source_id, first.code.type, first.target_id) == ("BRA", "CONSULT", "JPN")
    assert (second.source_id, second.code.type, second.target_id) == ("GHA", "ASSAULT", "TGO")


def test_a_thousand_sentences_take_less_than_a_second(coders: dict[str, EventCoder]):
    rows = [
        ("Algerian police arrested a Spanish trader on Sunday after a search of the port of Oran.", "Algerian police", "a Spanish trader")
    ]
    start = process_time()
    coders["en"].codes(rows * 1000)
    assert process_time() - start < 1
