"""What hostile visitors send: files, addresses, headers and queries. Each is answered in the page's language, with a way on."""

import io
import re
import zipfile
from contextlib import closing
from http.client import HTTPConnection

import pytest
from lxml import html as trees
from staff import finished, said

SENTENCE = {
    "en": {"tongue": "does not speak that language", "file": "can't be read as a document"},
    "vi": {"tongue": "chưa có ngôn ngữ đó", "file": "như một văn bản"},
}


def archive(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return out.getvalue()


def test_hostile_files_are_refused_in_the_language_of_the_page(lan):
    scripts = "<html><title>T</title><script>alert(1)</script><p onclick='alert(2)'>ASEAN affirmed that peace matters .</p></html>"
    files = [
        ("scripts.html", scripts.encode()),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><text>ASEAN affirmed peace</text></svg>"),
        ("invoice.pdf", b"MZ\x90\x00\x03" + b"\x00" * 3000),
        ("slip.zip", archive("../../../evil.txt", b"ASEAN affirmed peace.")),
        ("bombs.zip", archive("inner.zip", archive("0.txt", b"0" * 40_000_000))),
        ("\u202etxt.exe", b"MZ\x90\x00"),
    ]
    page = finished(lan, lan.fill("/vi/upload", "/upload", files=[("files", file) for file in files]))
    rows = [" ".join(row.text_content().split()) for row in trees.fromstring(page.text).xpath("//main//tbody/tr")]
    assert len(rows) == len(files)
    assert "\u202e" not in page.text
    for row in rows[1:]:
        assert SENTENCE["vi"]["file"] in row, row
    (link,) = trees.fromstring(page.text).xpath("//main//td//a[contains(@href, '/documents/')]/@href")
    shown = lan.get(link)
    assert "peace matters" in said(shown)
    assert "alert" not in shown.text


def test_an_address_inside_is_refused_in_the_language_of_the_page(lan):
    words = said(finished(lan, lan.fill("/vi/upload", "/upload", address="http://2130706433/" + "a" * 900)))
    assert "local network" in words
    assert "Hãy thử địa chỉ đó trong trình duyệt" in words


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize(
    "headers", [{"X-Big": "a" * 10_000_000}, {f"X-{n}": "b" * 100 for n in range(1000)}, {"Cookie": "comity=" + "c" * 90_000}]
)
def test_ten_megabytes_of_headers(address, language, headers):
    with closing(HTTPConnection(address.removeprefix("http://"), timeout=30)) as connection:
        connection.request("GET", f"/{language}/documents", headers=headers)
        answer = connection.getresponse()
        page = answer.read().decode()
    assert answer.status == 431
    assert "cookie" in page
    assert len(page) < 20_000


def test_a_page_about_a_long_address_does_not_repeat_it(address):
    with closing(HTTPConnection(address.removeprefix("http://"), timeout=30)) as connection:
        connection.request("GET", f"/vi/documents?x={'a' * 1_000_000}")
        answer = connection.getresponse()
        page = answer.read().decode()
    assert answer.status == 414
    assert len(page) < 20_000
    assert 'href="/en"' in page


@pytest.mark.parametrize("language", ["en", "vi"])
def test_an_unknown_language_leads_to_the_same_page_in_known_ones(lan, language):
    answer = lan.get("/fr/plans/plan-one?status=open", headers={"accept-language": f"fr, {language};q=0.5"})
    assert answer.status_code == 404
    assert SENTENCE[language]["tongue"] in said(answer)
    tree = trees.fromstring(answer.text)
    assert [
        f"/{code}/plans/plan-one?status=open" in tree.xpath("//link[@rel='alternate']/@href") for code in ("en", "vi") if code != language
    ]


@pytest.mark.parametrize("query", ["month=9999-12", "month=0001-01", "month=0000-00", "month=" + "9" * 5000])
def test_a_month_at_the_end_of_the_calendar(lan, query):
    assert lan.get(f"/en/events?{query}").status_code == 400


@pytest.mark.parametrize("query", ["since=9999-12-31", "since=0001", "since=2999"])
def test_a_day_beyond_the_calendar(lan, query):
    answer = lan.get(f"/vi/digest?{query}")
    assert answer.status_code == 400
    assert re.search("không phải là ngày tháng|Chưa đến", said(answer))


def test_search_words_without_a_letter_are_told_in_the_language_of_the_page(lan):
    answer = lan.get("/vi/search?q=%22%22%22")
    assert answer.status_code == 400
    assert "không có từ nào" in said(answer)


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x", "text/plain"])
def test_what_is_no_form(lan, kind):
    answer = lan.post("/vi/upload", content=b"--x\r\nno form at all", headers={"content-type": kind})
    assert answer.status_code in (400, 403)
    assert "hãy mở lại trang" in said(answer).lower()


def test_places_of_thousands_of_digits(lan):
    about = f"contradiction:count:doc:{'9' * 5000}-{'9' * 5001}"
    page = lan.get("/en/review")
    proof = trees.fromstring(page.text).xpath("//input[@name='proof']/@value")[0]
    assert lan.post("/en/contradictions/decide", data={"proof": proof, "about": about, "action": "accept"}).status_code == 404
