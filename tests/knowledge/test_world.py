"""The data that ships: complete, in both languages, without faults."""

from collections import Counter
from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from comity.errors import KnowledgeError
from comity.knowledge import Actor, Knowledge, load_knowledge, load_pack
from comity.knowledge.check import check
from comity.knowledge.schema import Holding, Instrument, Line, Mechanism, Pack, Partnership, Plan, Section, Sitting
from comity.records import ActorType

STATE = Actor(id="VNM", type=ActorType.STATE, names={"en": ("Viet Nam",), "vi": ("Việt Nam",)})
UN = Actor(id="UN", type=ActorType.ORGANISATION, names={"en": ("United Nations",), "vi": ("Liên hợp quốc",)})
PACT = Instrument(id="pact", name="Pact", kind="pact", names={"vi": ("Hiệp ước",)})


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
    assert "AMAF" in knowledge.actors["FAO"].works_with
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


@dataclass
class Faulty:
    """Knowledge of two actors and what is added to it; `says` is the fault it must give."""

    says: str
    actors: tuple[Actor, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    plans: tuple[Plan, ...] = ()
    pack: Pack | None = None


def body(**fields: object) -> Actor:
    return replace(UN, **({"id": "X", "names": {"en": ("X body",), "vi": ("Tổ chức X",)}} | fields))  # type: ignore[arg-type]


def plan(*lines: Line, **fields: object) -> Plan:
    section = Section(id="A", names={"en": ("A",), "vi": ("A",)}, lines=lines)
    given = {"id": "pact", "period": "2016/2020", "names": {"en": ("P",), "vi": ("P",)}, "short": {"en": "P"}, "sections": (section,)}
    return Plan(**(given | fields))  # type: ignore[arg-type]


LINE = Line(id="1", words={"en": "Do it"})
HEAD = Partnership(id="p", names={"en": ("P",)}, parties=("UN",), languages=("en", "vi"))
FAULTY = [
    Faulty("also names X", actors=(body(names={"en": ("united nations",), "vi": ("X",)}),)),
    Faulty("also names Y", actors=(body(acronyms=("UNX",)), replace(UN, id="Y", names={"en": ("Y",), "vi": ("UNX",)}))),
    Faulty("has no name in vi", actors=(body(names={"en": ("X",)}),)),
    Faulty("has no name in en, vi", actors=(body(names={}),)),
    Faulty("circle", actors=(body(part_of="Y"), body(id="Y", names={"en": ("Y",), "vi": ("Y",)}, part_of="X"))),
    Faulty("circle", actors=(body(part_of="X"),)),
    Faulty("part_of 'NOWHERE' is no known actor", actors=(body(part_of="NOWHERE"),)),
    Faulty("state 'XXX' is no known state", actors=(body(state="XXX"),)),
    Faulty("state 'UN' is no known state", actors=(body(state="UN"),)),
    Faulty("works_with 'NOBODY' is no known actor", actors=(body(works_with=("NOBODY",)),)),
    Faulty("alpha-3", actors=(replace(STATE, id="Vietnam", names={"en": ("V",), "vi": ("V",)}),)),
    Faulty("alpha-3", actors=(replace(STATE, id="XYZ", names={"en": ("V",), "vi": ("V",)}),)),
    Faulty("small letters", actors=(body(id="Kofi Annan", type=ActorType.PERSON),)),
    Faulty("offices.of 'MOFA-XXX'", actors=(body(offices=(Holding(title="minister", of="MOFA-XXX"),)),)),
    Faulty("offices.since '30/1/2020' is no date", actors=(body(offices=(Holding(title="chair", of="UN", since="30/1/2020"),)),)),
    Faulty("ends (2019) before it begins (2020)", actors=(body(offices=(Holding(title="chair", of="UN", since="2020", until="2019"),)),)),
    Faulty("date '2020-13' is no date", instruments=(replace(PACT, id="q", date="2020-13"),)),
    Faulty("date '2019-02-29' is no date", instruments=(replace(PACT, id="q", date="2019-02-29"),)),
    Faulty("parties 'MARS'", instruments=(replace(PACT, id="q", parties=("MARS",)),)),
    Faulty("implements 'z' is no known instrument", instruments=(replace(PACT, id="q", implements="z"),)),
    Faulty("succeeds 'z' is no known instrument", instruments=(replace(PACT, id="q", succeeds="z"),)),
    Faulty("circle", instruments=(replace(PACT, id="q", succeeds="r"), replace(PACT, id="r", succeeds="q"))),
    Faulty("participants 'MARS'", mechanisms=(Mechanism(id="m", name="M", participants=("MARS",)),)),
    Faulty("sittings.date 'soon' is no date", mechanisms=(Mechanism(id="m", name="M", sittings=(Sitting(date="soon"),)),)),
    Faulty(
        "sittings.planned 'early' is no date",
        mechanisms=(Mechanism(id="m", name="M", sittings=(Sitting(date="2020", planned="early"),)),),
    ),
    Faulty(
        "same number", mechanisms=(Mechanism(id="m", name="M", sittings=(Sitting(date="2019", number=1), Sitting(date="2020", number=1))),)
    ),
    Faulty("is no known instrument", plans=(plan(id="other"),)),
    Faulty("period '2016-20' is no date", plans=(plan(period="2016-20"),)),
    Faulty("stands twice", plans=(plan(LINE, LINE),)),
    Faulty("responsible 'MARS'", plans=(plan(replace(LINE, responsible=("MARS",))),)),
    Faulty("has 1 lines but lines_total says 0", plans=(plan(LINE, lines_total=0),)),
    Faulty("parties 'MARS'", pack=Pack(partnership=replace(HEAD, parties=("MARS",)), folder="p", version="1")),
    Faulty("since 'then' is no date", pack=Pack(partnership=replace(HEAD, since="then"), folder="p", version="1")),
    Faulty("framework 'z' is no known instrument", pack=Pack(partnership=replace(HEAD, framework="z"), folder="p", version="1")),
    Faulty(
        "has no name in vi",
        pack=Pack(partnership=HEAD, folder="p", version="1", instruments=(replace(PACT, id="q", names={}),)),
    ),
]


@pytest.mark.parametrize("faulty", FAULTY, ids=lambda faulty: faulty.says)
def test_faults_are_found(faulty):
    packs = (faulty.pack,) if faulty.pack else ()
    instruments = (PACT, *faulty.instruments, *(faulty.pack.instruments if faulty.pack else ()))
    knowledge = Knowledge(
        version="test",
        actors={actor.id: actor for actor in (STATE, UN, *faulty.actors)},
        instruments={one.id: one for one in instruments},
        mechanisms={one.id: one for one in faulty.mechanisms},
        themes={},
        plans={one.id: one for one in faulty.plans},
        packs=packs,
    )
    assert any(faulty.says in str(fault) for fault in check(knowledge)), [str(fault) for fault in check(knowledge)]


def test_an_unknown_theme_is_found(knowledge):
    wrong = replace(knowledge, plans={"pact": plan(replace(LINE, themes=("cooking",)))})
    assert any("'cooking' is not known" in fault.message for fault in check(wrong))


def test_a_fault_tells_file_and_line(knowledge):
    wrong = replace(knowledge.actors["UNSC"], part_of="NOWHERE")
    (fault,) = [f for f in check(replace(knowledge, actors={**knowledge.actors, "UNSC": wrong})) if f.entry == "UNSC"]
    assert "un.yaml:" in fault.place  # and the place in the pack, which adds to it
    assert str(fault).endswith("UNSC part_of 'NOWHERE' is no known actor.")


def test_the_version_changes_with_the_packs():
    assert load_knowledge(packs=()).version != load_knowledge().version
