"""`comity plan`: an official plan into a pack, out of it as the matrix people keep, and one plan held against another."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.options import Format, FormatOption, LanguageOption, PacksOption

if TYPE_CHECKING:
    from comity.knowledge import Knowledge, Plan

plan_app = typer.Typer(name="plan", help="Plans of action: import, export, compare.", no_args_is_help=True, rich_markup_mode=None)


@plan_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="The plan as DOCX, PDF, HTML, Markdown, text, XLSX, CSV or JSON.")],
    plan: Annotated[str, typer.Option("--plan", metavar="ID", help="The plan's id in the pack, such as poa-2026-2030.")],
    pack: Annotated[str | None, typer.Option("--pack", metavar="NAME|DIR", help="The pack that the plan belongs to.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write this YAML file, not one in the pack's folder.")
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", help="The plan's years, such as 2026/2030, where its title does not tell.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="The plan's name, where the pack or the file does not tell.")] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="vi|en", help="The plan's language, where it should not be guessed.")
    ] = None,
    columns: Annotated[
        Path | None, typer.Option("--columns", metavar="YAML", help="Which column of a table holds what (docs/plans.md).")
    ] = None,
    keep_duplicates: Annotated[
        bool, typer.Option("--keep-duplicates", help="Take lines that have the same number; ids tell them apart.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write the file. Without it the plan is only shown.")] = False,
    show_all: Annotated[bool, typer.Option("--all", help="Show every line and everything left out.")] = False,
    lang: LanguageOption = "en",
) -> None:
    """Read an official plan, show it for review, and write it into the pack with --yes."""
    from comity.cli import plan_view
    from comity.intake.plan_columns import read_mapping
    from comity.intake.plan_import import PlanImport, import_plan
    from comity.publishing.plan_files import read_plan
    from comity.publishing.plan_yaml import plan_yaml
    from comity.tracking.reimport import reimported

    knowledge = _knowledge([pack] if pack else None)
    target = _target(plan, pack=pack, output=output)
    mapping = read_mapping(columns) if columns else None
    exported = read_plan(file) if mapping is None else None
    if exported is not None:
        _refuse_repeats(exported, file)
        found = PlanImport(plan=_renamed(exported, plan))
    else:
        found = import_plan(
            file,
            plan=plan,
            knowledge=knowledge,
            period=period,
            title=title,
            language=language,
            mapping=mapping,
            keep_duplicates=keep_duplicates,
        )
    labels = plan_view.plan_labels(lang)
    plan_view.show_import(found, file=str(file), labels=labels, show_all=show_all)
    written = found.plan
    if (standing := _standing(target, plan)) is not None:
        again = reimported(standing, found.plan)
        plan_view.show_changes(again.changes, file=str(target), labels=labels, lang=lang)
        # An export that comes back says all that a person wants to say; only a document knows nothing of what people added.
        written = found.plan if exported is not None else again.plan
    if not yes:
        plan_view.say(labels, "not_written", file=target)
        return
    _write(target, plan_yaml(written, remark=f"Imported from {file.name} by comity plan import.").encode())
    plan_view.say(labels, "written", file=target)


@plan_app.command("export")
def export(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="The plan's id.")],
    file: Annotated[Path, typer.Argument(help="The file to write; its name's end tells the format: .xlsx, .csv, .docx, .json.")],
    pack: PacksOption = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file that is there.")] = False,
    lang: LanguageOption = "en",
) -> None:
    """Write a plan as the matrix people keep; `comity plan import` reads it back without loss."""
    from comity.cli import plan_view
    from comity.errors import BadInputError
    from comity.publishing.plan_files import plan_bytes
    from comity.tracking.renewal import lines_of

    found = _plan(plan, _knowledge(pack))
    content = plan_bytes(found, file.suffix.lower())
    if file.exists() and not replace:
        raise BadInputError(f"{file}: is there already; give another name, or --replace to write over it.")
    _write(file, content)
    plan_view.say(plan_view.plan_labels(lang), "exported", lines=len(lines_of(found)), plan=plan, file=file)


@plan_app.command("compare")
def compare(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The earlier plan: its id, an exported file, or a pack's YAML file.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later plan, likewise.")],
    pack: PacksOption = None,
    format: FormatOption = Format.TABLE,
    lang: LanguageOption = "en",
) -> None:
    """Show what became of each line: carried over, reworded, merged, split, dropped, new."""
    from comity.cli import plan_view
    from comity.tracking.renewal import compare_plans_by_meaning

    knowledge = _knowledge(pack)
    before, after = _plan(old, knowledge), _plan(new, knowledge)
    renewals = compare_plans_by_meaning(before, after, knowledge)
    if format is Format.JSON:
        plan_view.print_json(before, after, renewals)
    else:
        plan_view.show_renewals(before, after, renewals, labels=plan_view.plan_labels(lang), lang=lang)


def _knowledge(packs: list[str] | None) -> "Knowledge":
    from comity.knowledge import load_knowledge, load_pack, pack_names

    return load_knowledge(tuple(load_pack(name) for name in packs or pack_names()))


def _plan(named: str, knowledge: "Knowledge") -> "Plan":
    """The plan of an id, or in a file."""
    from comity.errors import BadInputError
    from comity.publishing.plan_files import FORMATS, read_plan

    if named in knowledge.plans:
        return knowledge.plans[named]
    path = Path(named)
    if path.suffix.lower() in (".yaml", ".yml") and path.is_file():
        plans = _plans_in(path)
        if len(plans) != 1:
            raise BadInputError(f"{named}: holds {len(plans)} plans; name a file with one, or a plan's id.")
        return plans[0]
    if path.suffix.lower() in FORMATS and path.is_file():
        if (found := read_plan(path)) is not None:
            return found
        raise BadInputError(f"{named}: is no export of `comity plan export`; import it first, and compare the plan.")
    known = ", ".join(sorted(knowledge.plans)) or "none"
    raise BadInputError(f"There is no plan {named!r}; the packs have {known}. Name one of these, or a file that holds a plan.")


def _plans_in(path: Path) -> tuple["Plan", ...]:
    from comity.knowledge.schema import KnowledgeFile
    from comity.knowledge.yaml_file import read_yaml

    return read_yaml(path, KnowledgeFile).plans


def _target(plan: str, *, pack: str | None, output: Path | None) -> Path:
    """The file to write: the one named, or the plan's own in the pack's folder."""
    from comity.errors import BadInputError
    from comity.knowledge.load import pack_folder, pack_names, shipped_packs
    from comity.publishing.plan_yaml import plan_path

    if output is not None:
        if output.suffix.lower() not in (".yaml", ".yml"):
            raise BadInputError(f"{output}: a plan is written as YAML; let the name end in .yaml.")
        return output
    if pack is None:
        raise BadInputError("Name the pack's folder with --pack, or the file to write with --output.")
    folder = pack_folder(pack) if pack in pack_names() else Path(pack)
    if pack in shipped_packs():
        raise BadInputError(f"The pack {pack} ships with Comity; copy its folder ({folder}) and name the copy, or a file with --output.")
    return plan_path(folder, plan)


def _standing(target: Path, plan: str) -> "Plan | None":
    """The plan as the target file has it."""
    return next((known for known in _plans_in(target) if known.id == plan), None) if target.is_file() else None


def _renamed(plan: "Plan", identity: str) -> "Plan":
    from msgspec.structs import replace

    return replace(plan, id=identity)


def _refuse_repeats(plan: "Plan", file: Path) -> None:
    """An id that stands twice: a row was copied in the spreadsheet."""
    from collections import Counter

    from comity.errors import BadInputError
    from comity.tracking.renewal import lines_of

    counts = Counter(line.id for line in lines_of(plan))
    if repeated := next((identity for identity, times in counts.items() if times > 1), None):
        raise BadInputError(f"{file}: the line id {repeated!r} stands twice; give the new line an id of its own, or leave it empty.")


def _write(path: Path, content: bytes) -> None:
    from comity.cli.written import written_whole

    with written_whole(path) as beside:
        beside.write_bytes(content)
