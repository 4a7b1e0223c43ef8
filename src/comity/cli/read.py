"""`comity read`: what is found in each document, with the words that prove it."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.options import LanguageOption, MapOption, PacksOption
from comity.cli.screen import tell

if TYPE_CHECKING:
    from comity.cli import findings


class Format(StrEnum):
    TEXT = "text"
    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


def read(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|-...", help="Texts, PDF, DOCX, mails, ZIP, JSON lines, CSV of texts, or folders of them; - is standard input."
        ),
    ],
    format: Annotated[Format, typer.Option("--format", help="How findings are shown.")] = Format.TEXT,
    lang: LanguageOption = "en",
    language: Annotated[
        str | None, typer.Option("--language", metavar="vi|en", help="The language of the text, where it should not be guessed.")
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="When the text was published, such as 2020-01-31.")
    ] = None,
    map: MapOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say what each finding rests on: the words, the entry of which file, the model.")
    ] = False,
    pack: PacksOption = None,
) -> None:
    """Show what each document says: who, when, what was said, agreed, promised, and how far plans have come."""
    from comity.cli import findings
    from comity.cli.inputs import named_documents
    from comity.cli.reading import LateReader, no_grounds
    from comity.intake import Unreadable
    from comity.knowledge import load_pack, pack_names
    from comity.publishing.labels import Labels

    show = {
        Format.TEXT: findings.show_text,
        Format.TABLE: findings.show_table,
        Format.JSON: findings.show_json,
        Format.JSONL: findings.show_lines,
    }
    labels = Labels(lang)
    reader = LateReader(tuple(load_pack(name) for name in pack or pack_names()))
    faults: list[str] = []

    why = reader.explain if explain else no_grounds

    def readings() -> Iterator["findings.Explained"]:
        for document in named_documents(files, language=language, published=published, fields=map or ()):
            if isinstance(document, Unreadable):
                faults.append(document.path)
                tell(document.sentence)
            else:
                reading = reader.read(document)
                yield reading, why(reading)

    show[format](readings(), labels)
    if faults:
        raise typer.Exit(2)
