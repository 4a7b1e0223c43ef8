"""`comity export-register`, `import-register`, `backup`: a register moved between files and servers, and kept safe."""

from pathlib import Path
from typing import Annotated

import typer

from comity.cli.options import HomeOption, LanguageOption, RegisterOption, register_path
from comity.cli.screen import tell


def export_register(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="The archive to write.")],
    register: RegisterOption = None,
    lang: LanguageOption = "en",
    home: HomeOption = None,
) -> None:
    """Write all that a register holds into a ZIP of JSON lines."""
    from comity.languages import load_words
    from comity.register import open_register

    sentences = load_words(lang, "register_labels", dict[str, str])
    with open_register(register_path(register, home), create=False) as opened:
        documents = opened.export_to(file)
    tell(sentences["exported"].format(n=documents, file=file))


def import_register(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="An archive that export-register wrote.")],
    register: RegisterOption = None,
    lang: LanguageOption = "en",
    home: HomeOption = None,
) -> None:
    """Fill a new register, in a file or in PostgreSQL, from an archive."""
    from comity.languages import load_words
    from comity.register import open_register

    sentences = load_words(lang, "register_labels", dict[str, str])
    with open_register(register_path(register, home)) as opened:
        documents = opened.import_from(file)
        tell(sentences["imported"].format(n=documents, register=opened.name))


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes.")],
    register: RegisterOption = None,
    lang: LanguageOption = "en",
    home: HomeOption = None,
) -> None:
    """Copy a register's file while it is in use."""
    from comity.languages import load_words
    from comity.register import open_register

    sentences = load_words(lang, "register_labels", dict[str, str])
    with open_register(register_path(register, home), create=False) as opened:
        opened.back_up_to(file)
    tell(sentences["backed_up"].format(file=file))
