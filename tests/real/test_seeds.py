"""The two articles the project grew from, read whole."""

from pathlib import Path

import pytest

from comity.intake import open_document
from comity.reading import Reader
from comity.records import Act, Bound, Reading

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def council(reader: Reader, shared: Path) -> Reading:
    """The Security Council's first meeting on UN-ASEAN cooperation, 30 January 2020, with teasers of 2024 under it."""
    (path,) = (shared / "seeds").glob("000_*.txt")
    return reader.read(open_document(path, published="2020-01-31"))


@pytest.fixture(scope="module")
def secretariats(reader: Reader, shared: Path) -> Reading:
    """Jenča and Lê Lương Minh, 2015."""
    (path,) = (shared / "seeds").glob("003_*.txt")
    return reader.read(open_document(path))


def people(reading: Reading) -> set[str]:
    return {mention.actor for mention in reading.actors if mention.type == "person"}


def offices(reading: Reading) -> set[tuple[str, str]]:
    return {(office.person, office.evidence.quote) for office in reading.offices}


def said_by(reading: Reading, speaker: str) -> str:
    return " | ".join(f"{s.cue.quote if s.cue else ''}: {s.evidence.quote}" for s in reading.statements if speaker in s.speaker)


def test_the_people_of_the_council_meeting_and_their_offices(council):
    assert people(council) == {"antonio-guterres", "lim-jock-hoi", "dang-dinh-quy"}
    assert {
        ("antonio-guterres", "Tổng Thư ký LHQ"),
        ("lim-jock-hoi", "Tổng Thư ký ASEAN"),
        ("dang-dinh-quy", "Trưởng Phái đoàn Đại diện Thường trực Việt Nam tại LHQ"),
    } <= offices(council)


def test_the_people_of_the_secretariats_meeting_and_their_offices(secretariats):
    assert people(secretariats) == {"miroslav-jenca", "le-luong-minh"}
    assert ("le-luong-minh", "Tổng Thư ký ASEAN") in offices(secretariats)
    assert any(
        person == "miroslav-jenca" and title.startswith("Trợ lý Tổng Thư ký Liên hợp quốc") for person, title in offices(secretariats)
    )


def test_dates(council, secretariats):
    dates = {mention.evidence.quote.lower(): mention.iso for mention in council.dates}
    assert dates["ngày 30/1"] == "2020-01-30"
    assert dates["tháng 1/2020"] == "2020-01"
    assert dates["tháng 10/2020"] == "2020-10"
    assert any(mention.iso == "2011" for mention in secretariats.dates)


def test_instruments(council, secretariats):
    known = {mention.instrument for mention in council.instruments} | {mention.instrument for mention in secretariats.instruments}
    assert {"asean-un-poa-2016-2020", "asean-un-joint-declaration-2011"} <= known


def test_trên_90_phần_trăm_is_a_claim_with_a_lower_bound_on_the_plan(council):
    (claim,) = council.progress
    assert (claim.percent, claim.bound, claim.remaining, claim.subject) == (90, Bound.OVER, False, "asean-un-poa-2016-2020")
    assert "90%" in claim.evidence.quote
    assert claim.as_of == "2020-01-30"


def test_what_each_speaker_said_at_the_council(council):
    assert "quan hệ đối tác hiệu quả" in said_by(council, "antonio-guterres")
    assert "đánh giá cao: sự tham gia tích cực" in said_by(council, "antonio-guterres")
    assert "chia sẻ tầm nhìn" in said_by(council, "lim-jock-hoi")
    assert "đối tác năng động và tin cậy" in said_by(council, "dang-dinh-quy")


def test_a_third_thing_said_in_one_sentence_is_its_speakers_too(council):
    assert "cam kết thúc đẩy chủ nghĩa đa phương" in said_by(council, "lim-jock-hoi")


def test_what_each_speaker_said_at_the_secretariat(secretariats):
    assert "đã thăm Ban Thư ký ASEAN" in said_by(secretariats, "le-luong-minh")
    assert "mở rộng và làm sâu sắc thêm" in said_by(secretariats, "miroslav-jenca")
    assert any(s.act is Act.COMMIT for s in secretariats.statements if "miroslav-jenca" in s.speaker)


def test_the_proposal_about_women_in_peace_and_security(council):
    proposals = " | ".join(c.evidence.quote for c in council.commitments if {"dang-dinh-quy", "VNM"} & set(c.by))
    assert "phụ nữ ASEAN" in proposals


def test_the_proposals_of_viet_nam_for_2020(council):
    proposals = " | ".join(c.evidence.quote for c in council.commitments if {"dang-dinh-quy", "VNM"} & set(c.by))
    assert "gìn giữ hòa bình" in proposals
    assert "đối thoại cấp cao ASEAN-LHQ về phát triển bền vững" in proposals


def test_nothing_comes_from_the_teasers(council):
    teasers = council.document.text.index("Tin cùng chuyên mục")
    for kind in ("actors", "offices", "dates", "instruments", "mechanisms", "statements", "events", "commitments", "progress", "slips"):
        assert all(finding.evidence.end <= teasers for finding in getattr(council, kind)), kind


def test_the_millennium_goals_with_the_other_goals_acronym_are_a_slip(secretariats):
    assert any("SDGs" in slip.evidence.quote for slip in secretariats.slips)
