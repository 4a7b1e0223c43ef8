"""Where output goes: results to standard output, remarks and faults to standard error."""

import os
import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 200
"""Columns where standard output is no terminal, and COLUMNS is not set, so that tables in a file or pipe are not squeezed."""


def screen() -> "Console":
    """For results."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDE, soft_wrap=False)


def remarks() -> "Console":
    """For progress and remarks."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


def print_json(record: object) -> None:
    """A result as JSON, which may be structs."""
    import msgspec

    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n")


def tell(sentence: str) -> None:
    """One plain sentence on standard error."""
    typer.echo(sentence, err=True)
