"""Search finds what is there by its words, in both languages, and is harmed by no text that anybody types."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from postgres import fresh_database

from comity.errors import BadInputError
from comity.records import Act, ActorMention, ActorType, Commitment, Force, OfficeMention, Statement, ThemeMention
from comity.register import Register, Wanted, open_register
from comity.register.asked import marks_in, terms_of
from comity.register.words import PART, Sentences, parts_of, sentence_around, without_marks
from made import document, reading

SEA = "Hai bên nhấn mạnh an ninh hàng hải. Bà Lan hoan nghênh Hòa bình ở Biển Đông."
HAND = "Việc bán hàng tăng. Hải sản xuất khẩu sang ASEAN giảm, an toàn được giữ."
ENGLISH = "The Union welcomed maritime security. Ministers agreed to meet in Hanoi; the café was closed."


@pytest.fixture
def register(register_of) -> Register:
    sea = document(SEA, "2020-01-30", language="vi", publisher="Báo Bến Cảng", title="Tin biển")
    english = document(ENGLISH, "2019-05", title="Ministers")
    said = SEA.index("an ninh hàng hải")
    return register_of(
        reading(
            sea,
            actors=[ActorMention(evidence=sea.evidence(36, 42), type=ActorType.PERSON, actor="lan")],
            statements=[
                Statement(evidence=sea.evidence(said, said + 16), speaker=("VNM", "ASEAN"), cue=None, act=Act.AFFIRM),
                Statement(evidence=sea.evidence(54, 63), speaker=("lan",), cue=None, act=Act.WELCOME),
            ],
            themes=[ThemeMention(evidence=sea.evidence(20, 30), theme="maritime", score=1.0)],
        ),
        reading(document(HAND, "2021-03-01", language="vi")),
        reading(english, commitments=[Commitment(evidence=english.evidence(48, 70), by=("Union",), force=Force.AGREED)]),
    )


def titles(register: Register, **wanted) -> list[str]:
    return [hit.document.title or hit.document.id for hit in register.view().search(Wanted(**wanted)).hits]


@pytest.mark.parametrize(
    "words",
    [
        "an ninh hàng hải", "AN NINH HÀNG HẢI", "an ninh hang hai", '"hàng hải"', '"hang hai"', "hoà bình", "hòa bình", "hoa binh",
        "“biển đông”", "bien dong", "nhấn*", "biển", "tin biển", "hàng -bán",
    ],
)  # fmt: skip
def test_vietnamese_with_and_without_diacritics(register: Register, words: str):
    with register:
        assert titles(register, words=words) == ["Tin biển"]


@pytest.mark.parametrize("words", ["maritime security", '"maritime security"', "MARI*", "welcomed -biển", "cafe", "café"])
def test_english(register: Register, words: str):
    with register:
        assert titles(register, words=words) == ["Ministers"]


@pytest.mark.parametrize("words", ['"security maritime"', "hàng hái", "kiểm tra", '"ninh an"', "bánh", "maritime -hanoi", "marit"])
def test_what_is_not_there_is_not_found(register: Register, words: str):
    with register:
        assert titles(register, words=words) == []


def test_findings_by_what_they_say_and_who_says_it(register: Register):
    with register:
        view = register.view()
        hits = view.search(Wanted(words="an ninh hàng hải", kind="statements", actor="VNM")).hits
        assert [hit.finding.speaker for hit in hits] == [("VNM", "ASEAN")]
        assert hits[0].document.publisher == "Báo Bến Cảng"
        assert SEA[hits[0].start : hits[0].end].strip() == "Hai bên nhấn mạnh an ninh hàng hải"
        assert view.search(Wanted(words="an ninh", kind="statements", actor="lan")).hits == ()
        assert [hit.finding.act for hit in view.search(Wanted(kind="statements", act="welcome")).hits] == ["welcome"]
        assert len(view.search(Wanted(kind="commitments", words="ministers")).hits) == 1


def test_filters(register: Register):
    with register:
        assert titles(register, actor="lan") == ["Tin biển"]
        assert titles(register, theme="maritime") == ["Tin biển"]
        assert titles(register, publisher="Báo Bến Cảng") == ["Tin biển"]
        assert titles(register, language="en") == ["Ministers"]
        assert titles(register, until="2019-05-15") == ["Ministers"]
        assert sorted(titles(register, since="2019-05-31", until="2020")) == ["Ministers", "Tin biển"]
        assert titles(register, since="2019-06", until="2020-12") == ["Tin biển"]
        assert titles(register, mechanism="none") == []


def test_facets_count_all_hits(register: Register):
    with register:
        facets = register.view().facets(Wanted(words="an"))
        assert (facets.total, facets.languages) == (2, {"vi": 2})
        assert facets.years == {"2020": 1, "2021": 1}


def test_pages_follow_one_another_without_gap_or_repeat(register_of):
    with register_of(*(reading(document(f"the same words {'again ' * (number % 3)} {number}")) for number in range(25))) as register:
        seen, after = [], None
        while True:
            page = register.view().search(Wanted(words="same words"), limit=4, after=after)
            seen += [hit.document.id for hit in page.hits]
            after = page.next
            if after is None:
                break
        assert (len(seen), len(set(seen))) == (25, 25)


def test_only_the_newest_reading_is_found(register: Register):
    with register:
        register.writer().add(reading(document(SEA, "2020-01-30"), reader="2+test"))
        assert register.view().search(Wanted(kind="statements")).hits == ()


def test_a_snippet_shows_the_words_and_where_they_are(register: Register):
    with register:
        snippet = register.view().search(Wanted(words='"hang hai"')).hits[0].snippet
        assert [snippet.text[start:end] for start, end in snippet.marks] == ["hàng hải"]


def test_a_long_text_is_found_by_its_end(register_of):
    with register_of(reading(document("word " * PART + "the very last thing")), reading(document("word again"))) as register:
        hits = register.view().search(Wanted(words='"very last thing"')).hits
        assert [snippet.text[slice(*snippet.marks[0])] for snippet in (hit.snippet for hit in hits)] == ["very last thing"]


@pytest.mark.parametrize("words", ["?!", '""', "-", "*", "'"])
def test_no_word_at_all(register: Register, words: str):
    with register, pytest.raises(BadInputError, match="no word"):
        register.view().search(Wanted(words=words))


def test_wrong_filters_say_so():
    for wrong in ({"kind": "dates"}, {"act": "welcome"}, {"since": "yesterday"}, {"until": "2020/2021"}):
        with pytest.raises(BadInputError, match=r"give one|kind statements"):
            Wanted(**wrong)


@pytest.mark.parametrize("after", ["x", "!!", "WzFd", "bnVsbA", "ý"])
def test_a_wrong_page_says_so(register: Register, after: str):
    with register, pytest.raises(BadInputError, match="first page"):
        register.view().search(Wanted(words="an"), after=after)


NASTY = [
    'an" OR 1=1 --',
    "NEAR(an ninh)",
    "plain : an",
    "^an",
    "an AND",
    "(an",
    "a:b'c",
    "\\' an",
    "{exact}: an",
    "an\0ninh",
    "%s %(x)s :a",
]


@pytest.mark.parametrize("words", NASTY)
def test_text_that_looks_like_a_query_is_only_text(register: Register, words: str):
    with register:
        register.view().search(Wanted(words=words))
        assert register.view().count_documents() == 3


@pytest.mark.parametrize("backend", ["sqlite", "postgres"])
def test_no_text_breaks_a_search(backend: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    place = str(tmp_path_factory.mktemp("any") / "r.sqlite") if backend == "sqlite" else fresh_database(request.getfixturevalue("postgres"))

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.text(max_size=40))
    def search(words: str) -> None:
        if terms_of(words):
            view.search(Wanted(words=words))

    with open_register(place) as register:
        register.writer().add(reading(document(SEA)))
        view = register.view()
        search()


@given(st.text(max_size=80))
def test_marks_lie_in_the_text(text: str):
    assert all(0 <= start < end <= len(text) for start, end in marks_in(text, terms_of(text)))
    assert len(without_marks(text)) == len(text)


def test_parts_join_to_the_whole():
    text = "một hai ba " * 4000
    parts = parts_of(text)
    assert "".join(text[start:end] for start, end in parts) == text
    assert len(parts) == 3


@pytest.mark.parametrize("around", [sentence_around, lambda text, start, end: Sentences(text).around(start, end)])
def test_a_long_sentence_is_shown_in_whole_words(around):
    text = f"{'harbour ' * 60}lighthouse {'harbour ' * 60}"
    place = text.index("lighthouse")
    start, end = around(text, place, place + len("lighthouse"))
    assert set(text[start:end].split()) == {"harbour", "lighthouse"}
    assert end - start > 550


def test_the_sentence_around():
    text = "One ends. Two is here today! Three."
    start, end = sentence_around(text, text.index("here"), text.index("here") + 4)
    assert text[start:end] == "Two is here today"


@given(st.text(alphabet="ab .?!\n", max_size=700), st.integers(0, 700), st.integers(0, 20))
def test_the_sentence_around_one_finding_is_that_among_all_sentences(text: str, start: int, length: int):
    start = min(start, len(text))
    end = min(start + length, len(text))
    assert sentence_around(text, start, end) == Sentences(text).around(start, end)


def test_findings_are_narrowed_by_office_and_theme_and_counted_by_all(register_of):
    of = document("Minister Lan said that maritime security comes first. She said that plastic pollution comes next.", "2020-01-30")
    statements = [
        Statement(evidence=of.evidence(23, 52), speaker=("lan", "UNION"), cue=None, act=Act.AFFIRM),
        Statement(evidence=of.evidence(68, 96), speaker=("lan",), cue=None, act=Act.INFORM),
    ]
    office = OfficeMention(evidence=of.evidence(0, 8), person="lan", of="UNION")
    with register_of(reading(of, statements=statements, offices=[office]), reading(document("Nothing said."))) as register:
        view = register.view()
        facets = view.facets(Wanted(words="comes", kind="statements"))
        assert (facets.total, facets.actors, facets.acts) == (2, {"lan": 2, "UNION": 1}, {"affirm": 1, "inform": 1})
        assert facets.themes["maritime"] == 1
        assert [hit.finding for hit in view.search(Wanted(kind="statements", theme="maritime")).hits] == statements[:1]
        assert view.facets(Wanted(kind="statements", theme="maritime")).acts == {"affirm": 1}
        for office in ("UNION", "Minister"):
            assert [hit.document.id for hit in view.search(Wanted(office=office)).hits] == [of.id]
        assert view.search(Wanted(office="PORT")).hits == ()
