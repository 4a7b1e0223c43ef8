"""`comity decide`, `decisions`, `verify`, `diff`: what people decided in a register, proof that it is all there, and what it learned."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli.options import Format, FormatOption, HomeOption, LanguageOption, PackOption, RegisterOption, register_path
from comity.cli.screen import print_json, screen, tell

if TYPE_CHECKING:
    from comity.register import Decision
    from comity.register.decisions import Subject


class What(StrEnum):
    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    MERGE = "merge"
    SPLIT = "split"
    SET_STATUS = "set-status"
    SCORE = "score"
    NOTE = "note"
    UNDO = "undo"


CHAIN_BROKEN = 1


def decide(
    action: Annotated[What, typer.Argument(help="What is decided.")],
    subjects: Annotated[
        list[str],
        typer.Argument(
            metavar="ABOUT...",
            help="A finding (KIND:DOCUMENT:START-END), a link (as `comity links` gives it), a contradiction (as `comity contradictions` "
            "gives it), actors by id, documents of one release (family DOCUMENT DOCUMENT), a line (line:PLAN:LINE), a decision's number.",
        ),
    ],
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who decides.")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason.")] = "",
    set: Annotated[list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="What a correction or status sets.")] = None,
    register: RegisterOption = None,
    pack: PackOption = None,
    home: HomeOption = None,
) -> None:
    """Add a decision to the register: nothing is overwritten, and `comity decide undo NUMBER` takes it back."""
    from comity.cli.packs import pack_of
    from comity.knowledge import load_knowledge
    from comity.register import Action, OfLine, OfLink, open_register
    from comity.tracking.decided_targets import check_target

    subject = _subject(subjects)
    with open_register(register_path(register, home), create=False) as opened:
        if isinstance(subject, OfLine | OfLink):
            check_target(Action(action.value), subject, load_knowledge((pack_of(pack, opened),)))
        taken = opened.writer().decide(who=who, action=Action(action.value), subject=subject, value=_fields(set or []), why=why)
    tell(f"{taken.number}  {taken.hash}")


def decisions(
    unfitting: Annotated[
        bool, typer.Option("--unfitting", help="Only those whose finding the newest reading does not have any more.")
    ] = False,
    register: RegisterOption = None,
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """List what was decided: by whom, when, about what and why."""
    from comity.register import open_register
    from comity.register.decisions import address_of

    with open_register(register_path(register, home), create=False) as opened:
        view = opened.view()
        found = view.unfitting() if unfitting else list(view.decisions())
    if format is Format.JSON:
        print_json(found)
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_header=False)
    for one in found:
        table.add_row(*map(Text, (str(one.number), one.made, one.who, one.action.value, address_of(one.subject), _told(one))))
    screen().print(table)


def verify(
    head: Annotated[str | None, typer.Option("--head", metavar="HASH", help="A hash noted earlier, which must be in the chain.")] = None,
    register: RegisterOption = None,
    lang: LanguageOption = "en",
    home: HomeOption = None,
) -> None:
    """Prove that no decision was changed, taken out or put in between."""
    from comity.languages import load_words
    from comity.register import open_register

    sentences = load_words(lang, "register_labels", dict[str, str])
    with open_register(register_path(register, home), create=False) as opened:
        view = opened.view()
        chain = view.chain()
        noted = head is None or any(decision.hash == head for decision in view.decisions())
    if chain.broken_at is not None:
        tell(sentences["chain_broken"].format(number=chain.broken_at))
        raise typer.Exit(CHAIN_BROKEN)
    if not noted:
        tell(sentences["chain_other"].format(head=head))
        raise typer.Exit(CHAIN_BROKEN)
    screen().print(sentences["chain_whole"].format(n=chain.length, head=chain.head), soft_wrap=True)


def diff(
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="From the beginning of this day on.")],
    register: RegisterOption = None,
    lang: LanguageOption = "en",
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Say what the register learned since a day."""
    from comity.languages import load_words
    from comity.publishing.labels import Labels
    from comity.register import open_register

    labels = Labels(lang)
    sentences = load_words(lang, "register_labels", dict[str, str])
    with open_register(register_path(register, home), create=False) as opened:
        found = opened.learned(since)
    if format is Format.JSON:
        print_json(found)
        return
    console = screen()
    for key, heads in (("learned_new", found.new), ("learned_anew", found.read_anew), ("learned_joined", found.joined)):
        if heads:
            console.print(sentences[key].format(n=labels.number(len(heads))), style="bold")
        for one in heads:
            line = f"  {labels.date(one.published)}  {one.publisher or labels.say('unknown_publisher')}: {one.title or one.name or one.id}"
            console.print(line, soft_wrap=True, markup=False)
    for kind, (before, now) in found.counts.items():
        if before != now:
            console.print(f"{labels.say('kind_' + kind)}: {labels.number(before)} → {labels.number(now)}", markup=False)
    before, now = found.sources
    console.print(sentences["learned_sources"].format(before=labels.number(before), now=labels.number(now)))
    if found.decisions:
        console.print(sentences["learned_decisions"].format(n=labels.number(len(found.decisions))))


def _subject(given: list[str]) -> "Subject":
    from comity.register import OfActors, OfDecision, OfFinding, OfLine
    from comity.register.pairs import contradiction_of, family_of
    from comity.register.verdicts import link_of

    if (family := family_of(given)) is not None:
        return family
    first = given[0]
    kind, _, rest = first.partition(":")
    if len(given) == 1 and first.lstrip("#").isdecimal():
        return OfDecision(int(first.lstrip("#")))
    if len(given) == 1 and kind == "line" and ":" in rest:
        return OfLine(*rest.split(":", 1))
    if len(given) == 1 and kind == "link" and (link := link_of(first)) is not None:
        return link
    if len(given) == 1 and (contradiction := contradiction_of(first)) is not None:
        return contradiction
    document, _, span = rest.rpartition(":")
    start, _, end = span.partition("-")
    if len(given) == 1 and document and start.isdecimal() and end.isdecimal():
        return OfFinding(kind, document, int(start), int(end), "")
    return OfActors(tuple(given))


TEXTS = ("moved_from", "since")
"""Fields that hold a line's id or a day, which may look like a number ("1.1", "2019")."""


def _fields(given: list[str]) -> dict[str, Any]:
    """`percent=94.2` and `speaker=["VNM"]` are JSON where they can be, and text where they can't."""
    import msgspec

    from comity.errors import BadInputError

    fields: dict[str, Any] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name:
            raise BadInputError(f"{one!r} sets nothing; give FIELD=VALUE, such as percent=94.2.")
        try:
            fields[name] = value if name in TEXTS else msgspec.json.decode(value)
        except msgspec.DecodeError:
            fields[name] = value
    return fields


def _told(decision: "Decision") -> str:
    set_to = ", ".join(f"{name}={value}" for name, value in decision.value.items())
    return " · ".join(part for part in (set_to, decision.why) if part)
