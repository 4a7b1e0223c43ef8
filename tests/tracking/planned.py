"""A plan of three lines with links, made by hand."""

from collections.abc import Iterable

from comity.knowledge import Plan
from comity.knowledge.schema import Line, Pillar, Section
from comity.records import Act, Link, LinkKind, Statement
from comity.register import Action, Linked, NewLink, OfDecision, OfLine, OfLink, Register, rows_of
from made import document, reading

PLAN = "plan-one"
TEXT = "They will fight the trade in ivory. They will guard the coast. They will teach the young."
SPANS = {"1.1": (15, 34), "1.2": (46, 61), "2.1": (73, 88)}
DAYS = ("2018-05-01", "2019-05-01", "2020-05-01", "2022-05-01")


def plan(identity: str = PLAN, period: str = "2016/2020", *, lines_total: int | None = 103) -> Plan:
    """Two sections: ivory and coast in the first, the young in the second."""
    return Plan(
        id=identity,
        period=period,
        names={"en": ("Plan One",)},
        short={"en": "Plan One"},
        lines_total=lines_total,
        pillars=(Pillar(id="NATURE", names={"en": ("Nature",)}),),
        sections=(
            Section(
                id="1",
                names={"en": ("Nature",)},
                pillar="NATURE",
                lines=(
                    Line(id="1.1", words={"en": "Stop the trade in ivory"}, themes=("wildlife",), responsible=("UNODC",)),
                    Line(id="1.2", words={"en": "Guard the coast"}, themes=("wildlife", "maritime"), responsible=("UNODC", "IMO")),
                ),
            ),
            Section(id="2", names={"en": ("People",)}, lines=(Line(id="2.1", words={"en": "Teach the young"}, themes=("education",)),)),
        ),
    )


def fill(register: Register, shows: dict[str, Iterable[str]]) -> None:
    """One document a day; `shows` has for each line what its links show, document after document."""
    documents = [document(f"{TEXT} {number}", day) for number, day in enumerate(DAYS)]
    register.writer().add_all(
        [reading(one, statements=[Statement(evidence=one.evidence(0, 88), speaker=("C",), cue=None, act=Act.COMMIT)]) for one in documents]
    )
    writer = register.link_writer()
    columns = {line: list(values) for line, values in shows.items()}
    linked = [
        Linked(
            reading=key,
            links=[
                NewLink(
                    clause=SPANS[line][0],
                    link=Link(evidence=of.evidence(*SPANS[line]), kind=LinkKind.LINE, target=line, score=0.8, words=("x",)),
                    plan=PLAN,
                    rank=1,
                    shows=values[number],
                    dated=of.published,
                )
                for line, values in columns.items()
                if number < len(values)
            ],
            findings=[],
        )
        for number, (key, of) in enumerate(zip(writer.to_link("p", "1"), documents, strict=True))
    ]
    writer.write("p", "1", list(map(rows_of, linked)))


def decide_link(register: Register, action: Action, line: str, number: int, **value: str) -> int:
    """Decides about the link of a line in the document of a number; gives the decision's number."""
    of = document(f"{TEXT} {number}", DAYS[number])
    subject = OfLink(LinkKind.LINE, PLAN, line, of.id, *SPANS[line])
    return register.writer().decide(who="Lan", action=action, subject=subject, value=value).number


def decide_line(register: Register, action: Action, line: str, who: str = "Lan", **value: object) -> int:
    return register.writer().decide(who=who, action=action, subject=OfLine(PLAN, line), value=value).number


def undo(register: Register, number: int) -> None:
    register.writer().decide(who="Lan", action=Action.UNDO, subject=OfDecision(number))
