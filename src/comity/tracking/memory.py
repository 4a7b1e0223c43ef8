"""Answers kept for questions that are asked again: the same sentence stands in many documents, in copies and in set phrases.

In come keys and answers; the answers of the last keys come out again. What is kept follows from its key alone, so that it makes no
difference but of time whether an answer was kept.
"""

from collections.abc import Hashable
from itertools import islice
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
A = TypeVar("A")


class Memory(Generic[K, A]):
    """As many answers as it was made for; the older half is forgotten when there are more."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: dict[K, A] = {}

    def __contains__(self, key: K) -> bool:
        return key in self._answers

    def __getitem__(self, key: K) -> A:
        return self._answers[key]

    def __setitem__(self, key: K, answer: A) -> None:
        if len(self._answers) >= self._most:
            for old in list(islice(self._answers, self._most // 2)):
                del self._answers[old]
        self._answers[key] = answer
