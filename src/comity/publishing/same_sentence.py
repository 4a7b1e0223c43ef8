"""What one sentence proves is told in one line: a sentence with five proposals stands once, with the words of all five marked."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

T = TypeVar("T")


def gathered(items: Sequence[T], same: Callable[[T], Hashable], most: int) -> tuple[list[list[T]], int]:
    """Items of the same key together, in the order of the first of each: at most so many groups, and how many items are left over. What
    is left over is not looked at."""
    groups: dict[Hashable, list[T]] = {}
    for place, one in enumerate(items):
        key = same(one)
        if key not in groups and len(groups) == most:
            return list(groups.values()), len(items) - place
        groups.setdefault(key, []).append(one)
    return list(groups.values()), 0
