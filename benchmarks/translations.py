"""How well releases that are told in two languages are proposed as one, among releases of the same days that are not.

    python benchmarks/translations.py [--releases 200]

Truth is made: a release is six to nine sentences of `data/releases.yaml`, written for this in both languages, with states, bodies, figures
and days drawn at random. Half of the releases come in both languages, the translation up to two days later and as a newsroom sends it on:
one sentence in five is left out, one figure in ten is rounded. The others come in one language only, with the same sentences, states and
days as the rest. Ten releases a day. A translation and its original are a true pair, all others are false. Nothing in
register/translations.py was chosen on these.
"""

import argparse
import random
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from comity.intake import document_from_text
from comity.knowledge import Knowledge, load_knowledge
from comity.reading import Reader
from comity.records import Document
from comity.register import open_register
from comity.register.translations import translations

SENTENCES = Path(__file__).parent / "data" / "releases.yaml"
A_DAY = 10
BEGIN = date(2020, 1, 6)
NAMED = ("VNM", "IDN", "LAO", "KHM", "MYS", "THA", "SGP", "PHL", "BRN", "MMR", "JPN", "AUS", "IND", "FRA", "ASEAN", "UN", "UNICEF", "WHO")
"""States and bodies that releases are about, some of them in most."""

LEFT_OUT, ROUNDED = 0.2, 0.1


class Sentence(Struct, frozen=True):
    """One sentence in two languages."""

    en: str
    vi: str


class Release(Struct, frozen=True):
    """A document, and the release it tells."""

    document: Document
    of: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--releases", type=int, default=200)
    args = parser.parse_args()
    knowledge = load_knowledge()
    sentences = msgspec.yaml.decode(SENTENCES.read_bytes(), type=list[Sentence])
    releases = [one for number in range(args.releases) for one in made(number, sentences, knowledge)]
    of = {one.document.id: one.of for one in releases}
    true = len(releases) - args.releases
    reader = Reader(knowledge)
    with tempfile.TemporaryDirectory() as folder, open_register(Path(folder) / "register.sqlite") as register:
        register.writer().add_all([reader.read(one.document) for one in releases])
        found = translations(register.view())
    right = sum(of[pair.first.id] == of[pair.second.id] for pair in found)
    print(f"{len(releases)} documents of {args.releases} releases, {true} of them in two languages")
    print("| proposed | right | precision | recall |\n| ---: | ---: | ---: | ---: |")
    print(f"| {len(found)} | {right} | {right / max(1, len(found)):.3f} | {right / max(1, true):.3f} |")


def made(number: int, sentences: list[Sentence], knowledge: Knowledge) -> Iterator[Release]:
    """A release, and every second one its translation, the same ones each time."""
    chance = random.Random(number)
    day = BEGIN + timedelta(days=number // A_DAY)
    told = chance.sample(sentences, chance.randrange(6, 10))
    drawn = [_drawn(chance, day) for _ in told]
    first = chance.choice(("en", "vi"))
    yield _release(number, first, day, [_said(one, first, values, knowledge) for one, values in zip(told, drawn, strict=True)])
    if number % 2:
        return
    kept = [(one, _sent_on(chance, values)) for one, values in zip(told, drawn, strict=True) if chance.random() > LEFT_OUT]
    second = "vi" if first == "en" else "en"
    later = day + timedelta(days=chance.randrange(3))
    yield _release(number, second, later, [_said(one, second, values, knowledge) for one, values in kept])


def _release(number: int, language: str, day: date, said: list[str]) -> Release:
    text = " ".join(said)
    return Release(document_from_text(text, name=f"{number}.{language}.txt", published=day.isoformat(), language=language), number)


def _drawn(chance: random.Random, day: date) -> dict[str, str | int | date]:
    weights = [len(NAMED) - place for place in range(len(NAMED))]
    several = dict(zip("abc", list(dict.fromkeys(chance.choices(NAMED, weights, k=20)))[:3], strict=True))
    about = day + timedelta(days=chance.randrange(-3, 40))
    return {**several, "n": chance.randrange(11, 900), "m": chance.randrange(11, 99), "day": about}


def _sent_on(chance: random.Random, values: dict[str, str | int | date]) -> dict[str, str | int | date]:
    return {**values, "n": 100 * (int(str(values["n"])) // 100 + 1)} if chance.random() < ROUNDED else values


def _said(sentence: Sentence, language: str, values: dict[str, str | int | date], knowledge: Knowledge) -> str:
    pattern = sentence.en if language == "en" else sentence.vi
    shown = {name: _shown(value, language, knowledge) for name, value in values.items()}
    return pattern.format(**shown)


def _shown(value: str | int | date, language: str, knowledge: Knowledge) -> str:
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}" if language == "vi" else f"{value.day} {value:%B} {value.year}"
    return knowledge.actors[value].names[language][0] if isinstance(value, str) else str(value)


if __name__ == "__main__":
    main()
