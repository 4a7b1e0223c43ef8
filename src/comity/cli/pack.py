"""`comity pack`: begin a partnership's data, check it, show it, and the JSON Schema for editors."""

from pathlib import Path
from typing import Annotated

import typer

pack_app = typer.Typer(
    name="pack", help="Partnerships as data: begin a pack, check it, show it.", no_args_is_help=True, rich_markup_mode=None
)

PackArgument = Annotated[str, typer.Argument(metavar="NAME|DIR", help="A pack with a name (see COMITY_PACKS), or a folder.")]
BAD_INPUT = 2


@pack_app.command()
def check(pack: PackArgument) -> None:
    """Name every fault of a pack by file, line and field; end with exit code 2 where there are any."""
    from comity.cli.screen import tell
    from comity.errors import BadInputError
    from comity.knowledge import load_pack
    from comity.knowledge.check import check_pack
    from comity.knowledge.load import pack_folder, pack_names

    folder = pack_folder(pack) if pack in pack_names() else Path(pack)
    if not folder.is_dir():
        raise BadInputError(f"There is no pack {pack!r}; known are {', '.join(pack_names())}, or give a folder.")
    found = check_pack(folder)
    for fault in found:
        typer.echo(str(fault))
    if faults := sum(not fault.gap for fault in found):
        tell(f"Faults: {faults}.")
        raise typer.Exit(BAD_INPUT)
    known = load_pack(folder)
    lines = sum(len(section.lines) for plan in known.plans for section in plan.sections)
    typer.echo(
        f"{len(known.actors)} actors, {len(known.instruments)} instruments, {len(known.mechanisms)} mechanisms, "
        f"{len(known.plans)} plans with {lines} lines, no faults."
    )


@pack_app.command()
def show(
    pack: PackArgument,
    lang: Annotated[str | None, typer.Option("--lang", metavar="vi|en", help="One language only. Default: both side by side.")] = None,
) -> None:
    """Print what a pack holds. A label that lacks a language stands in the other, with a mark."""
    from comity.cli.pack_view import show_pack
    from comity.cli.screen import screen
    from comity.knowledge import load_knowledge, load_pack

    loaded = load_pack(pack)
    show_pack(loaded, load_knowledge((loaded,)), lang=lang, console=screen())


@pack_app.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to begin the pack in.")],
    identity: Annotated[str | None, typer.Option("--id", help="A short id, such as river-accord. Default: the folder's name.")] = None,
    name_en: Annotated[str | None, typer.Option("--name-en", help="The partnership's name in English.")] = None,
    name_vi: Annotated[str | None, typer.Option("--name-vi", help="The partnership's name in Vietnamese.")] = None,
    parties: Annotated[str | None, typer.Option("--parties", help="The parties, ids or names, with commas between.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="Since when: 2011-11-19, 2011-11 or 2011; may be empty.")] = None,
    framework_en: Annotated[
        str | None, typer.Option("--framework-en", help="The founding document's name in English; may be empty.")
    ] = None,
    framework_vi: Annotated[str | None, typer.Option("--framework-vi", help="The founding document's name in Vietnamese.")] = None,
) -> None:
    """Begin a pack: what no option says is asked."""
    from comity.intervals import one_date
    from comity.knowledge.check import check_pack
    from comity.knowledge.new_pack import Beginning, write_pack

    names = {"en": _answer(name_en, "The partnership's name in English", "--name-en")}
    names["vi"] = _answer(name_vi, "The partnership's name in Vietnamese", "--name-vi")
    ids = tuple(_party(one.strip()) for one in _answer(parties, "The parties, with commas between", "--parties").split(",") if one.strip())
    begun = _answer(since, "Since when (2011-11-19, 2011-11 or 2011; empty if unknown)", "--since", empty=True)
    if begun:
        one_date(begun)
    document = _answer(framework_en, "The founding document's name in English (empty if there is none)", "--framework-en", empty=True)
    framework = {"en": document, "vi": _answer(framework_vi, "Its name in Vietnamese", "--framework-vi")} if document else {}
    beginning = Beginning(id=identity or folder.resolve().name, names=names, parties=ids, since=begun, framework=framework)
    for path in write_pack(folder, beginning):
        typer.echo(str(path))
    faults = check_pack(folder)
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        raise typer.Exit(BAD_INPUT)


@pack_app.command()
def schema() -> None:
    """Print the JSON Schema of a pack's files."""
    from comity.knowledge.json_schema import pack_schema

    typer.echo(pack_schema(), nl=False)


def _answer(given: str | None, question: str, option: str, *, empty: bool = False) -> str:
    """What the option says, else what a person answers."""
    from comity.errors import BadInputError

    if given is None:
        try:
            given = typer.prompt(question, default="" if empty else None, show_default=False, err=True)
        except typer.Abort as error:
            raise BadInputError(f"There is nobody to ask; give {option}.") from error
    if not given.strip() and not empty:
        raise BadInputError(f"{option} must not be empty.")
    return given.strip()


def _party(said: str) -> str:
    """The id that a party's name or id means."""
    from comity.errors import BadInputError
    from comity.knowledge import load_knowledge
    from comity.knowledge.lookup import look_up

    knowledge = load_knowledge(())
    meant = [said] if said in knowledge.actors else [found.id for found in look_up(knowledge, said) if found.id in knowledge.actors]
    if not meant:
        raise BadInputError(
            f"No actor is known by the name {said!r}; `comity knowledge find` shows what is known, docs/packs.md how to add one."
        )
    return meant[0]
