"""What a file or text becomes: formats, metadata, language, and one sentence for what can't be read."""

import io
import sys
from pathlib import Path

import pytest

from cases import load_cases
from comity.errors import BadInputError
from comity.intake import Unreadable, document_from_text, open_document, open_documents
from comity.records import DateSource

HERE = Path(__file__).parent
VIETNAMESE = "Hai Ban Thư ký gặp nhau tại Jakarta\n\nHai bên nhất trí tăng cường hợp tác trong lĩnh vực quản lý thiên tai và y tế.\n"
ENGLISH = "The two Secretariats met in Jakarta and agreed to work together on disaster management and public health.\n"
PAGE = """<!doctype html><html lang="vi"><head><title>Hai Ban Thư ký họp tại Jakarta | Báo Mẫu</title>
<meta property="og:title" content="Hai Ban Thư ký họp tại Jakarta"><meta property="og:site_name" content="Báo Mẫu">
<meta property="og:url" content="https://bao.example/hop"><meta property="article:published_time" content="2019-09-12T08:00:00+07:00">
<script>var bi_mat = "không được đọc";</script><style>p {{ color: red }}</style></head>
<body><nav><a href="/">Trang chủ</a><a href="/the-gioi">Thế giới</a></nav><article><h1>Hai Ban Thư ký họp tại Jakarta</h1>
{}
<figure><img src="a.jpg"><figcaption>Toàn cảnh cuộc họp tại trụ sở Ban Thư ký.</figcaption></figure></article>
<footer>Bản quyền thuộc về Báo Mẫu</footer></body></html>"""
PARAGRAPH = (
    "<p>Hai bên rà soát việc thực hiện kế hoạch hành động và thống nhất các bước tiếp theo trong lĩnh vực {}, đồng thời giao các cơ quan "
    "chuyên ngành báo cáo kết quả trước cuối năm. Đại diện hai bên cho biết cuộc họp sau sẽ được tổ chức tại New York.</p>"
)
BODY = "\n".join(map(PARAGRAPH.format, ("y tế", "giáo dục", "quản lý thiên tai", "an ninh biển")))


def test_plain_text(tmp_path: Path) -> None:
    file = tmp_path / "tin.txt"
    file.write_text(VIETNAMESE, encoding="utf-8")
    document = open_document(file)
    assert (document.text, document.language, document.name) == (VIETNAMESE, "vi", str(file))
    assert document.title == "Hai Ban Thư ký gặp nhau tại Jakarta"
    assert document.published is None
    assert document.shifts == ()


def test_the_same_text_has_the_same_id_whatever_its_encoding(tmp_path: Path) -> None:
    plain = document_from_text(VIETNAMESE)
    for number, encoding in enumerate(("utf-8", "utf-8-sig", "utf-16", "utf-32")):
        file = tmp_path / f"{number}.txt"
        file.write_bytes(VIETNAMESE.encode(encoding))
        assert (open_document(file).id, open_document(file).text) == (plain.id, plain.text)


def test_windows_encodings(tmp_path: Path) -> None:
    western = "The café’s owner – a naïve man – met the Minister in Reykjavík, and the two were pleased to agree on fisheries.\n"
    (tmp_path / "western.txt").write_bytes(western.encode("cp1252"))
    assert open_document(tmp_path / "western.txt").text == western
    # Windows-1258 has ê and the dot below as two bytes, which compose to ệ.
    vietnamese = "Vi\u00ea\u0323t Nam va\u0300 ASEAN \u0111a\u0303 ho\u0323p ta\u0323i Ha\u0300 N\u00f4\u0323i, "
    vietnamese += "h\u01b0\u01a1\u0301ng t\u01a1\u0301i ho\u0300a bi\u0300nh.\n"
    (tmp_path / "vietnamese.txt").write_bytes(vietnamese.encode("cp1258"))
    document = open_document(tmp_path / "vietnamese.txt")
    assert document.text == "Việt Nam và ASEAN đã họp tại Hà Nội, hướng tới hòa bình.\n"
    assert document.place_in_file(document.text.index("ASEAN")) == vietnamese.index("ASEAN")


