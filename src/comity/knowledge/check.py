"""Checks knowledge: every name clear, every language served, every id known, every date a date. Faults come as sentences with their place.

`check` takes knowledge that loads; `check_pack` a pack's folder as it is, and tells all its faults at once.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from comity.knowledge.check_actors import actor_faults
from comity.knowledge.check_alignments import alignment_faults
from comity.knowledge.check_instruments import instrument_faults, label_faults, mechanism_faults
from comity.knowledge.check_plans import plan_faults
from comity.knowledge.fault import Fault, bad_dates, bad_source, is_actor, missing_words, reversed_dates, unknown_actors
from comity.knowledge.load import PARTS, WORLD, Knowledge, load_knowledge
from comity.knowledge.pack_files import pack_paths, read_folder
from comity.knowledge.places import Atlas
from comity.knowledge.schema import Pack

LANGUAGES = ("en", "vi")
"""What ships is in both."""

__all__ = ["Fault", "check", "check_pack"]


def check(knowledge: Knowledge) -> list[Fault]:
    """All faults, in the order of the parts."""
    folders = (*(Path(pack.folder) for pack in knowledge.packs), WORLD)
    atlas = Atlas(path for folder in folders for path in pack_paths(folder))
    return [_placed(fault, atlas) for fault in _faults(knowledge, LANGUAGES, of=knowledge)]


def check_pack(folder: Path) -> list[Fault]:
    """The faults of the pack in a folder: of its writing first, then of what it says, in the light of the world's knowledge."""
    read = read_folder(folder)
    atlas = Atlas(pack_paths(folder))
    knowledge = load_knowledge((read.pack,))
    meant = [_placed(fault, atlas) for fault in _faults(knowledge, read.pack.partnership.languages, of=_own(read.pack, knowledge))]
    return [*read.faults, *(fault for fault in meant if read.has_head or fault.part != "partnership")]


def _own(pack: Pack, knowledge: Knowledge) -> Knowledge:
    """What the pack describes, with what the world adds."""
    parts = {part: {entry.id: getattr(knowledge, part)[entry.id] for entry in getattr(pack, part)} for part in PARTS}
    return replace(knowledge, **parts)


def _placed(fault: Fault, atlas: Atlas) -> Fault:
    return replace(fault, place=atlas.place(fault.part, fault.entry, fault.field, fault.value))


def _faults(knowledge: Knowledge, languages: tuple[str, ...], *, of: Knowledge) -> list[Fault]:
    """The faults of the entries in `of`, all or some of those in `knowledge`."""
    known = knowledge.instruments
    return [
        *(fault for pack in knowledge.packs for fault in _head_faults(pack, knowledge)),
        *actor_faults(tuple(of.actors.values()), knowledge, languages),
        *_circles("actors", "part_of", of.actors, lambda actor: knowledge.actors[actor].part_of if actor in knowledge.actors else None),
        *(fault for instrument in of.instruments.values() for fault in instrument_faults(instrument, knowledge)),
        *_circles("instruments", "succeeds", of.instruments, lambda one: known[one].succeeds if one in known else None),
        *_circles("instruments", "implements", of.instruments, lambda one: known[one].implements if one in known else None),
        *(fault for mechanism in of.mechanisms.values() for fault in mechanism_faults(mechanism, knowledge)),
        *label_faults(knowledge),
        *(fault for theme in of.themes.values() for fault in missing_words("themes", theme.id, "names", theme.names, languages)),
        *(fault for plan in of.plans.values() for fault in plan_faults(plan, knowledge, languages)),
        *alignment_faults(of, knowledge, languages),
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


def _circles(part: str, field: str, starts: Iterable[str], above: Callable[[str], str | None]) -> Iterator[Fault]:
    for start in starts:
        seen, at = {start}, above(start)
        while at and at not in seen:
            seen.add(at)
            at = above(at)
        if at == start:
            yield Fault(part, start, "leads back to itself by a circle; break it.", field, above(start))
