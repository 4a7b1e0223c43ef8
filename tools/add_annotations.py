"""Turns notes on documents into annotations by place: `python tools/add_annotations.py NOTES_FOLDER CORPUS_FOLDER [--out FOLDER]`.

NOTES_FOLDER holds for each document a file ID.ann, written by who read the document under the reading guide (docs/reading.md);
CORPUS_FOLDER the corpora with the texts. A line is a record, its fields parted by " | ":

    S speakers | cue | act | d or - | content | addressees or - | occasion or -    a statement; d: in quotation marks
    E trigger | TYPE | sources | targets | when or - | status
    C by | force | due or - | words                    a commitment

Several ids are parted by commas, none is `-`; long words are written `first words … last words`; where the words stand more than once, `#N`
behind them says which (0 is the first); a cue without it is the one nearest to its content; lines that begin with // are remarks. Every
mistake is printed and its record left out. Adds to `annotated/LANGUAGE.jsonl`, or to that of another folder (`held_back/`: only
measured on), which holds places and no words of the texts.
"""

import argparse
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
from annotated import FOLDER, Annotated, Said, Told, Undertaken, corpus_texts, read_annotations, text_hash

from comity.evaluation.gold import Place, places_of
from comity.intake import document_from_text
from comity.records import Act, EventType, Force, Status

BLANK = re.compile(r"\s")
NUMBERED = re.compile(r"^(.*?)\s*#(\d+)$", re.DOTALL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notes", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, default=FOLDER)
    args = parser.parse_args()
    notes = {path.stem: path.read_text(encoding="utf-8") for path in sorted(args.notes.rglob("*.ann"))}
    texts = {name: text for name, text in corpus_texts(args.corpora) if name in notes}
    known = {one.id: one for one in read_annotations(args.out)}
    known.update({name: annotate(name, texts[name], lines) for name, lines in notes.items()})
    for language in sorted({one.language for one in known.values()}):
        rows = [msgspec.json.encode(one) for _, one in sorted(known.items()) if one.language == language]
        (args.out / f"{language}.jsonl").write_bytes(b"\n".join(rows) + b"\n")
        print(f"{language}: {len(rows)} documents")


def annotate(name: str, text: str, notes: str) -> Annotated:
    """The annotations that the notes on a text make; prints what cannot be taken."""
    language = document_from_text(text, name=name).language
    found: dict[str, list[Said | Told | Undertaken]] = {"S": [], "E": [], "C": []}
    for number, line in enumerate(notes.splitlines(), 1):
        if line.strip() and not line.startswith("//"):
            try:
                kind, fields = line[0], [field.strip() for field in line[1:].split(" | ")]
                found[kind].append(READERS[kind](BLANK.sub(" ", text), fields))
            except (ValueError, KeyError) as error:
                print(f"{name}, line {number}: {error}")
    return msgspec.convert(
        {
            "id": name,
            "text": text_hash(text),
            "language": language,
            "statements": found["S"],
            "events": found["E"],
            "commitments": found["C"],
            "addressing": True,
        },
        Annotated,
    )


def place_of(text: str, words: str) -> Place:
    """Where the words stand. Raises ValueError where they stand nowhere or in several places and none is said."""
    numbered = NUMBERED.match(words)
    words, number = (numbered[1], int(numbered[2])) if numbered else (words, None)
    first, *rest = (part.strip() for part in words.split(" … ", 1))
    places = places_of(text, first)
    if not places or (number is None and len(places) > 1) or (number or 0) >= len(places):
        raise ValueError(f"{first!r} stands {len(places)} times.")
    start, end = places[number or 0]
    if rest:
        last = text.find(rest[0], start)
        if last < 0:
            raise ValueError(f"{rest[0]!r} does not stand after {first!r}.")
        end = last + len(rest[0])
    return start, end


def cue_place(text: str, words: str, content: Place) -> Place:
    """The cue: the one said, else the nearest to its content."""
    if NUMBERED.match(words):
        return place_of(text, words)
    places = places_of(text, words)
    if not places:
        raise ValueError(f"{words!r} stands nowhere.")
    return min(places, key=lambda place: min(abs(place[1] - content[0]), abs(place[0] - content[1])))


def _said(text: str, fields: Sequence[str]) -> Said:
    speakers, cue, act, direct, words, *more = fields
    content = place_of(text, words)
    to, at = more or ("-", "-")
    occasion = None if at == "-" else place_of(text, at)
    return Said(content, cue_place(text, cue, content), tuple(_ids(speakers)), Act(act), direct == "d", tuple(_ids(to)), occasion)


def _told(text: str, fields: Sequence[str]) -> Told:
    words, kind, sources, targets, when, status = fields
    place = place_of(text, words)
    return Told(place, EventType(kind), tuple(_ids(sources)), tuple(_ids(targets)), None if when == "-" else when, Status(status))


def _undertaken(text: str, fields: Sequence[str]) -> Undertaken:
    by, force, due, words = fields
    return Undertaken(place_of(text, words), tuple(_ids(by)), Force(force), None if due == "-" else due)


def _ids(field: str) -> Iterator[str]:
    yield from (one.strip() for one in field.split(",") if one.strip() not in ("", "-"))


READERS: dict[str, Callable[[str, Sequence[str]], Said | Told | Undertaken]] = {"S": _said, "E": _told, "C": _undertaken}

if __name__ == "__main__":
    main()
