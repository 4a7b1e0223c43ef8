"""The data that ships: complete, in both languages, without faults."""

from collections import Counter

import pytest
from msgspec.structs import replace

from comity.errors import KnowledgeError
from comity.knowledge import Actor, Knowledge, load_knowledge, load_pack
from comity.knowledge.check import check
from comity.records import ActorType

STATE = Actor(id="VNM", type=ActorType.STATE, names={"en": ("Viet Nam",), "vi": ("Việt Nam",)})
UN = Actor(id="UN", type=ActorType.ORGANISATION, names={"en": ("United Nations",), "vi": ("Liên hợp quốc",)})


def root(actor: Actor, knowledge: Knowledge) -> str:
    while actor.part_of:
        actor = knowledge.actors[actor.part_of]
    return actor.id


def test_the_shipped_data_has_no_faults(knowledge):
    assert [str(fault) for fault in check(knowledge)] == []


def test_how_much_there_is(knowledge):
    roots = Counter(root(actor, knowledge) for actor in knowledge.actors.values() if actor.type is ActorType.ORGANISATION)
    assert roots["UN"] >= 200
    assert roots["ASEAN"] >= 100
    types = Counter(actor.type for actor in knowledge.actors.values())
    assert types[ActorType.STATE] >= 199
    assert types[ActorType.PERSON] >= 400


def test_every_state_has_capital_or_is_a_small_one(knowledge):
    without = [a.id for a in knowledge.actors.values() if a.type is ActorType.STATE and not a.capitals and not a.names.get("vi")]
    assert without == []


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("HĐBA", "UNSC"), ("Miến Điện", "MMR"), ("Nam Hàn", "KOR"), ("CHDCND Triều Tiên", "PRK"), ("Hoa Kỳ", "USA"), ("Phi-líp-pin", "PHL"),
        ("Ả-rập Xê-út", "SAU"), ("LHQ", "UN"), ("Liên Hiệp Quốc", "UN"), ("Ban Thư ký ASEAN", "ASEAN-SECRETARIAT"), ("TTXVN", "VNA"),
        ("Tân Hoa xã", "xinhua"), ("Tập Cận Bình", "xi-jinping"), ("Nhà Trắng", "WHITE-HOUSE"), ("Đảng Cộng sản Việt Nam", "CPV"),
    ],
)  # fmt: skip
def test_vietnamese_names_are_known(knowledge, name, actor):
    assert name in knowledge.actors[actor].names["vi"]


def test_names_are_trimmed_and_single(knowledge):
    for actor in knowledge.actors.values():
        for names in actor.names.values():
            assert all(name == name.strip() and "  " not in name for name in names), actor.id
            assert len(names) == len(set(names)), actor.id


def test_pack(knowledge):
    pack = load_pack("asean-un")
    assert pack.partnership.parties == ("ASEAN", "UN")
    assert {plan.id: plan.lines_total for plan in pack.plans} == {
        "asean-un-poa-2016-2020": 103,
        "asean-un-poa-2021-2025": 140,
        "asean-un-poa-2026-2030": None,
    }
    assert len(pack.mechanisms) >= 29
    assert len(pack.instruments) >= 50
    lines = [line for plan in pack.plans for section in plan.sections for line in section.lines]
    assert all(line.wording == "paraphrase" and line.source and set(line.words) == {"en", "vi"} for line in lines)


def test_meetings_that_moved(knowledge):
    planned = {m.id: s.planned for m in load_pack("asean-un").mechanisms for s in m.sittings if s.planned}
    assert planned == {"asean-un-summit": "2020-10", "unsc-asean-meeting": "2020-01-23"}


def test_a_pack_adds_to_the_world(knowledge):
    assert any("AMAF" in tie.with_ for tie in knowledge.actors["FAO"].ties)
    assert knowledge.actors["FAO"].acronyms == ("FAO",)


def test_a_pack_that_is_not_there():
    with pytest.raises(KnowledgeError, match="asean-un"):
        load_pack("asean-mars")


def test_a_folder_with_two_heads(tmp_path):
    for name in ("pack", "other"):
        (tmp_path / f"{name}.yaml").write_text("partnership: {id: x, names: {en: [X]}, parties: [UN]}")
    with pytest.raises(KnowledgeError, match="exactly one"):
        load_pack(tmp_path)


def test_an_id_described_twice_is_told_with_both_places(tmp_path):
    (tmp_path / "pack.yaml").write_text("partnership: {id: x, names: {en: [X]}, parties: [UN]}\nactors:\n- {id: A, type: state}\n")
    (tmp_path / "more.yaml").write_text("actors:\n- id: A\n  type: state\n")
    with pytest.raises(KnowledgeError, match=r"pack\.yaml:3: 'A' is described twice under actors, first at .*more\.yaml:2"):
        load_pack(tmp_path)


def test_a_fault_tells_file_and_line(knowledge):
    wrong = replace(knowledge.actors["UNSC"], part_of="NOWHERE")
    (fault,) = [f for f in check(replace(knowledge, actors={**knowledge.actors, "UNSC": wrong})) if f.entry == "UNSC"]
    assert "un.yaml:" in fault.place
    assert str(fault).endswith("UNSC part_of 'NOWHERE' is no known actor.")


def test_a_date_of_office_asks_for_its_source(knowledge):
    holder = knowledge.actors["antonio-guterres"]
    bare = replace(holder, offices=tuple(replace(held, source=None) for held in holder.offices))
    faults = [f for f in check(replace(knowledge, actors={**knowledge.actors, holder.id: bare})) if f.entry == holder.id]
    assert any("people.yaml:" in fault.place and "add `source:`" in str(fault) for fault in faults)


def test_the_version_changes_with_the_packs():
    assert load_knowledge(packs=()).version != load_knowledge().version
