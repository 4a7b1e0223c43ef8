"""What may be one release in two languages is proposed, with what both have in common; a person joins it, and then it is no proposal."""

from pathlib import Path

from comity.knowledge import Knowledge
from comity.reading import Reader
from comity.register import Action
from comity.register.copies import changed_copies_of, families_of
from comity.register.pairs import OfFamily
from comity.register.translations import Signs, likeness, translations
from made import document, register_of

ENGLISH = document(
    "Ambassador Dang Dinh Quy told the United Nations Security Council on 30 January 2020 that ASEAN would send 512 soldiers. "
    "Secretary-General Antonio Guterres thanked Viet Nam and Indonesia for 37 field hospitals.",
    "2020-01-31",
)
TIENG_VIET = document(
    "Ngày 30/1/2020, Đại sứ Đặng Đình Quý phát biểu tại Hội đồng Bảo an Liên hợp quốc rằng ASEAN sẽ cử 512 quân nhân. "
    "Tổng Thư ký Liên hợp quốc Antonio Guterres cảm ơn Việt Nam và Indonesia về 37 bệnh viện dã chiến.",
    "2020-01-31",
    language="vi",
)
OTHER = document("Ngày 30/1/2020, Bộ trưởng Công Thương Nhật Bản và Lào bàn về việc mua 15 tàu cá tại Tokyo.", "2020-01-31", language="vi")


def test_a_translation_is_proposed_and_joined_by_a_person(tmp_path: Path, reader: Reader, knowledge: Knowledge):
    with register_of(tmp_path, *map(reader.read, (ENGLISH, TIENG_VIET, OTHER))) as register:
        (pair,) = translations(register.view())
        assert {pair.first.id, pair.second.id} == {ENGLISH.id, TIENG_VIET.id}
        assert {"512", "37"} <= pair.shared.figures
        assert "2020-01-30" in pair.shared.dates
        register.writer().decide(who="Lan", action=Action.MERGE, subject=OfFamily((ENGLISH.id, TIENG_VIET.id)))
        view = register.view()
        assert translations(view) == []
        (named,) = families_of(view)
        (changed,) = changed_copies_of(view, named)
        assert {named.id, changed.copy.id} == {ENGLISH.id, TIENG_VIET.id}


def test_likeness_is_of_both_and_rare_actors_weigh_more():
    a, b = Signs(frozenset({"VNM", "lan"}), frozenset(), frozenset()), Signs(frozenset({"VNM", "nga"}), frozenset(), frozenset())
    named = {"VNM": 900, "lan": 2, "nga": 2}
    assert likeness(a, a, named, 1000) == 1
    assert likeness(a, b, named, 1000) == likeness(b, a, named, 1000) < 0.1
    assert likeness(Signs(frozenset(), frozenset(), frozenset()), a, named, 1000) == 0
