"""PDF, Word, mails, archives, tables of texts: what becomes of what people have, and that one bad thing costs no other its reading."""

import csv
import gzip
import io
import json
import stat
import tracemalloc
import zipfile
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.errors import BadInputError
from comity.intake import Given, Unreadable, documents_from_bytes, fields_of, open_document, open_documents
from comity.intake.counting import count_documents
from comity.intake.formats import FORMATS
from comity.records import DateSource, Document

ENGLISH = "The two Secretariats met in Jakarta and agreed to work together on disaster management and public health."
VIETNAMESE = "Hai bên nhất trí tăng cường hợp tác trong lĩnh vực quản lý thiên tai và y tế trong năm 2020."

MULTIPART = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
STARTS = [
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b'{"text": "',
    b"From: a@b.example\n",
    b"<html><body>",
    b"---\ntitle: ",
    b"id,text\n",
]


def read(content: bytes, name: str, *pairs: str) -> list[Document | Unreadable]:
    return list(documents_from_bytes(content, name=name, given=Given(fields=fields_of(pairs))))


def documents(found: list[Document | Unreadable]) -> list[Document]:
    return [one for one in found if isinstance(one, Document)]


def sentences(found: list[Document | Unreadable]) -> list[str]:
    told = [one.sentence for one in found if isinstance(one, Unreadable)]
    assert all("\n" not in sentence for sentence in told)
    return told


def zipped(**members: bytes | str) -> bytes:
    return zipped_as({name.replace("__", "."): content for name, content in members.items()})


