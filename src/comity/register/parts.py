"""Keys by the question: a database takes only so many in one."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

AT_ONCE = 400
"""Keys in one question: SQLite takes some thousand."""

T = TypeVar("T")


def in_parts(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many as one question takes."""
    yield from (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
