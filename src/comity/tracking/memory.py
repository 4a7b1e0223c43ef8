"""Answers kept for questions that are asked again: the same sentence stands in many documents, in copies and in set phrases.

In come keys and answers; the answers of the last keys come out again. What is kept follows from its key alone, so that it makes no
difference but of time whether an answer was kept.
"""

from collections.abc import Hashable
from itertools import islice
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
A = TypeVar("A")


class Memory(dict[K, A]):
    """As many answers as it was made for; the older half is forgotten when there are more."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: K, answer: A) -> None:
        if len(self) >= self._most:
            for old in list(islice(self, self._most // 2)):
                del self[old]
        super().__setitem__(key, answer)
