"""`comity demo`: the sample documents of a pack as a register, with its reports. A second run reads nothing again."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from comity.cli.options import HomeOption, LanguageOption, PackOption, called, home_folder, register_path
from comity.cli.screen import screen

if TYPE_CHECKING:
    from comity.knowledge import Pack


def demo(
    home: HomeOption = None,
    pack: PackOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Build a register from the sample documents that ship with a pack, show its ledger, and write its reports."""
    from comity.cli.build import build_register, summary
    from comity.cli.ledger_view import show_ledgers
    from comity.cli.packs import begun_with
    from comity.cli.reading import LateReader
    from comity.cli.report import write_report
    from comity.cli.track import track_register
    from comity.knowledge import load_knowledge, load_pack
    from comity.languages import languages
    from comity.publishing.labels import Labels
    from comity.register import open_register
    from comity.tracking import build_overview
    from comity.tracking.track import Tracking

    labels = Labels(lang)
    if pack:
        _samples(load_pack(pack))  # one without leaves no register behind
    console = screen()
    path = register_path(None, home)
    with open_register(path) as register:
        loaded = begun_with(pack, register)
        samples = _samples(loaded)
        built = build_register([str(samples)], register, LateReader((loaded,)), labels)
        track_register(register, Tracking(loaded), labels)
        knowledge = load_knowledge((loaded,))
        reports = {language: home_folder(home) / f"report.{language}.html" for language in languages()}
        for language, report in reports.items():
            write_report(report, register.view(), register.links(), loaded, knowledge, Labels(language))
        show_ledgers(build_overview(loaded, register.view()), knowledge, register, labels)
    console.print()
    if built.new or built.failed:
        console.print(labels.say("demo_building", register=path, n=built.new + built.there, pack=loaded.partnership.id), soft_wrap=True)
        console.print(summary(built, labels))
    else:
        console.print(labels.say("demo_known", register=path, n=built.there), soft_wrap=True)
    console.print(labels.say("demo_reports"))
    for report in reports.values():
        console.print(f"  {report}", soft_wrap=True)
    place = "" if path == register_path(None, None) else f" --register {path}"
    console.print(labels.say("demo_next", comity=called(), place=place), soft_wrap=True)
    console.print(labels.say("demo_serve", comity=called(), place=place), soft_wrap=True)
    if built.failed:
        raise typer.Exit(2)


def _samples(pack: "Pack") -> Path:
    """The folder of a pack's sample documents. Raises BadInputError where it has none."""
    from comity.errors import BadInputError

    folder, name = Path(pack.folder) / "samples", pack.partnership.id
    if not folder.is_dir():
        raise BadInputError(f"The pack {name} has no sample documents; use `comity build FOLDER --pack {name}`.")
    return folder
