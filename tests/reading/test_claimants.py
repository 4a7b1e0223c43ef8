"""Progress claims read whole: whose plan, who claims the figure, of what day; two partnerships and a ministry's programme of our own."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from cases import load_cases
from comity.knowledge import Knowledge
from comity.knowledge.schema import Actor, Instrument, Mechanism, Plan
from comity.reading import Reader
from comity.records import ActorType, Document, ProgressClaim

CASES = Path(__file__).parent / "cases"
PLANS = {
    "af-1": ("2020/2024", 88, "EU-Africa Action Plan 2020-2024", "Kế hoạch hành động EU - châu Phi 2020-2024", ("EU", "AU"), None),
    "af-2": ("2025/2029", 96, "EU-Africa Action Plan 2025-2029", "Kế hoạch hành động EU - châu Phi 2025-2029", ("EU", "AU"), "af-1"),
    "pa-1": ("2021/2030", 64, "Pacific Roadmap 2021-2030", "Lộ trình Thái Bình Dương 2021-2030", (), None),
    "mo-1": ("2021/2030", 50, "Administrative Reform Programme 2021-2030", "Chương trình cải cách hành chính 2021-2030", (), None),
}
MEETINGS = {
    "af-summit": ("EU-Africa Summit", "Hội nghị Thượng đỉnh EU - châu Phi"),
    "af-ministers": ("EU-Africa Ministerial Meeting", "Hội nghị Bộ trưởng EU - châu Phi"),
}
BODIES = {"AU": ("African Union", "Liên minh châu Phi"), "WB": ("World Bank", "Ngân hàng Thế giới"), "MOHA-VNM": ("", "Bộ Nội vụ")}


@pytest.fixture(scope="module")
def own_reader(knowledge: Knowledge) -> Reader:
    plans = {
        key: Plan(id=key, period=period, names={"en": (en,), "vi": (vi,)}, short={}, lines_total=total)
        for key, (period, total, en, vi, _, _) in PLANS.items()
    }
    instruments = {
        key: Instrument(id=key, name=en, kind="plan", names={"en": (en,), "vi": (vi,)}, parties=parties, succeeds=before)
        for key, (_, _, en, vi, parties, before) in PLANS.items()
    }
    mechanisms = {key: Mechanism(id=key, name=en, names={"en": (en,), "vi": (vi,)}) for key, (en, vi) in MEETINGS.items()}
    bodies = {
        key: Actor(id=key, type=ActorType.ORGANISATION, names={"en": (en,) if en else (), "vi": (vi,)}) for key, (en, vi) in BODIES.items()
    }
    named = {name for pair in BODIES.values() for name in pair}
    others = {key: actor for key, actor in knowledge.actors.items() if not named & {n for names in actor.names.values() for n in names}}
    return Reader(
        replace(
            knowledge,
            plans={**knowledge.plans, **plans},
            instruments={**knowledge.instruments, **instruments},
            mechanisms={**knowledge.mechanisms, **mechanisms},
            actors={**others, **bodies},
        )
    )


@pytest.mark.parametrize("case", load_cases(CASES / "claimants.en.yaml"))
def test_english(case: dict[str, Any], own_reader: Reader) -> None:
    check(case, own_reader, "en")


@pytest.mark.parametrize("case", load_cases(CASES / "claimants.vi.yaml"))
def test_vietnamese(case: dict[str, Any], own_reader: Reader) -> None:
    check(case, own_reader, "vi")


def check(case: dict[str, Any], reader: Reader, language: str) -> None:
    found = reader.read(Document(id="x", text=case["text"], language=language, published=case.get("published"))).progress
    wanted = case["claims"]
    assert [figure(claim) for claim in found] == [(w.get("num"), w.get("den"), w.get("pct"), w.get("remaining", False)) for w in wanted]
    for claim, want in zip(found, wanted, strict=True):
        if "subject" in want:
            assert claim.subject == want["subject"]
        assert claim.claimant == tuple(want["claimant"]) or (want.get("or_nobody") and not claim.claimant)
        if "no_day" in want:
            assert claim.as_of != want["no_day"]
        else:
            assert claim.as_of == want.get("as_of")


def figure(claim: ProgressClaim) -> tuple[Any, ...]:
    return (claim.numerator, claim.denominator, claim.percent, claim.remaining)