def zipped_as(members: dict[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def pdf(source: str) -> bytes:
    return typst.compile(source.encode())


def word(title: str = "", *, made: datetime | None = None, paragraphs: tuple[str, ...] = (ENGLISH,)) -> bytes:
    document = docx.Document()
    document.core_properties.title = title
    if made:
        document.core_properties.created = made
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(2, 2)
    for row, cells in enumerate((("Line", "Status"), ("1.1", "under way"))):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    document.sections[0].header.paragraphs[0].text = "For official use"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def mail(text: str = VIETNAMESE, *, subject: str = "Thông cáo báo chí", sent: str = "Fri, 31 Jan 2020 00:30:00 +0700") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Văn phòng Ban Thư ký <office@ban.example>"
    message["Subject"] = subject
    message["Date"] = sent
    message.set_content(text)
    return message


COLUMNS = """
#set document(title: "Joint press statement of the two Secretariats", date: datetime(year: 2019, month: 9, day: 12))
#set page(columns: 2, header: [Press service of the river council], footer: context [Page #counter(page).display()])
#place(top, scope: "parent", float: true)[= Joint press statement of the two Secretariats]
#for i in range(30) [In 2019 round #i of the talks reviewed the implementation of the plan of action and noted that the sectoral bodies
had reported on disaster management, on public health and on the safety of ships, and that people-to-people contacts remained at the heart
of it all.

]
"""


def test_pdf_in_two_columns_without_headers_and_footers() -> None:
    [document] = documents(read(pdf(COLUMNS), "statement.pdf"))
    lines = [line for line in document.text.split("\n") if line]
    assert lines[0] == "Joint press statement of the two Secretariats"
    assert [line.split(" of the talks")[0] for line in lines[1:]] == [f"In 2019 round {number}" for number in range(30)]
    assert "Press service" not in document.text
    assert "Page " not in document.text
    assert (document.title, document.published, document.published_from) == (lines[0], "2019-09-12", DateSource.PROPERTIES)
    assert document.shifts is None


def test_what_the_properties_say_must_be_borne_out_by_the_text() -> None:
    source = '#set document(title: "Microsoft Word - draft_v3", date: datetime(year: 2024, month: 1, day: 2))\n' + ENGLISH + " In 2019."
    [document] = documents(read(pdf(source), "a.pdf"))
    assert (document.title, document.published) == (None, None)
    [document] = documents(read(word("Template of the council", made=datetime(2013, 12, 23)), "a.docx"))
    assert (document.title, document.published) == (None, None)


def test_a_date_in_the_text_or_file_name_counts_more_than_the_properties() -> None:
    text = ("Hà Nội, ngày 3 tháng 2 năm 2020", VIETNAMESE)
    [document] = documents(read(word(made=datetime(2020, 5, 5), paragraphs=text), "a.docx"))
    assert (document.published, document.published_from) == ("2020-02-03", DateSource.DATELINE)
    [document] = documents(read(word(made=datetime(2020, 5, 5), paragraphs=(VIETNAMESE,)), "2020-01-31-tin.docx"))
    assert (document.published, document.published_from) == ("2020-01-31", DateSource.FILE_NAME)


def test_word_with_a_table() -> None:
    [document] = documents(
        read(word("The two Secretariats met in Jakarta", made=datetime(2019, 5, 13), paragraphs=(ENGLISH, "So it was in 2019.")), "a.docx")
    )
    assert document.text == f"{ENGLISH}\n\nSo it was in 2019.\n\nLine | Status\n1.1 | under way"
    assert (document.title, document.published) == ("The two Secretariats met in Jakarta", "2019-05-13")
    assert document.published_from is DateSource.PROPERTIES


def test_a_mail_and_what_is_attached_to_it() -> None:
    message = mail()
    message.add_attachment(word(), maintype="application", subtype="octet-stream", filename="tuyên bố.docx")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    forwarded = mail(ENGLISH, subject="Fwd: statement", sent="Mon, 6 Jan 2020 10:00:00 +0000")
    message.add_attachment(forwarded)
    found = read(message.as_bytes(), "thư.eml")
    first, second, third = documents(found)
    assert len(found) == 3
    assert (first.text.strip(), first.title, first.publisher) == (VIETNAMESE, "Thông cáo báo chí", "Văn phòng Ban Thư ký")
    assert (first.published, first.published_from) == ("2020-01-31", DateSource.MAIL)
    assert (second.name, second.published, second.published_from) == ("thư.eml/tuyên bố.docx", "2020-01-31", DateSource.MAIL)
    assert (third.title, third.published, third.text.strip()) == ("Fwd: statement", "2020-01-06", ENGLISH)


def test_a_mail_in_html_and_one_in_an_old_encoding() -> None:
    message = mail()
    message.set_content(f"<html><body><p>{VIETNAMESE}</p><p>Trân trọng</p><script>x</script></body></html>", subtype="html")
    [document] = documents(read(message.as_bytes(), "a.eml"))
    assert document.text == f"{VIETNAMESE}\n\nTrân trọng"
    old = b"From: a@b.example\r\nDate: Fri, 31 Jan 2020 09:00:00 +0700\r\nContent-Type: text/plain; charset=no-such-charset\r\n\r\n"
    [document] = documents(read(old + VIETNAMESE.encode(), "a.eml"))
    assert document.text == VIETNAMESE


def test_lines_that_a_mail_program_broke() -> None:
    message = mail()
    message.set_content("Hai bên nhất trí tăng cường \nhợp tác trong lĩnh vực y tế.\n\nĐoạn hai.\n")
    message.replace_header("Content-Type", 'text/plain; charset="utf-8"; format=flowed')
    [document] = documents(read(message.as_bytes(), "a.eml"))
    assert document.text.startswith("Hai bên nhất trí tăng cường hợp tác trong lĩnh vực y tế.\n\nĐoạn hai.")


def test_an_archive_of_everything_and_archives_in_it(tmp_path: Path) -> None:
    inner = zipped(b__md=f"---\ntitle: In it\n---\n{ENGLISH}")
    content = zipped_as({"tin/a.txt": VIETNAMESE, "tin/in.zip": inner, "p.png": b"x", "__MACOSX/a.txt": b"x", ".hidden.txt": b"x"})
    (tmp_path / "kho.zip").write_bytes(content)
    found = documents(list(open_documents([tmp_path])))
    kho = str(tmp_path / "kho.zip")
    assert [(one.name, one.text) for one in found] == [(f"{kho}/tin/a.txt", VIETNAMESE), (f"{kho}/tin/in.zip/b.md", ENGLISH)]
    assert count_documents([tmp_path]) == 2


def test_names_in_utf8_that_do_not_say_so() -> None:
    content = zipped_as({"cổng.txt": VIETNAMESE})
    unflagged = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = unflagged.index(mark) + place
        unflagged[at : at + 2] = b"\0\0"
    [document] = documents(read(bytes(unflagged), "a.zip"))
    assert document.name == "a.zip/cổng.txt"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "/etc/passwd.txt", "C:\\a.txt", "..\\a.txt", "tin/../../a.txt", "a\x01.txt"], ids=repr
)
def test_paths_that_lead_out_of_the_archive(name: str) -> None:
    found = read(zipped_as({name: ENGLISH, "b.txt": ENGLISH}), "a.zip")
    assert [one.name for one in documents(found)] == ["a.zip/b.txt"]
    [sentence] = sentences(found)
    assert "leads out of its archive" in sentence
    assert "\x01" not in sentence


