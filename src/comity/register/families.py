"""Near copies: documents published in the same week that share most of their wording. A family counts as one source.

Copies are looked for among the documents that share a shingle of a small sketch (the least hashes of all three-word shingles, so that two
copies nearly surely share some), never among all: a document costs a few look-ups, however large the register.
"""

from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache
from zlib import adler32, crc32

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from comity.intervals import first_day, last_day

KEPT = 512
"""Shingles kept of each document: the share of one text that another has is told to two or three in a hundred."""

SKETCH = 16
"""Shingles by which a document is looked up. Two texts with Jaccard 0.5 share none of 16 in one of 65,000 cases."""

COPY = 0.5
"""Least Jaccard similarity of near copies: two hands telling the same meeting stay under 0.2, an edited dispatch over 0.6."""

INSIDE = 0.6
"""Least share of the shorter text's shingles that the longer one has, where it was shortened: on the clusters of benchmarks/families.py
Jaccard alone joins none of 20 pairs of copies, because all of them are shortened."""

SHORT = 60
"""Shingles under which a text is too short to be told a shortened copy: a quotation of two sentences is no copy."""

ENOUGH = 16
"""Shingles of the shorter text's sample that are enough to tell by."""

WEEK = 7
LOW = 64
FAR, FAR_ENOUGH = 0.2, 24
"""Two texts of which one has INSIDE of the other's shingles share less than this of 24 in one case of 10,000, and of 64 never."""

DAYS = timedelta(days=WEEK)

FIRST, SECOND, THIRD = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
HALF, TOP = np.uint64(32), np.uint32(2**32 - 1)
Outline = NDArray[np.uint32]


class Low(Struct, frozen=True):
    """The least numbers of an outline."""

    row: list[int]
    numbers: frozenset[int]


def low(hashes: Outline) -> Low:
    """What is held against that of many others, each time in two microseconds."""
    row = hashes[:LOW].tolist()
    return Low(row, frozenset(row))


def outline(folded: str) -> Outline:
    """The least hashes of all three consecutive words of a folded text, each once and in order, the same on every machine."""
    words = folded.split()
    numbers = {word: _hash(word) for word in set(words)}
    row = np.array([*(numbers[word] for word in words), *[0] * (3 - len(words))], dtype=np.uint64)
    joined = row[:-2] * FIRST + row[1:-1] * SECOND + row[2:] * THIRD
    return np.unique(((joined ^ (joined >> HALF)) * FIRST >> HALF).astype(np.uint32))[:KEPT]


def sketch(hashes: Outline) -> list[int]:
    """The least hashes of an outline, by which its copies are looked up."""
    row: list[int] = hashes[:SKETCH].tolist()
    return row


def near_copies(a: Outline, b: Outline) -> bool:
    """Whether two texts share most of their wording, or one is the other shortened, as far as their outlines tell.

    Both are cut at the same hash, so that they stand for the same sample of all shingles (bottom sketches: Broder 1997; their use for
    containment: Koslicki and Zabeti 2019).
    """
    shortest = min(len(a), len(b))
    last = min(a[-1] if len(a) == KEPT else TOP, b[-1] if len(b) == KEPT else TOP)
    a, b = a[: a.searchsorted(last, "right")], b[: b.searchsorted(last, "right")]
    shared, shorter = _shared(a, b), min(len(a), len(b))
    return shared >= COPY * (len(a) + len(b) - shared) or (shortest >= SHORT and shorter >= ENOUGH and shared >= INSIDE * shorter)


def is_far(a: Low, b: Low) -> bool:
    """Whether the least numbers of two texts tell that they are no near copies, which spares the look at all: nearly all that share one
    shingle by chance (a salutation, the name of a newspaper) share no other."""
    if not a.row or not b.row:
        return True
    last = min(a.row[-1], b.row[-1])
    shorter = min(bisect_right(a.row, last), bisect_right(b.row, last))
    return shorter >= FAR_ENOUGH and len(a.numbers & b.numbers) < FAR * shorter


def _shared(a: Outline, b: Outline) -> int:
    """How many numbers two rows in order have in common; a third of the time that joining and sorting them takes."""
    if not len(a) or not len(b):
        return 0
    return int(np.count_nonzero(b.take(b.searchsorted(a), mode="clip") == a))


Days = tuple[int, int]
"""The first and the last day on which a document may have been published, as numbers of days."""

ANY_DAY: Days = (0, 10**9)


def same_week(a: str | None, b: str | None) -> bool:
    """Whether two dates of publication lie within a week; an unknown date may be any."""
    return within_week(days_of(a), days_of(b))


def days_of(published: str | None) -> Days:
    """The days that a date may mean, worked out once where it is held against many."""
    return ANY_DAY if published is None else (first_day(published).toordinal(), last_day(published).toordinal())


def within_week(a: Days, b: Days) -> bool:
    """The same for dates whose days are worked out."""
    return a[0] - WEEK <= b[1] and b[0] - WEEK <= a[1]


def day_of(published: str | None) -> str:
    """The day by which copies are looked up; empty where it is not known to the day."""
    return published if published and len(published) == len("2020-01-30") else ""


def week_around(published: str | None) -> tuple[str, str]:
    """The first and the last day on which a copy may have been published."""
    if published is None:
        return "", "9999"
    return (max(first_day(published), date(1, 1, 8)) - DAYS).isoformat(), (last_day(published) + DAYS).isoformat()


@lru_cache(maxsize=2**17)
def _hash(word: str) -> int:
    """Two checksums of a word as one number: several times as fast as a cryptographic hash, and nobody gains by a collision."""
    written = word.encode()
    return crc32(written) << 32 | adler32(written)