def test_markdown_front_matter(tmp_path: Path) -> None:
    file = tmp_path / "tin.md"
    head = "---\ntitle: Hai Ban Thư ký họp\npublisher: Comity\npublished: 2019-09-12\nlanguage: vi\n"
    head += "source: https://bao.example/1\nnote: một bản tóm tắt\ntags: [a, b]\n---\n\n"
    file.write_text(head + VIETNAMESE, encoding="utf-8")
    document = open_document(file)
    assert document.text == VIETNAMESE
    assert (document.title, document.publisher, document.note) == ("Hai Ban Thư ký họp", "Comity", "một bản tóm tắt")
    assert (document.published, document.published_from) == ("2019-09-12", DateSource.METADATA)
    assert (head + VIETNAMESE)[document.place_in_file(5) :].startswith(VIETNAMESE[5:])


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("date: 2024-06-10", "2024-06-10"),
        ("date: 2024-06-10T08:00:00+07:00", "2024-06-10"),
        ("published: 13/06/2024", "2024-06-13"),
        ("published: 10 June 2024", "2024-06-10"),
        ("published: Monday, June 10, 2024", "2024-06-10"),
        ("published: Ngày 10 tháng 6 năm 2024", "2024-06-10"),
        ("published: tháng 6/2024", "2024-06"),
        ("date: 2023-01-01\npublished: 2024-06", "2024-06"),
        ("layout: post", None),
    ],
)
def test_the_day_of_front_matter(tmp_path: Path, line: str, day: str | None) -> None:
    path = tmp_path / "note.md"
    path.write_text(f"---\ntitle: Note\n{line}\n---\nThe two sides met in Jakarta.\n", encoding="utf-8")
    assert open_document(path).published == day


def test_markdown_without_front_matter(tmp_path: Path) -> None:
    file = tmp_path / "tin.md"
    file.write_text("# The Secretariats meet\n\n" + ENGLISH, encoding="utf-8")
    assert open_document(file).title == "The Secretariats meet"


def test_web_page(tmp_path: Path) -> None:
    file = tmp_path / "trang.html"
    file.write_text(PAGE.format(BODY), encoding="utf-8")
    document = open_document(file)
    assert document.text.startswith("Hai Ban Thư ký họp tại Jakarta\n\nHai bên rà soát")
    assert document.text.count("Đại diện hai bên cho biết") == 4
    assert "bi_mat" not in document.text
    assert "color" not in document.text
    assert (document.publisher, document.published, document.source) == ("Báo Mẫu", "2019-09-12", "https://bao.example/hop")
    assert (document.language, document.shifts) == ("vi", None)
    marked = " ".join(document.text[span.start : span.end] for span in document.related)
    assert "Toàn cảnh cuộc họp" not in document.text or "Toàn cảnh cuộc họp" in marked


def test_a_page_with_its_date_and_lead_outside_the_body(tmp_path: Path) -> None:
    file = tmp_path / "trang.html"
    lead = "<p class=sapo>Hai Ban Thư ký họp tại Jakarta để rà soát tiến độ của kế hoạch chung giữa hai tổ chức.</p>"
    head = "<div><ul><li><a href=/>Thời sự</a></ul><span>Thứ Sáu, 31/01/2020 08:00 (GMT+7)</span></div><h1>Hai Ban Thư ký họp</h1>"
    file.write_text(
        f"<html><head><title>Hai Ban Thư ký họp</title></head><body>{head}{lead}<div class=content>{BODY}</div></body></html>",
        encoding="utf-8",
    )
    document = open_document(file)
    assert document.text.startswith("Hai Ban Thư ký họp\n\nHai Ban Thư ký họp tại Jakarta để rà soát")
    assert document.text.count("để rà soát tiến độ của kế hoạch chung") == 1
    assert (document.published, document.published_from) == ("2020-01-31", DateSource.DATELINE)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 5000 + BODY + "</div>" * 5000,
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>&b;" + BODY,
        "<p>\u200b\u200d😀</p><table>" + "<tr><td>" * 300 + BODY,
        BODY.replace("<p>", "<p><b><i>").replace("</p>", ""),
    ],
    ids=["deep", "entities", "broken table", "unclosed"],
)
def test_hostile_pages_keep_their_article(tmp_path: Path, body: str) -> None:
    file = tmp_path / "trang.html"
    file.write_text(PAGE.format(body), encoding="utf-8")
    assert "Hai bên rà soát việc thực hiện kế hoạch hành động" in open_document(file).text


