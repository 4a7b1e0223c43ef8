"""Where output goes: results to standard output, remarks and faults to standard error."""

import os
import sys

from rich.console import Console

WIDE = 200
"""Columns where standard output is no terminal, and COLUMNS is not set, so that tables in a file or pipe are not squeezed."""


def screen() -> Console:
    """For results."""
    return Console(highlight=False, width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDE, soft_wrap=False)


def remarks() -> Console:
    """For progress and remarks."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def tell(sentence: str) -> None:
    """One plain sentence on standard error."""
    remarks().print(sentence, markup=False)
