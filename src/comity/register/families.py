"""Near copies: documents published in the same week that share most of their wording. A family counts as one source.

Copies are looked for among the documents that share a shingle of a small sketch (the least hashes of all three-word shingles, so that two
copies nearly surely share some), never among all: a document costs a few look-ups, however large the register.
"""

import hashlib
from datetime import date, timedelta

from comity.intervals import first_day, last_day

SKETCH = 12
"""Shingles kept of each document. Two texts with Jaccard 0.5 share none of 12 in one of 4,000 cases."""

COPY = 0.5
"""Least Jaccard similarity of near copies: two hands telling the same meeting stay under 0.2, an edited dispatch over 0.6."""

INSIDE = 0.6
"""Least share of the shorter text's shingles that the longer one has, where it was shortened: on the clusters of benchmarks/families.py
Jaccard alone joins none of 20 pairs of copies, because all of them are shortened."""

SHORT = 60
"""Shingles under which a text is too short to be told a shortened copy: a quotation of two sentences is no copy."""

DAYS = timedelta(days=7)

PRIME = 2**61 - 1


def shingles(folded: str) -> frozenset[int]:
    """Hashes of all three consecutive words of a folded text, the same on every machine."""
    words = folded.split()
    numbers = {word: _hash(word) for word in set(words)}
    row = [numbers[word] for word in words]
    if len(row) < 3:
        first, second, third, *_ = (*row, 0, 0, 0)
        return frozenset([_joined(first, second, third)])
    return frozenset(map(_joined, row, row[1:], row[2:]))


def sketch(hashes: frozenset[int]) -> list[int]:
    """The least hashes, which stand for the whole set."""
    return sorted(hashes)[:SKETCH]


def near_copies(a: frozenset[int], b: frozenset[int]) -> bool:
    """Whether two texts share most of their wording, or one is the other shortened."""
    shared, shorter = len(a & b), min(len(a), len(b))
    return shared >= COPY * len(a | b) or (shorter >= SHORT and shared >= INSIDE * shorter)


def same_week(a: str | None, b: str | None) -> bool:
    """Whether two dates of publication lie within a week; an unknown date may be any."""
    if a is None or b is None:
        return True
    return first_day(a) - DAYS <= last_day(b) and first_day(b) - DAYS <= last_day(a)


def week_around(published: str | None) -> tuple[str, str]:
    """The least and the greatest ISO date a copy may carry, as text that sorts."""
    if published is None:
        return "", "9999"
    earliest, latest = max(first_day(published), date(1, 1, 8)) - DAYS, last_day(published) + DAYS
    return str(earliest.year), latest.isoformat()


def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=7).digest())


def _joined(first: int, second: int, third: int) -> int:
    """A number for three words in their order, spread evenly under 2^61: hashing each three anew took a third of all time."""
    return (first * 0x9E3779B97F4A7C15 + second * 0xC2B2AE3D27D4EB4F + third * 0x165667B19E3779F9) % PRIME
