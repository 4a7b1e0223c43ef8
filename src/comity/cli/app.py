"""The commands and what they share. Each command's work is in the file of its name; nothing heavy is imported before it is needed."""

from typing import Annotated

import typer

import comity
from comity.cli.actors import actors
from comity.cli.archive import backup, export_register, import_register
from comity.cli.brief import brief
from comity.cli.build import build
from comity.cli.code import code
from comity.cli.contradictions import contradictions
from comity.cli.demo import demo
from comity.cli.digest import digest
from comity.cli.due import due
from comity.cli.evaluate import evaluate
from comity.cli.events import events
from comity.cli.families import families
from comity.cli.knowledge import knowledge
from comity.cli.links import links, plan_show
from comity.cli.pack import pack_app
from comity.cli.plan import plan_app
from comity.cli.read import read
from comity.cli.register import decide, decisions, diff, verify
from comity.cli.report import report
from comity.cli.search import search
from comity.cli.serve import serve
from comity.cli.status import status
from comity.cli.track import track
from comity.cli.watch import watch
from comity.cli.withdraw import withdraw

app = typer.Typer(
    name="comity",
    help="The working memory of an international partnership: who met, what was said, agreed, promised and done.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(read)
app.command()(build)
app.command()(watch)
app.command()(track)
app.command()(status)
app.command()(links)
app.command()(report)
app.command()(search)
app.command()(brief)
app.command()(due)
app.command()(events)
app.command()(contradictions)
app.command()(digest)
app.command()(actors)
app.command()(families)
app.command()(decide)
app.command()(withdraw)
app.command()(decisions)
app.command()(verify)
app.command()(diff)
app.command("export-register")(export_register)
app.command("import-register")(import_register)
app.command()(backup)
app.command()(demo)
app.command()(serve)
app.command()(code)
app.command()(evaluate)
app.add_typer(knowledge, name="knowledge")
plan_app.command("show")(plan_show)
app.add_typer(plan_app)
app.add_typer(pack_app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"comity {comity.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")] = False,
) -> None:
    """The working memory of an international partnership: who met, what was said, agreed, promised and done."""
