"""The command line."""

import sys
from pathlib import Path


def main() -> None:
    """Placeholder: `comity read --format jsonl FILE...` only."""
    from comity.intake import open_document
    from comity.knowledge import load_knowledge
    from comity.publishing.reading_lines import reading_line
    from comity.reading import Reader

    reader = Reader(load_knowledge())
    for path in sys.argv[sys.argv.index("jsonl") + 1 :]:
        sys.stdout.buffer.write(reading_line(reader.read(open_document(Path(path)))) + b"\n")
