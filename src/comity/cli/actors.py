"""`comity actors`: everybody who is named in a register, and who of them may be one."""

from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.options import Format, FormatOption, HomeOption, KnownOption, LanguageOption, RegisterOption, register_path
from comity.cli.screen import print_json, screen

if TYPE_CHECKING:
    from comity.register import RegisterActor


def actors(
    candidates: Annotated[bool, typer.Option("--candidates", help="Only pairs that may be one, with the reasons.")] = False,
    register: RegisterOption = None,
    known: KnownOption = None,
    lang: LanguageOption = "en",
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """List everybody who is named in the register; a person decides who is the same (`comity decide merge`)."""
    from rich.table import Table
    from rich.text import Text

    from comity.languages import load_words
    from comity.publishing.labels import Labels
    from comity.register import open_register

    labels = Labels(lang)
    reasons = load_words(lang, "register_labels", dict[str, str])
    with open_register(register_path(register, home), create=False) as opened:
        view = opened.view(known=known)
        pairs = view.candidates() if candidates else []
        everybody = [] if candidates else list(view.actors())
    if format is Format.JSON:
        print_json(pairs if candidates else everybody)
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    for pair in pairs:
        why = ", ".join(reasons[f"reason_{reason}"] for reason in pair.reasons)
        table.add_row(Text(_told(pair.first)), Text(_told(pair.second)), Text(f"{labels.number(pair.likeness)} %"), Text(why))
    for one in everybody:
        table.add_row(Text(one.id), Text(one.name), labels.say(f"actor_{one.type}"), Text(one.body or ""), Text(" ".join(one.same)))
    screen().print(table)


def _told(actor: "RegisterActor") -> str:
    return f"{actor.id}: {actor.name}" + (f" ({actor.body})" if actor.body else "")