@pytest.mark.parametrize(
    "content",
    [
        b"<html>" + b"<div>" * 60_000,
        b"<html><body>" + b"&" * 100_000,
        b"<html><head><title>" + b"<" * 50_000,
        b"<html>" + b"<a" * 50_000,
        b"<html><body>" + b"<!--" * 20_000,
        b"<html><body>" + b"<p>" * 20_000,
        b"<html><body>" + b"<script>" * 5_000,
    ],
)
def test_pages_of_nothing_do_no_harm(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "trang.htm"
    file.write_bytes(content)
    [one] = open_documents([file])
    assert isinstance(one, Unreadable) or one.text.strip()


@pytest.mark.parametrize("case", load_cases(HERE / "cases/published.yaml"))
def test_published(case: dict[str, str]) -> None:
    document = document_from_text(case["text"], name=case.get("name", ""), published=case.get("given"), language=case["language"])
    assert (document.published, document.published_from) == (case.get("published"), case.get("from"))


@pytest.mark.parametrize("case", load_cases(HERE / "cases/languages.yaml"))
def test_language(case: dict[str, str]) -> None:
    if case["language"] == "refused":
        with pytest.raises(BadInputError, match="Comity reads en, vi"):
            document_from_text(case["text"])
    else:
        assert document_from_text(case["text"]).language == case["language"]


@pytest.mark.parametrize("case", load_cases(HERE / "cases/bad_input.yaml"))
def test_bad_input_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: dict[str, str]) -> None:
    monkeypatch.setenv("COMITY_MAX_MB", "1")
    file = tmp_path / case["file"]
    file.write_bytes(case["text"].encode("latin-1").decode("unicode_escape").encode("latin-1") * int(case.get("times", 1)))
    with pytest.raises(BadInputError) as caught:
        open_document(file)
    sentence = str(caught.value)
    assert sentence.startswith(str(file))
    assert case["says"] in sentence
    assert "\n" not in sentence


def test_no_such_file_and_no_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInputError, match="there is no such file"):
        open_document(tmp_path / "không có.txt")
    closed = tmp_path / "closed.txt"
    closed.write_text(ENGLISH, encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(BadInputError, match="may not be read"):
        open_document(closed)


@pytest.mark.parametrize("name", ["a\0b.txt", "x" * 5000 + ".txt", "\udcff.txt"])
def test_impossible_names(name: str) -> None:
    with pytest.raises(BadInputError):
        open_document(name)


def test_a_folder_names_what_it_could_not_read_and_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_text(ENGLISH + "Two.", encoding="utf-8")
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"")
    (tmp_path / "d.json").write_text("{}", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text(ENGLISH, encoding="utf-8")
    found = list(open_documents([tmp_path, tmp_path / "none.txt"]))
    assert [Path(one.path if isinstance(one, Unreadable) else one.name).name for one in found] == ["a.txt", "c.txt", "two.txt", "none.txt"]
    assert [isinstance(one, Unreadable) for one in found] == [False, True, False, True]


def test_a_folder_without_documents_says_so(tmp_path: Path) -> None:
    [fault] = open_documents([tmp_path])
    assert isinstance(fault, Unreadable)
    assert "holds no document" in fault.sentence


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(VIETNAMESE.encode())))
    [document] = open_documents(["-"])
    assert not isinstance(document, Unreadable)
    assert (document.name, document.language) == ("-", "vi")


def test_a_given_date_must_be_one() -> None:
    with pytest.raises(BadInputError, match="is no publication date"):
        document_from_text(ENGLISH, published="30/1/2020")


def test_half_a_surrogate_pair_does_no_harm() -> None:
    document = document_from_text("The two sides met \ud800 today and agreed.")
    assert document.text.encode()


def test_signs_that_no_page_may_hold(tmp_path: Path) -> None:
    file = tmp_path / "trang.html"
    file.write_text(
        PAGE.format("\x01<script>x</script>\x02&#1;&#x1f;" + BODY.replace("y tế", "y tế &#39;và&#x27; &#10;dân")), encoding="utf-8"
    )
    assert "y tế 'và' dân" in open_document(file).text
