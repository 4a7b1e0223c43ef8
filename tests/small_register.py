"""A small partnership's register with a claim, its near copy, a conflict, statements and a slip, and its report."""

from functools import cache
from pathlib import Path

from comity.knowledge import Knowledge, load_knowledge
from comity.publishing.labels import Labels
from comity.publishing.report import report_page
from comity.records import (
    Act,
    ActorMention,
    ActorType,
    Bound,
    Commitment,
    EventReport,
    EventType,
    Force,
    ProgressVerb,
    Reading,
    Slip,
    Statement,
    Status,
)
from comity.register import Register
from comity.tracking import Overview, build_overview
from made import claim, document, reading, register_of, small_pack

DONE = ProgressVerb.COMPLETED


@cache
def small_knowledge() -> Knowledge:
    return load_knowledge((small_pack(),))


def readings() -> list[Reading]:
    """Six documents that tell of Plan One."""
    over = document("The chair noted that over 90 % of the lines had been completed.", "2019-11-03", title="Chair's statement")
    joint = document(
        "The council noted that 97 of the 103 action lines had been completed, and agreed to go on. Millennium goals (SDGs) were named.",
        "2020-09-16",
        title="Council counts",
        source="https://gazette.example/council?a=1&b=2",
    )
    alone = document("The Philippines has completed 95 of the 103 lines by itself, its office said.", "2021-02-01", title="PH at 95")
    vietnamese = document(
        "Hai bên đã xử lý 80% số dòng hành động.", "2017-11-14", title="Hội đồng họp", language="vi", publisher="Báo Bến Cảng"
    )
    hostile = document('<b>Bold</b> & "quoted" words', "2020-01-02", title="<script>alert(1)</script>", source="javascript:alert(1)")
    start, end = 8, 19
    return [
        reading(over, progress=[claim(over, "over 90 %", percent=90.0, bound=Bound.OVER, verb=DONE)]),
        reading(
            joint,
            progress=[
                claim(
                    joint,
                    "97 of the 103 action lines",
                    numerator=97,
                    denominator=103,
                    verb=DONE,
                    as_of="2020-09",
                    claimant=("group:council",),
                )
            ],
            statements=[Statement(evidence=joint.evidence(23, 69), speaker=("group:council",), cue=None, act=Act.WELCOME)],
            commitments=[Commitment(evidence=joint.evidence(81, 89), by=("ASEAN", "UN"), force=Force.AGREED, due="2021")],
            slips=[Slip(evidence=joint.evidence(joint.text.index("Millennium"), joint.text.index(" were")), reason="made-up-reason")],
        ),
        reading(
            alone,
            actors=[ActorMention(evidence=alone.evidence(4, 15), type=ActorType.STATE, actor="PHL")],
            progress=[claim(alone, "95 of the 103 lines", numerator=95, denominator=103, verb=DONE)],
        ),
        reading(vietnamese, progress=[claim(vietnamese, "80% số dòng hành động", percent=80.0, verb=ProgressVerb.ADDRESSED)]),
        reading(
            hostile,
            statements=[Statement(evidence=hostile.evidence(start, end), speaker=("<i>nobody</i>",), cue=None, act=Act.AFFIRM)],
            events=[
                EventReport(
                    evidence=hostile.evidence(3, 7),
                    type=EventType.CONSULT,
                    when="2020-01-23",
                    status=Status.SCHEDULED,
                    mechanism="Yearly Council of the Two Unions",
                )
            ],
        ),
    ]


def filled(folder: Path) -> Register:
    return register_of(folder, *readings())


def overview_of(register: Register) -> Overview:
    return build_overview(small_pack(), register.view())


def page_of(register: Register, language: str, knowledge: Knowledge) -> str:
    return report_page(overview_of(register), knowledge, register.view(), Labels(language))
