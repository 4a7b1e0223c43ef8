"""Where an entry stands: file and line, for messages. Read anew each time, because only a fault asks."""

import re
from collections.abc import Iterable
from pathlib import Path

TOP_KEY = re.compile(r"(\w+):")
ENTRY = re.compile(r"-\s+\{?\s*id:\s*[\"']?([^\"',}\s]+)")


def places_of(entry: str, part: str, paths: Iterable[Path]) -> list[str]:
    """All `file:line` at which the files describe the entry of a part (`actors`, `plans` ...), in order."""
    found = []
    for path in sorted(paths):
        current = ""
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if key := TOP_KEY.match(line):
                current = key[1]
                if current == part == "partnership":
                    found.append(f"{path}:{number}")
            elif current == part and (begin := ENTRY.match(line.lstrip())) and begin[1] == entry:
                found.append(f"{path}:{number}")
    return found