def test_a_link_in_an_archive() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("b.txt", ENGLISH)
    found = read(file.getvalue(), "a.zip")
    assert "is a link" in sentences(found)[0]
    assert len(documents(found)) == 1


def test_a_bomb_by_ratio_costs_no_other_file() -> None:
    found = read(zipped(a__txt=b"a" * 15_000_000, b__txt=ENGLISH), "a.zip")
    assert "would unpack to more than 200 times" in sentences(found)[0]
    assert len(documents(found)) == 1


def test_a_bomb_by_size_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_MAX_COLLECTION_MB", "20")
    content = zipped(a__txt=b"a" * 15_000_000, b__txt=b"a" * 15_000_000)
    tracemalloc.start()
    [sentence] = sentences(read(content, "a.zip"))
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    assert "more than the limit of 20 MB" in sentence


def test_a_bomb_by_count_over_all_archives_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_MAX_MEMBERS", "30")
    inner = zipped_as({f"{number}.txt": ENGLISH for number in range(12)})
    found = read(zipped_as({f"{number}.zip": inner for number in range(5)}), "a.zip")
    assert len(documents(found)) == 24
    assert "more than 30 files" in sentences(found)[0]


def test_archives_in_archives_end_at_a_depth() -> None:
    content = ENGLISH.encode()
    name = "a.txt"
    for number in range(5):
        content, name = zipped_as({name: content}), f"{number}.zip"
    [sentence] = sentences(read(content, "a.zip"))
    assert "lies in too many archives" in sentence


def test_an_encrypted_archive() -> None:
    content = bytearray(zipped(a__txt=ENGLISH))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + place] |= 1
    [sentence] = sentences(read(bytes(content), "a.zip"))
    assert sentence == "a.zip/a.txt: is encrypted; pack it again without a password."


def test_a_broken_member_costs_no_other() -> None:
    content = bytearray(zipped(a__txt=ENGLISH * 20, b__txt=ENGLISH))
    content[60:70] = b"\xff" * 10
    found = read(bytes(content), "a.zip")
    assert len(documents(found)) == 1
    assert "a.zip/a.txt: is broken" in sentences(found)[0]


def test_json_lines_with_their_fields(tmp_path: Path) -> None:
    rows = [
        {"id": "one", "body": ENGLISH, "title": "First", "date": "2019-05-12T10:00:00Z", "link": "https://a.example/1", "by": "Gazette"},
        {"id": 2, "body": VIETNAMESE, "date": "31/01/2020 09:00", "language": "vi"},
        {"article": {"text": ENGLISH}, "body": ENGLISH + " Again."},
    ]
    file = tmp_path / "tin.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    fields = fields_of(["text=body", "published=date,url=link", "publisher=by"])
    first, second, third = documents(list(open_documents([file], given=Given(fields=fields))))
    assert (first.title, first.publisher, first.source) == ("First", "Gazette", "https://a.example/1")
    assert (first.published, first.published_from) == ("2019-05-12", DateSource.METADATA)
    assert (first.name, second.name, third.name) == (f"{file}/one", f"{file}/2", f"{file}/line-3")
    assert (second.published, second.language) == ("2020-01-31", "vi")
    assert count_documents([file]) == 2  # the last line has no end
    nested = documents(list(open_documents([file], given=Given(fields=fields_of(["text=article.text"])))))
    assert [one.text for one in nested] == [ENGLISH]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"The Leaders\u2019 Statement\uFFFC", "The Leaders’ Statement"),
        (r"COMMUNIQU\xC9 of the\u2060 Group", "COMMUNIQUÉ of the Group"),
        (r"Half a pair: \uD83D", r"Half a pair: \uD83D"),
        ("Trao\u200b đổi", "Trao đổi"),
    ],
)
def test_titles_that_were_escaped_twice_are_plain(tmp_path: Path, written: str, title: str) -> None:
    file = tmp_path / "list.jsonl"
    file.write_text(json.dumps({"text": ENGLISH, "title": written}), encoding="utf-8")
    assert [one.title for one in documents(list(open_documents([file])))] == [title]


