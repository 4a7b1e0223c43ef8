"""The clauses that links are learned from and measured on: those of public texts that a reader judged, and sentences of our own.

In come `tests/real/links.jsonl` (places and lines, no words) with the texts beside the project, `tests/tracking/cases/links.yaml`, and
`tools/lessons/link*.yaml`.
"""

import gzip
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from comity.knowledge import load_pack

ROOT = Path(__file__).parents[1]
PACK = "asean-un"
PACKS = (PACK, "asean-us")
"""All packs that clauses were judged for, in the order of their names."""
HELD_BACK = ("heldback", "unseen_clauses", "held_back_again", "held_back_third", "held_back_fourth", "held_back_fifth", "held_back_sixth",
             "held_back_seventh", "held_back_eighth", "held_back_ninth")  # fmt: skip
FULL = {"asean-us": "asean-us-joint-vision-2022-"}
"""What stands before the ids of a pack's lines where they are named in short."""
FOLDS = 5
SAMPLES = "samples"
TAUGHT = "taught"
"""How a clause was drawn that only teaches."""
SUGGESTED = "suggested"
"""How a clause was drawn that Comity had suggested a line for."""


JUDGED = (
    *(f"tests/real/{name}.jsonl" for name in ("links", "links_taught", "suggestions")),
    "tests/tracking/cases/links.yaml",
    *(f"tools/lessons/{name}.yaml" for name in ("links.en", "links.vi", "link_lines", "link_clauses", "link_plain")),
)
"""The files that clauses and sentences with their lines are learned from."""


class Gold(NamedTuple):
    """A clause with the lines that a careful reader ties it to."""

    document: str
    text: str
    language: str
    lines: tuple[str, ...]
    drawn: str = "random"
    pack: str = PACK


class Lesson(NamedTuple):
    """A phrase of our own for a concept, or for none; where somebody has said for which lines of which pack it is, with these."""

    text: str
    language: str
    concept: str | None
    pack: str | None = None
    lines: tuple[str, ...] = ()


def fold_of(source: str) -> int:
    """The part that a document or a source is in, of FOLDS."""
    return sum(source.encode()) * 7919 % 10007 % FOLDS


def state_of_judged(root: Path = ROOT) -> str:
    """A fingerprint of all that is judged: a model that has another was not trained since the last change."""
    whole = sha256()
    for name in JUDGED:
        whole.update((root / name).read_bytes())
    return whole.hexdigest()


def corpus_in(folder: Path) -> Path:
    return next(place / "corpus" for place in (folder.resolve(), *folder.resolve().parents) if (place / "corpus").is_dir())


def lessons() -> list[Lesson]:
    """The phrases of our own by concept, the sentences for single lines, and those that fit nothing."""
    return [*lessons_by_concept(), *lessons_of_lines()]


def lessons_by_concept() -> list[Lesson]:
    """The phrases by concept, and those that fit nothing."""
    found = []
    for language in ("en", "vi"):
        told = yaml.safe_load((ROOT / "tools" / "lessons" / f"links.{language}.yaml").read_text(encoding="utf-8"))
        found += [Lesson(text, language, concept) for concept, texts in told["concepts"].items() for text in texts]
        found += [Lesson(text, language, None) for text in told["nothing"]]
    return found


def lessons_of_lines() -> Iterator[Lesson]:
    """The sentences of our own for single lines, and more that fit nothing."""
    told = yaml.safe_load((ROOT / "tools" / "lessons" / "link_lines.yaml").read_text(encoding="utf-8"))
    for entry in told["lines"]:
        lines = tuple(FULL.get(entry["pack"], "") + line for line in entry["lines"])
        for language in ("en", "vi"):
            yield from (Lesson(text, language, entry["concept"], entry["pack"], lines) for text in entry[language])
    for language, texts in told["nothing"].items():
        yield from (Lesson(text, language, None) for text in texts)


