"""What a name means to the reader: every entry that bears it, by which of its names, and where that is written."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.knowledge.load import WORLD, Knowledge
from comity.knowledge.matcher import has_case_of
from comity.knowledge.places import places_of
from comity.knowledge.schema import Actor, Instrument, Mechanism


class Meaning(Struct, frozen=True):
    """One entry. `how` says by which name, `above` what it is part of from the nearest up, `places` are `file:line`."""

    id: str
    label: str
    kind: str
    how: str
    above: tuple[str, ...]
    places: tuple[str, ...]


def look_up(knowledge: Knowledge, name: str) -> list[Meaning]:
    """All entries that `name` may mean, actors first. Capitals count as they do in a text."""
    folders = (*(Path(pack.folder) for pack in knowledge.packs), WORLD)
    paths = [path for folder in folders for path in folder.glob("*.yaml")]
    found: dict[tuple[str, str], Meaning] = {}
    parts: dict[str, Iterable[Actor | Instrument | Mechanism]] = {
        "actors": knowledge.actors.values(),
        "instruments": knowledge.instruments.values(),
        "mechanisms": knowledge.mechanisms.values(),
    }
    for part, entries in parts.items():
        for entry in entries:
            how = [words for known, words in _names(entry) if fold(known) == fold(name) and has_case_of(name, known)]
            if (name == entry.id or how) and (part, entry.id) not in found:
                found[part, entry.id] = Meaning(
                    id=entry.id,
                    label=_label(entry),
                    kind=_kind(entry),
                    how=how[0] if how else "its id",
                    above=tuple(_above(entry, knowledge)),
                    places=tuple(places_of(entry.id, part, paths)),
                )
    return list(found.values())


def _names(entry: Actor | Instrument | Mechanism) -> Iterator[tuple[str, str]]:
    for acronym in entry.acronyms:
        yield acronym, f"the acronym {acronym}"
    sorts = {"name": entry.names}
    if isinstance(entry, Actor):
        sorts |= {"adjective": entry.adjectives, "seat of government": entry.capitals}
    else:
        yield entry.name, f"the name {entry.name}"
    for sort, by_language in sorts.items():
        for language, names in by_language.items():
            for name in names:
                yield name, f"the {language} {sort} {name}"


def _label(entry: Actor | Instrument | Mechanism) -> str:
    return entry.names.get("en", (entry.id,))[0] if isinstance(entry, Actor) else entry.name


def _kind(entry: Actor | Instrument | Mechanism) -> str:
    if isinstance(entry, Actor):
        return entry.kind or entry.type.value
    return entry.kind if isinstance(entry, Instrument) else "mechanism"


def _above(entry: Actor | Instrument | Mechanism, knowledge: Knowledge) -> Iterator[str]:
    seen: set[str] = set()
    while isinstance(entry, Actor) and entry.part_of in knowledge.actors and entry.part_of not in seen:
        seen.add(entry.part_of)
        yield entry.part_of
        entry = knowledge.actors[entry.part_of]