def test_lines_that_are_broken_are_named_and_the_others_read() -> None:
    lines = [
        json.dumps({"text": ENGLISH}),
        '{"text": "The two',
        "[1, 2]",
        "",
        '{"text": 3}',
        json.dumps({"text": ENGLISH, "published": "1/2/2020"}),
        json.dumps({"text": "Les deux parties se sont réunies à Djakarta et ont décidé de travailler ensemble sur la santé publique."}),
        json.dumps({"text": VIETNAMESE}),
    ]
    content = "\n".join(lines).encode() + b'\n{"text": "caf\xe9"}\n'
    found = read(content, "tin.jsonl")
    assert [one.text for one in documents(found)] == [ENGLISH, VIETNAMESE]
    told = sentences(found)
    assert [sentence.split(":")[0] for sentence in told] == [f"tin.jsonl, line {number}" for number in (2, 3, 5, 6)] + [
        "tin.jsonl/line-7",
        "tin.jsonl, line 9",
    ]
    assert "name the one that holds it: --map text=FIELD" in told[2]
    assert "published is '1/2/2020' (it may be read as two days); write a date such as" in told[3]
    assert "is not UTF-8" in told[5]


def test_a_file_of_nothing_but_broken_lines_is_left_soon() -> None:
    told = sentences(read(b'{"body": "x"}\n' * 5_000, "tin.jsonl"))
    assert len(told) == 21
    assert "not one of the first 20 lines could be read" in told[-1]


def test_a_line_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMITY_MAX_MB", "1")
    content = json.dumps({"text": "a " * 700_000}) + "\n" + json.dumps({"text": ENGLISH}) + "\n"
    found = read(content.encode(), "tin.jsonl")
    assert "line 1: is longer than the limit of 1 MB" in sentences(found)[0]
    assert len(documents(found)) == 1


