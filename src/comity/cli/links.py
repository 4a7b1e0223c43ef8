"""`comity links` and `comity plan show`: which sentences are tied to a line or other target, and how far a plan's lines have come."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.options import Format, FormatOption, HomeOption, LanguageOption, PackOption, RegisterOption, register_path
from comity.cli.screen import print_json

if TYPE_CHECKING:
    from comity.knowledge import Knowledge, Plan
    from comity.records import LinkKind
    from comity.register import LinkPage, LinkView, Register
    from comity.tracking.plan_links import PlanLinks


class State(StrEnum):
    ACCEPTED = "accepted"
    SUGGESTED = "suggested"
    REJECTED = "rejected"
    HELD_BACK = "held-back"


AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="By what was known and had happened on this day. Default: today.")
]


def links(
    target: Annotated[
        str,
        typer.Argument(
            metavar="TARGET",
            help="A line's id (`comity plan show PLAN` lists them), or line:PLAN:LINE, goal:16, element:ID, area:ID, or document:ID for "
            "all links of a document.",
        ),
    ],
    register: RegisterOption = None,
    pack: PackOption = None,
    state: Annotated[State, typer.Option("--state", help="Links in this state.")] = State.SUGGESTED,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Links on a page.")] = 20,
    after: Annotated[str | None, typer.Option("--after", metavar="PAGE", help="The next page, as the page before named it.")] = None,
    as_of: AsOfOption = None,
    lang: LanguageOption = "en",
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Show the sentences tied to a line, goal, element or area, the latest first, with the address that `comity decide` takes."""
    from comity.cli import link_view
    from comity.cli.packs import pack_of
    from comity.knowledge import load_knowledge
    from comity.publishing.labels import Labels
    from comity.register import LinkPage, LinkState, open_register

    labels = Labels(lang)
    with open_register(register_path(register, home), create=False) as opened:
        knowledge = load_knowledge((pack_of(pack, opened),))
        view = opened.links(known=as_of, happened_by=as_of)
        kind, _, rest = target.partition(":")
        least = None
        if kind == "document" and rest:
            _check_document(rest, opened)
            page = LinkPage(tuple(one for one in view.in_document(rest) if one.state == LinkState(state.value)), None)
        else:
            page, least = _page(view, target, knowledge, state=LinkState(state.value), limit=limit, after=after)
        if format is Format.JSON:
            link_view.write_links(page, least)
        else:
            link_view.show_links(page, least, opened.view(), labels)


def plan_show(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="The plan's id.")],
    register: RegisterOption = None,
    pack: PackOption = None,
    above: Annotated[
        float | None, typer.Option("--above", min=0, max=1, help="Count suggestions from this score on only; they are always shown apart.")
    ] = None,
    as_of: AsOfOption = None,
    lang: LanguageOption = "en",
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Show every line of a plan with its status, its evidence, and the rates that follow."""
    from comity.cli import link_view
    from comity.cli.packs import pack_of
    from comity.knowledge import load_knowledge
    from comity.publishing.labels import Labels
    from comity.publishing.line_record import status_record
    from comity.register import open_register
    from comity.tracking.plan_links import PlanLinks
    from comity.tracking.status import following_plan, plan_status

    labels = Labels(lang)
    with open_register(register_path(register, home), create=False) as opened:
        loaded = pack_of(pack, opened)
        found = _plan(plan, loaded.plans)
        links = PlanLinks(found, opened.links(known=as_of, happened_by=as_of))
        status = plan_status(links, as_of=as_of or _today(), following=following_plan(found, loaded.plans), above=above)
        if format is Format.JSON:
            print_json(status_record(status))
            return
        link_view.show_unlinked(links.view, loaded, labels)
        link_view.show_plan(status, links, load_knowledge((loaded,)), labels)


def _check_document(document: str, register: "Register") -> None:
    from comity.errors import BadInputError

    if register.view().document_head(document) is None:
        raise BadInputError(f"There is no document {document} in {register.name}; `comity search WORDS --format json` gives the ids.")


def _page(
    view: "LinkView", target: str, knowledge: "Knowledge", *, state: "object", limit: int, after: str | None
) -> "tuple[LinkPage, PlanLinks | None]":
    from comity.records import LinkKind
    from comity.register import LinkState
    from comity.tracking.plan_links import PlanLinks

    kind, line, plan = _target(target, knowledge)
    asked = LinkState(str(state))
    if plan is None:
        return view.of_target(LinkKind(kind), line, state=asked, limit=limit, after=after), None
    of_plan = PlanLinks(plan, view)
    return of_plan.of_line(line, asked, limit=limit, after=after), of_plan


def _target(target: str, knowledge: "Knowledge") -> "tuple[LinkKind, str, Plan | None]":
    """What is named: `goal:16`, `line:PLAN:LINE`, or a line by its id alone. BadInputError where it is unknown or in two plans."""
    from comity.errors import BadInputError
    from comity.records import LinkKind
    from comity.tracking.decided_targets import check_aim
    from comity.tracking.renewal import lines_of

    kind, _, rest = target.partition(":")
    if rest and kind in (LinkKind.GOAL, LinkKind.ELEMENT, LinkKind.AREA):
        check_aim(LinkKind(kind), rest, knowledge)
        return LinkKind(kind), rest, None
    named, _, line = rest.partition(":") if kind == LinkKind.LINE else ("", "", target)
    plans = [plan for plan in knowledge.plans.values() if (not named or plan.id == named) and any(one.id == line for one in lines_of(plan))]
    if len(plans) != 1:
        fault = "no plan has this line" if not plans else f"the plans {', '.join(plan.id for plan in plans)} have it; give line:PLAN:LINE"
        raise BadInputError(f"{target!r} names no line: {fault}. `comity plan show PLAN` lists a plan's lines.")
    return LinkKind.LINE, line, plans[0]


def _plan(plan: str, plans: "tuple[Plan, ...]") -> "Plan":
    from comity.errors import BadInputError

    found = next((one for one in plans if one.id == plan), None)
    if found is None:
        raise BadInputError(f"There is no plan {plan!r}; the pack has {', '.join(one.id for one in plans) or 'none'}.")
    return found


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
