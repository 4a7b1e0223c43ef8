"""Whatever the input, a stretch of the document's text is found in the file's own text at the place the document says."""

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.intake import document_from_text, open_document
from comity.intake.article import related_spans
from comity.intake.normalise import normalise
from comity.records import Document

PIECES = [
    "Hội nghị",
    "hòa bình",
    "\u0302",
    "\u0323",
    "e",
    "o\u0302\u0323",
    "\r\n",
    "\n",
    "😀",
    "👩‍👩‍👧",
    "\u200b",
    "\u00ad",
    "\ufeff",
    "가",
    "\u1100\u1161",
    "Å",
    "\u212b",
    "क\u093c",
    " ",
    "x" * 50,
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), min_size=1, max_size=30).map("".join)


def assert_words_stand_in_file(document: Document, file_text: str) -> None:
    """Words, as findings are: they begin and end at letters that nothing joins."""
    text = document.text
    starts = [0, *(place for place in range(1, len(text)) if text[place].isascii()), len(text)]
    for start, end in pairwise(starts):
        held = file_text[document.place_in_file(start) : document.place_in_file(end)]
        assert unicodedata.normalize("NFC", held.lstrip("\ufeff") if start == 0 else held) == text[start:end].lstrip(
            "\ufeff" if start == 0 else ""
        )


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(TEXTS)
def test_any_text(text: str) -> None:
    normal = normalise(text)
    assert normal.text == unicodedata.normalize("NFC", text.removeprefix("\ufeff")) or "\ufffd" in normal.text
    document = Document(id="", text=normal.text, language="vi", shifts=normal.shifts)
    assert_words_stand_in_file(document, text.encode("utf-8", "replace").decode() if any("\ud800" <= c <= "\udfff" for c in text) else text)


@settings(deadline=None)
@given(TEXTS)
def test_related_spans_lie_in_the_text_in_order(text: str) -> None:
    normal = unicodedata.normalize("NFC", text)
    spans = related_spans(normal, "vi")
    assert all(0 <= span.start < span.end <= len(normal) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("head", ["", "---\ntitle: Hội nghị\n---\n\n"])
def test_files(tmp_path: Path, form: str, encoding: str, line_end: str, head: str) -> None:
    text = unicodedata.normalize(form, head + "Hội nghị tại Đà Nẵng 😀\n\nCác nước thành viên nhất trí thúc đẩy hòa bình.\n").replace(
        "\n", line_end
    )
    file = tmp_path / "tin.md"
    file.write_bytes(text.encode(encoding))
    document = open_document(file)
    own = file.read_bytes().decode("utf-16-le" if encoding == "utf-16" else "utf-8")
    for words in ("Đà Nẵng", "thành viên", "hòa bình.", "nhất trí thúc đẩy"):
        start = document.text.index(words)
        assert unicodedata.normalize("NFC", own[document.place_in_file(start) : document.place_in_file(start + len(words))]) == words
    assert document.text.count("\r\n") == (3 if line_end == "\r\n" else 0)


def test_a_line_of_a_megabyte() -> None:
    text = unicodedata.normalize("NFD", "Hai bên nhất trí hợp tác. " * 40_000)
    document = document_from_text(text)
    last = document.text.rindex("hợp")
    assert unicodedata.normalize("NFC", text[document.place_in_file(last) :]) == document.text[last:]
