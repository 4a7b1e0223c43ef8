"""Reads one document: from a Document to a Reading, findings with the words that prove them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.reading.reader import READER, Reader

__all__ = ["READER", "Reader"]


def __getattr__(name: str) -> object:
    """All grammars are imported by whoever reads; a command that needs one of the modules here, to name an act, starts without them."""
    if name in __all__:
        from comity.reading import reader

        return getattr(reader, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
