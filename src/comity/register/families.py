"""Near copies: documents published in the same week that share most of their wording. A family counts as one source.

Copies are looked for among the documents that share a shingle of a small sketch (the least hashes of all three-word shingles, so that two
copies nearly surely share some), never among all: a document costs a few look-ups, however large the register.
"""

from datetime import date, timedelta
from zlib import adler32, crc32

import numpy as np
from numpy.typing import NDArray

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

FIRST, SECOND, THIRD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
HALF, SIGN = np.uint64(32), np.uint64(1)
Hashes = NDArray[np.int64]


def shingles(folded: str) -> Hashes:
    """Hashes of all three consecutive words of a folded text, each once and in order, the same on every machine."""
    words = folded.split()
    numbers = {word: _hash(word) for word in set(words)}
    row = np.array([*(numbers[word] for word in words), *[0] * (3 - len(words))], dtype=np.uint64)
    joined = row[:-2] * FIRST + row[1:-1] * SECOND + row[2:] * THIRD
    return np.unique((joined ^ (joined >> HALF)) * FIRST >> SIGN).astype(np.int64)


def sketch(hashes: Hashes) -> list[int]:
    """The least hashes, which stand for the whole set."""
    return [int(number) for number in hashes[:SKETCH]]


def near_copies(a: Hashes, b: Hashes) -> bool:
    """Whether two texts share most of their wording, or one is the other shortened."""
    shared, shorter = len(np.intersect1d(a, b, assume_unique=True)), min(len(a), len(b))
    return shared >= COPY * (len(a) + len(b) - shared) or (shorter >= SHORT and shared >= INSIDE * shorter)


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
    """Two checksums of a word as one number: several times as fast as a cryptographic hash, and nobody gains by a collision."""
    written = word.encode()
    return crc32(written) << 32 | adler32(written)