def own_clauses() -> Iterator[Gold]:
    """Clauses of our own as press and statements have them, with the lines of each pack that they are about; those that say nearly the same
    are one source."""
    for name, kind in (("link_clauses", "clause"), ("link_plain", "plain")):
        told = yaml.safe_load((ROOT / "tools" / "lessons" / f"{name}.yaml").read_text(encoding="utf-8"))
        for language, text, of_un, of_us, source in told:
            for pack, lines in ((PACK, of_un), ("asean-us", of_us)):
                yield Gold(f"{kind}-{source}", text, language, tuple(FULL.get(pack, "") + line for line in lines), "lesson", pack)


def read_gold(corpus: Path, name: str = "links") -> Iterator[Gold]:
    """The clauses of a file of `tests/real`, whose words stand in the corpora and samples only."""
    kept = _rows(name)
    texts = texts_of({(row["file"], row["document"]) for row in kept}, corpus)
    for row in kept:
        text = texts[row["file"], row["document"]]
        yield Gold(row["document"], text[row["start"] : row["end"]], row["language"], tuple(row["lines"]), row["drawn"])


def texts_of(places: set[tuple[str, str]], corpus: Path) -> dict[tuple[str, str], str]:
    """The texts of documents, each a file of the corpora and an id, or a sample."""
    texts: dict[tuple[str, str], str] = {}
    samples = Path(load_pack(PACK).folder) / SAMPLES
    for name in {file for file, _ in places}:
        if name == SAMPLES:
            texts |= {(name, document): (samples / document).read_text(encoding="utf-8") for file, document in places if file == name}
        else:
            with gzip.open(corpus / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
                texts |= {(name, row["id"]): row["text"] for row in map(json.loads, lines)}
    return texts


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROOT / "tests" / "real" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def fresh(corpus: Path) -> list[Gold]:
    """The clauses of the files `links_fresh*.jsonl` in `tests/real`, which nothing is learned from; `drawn` tells which of them they are
    from, and their language."""
    return [
        one._replace(drawn=f"{name}, {one.language}")
        for name, file in (("fresh", "links_fresh"), ("fresh again", "links_fresh_again"), ("fresh third", "links_fresh_third"))
        for one in read_gold(corpus, file)
    ]


def read_taught(corpus: Path) -> list[Gold]:
    """The clauses of `tests/real/links_taught.jsonl`, which teach and are never measured on: most were drawn because Comity tied them, or
    because they share words with a line that they do not fit."""
    kept = _rows("links_taught")
    texts = texts_of({(row["file"], row["document"]) for row in kept}, corpus)
    return [
        Gold(
            row["document"],
            texts[row["file"], row["document"]][row["start"] : row["end"]],
            row["language"],
            tuple(row["lines"]),
            TAUGHT,
            row["pack"],
        )
        for row in kept
    ]


def held_back() -> list[Gold]:
    """The sentences of our own that nothing is learned from; `drawn` is their file."""
    found = []
    for name in HELD_BACK:
        cases = yaml.safe_load((ROOT / "tests" / "tracking" / "cases" / f"{name}.yaml").read_text(encoding="utf-8"))
        for number, case in enumerate(cases):
            lines = tuple(FULL.get(case["pack"], "") + line for line in case["lines"])
            found.append(Gold(f"held-{name}-{number}", case["text"], case["language"], lines, name, case["pack"]))
    return found


def own_cases() -> Iterator[Gold]:
    cases = yaml.safe_load((ROOT / "tests" / "tracking" / "cases" / "links.yaml").read_text(encoding="utf-8"))
    for number, case in enumerate(cases):
        yield Gold(f"own-{number}", case["text"], case["language"], tuple(case["lines"]))


def kind_of(gold: Gold) -> str:
    """`real`, `suggested`, `taught`, or of our own: `own` sentences, those `held` back, `clause`s, `plain` ones and `lesson`s."""
    if gold.drawn in (SUGGESTED, TAUGHT):
        return gold.drawn
    head = gold.document.partition("-")[0]
    return head if head in ("own", "held", "clause", "plain", "lesson") else "real"
