"""Running headers, footers and page numbers: lines that several pages have at the same place from an edge.

They are the same word for word, or but for a number that counts on with the pages (`Page 3 of 9`).
"""

import re
from collections import Counter
from collections.abc import Sequence

EDGE_LINES = 3
DIGITS = re.compile(r"\d+")

Key = tuple[int, str, int]


def running_lines(pages: Sequence[Sequence[str]]) -> list[frozenset[int]]:
    """For each page, given as its lines from the top down, which of them are page furniture."""
    keys = [_edge_keys(page, number) for number, page in enumerate(pages)]
    seen = Counter(key for page in keys for key in set().union(*page.values()))
    enough = max(2 if len(pages) == 2 else 3, 0.3 * len(pages))
    return [frozenset(index for index, own in page.items() if any(seen[key] >= enough for key in own)) for page in keys]


def _edge_keys(page: Sequence[str], number: int) -> dict[int, set[Key]]:
    """What each line near an edge shares with that of another page: its place, its words, how far its number is ahead of the page."""
    keys: dict[int, set[Key]] = {}
    for place in (*range(EDGE_LINES), *range(-EDGE_LINES, 0)):
        if -len(page) <= place < len(page):
            text = page[place]
            shape = DIGITS.sub("#", text.lower())
            counting = {(place, shape, int(found) - number) for found in DIGITS.findall(text) if len(found) < 6}
            keys.setdefault(place % len(page), set()).update({(place, text, 0), *counting})
    return keys
