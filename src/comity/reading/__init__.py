"""Reads one document: from a Document to a Reading, findings with the words that prove them."""

from comity.reading.reader import READER, Reader

__all__ = ["READER", "Reader"]