def test_json_lines_of_any_size_need_the_memory_of_a_line(tmp_path: Path) -> None:
    line = json.dumps({"text": ENGLISH * 20, "language": "en"}).encode() + b"\n"
    file = tmp_path / "large.jsonl"
    with file.open("wb") as out:
        for _ in range(20):
            out.write(line * 500)
    assert file.stat().st_size > 20_000_000
    tracemalloc.start()
    for number, one in enumerate(open_documents([file])):
        assert isinstance(one, Document)
        if number == 300:
            break
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_of_texts(tmp_path: Path, encoding: str, delimiter: str) -> None:
    file = tmp_path / "tin.csv"
    with file.open("w", encoding=encoding, newline="") as out:
        rows = csv.writer(out, delimiter=delimiter)
        rows.writerows([["id", "Title", "Body"], ["a1", "The café", ENGLISH + "\n\nA second, longer paragraph."], ["", "", ENGLISH]])
    found = documents(list(open_documents([file], given=Given(fields=fields_of(["text=Body", "title=Title"])))))
    assert [(one.name, one.title) for one in found] == [(f"{file}/a1", "The café"), (f"{file}/line-5", None)]
    assert found[0].text.endswith("A second, longer paragraph.")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"id,body\n1,x\n", "has no column 'text' (it has id, body); name the one that holds the text: --map text=COLUMN."),
        ("a.csv", b"", "does not begin with the names of its columns"),
        ("a.csv", b"id,text\n", "has columns and no row"),
        ("a.csv", b"text\n\x81\x8d\xff\xfe\xff" * 20, "encoding can't be told"),
        ("a.jsonl", b"", "is empty"),
        ("a.jsonl.gz", b"no gzip", "is broken"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "x"}\n' * 1000)[:-30], "is broken"),
        ("a.zip", b"PK\x03\x04", "is no whole ZIP"),
        ("a.zip", zipped(a__png=b"x"), "holds no document"),
        ("a.docx", b"PK\x03\x04", "is no whole Office file"),
        ("a.docx", zipped_as({"word/document.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}), "is no whole Word document"),
        ("a.docx", b"\xd0\xcf\x11\xe0", "is encrypted, or in an old Office format"),
        ("a.eml", b"The two sides met.", "is no mail"),
        ("a.eml", b"", "is no mail"),
        ("a.eml", b"From: a@b.example\nSubject: x\n\n", "has no text and no document attached"),
        ("a.eml", b"From: a@b.example\n" + b"".join(MULTIPART % (n, n) for n in range(3000)), "is no whole mail"),
        ("a.eml", b"From: a@b.example\n" + MULTIPART % (1, 1) + b"--b1\n\na\n" * 50_000, "more than 1,000 parts"),
        ("a.pdf", b"%PDF-1.7", "is no whole PDF"),
        ("a.pdf", pdf("#rect()"), "has no text in it, only pictures"),
        ("a.rtf", b"{\\rtf", "save it as .docx"),
        ("a.mp3", b"ID3", "Comity does not read .mp3 files"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else f"{len(value)} bytes",  # an archive's bytes hold the hour it is made
)
def test_what_cant_be_read_is_one_sentence(name: str, content: bytes, says: str) -> None:
    told = sentences(read(content, name))
    assert says in told[0]
    assert told[0].startswith(name)


@pytest.mark.parametrize("before", ["", f"<!--{'x' * 5000}-->"], ids=["at once", "behind a long remark"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_bomb_in_xml_is_refused_and_expands_to_nothing(before: str, encoding: str) -> None:
    entities = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    bomb = f'<?xml version="1.0" encoding="{encoding}"?>{before}<!DOCTYPE x [<!ENTITY a "{"x" * 100}">{entities}]>'
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as whole, zipfile.ZipFile(file, "w") as out:
        for member in whole.namelist():
            content = whole.read(member).decode() if member == "word/document.xml" else whole.read(member)
            if isinstance(content, str):
                content = bomb + content[content.index("<w:document") :].replace(ENGLISH, ENGLISH + "&j;")
            out.writestr(member, content.encode(encoding) if isinstance(content, str) else content)
    found = read(file.getvalue(), "a.docx")
    assert sum(len(one.text) for one in documents(found)) < 1000
    if not before:
        assert "declares entities of its own, as an XML bomb does" in sentences(found)[0]


@pytest.mark.parametrize("pair", ["text", "text=", "=body", "words=body", "text=a,text=b"])
def test_a_mapping_that_means_nothing(pair: str) -> None:
    with pytest.raises(BadInputError, match="--map"):
        fields_of([pair])


def test_what_comes_without_a_name_is_told_by_its_bytes() -> None:
    known = ((word(), "Line | Status"), (pdf(ENGLISH), ENGLISH), (mail().as_bytes(), VIETNAMESE), (zipped(a__txt=ENGLISH), ENGLISH))
    for content, words in known:
        assert words in documents(read(content, ""))[0].text
    assert documents(read(json.dumps({"text": ENGLISH}).encode(), "-"))[0].text == ENGLISH
    assert documents(read(b"Note: the two sides met.\nThey agreed.\n", "-"))[0].text.startswith("Note:")


def test_one_document_is_asked_for_and_there_may_be_several(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(a__txt=ENGLISH))
    with pytest.raises(BadInputError, match="may hold several documents"):
        open_document(tmp_path / "a.zip")


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
        st.tuples(st.sampled_from(STARTS), st.binary(max_size=100)).map(b"".join),
    ),
    st.sampled_from(["", "-", *(f"a{ending}" for ending in FORMATS), "a.jsonl.gz", "a.doc", "a/..", "../b.zip"]),
)
def test_any_bytes_under_any_name_are_documents_or_one_sentence(content: bytes, name: str) -> None:
    for one in documents_from_bytes(content, name=name):
        if isinstance(one, Unreadable):
            assert "\n" not in one.sentence
        else:
            assert one.text.strip()
