"""Options that several commands share."""

import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from comity import settings

LanguageOption = Annotated[str, typer.Option("--lang", metavar="vi|en", help="Language of what is shown.")]
PackOption = Annotated[
    str | None,
    typer.Option(
        "--pack",
        metavar="NAME|DIR",
        help="The partnership: a pack that ships with Comity, or a folder. Default: the one the register was built with, else asean-un.",
    ),
]
PacksOption = Annotated[
    list[str] | None,
    typer.Option("--pack", metavar="NAME|DIR", help="Knowledge to read with; may be given more than once. Default: all packs."),
]
MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="FIELD=NAME",
        help="Which field of JSON lines or column of a CSV holds what, such as text=body,url=link. "
        "Fields: id, title, text, published, url, publisher, language.",
    ),
]
RegisterOption = Annotated[
    str | None,
    typer.Option(
        "--register", metavar="FILE|URL", help="The register: a file, or postgresql://... Default: register.sqlite in the home folder."
    ),
]
HomeOption = Annotated[
    Path | None, typer.Option("--home", metavar="DIR", help="The data folder. Default: COMITY_HOME, or .comity in your home folder.")
]
KnownOption = Annotated[
    str | None, typer.Option("--known", metavar="DATE", help="As it was known at the end of this day, whatever was learned later.")
]
HappenedOption = Annotated[
    str | None, typer.Option("--happened-by", metavar="DATE", help="Only what had happened by the end of this day, as it is known now.")
]

AsOfOption = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Seen from that day. Default: today.")]


class Format(StrEnum):
    """How a table is shown."""

    TABLE = "table"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="How it is shown.")]


class PaperFormat(StrEnum):
    """How a list of lines with their sentences is shown."""

    SCREEN = "screen"
    JSON = "json"


PaperFormatOption = Annotated[PaperFormat, typer.Option("--format", help="How it is shown.")]

DEFAULT_PACK = "asean-un"
COMMAND = "comity"


def called() -> str:
    """How this command can be typed: by its name, or where no path leads to it (`make run` puts it into `.venv/bin`) as it was typed."""
    typed = sys.argv[0]
    return typed if Path(typed).name == COMMAND and shutil.which(COMMAND) is None else COMMAND


def home_folder(home: Path | None) -> Path:
    """The data folder that an option or the settings name."""
    return home or settings.home()


def register_path(register: str | None, home: Path | None) -> str | Path:
    """The register that an option names, or the one in the data folder."""
    return register or home_folder(home) / "register.sqlite"
