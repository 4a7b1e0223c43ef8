"""What a person may tie words to or set a status of: lines, goals, elements and areas that are there.

In comes the subject of a decision with what is known of the register's partnership; BadInputError says what is not there and how to find
what is. The register itself keeps decisions whatever the pack: a line that a later pack has no more keeps its history.
"""

from collections.abc import Collection

from comity.errors import BadInputError
from comity.knowledge import Knowledge, Plan
from comity.records import InstrumentId, LinkKind
from comity.register import Action, OfLine, OfLink
from comity.register.decisions import Subject
from comity.tracking.renewal import lines_of


def check_target(action: Action, subject: Subject, knowledge: Knowledge) -> None:
    """Raises BadInputError where a link is accepted to, or a line is decided about, that the partnership has not. What is wrong can always
    be turned down and taken back."""
    if isinstance(subject, OfLine):
        check_line(subject.plan, subject.line, knowledge)
    elif isinstance(subject, OfLink) and action is Action.ACCEPT:
        if subject.kind is LinkKind.LINE:
            check_line(subject.plan or "", subject.target, knowledge)
        else:
            check_aim(subject.kind, subject.target, knowledge)


def check_line(plan: InstrumentId, line: str, knowledge: Knowledge) -> None:
    """Raises BadInputError where the plan is not there, or has no such line."""
    found: Plan | None = knowledge.plans.get(plan)
    if found is None:
        raise BadInputError(f"There is no plan {plan!r}; the partnership has {', '.join(knowledge.plans) or 'none'}.")
    if all(one.id != line for one in lines_of(found)):
        raise BadInputError(f"{plan} has no line {line!r}; `comity plan show {plan}` lists its lines.")


def check_aim(kind: LinkKind, target: str, knowledge: Knowledge) -> None:
    """Raises BadInputError where no goal or target of one, no vision or priority area is called so."""
    known: dict[LinkKind, Collection[str]] = {
        LinkKind.GOAL: knowledge.sdgs,
        LinkKind.ELEMENT: knowledge.visions,
        LinkKind.AREA: knowledge.priority_areas,
    }
    first = target.replace("/", ".").split(".")[0]
    if first not in known[kind]:
        raise BadInputError(f"There is no {kind} {target!r}; known are {', '.join(known[kind])}.")
    if kind is LinkKind.GOAL and target not in (first, *(targets := [one.id for one in knowledge.sdgs[first].targets])):
        raise BadInputError(f"Goal {first} has no target {target!r}; it has {', '.join(targets)}.")
