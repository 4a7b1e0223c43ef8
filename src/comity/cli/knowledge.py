"""`comity knowledge`: check the knowledge for faults, and show what a name means to the reader and why."""

from typing import Annotated

import typer

from comity.cli.options import PacksOption

knowledge = typer.Typer(
    help="Check what Comity knows before it reads, and look names up in it.", no_args_is_help=True, rich_markup_mode=None
)


@knowledge.command()
def check(pack: PacksOption = None) -> None:
    """Find faults in the world knowledge and the packs; end with exit code 2 where there are any."""
    from comity.cli.screen import tell
    from comity.knowledge import load_knowledge, load_pack
    from comity.knowledge.check import check as find_faults

    known = load_knowledge([load_pack(name) for name in pack] if pack else None)
    faults = [fault for fault in find_faults(known) if not fault.gap]
    for fault in faults:
        typer.echo(str(fault))
    if faults:
        tell(f"{len(faults)} faults.")
        raise typer.Exit(2)
    typer.echo(f"{len(known.actors)} actors, {len(known.instruments)} instruments, {len(known.mechanisms)} mechanisms, no faults.")


@knowledge.command()
def find(name: Annotated[str, typer.Argument(help="A name as a text gives it.")], pack: PacksOption = None) -> None:
    """Show what a name means: the entry's id and kind, by which name it is known, and in which file it stands."""
    from comity.errors import BadInputError
    from comity.knowledge import load_knowledge, load_pack
    from comity.knowledge.lookup import look_up

    found = look_up(load_knowledge([load_pack(one) for one in pack] if pack else None), name)
    if not found:
        raise BadInputError(f"Nothing is known by the name {name!r}; docs/knowledge.md tells how to add it.")
    for entry in found:
        typer.echo(f"{entry.id}  {entry.label}  ({entry.kind}; known by {entry.how})")
        for above in entry.above:
            typer.echo(f"    part of {above}")
        for place in entry.places:
            typer.echo(f"    {place}")
