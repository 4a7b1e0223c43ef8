"""Whatever the input, every finding's quote is the slice of the text that its offsets name, in the text and in the file."""

import unicodedata
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from comity.intake import document_from_text, open_document
from comity.publishing.reading_lines import reading_record
from comity.reading import Reader
from comity.records import Evidence, Reading

PHRASES = [
    "Ngày 30/1/2020, Tổng Thư ký LHQ António Guterres nhấn mạnh ASEAN sẽ tiếp tục hợp tác với Liên Hợp quốc. ",
    "Hai bên nhất trí hoàn thành 97/103 dòng hành động (94,2%) trước cuối năm 2020.\r\n",
    "Đại sứ Đặng Đình Quý cho biết: “Việt Nam cam kết hoà bình”. ",
    "On 13 November 2017 Secretary-General António Guterres said that 80 per cent of the action lines had been addressed. ",
    "The two sides agreed to adopt the Plan of Action to Implement the Joint Declaration (2021-2025).\n\n",
    "Tin liên quan\n",
    "Ảnh: TTXVN\n",
    "🕊️ \u200b\u00ad\ufeff ",
    '“‘"(((',
    "TRUMP VÀ KIM GẶP NHAU Ở HÀ NỘI\n",
    "x" * 5000 + " ",
    "a\u0323\u0302 e\u0301 o\u031b\u0300 ",
]
LETTERS = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t")
"""No control characters: a file with them is refused as binary (tests/intake)."""
texts = st.lists(st.one_of(st.sampled_from(PHRASES), st.text(LETTERS, max_size=30)), min_size=1, max_size=8).map("".join)
written = st.tuples(texts, st.sampled_from(["NFC", "NFD"])).map(lambda pair: unicodedata.normalize(pair[1], pair[0]))


def evidences(reading: Reading) -> list[Evidence]:
    found = []
    for kind in asdict(reading).values():
        if isinstance(kind, tuple):
            for finding in kind:
                found += [value for value in asdict(finding).values() if isinstance(value, Evidence)]
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(text=written, language=st.sampled_from(["vi", "en"]), published=st.sampled_from([None, "2020-01-31"]))
def test_every_quote_is_the_slice_it_names(reader: Reader, text: str, language: str, published: str | None):
    if not text.strip():
        return
    document = document_from_text(text, language=language, published=published)
    reading = reader.read(document)
    assert document.text == unicodedata.normalize("NFC", text)
    for evidence in evidences(reading):
        assert document.text[evidence.start : evidence.end] == evidence.quote
        assert evidence.quote.strip()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(text=written)
def test_offsets_in_reading_lines_count_the_files_own_characters(reader: Reader, tmp_path: Path, text: str):
    path = tmp_path / "document.txt"
    data = text.encode("utf-8", "ignore")
    if not data.decode("utf-8").strip() or b"\x00" in data:
        return
    path.write_bytes(data)
    with path.open(encoding="utf-8", newline="") as file:
        own_text = file.read()
    record = reading_record(reader.read(open_document(path, language="vi")))
    for kind in ("actors", "offices", "statements", "events", "commitments", "instruments", "mechanisms", "progress", "dates", "slips"):
        for finding in record[kind]:
            assert unicodedata.normalize("NFC", own_text[finding["start"] : finding["end"]]) == finding["quote"]


def test_the_same_input_gives_the_same_record(reader: Reader, knowledge):
    text = "".join(PHRASES)
    first = reading_record(reader.read(document_from_text(text, language="vi")))
    second = reading_record(Reader(knowledge).read(document_from_text(text, language="vi")))
    assert first == second
