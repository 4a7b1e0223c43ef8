"""Checks knowledge: every name clear, every language served, every id known, every date a date. Faults come as sentences with their place.

`check` takes knowledge that loads; `check_pack` a pack's folder as it is, and tells all its faults at once.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from comity.knowledge.check_actors import actor_faults
from comity.knowledge.check_alignments import alignment_faults
from comity.knowledge.check_instruments import instrument_faults, label_faults, mechanism_faults
from comity.knowledge.check_plans import plan_faults
from comity.knowledge.fault import Fault, bad_dates, bad_source, is_actor, missing_words, reversed_dates, unknown_actors
from comity.knowledge.load import WORLD, Knowledge, load_knowledge
from comity.knowledge.pack_files import read_folder
from comity.knowledge.places import Atlas
from comity.knowledge.schema import Pack

LANGUAGES = ("en", "vi")
"""What ships is in both."""
Entry = TypeVar("Entry")

__all__ = ["Fault", "check", "check_pack"]


def check(knowledge: Knowledge) -> list[Fault]:
    """All faults, in the order of the parts."""
    folders = (*(Path(pack.folder) for pack in knowledge.packs), WORLD)
    atlas = Atlas(path for folder in folders for path in sorted(folder.glob("*.yaml")))
    return [_placed(fault, atlas) for fault in _faults(knowledge, LANGUAGES)]


def check_pack(folder: Path) -> list[Fault]:
    """The faults of the pack in a folder: of its writing first, then of what it says, in the light of the world's knowledge."""
    read = read_folder(folder)
    atlas = Atlas(sorted(folder.glob("*.yaml")))
    knowledge = load_knowledge((read.pack,))
    meant = [_placed(fault, atlas) for fault in _faults(knowledge, read.pack.partnership.languages)]
    return [*read.faults, *(fault for fault in meant if fault.place and (read.has_head or fault.part != "partnership"))]


def _placed(fault: Fault, atlas: Atlas) -> Fault:
    return replace(fault, place=atlas.place(fault.part, fault.entry, fault.field, fault.value))


def _faults(knowledge: Knowledge, languages: tuple[str, ...]) -> list[Fault]:
    return [
        *(fault for pack in knowledge.packs for fault in _head_faults(pack, knowledge)),
        *actor_faults(knowledge, languages),
        *_circles("actors", "part_of", knowledge.actors, lambda actor: actor.part_of),
        *(fault for instrument in knowledge.instruments.values() for fault in instrument_faults(instrument, knowledge)),
        *_circles("instruments", "succeeds", knowledge.instruments, lambda instrument: instrument.succeeds),
        *_circles("instruments", "implements", knowledge.instruments, lambda instrument: instrument.implements),
        *(fault for mechanism in knowledge.mechanisms.values() for fault in mechanism_faults(mechanism, knowledge)),
        *label_faults(knowledge),
        *(fault for theme in knowledge.themes.values() for fault in missing_words("themes", theme.id, "names", theme.names, languages)),
        *(fault for plan in knowledge.plans.values() for fault in plan_faults(plan, knowledge, languages)),
        *alignment_faults(knowledge, languages),
    ]


def _head_faults(pack: Pack, knowledge: Knowledge) -> Iterator[Fault]:
    head, part = pack.partnership, "partnership"
    yield from missing_words(part, head.id, "names", head.names, head.languages)
    yield from unknown_actors(part, head.id, "parties", head.parties, knowledge)
    yield from bad_dates(part, head.id, {"since": head.since})
    if head.framework and head.framework not in knowledge.instruments:
        yield Fault(part, head.id, f"{head.framework!r} is no known instrument.", "framework", head.framework)
    if len(set(head.parties)) < 2:
        yield Fault(part, head.id, "must name at least two parties.", "parties")
    for number, language in enumerate(head.languages):
        if language not in LANGUAGES:
            yield Fault(part, head.id, f"{language!r} is not read; known are {', '.join(LANGUAGES)}.", f"languages[{number}]", language)
    for number, role in enumerate(head.roles):
        at = f"roles[{number}]"
        if not is_actor(role.actor, knowledge):
            yield Fault(part, head.id, f"{role.actor!r} is no known actor.", f"{at}.actor", role.actor)
        yield from missing_words(part, head.id, f"{at}.role", role.role, head.languages)
        yield from bad_dates(part, head.id, {f"{at}.since": role.since, f"{at}.until": role.until})
        yield from reversed_dates(part, head.id, at, role.since, role.until)
        yield from bad_source(part, head.id, f"{at}.source", role.source)


def _circles(part: str, field: str, entries: dict[str, Entry], above: Callable[[Entry], str | None]) -> Iterator[Fault]:
    for start, entry in entries.items():
        seen, at = {start}, above(entry)
        while at in entries and at not in seen:
            seen.add(at)
            at = above(entries[at])
        if at == start:
            yield Fault(part, start, "leads back to itself by a circle; break it.", field, above(entry))
