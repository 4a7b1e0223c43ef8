"""The parts of a register's occurrences that papers ask for are the same whether the register keeps them or they are put together."""

from datetime import date
from pathlib import Path

from comity.knowledge import load_knowledge
from comity.records import EventReport, EventType, Reading, Status
from comity.register import Register
from comity.tracking.happenings import Happenings
from comity.tracking.occurrence_update import update_occurrences
from made import document, reading, register_of, small_pack

TODAY = date(2021, 12, 31)
TOLD = {
    "Viet Nam met Laos in Vientiane.": ("2020-01-30", Status.HAPPENED),
    "Viet Nam will meet Laos in May.": ("2020-05", Status.SCHEDULED),
    "Viet Nam met Laos once more.": ("2021-03-02", Status.HAPPENED),
    "Viet Nam met Laos, nobody says when.": (None, Status.HAPPENED),
}


def told(words: str) -> Reading:
    when, status = TOLD[words]
    of = document(words, when or "2020-02-01")
    event = EventReport(
        evidence=of.evidence(0, len("Viet Nam")), type=EventType.CONSULT, source=("VNM",), target=("LAO",), when=when, status=status
    )
    return reading(of, events=[event])


def parts(register: Register, ids: set[str]) -> list[list[str]]:
    knowledge = load_knowledge((small_pack(),))
    asked = Happenings(register.view(), knowledge, TODAY)
    narrowed = Happenings(register.view(), knowledge, TODAY, since="2020-02", until="2020-12")
    several = (asked.told_in(ids), asked.between("2020-04"), asked.between("2020-01", "2020-06"), narrowed.told_in(ids))
    return [[f"{one.when} {one.state}" for one in part if one.when] for part in several]


def test_kept_or_not(tmp_path: Path):
    readings = [told(words) for words in TOLD]
    ids = {one.document.id for one in readings[:2]}
    with register_of(tmp_path, *readings) as register:
        spot = parts(register, ids)
        update_occurrences(register, load_knowledge((small_pack(),)))
        assert parts(register, ids) == spot
        assert [len(part) for part in spot] == [2, 2, 2, 1]
        assert not Happenings(register.view(), load_knowledge((small_pack(),)), TODAY).keeping([])
