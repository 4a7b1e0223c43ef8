"""The ledger of the sample documents against the one read by hand: no claim missing, none added, each with its plan, day and claimant."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from cases import load_yaml
from comity.knowledge import Knowledge, load_knowledge, load_pack
from comity.publishing.labels import Labels
from comity.publishing.naming import Naming
from comity.publishing.sentences import Sentences
from comity.register import Register, open_register
from comity.tracking.ledger import Claim, PlanLedger, build_ledgers

EXPECTED = load_yaml(Path(__file__).with_name("samples_ledger.yaml"))
PACK = load_pack("asean-un")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, samples_built: Path) -> Any:
    with open_register(shutil.copy(samples_built / "register.sqlite", tmp_path_factory.mktemp("ledger"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def ledgers(register: Register) -> dict[str, PlanLedger]:
    return {ledger.plan.id: ledger for ledger in build_ledgers(PACK, register.view())}


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return load_knowledge((PACK,))


@pytest.mark.parametrize("row", EXPECTED, ids=[row["plan"] for row in EXPECTED])
def test_every_claim_is_there_and_no_other(ledgers: dict[str, PlanLedger], row: dict[str, Any]) -> None:
    found = [figure_of(claim) for claim in ledgers[row["plan"]].claims]
    assert sorted(found, key=str) == sorted((expected_figure(claim) for claim in row["claims"]), key=str)


@pytest.mark.parametrize("row", EXPECTED, ids=[row["plan"] for row in EXPECTED])
def test_each_is_claimed_by_whoever_says_it(ledgers: dict[str, PlanLedger], row: dict[str, Any]) -> None:
    wanted = {expected_figure(claim): [tuple(who) for who in claim["claimants"]] for claim in row["claims"]}
    assert [claim for claim in ledgers[row["plan"]].claims if claim.claimants not in wanted[figure_of(claim)]] == []


@pytest.mark.parametrize("row", EXPECTED, ids=[row["plan"] for row in EXPECTED])
def test_each_is_told_by_all_its_documents_and_no_other(ledgers: dict[str, PlanLedger], row: dict[str, Any]) -> None:
    wanted = {expected_figure(claim): sorted(map(str, claim["documents"])) for claim in row["claims"]}
    for claim in ledgers[row["plan"]].claims:
        documents = [document for source in claim.sources for document in (source.document, *source.copies)]
        told = sorted(Path(document.name).name for document in documents)
        assert len(told) == len(wanted[figure_of(claim)]), told
        assert all(name.startswith(start) for name, start in zip(told, wanted[figure_of(claim)], strict=True)), told


def test_no_single_source_names_another_claimant(ledgers: dict[str, PlanLedger]) -> None:
    persons = [a for a, actor in load_knowledge((PACK,)).actors.items() if actor.type == "person"]
    named = {who for ledger in ledgers.values() for claim in ledger.claims for source in claim.sources for who in source.claim.claimant}
    assert named & set(persons) == set()
    meetings = {"asean-un-summit", "asean-un-ministerial-meeting", "cpr-un-consultation"}
    assert named <= {*meetings, "group:UNSC-members", "office-of-the-press-secretary", "CPR", "UN", "ASEAN", "DPPA"}


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (
            "en",
            [
                "ASEAN-UN Summit, no. 9",
                "ASEAN-UN Ministerial Meeting",
                "United Nations Security Council members",
                "the Committee of Permanent Representatives to ASEAN and the United Nations",
                "as told by Talk Vietnam",
            ],
        ),
        (
            "vi",
            [
                "Hội nghị Cấp cao ASEAN-Liên hợp quốc lần thứ 9",
                "Hội nghị Bộ trưởng ASEAN-Liên hợp quốc",
                "các thành viên Hội đồng Bảo an Liên hợp quốc",
                "Ủy ban các Đại diện Thường trực tại ASEAN và Liên hợp quốc",
                "Talk Vietnam đưa tin",
            ],
        ),
    ],
)
def test_claimants_are_named_in_the_language(
    register: Register, ledgers: dict[str, PlanLedger], known: Knowledge, language: str, names: list[str]
) -> None:
    labels = Labels(language)
    sentences = Sentences(PACK, labels, Naming(known, labels, register.view()))
    said = [sentences.who(claim) for claim in ledgers["asean-un-poa-2016-2020"].claims]
    assert [name for name in names if name not in said] == []


@pytest.mark.parametrize(
    ("language", "means"),
    [
        ("en", ["114 of 140 lines implemented", "120 of 140 lines under way", "126 to 127 of 140 lines implemented"]),
        ("vi", ["đã thực hiện 114 trong 140 dòng", "đang triển khai 120 trong 140 dòng", "đã thực hiện 126 đến 127 trong 140 dòng"]),
    ],
)
def test_lines_under_way_are_not_said_to_be_done(
    register: Register, ledgers: dict[str, PlanLedger], known: Knowledge, language: str, means: list[str]
) -> None:
    labels = Labels(language)
    sentences = Sentences(PACK, labels, Naming(known, labels, register.view()))
    assert [sentences.means(claim) for claim in ledgers["asean-un-poa-2021-2025"].claims] == means


def figure_of(claim: Claim) -> tuple[Any, ...]:
    figure = claim.figure
    verb = claim.verb.value if claim.verb else None
    return (claim.when, figure.numerator, figure.denominator, figure.percent, str(figure.bound), figure.remaining, verb)


def expected_figure(row: dict[str, Any]) -> tuple[Any, ...]:
    bound, remaining = row.get("bound", "exactly"), row.get("remaining", False)
    return (str(row["when"]), row.get("num"), row.get("den"), row.get("pct"), bound, remaining, row.get("verb"))
