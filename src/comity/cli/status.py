"""`comity status`: the ledger of a register on one screen, or as JSON."""

from enum import StrEnum
from typing import Annotated

import typer

from comity.cli.options import DEFAULT_PACK, HomeOption, LanguageOption, PackOption, RegisterOption, register_path


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"


def status(
    register: RegisterOption = None,
    pack: PackOption = DEFAULT_PACK,
    lang: LanguageOption = "en",
    format: Annotated[Format, typer.Option("--format", help="How it is shown.")] = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Show how far each plan has come, according to whom, what conflicts, and what is newest."""
    from comity.cli import ledger_view
    from comity.knowledge import load_knowledge, load_pack
    from comity.publishing.labels import Labels
    from comity.register import open_register
    from comity.tracking import build_overview

    labels = Labels(lang)
    loaded = load_pack(pack)
    show = {Format.TABLE: ledger_view.show_table, Format.JSON: ledger_view.show_json}
    with open_register(register_path(register, home), create=False) as opened:
        show[format](build_overview(loaded, opened.view()), load_knowledge((loaded,)), opened, labels)
