"""Checks knowledge that loads: every name clear, every language served, every id known, every date a date. Faults come as sentences.

Relies on the loader for the shape of the files; what stands here needs all files together.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from babel.core import get_global
from msgspec import Struct
from msgspec.structs import replace

from comity.intervals import is_iso
from comity.knowledge.folded import fold
from comity.knowledge.load import WORLD, Knowledge
from comity.knowledge.places import places_of
from comity.knowledge.schema import Actor, Instrument, Mechanism, Names, Plan
from comity.records import ActorId, ActorType

LANGUAGES = ("en", "vi")
STATE_ID = re.compile(r"([A-Z]{3})(-STATE)?")
"""ISO 3166 alpha-3; `-STATE` where the bare code is the id of a better-known body (CPV)."""

BESIDES_ISO = {"XKX", "CSK"}
"""Kosovo has no code of its own in ISO 3166, and CLDR knows no code of Czechoslovakia any more."""

STATE_BODY = re.compile(r"(?P<body>[A-Za-z-]+)-(?P<state>[A-Z]{3})(-[A-Z]+)?")
"""Bodies named by a pattern (`MOFA-VNM`, `MISSION-PRK-UN`) need no entry of their own, only a known state."""

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
Entry = TypeVar("Entry")


class Fault(Struct, frozen=True):
    """What is wrong with which entry of which part; `message` says the mend, `place` is `file:line` of the entry, of both where a
    pack adds to the world."""

    part: str
    entry: str
    message: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.place or self.part}: {self.entry} {self.message}"


def check(knowledge: Knowledge) -> list[Fault]:
    """All faults, in the order of the parts."""
    folders = (*(Path(pack.folder) for pack in knowledge.packs), WORLD)
    paths = [path for folder in folders for path in folder.glob("*.yaml")]
    return [replace(fault, place=_place(fault, paths)) for fault in _faults(knowledge)]


def _place(fault: Fault, paths: list[Path]) -> str:
    return ", ".join(places_of(fault.entry.split(" ")[-1], fault.part, paths))


def _faults(knowledge: Knowledge) -> list[Fault]:
    return [
        *_ambiguous_names(knowledge.actors.values()),
        *_missing_languages(knowledge),
        *(fault for actor in knowledge.actors.values() for fault in _actor_faults(actor, knowledge)),
        *_cycles("actors", knowledge.actors, lambda actor: actor.part_of),
        *(fault for instrument in knowledge.instruments.values() for fault in _instrument_faults(instrument, knowledge)),
        *_cycles("instruments", knowledge.instruments, lambda instrument: instrument.succeeds),
        *(fault for mechanism in knowledge.mechanisms.values() for fault in _mechanism_faults(mechanism, knowledge)),
        *(fault for plan in knowledge.plans.values() for fault in _plan_faults(plan, knowledge)),
        *_pack_faults(knowledge),
    ]


def _ambiguous_names(actors: Iterable[Actor]) -> Iterator[Fault]:
    """One name, two actors, in one language."""
    holders: dict[tuple[str, str], list[Actor]] = defaultdict(list)
    for actor in actors:
        for language in LANGUAGES:
            for key in {_key(name) for name in (*actor.names.get(language, ()), *actor.acronyms)}:
                holders[language, key].append(actor)
    for (language, name), holding in holders.items():
        if len(holding) > 1:
            others = ", ".join(actor.id for actor in holding[1:])
            yield Fault("actors", holding[0].id, f"{name!r} ({language}) also names {others}; keep it for one of them.")


def _key(name: str) -> str:
    """Acronyms are told from words by their capitals (IS, is), so they keep them."""
    return name if name.isupper() and " " not in name else fold(name)


def _missing_languages(knowledge: Knowledge) -> Iterator[Fault]:
    named: dict[str, dict[str, Names]] = {
        "actors": {actor.id: actor.names for actor in knowledge.actors.values()},
        "themes": {theme.id: theme.names for theme in knowledge.themes.values()},
        "plans": {plan.id: plan.names for plan in knowledge.plans.values()},
    }
    for part, entries in named.items():
        for entry, names in entries.items():
            if missing := [language for language in LANGUAGES if not names.get(language)]:
                yield Fault(part, entry, f"has no name in {', '.join(missing)}; add one under names.")
    for pack in knowledge.packs:
        known: dict[str, list[Instrument | Mechanism]] = {
            "instruments": [knowledge.instruments[entry.id] for entry in pack.instruments],
            "mechanisms": [knowledge.mechanisms[entry.id] for entry in pack.mechanisms],
        }
        for part, described in known.items():
            for one in described:  # `name` is the English name
                if missing := [language for language in pack.partnership.languages if language != "en" and not one.names.get(language)]:
                    yield Fault(part, one.id, f"has no name in {', '.join(missing)}; add one under names.")


def _actor_faults(actor: Actor, knowledge: Knowledge) -> Iterator[Fault]:
    if actor.type is ActorType.STATE and not _is_state_code(actor.id):
        yield Fault("actors", actor.id, "is a state, so its id must be its ISO 3166 alpha-3 code (VNM).")
    if actor.type is ActorType.PERSON and not KEBAB.fullmatch(actor.id):
        yield Fault("actors", actor.id, "is a person, so its id must be the name in small letters joined by hyphens (kofi-annan).")
    if actor.state and not (actor.state in knowledge.actors and knowledge.actors[actor.state].type is ActorType.STATE):
        yield Fault("actors", actor.id, f"state {actor.state!r} is no known state.")
    yield from _unknown_actors("actors", actor.id, "part_of", [actor.part_of] if actor.part_of else [], knowledge)
    yield from _unknown_actors("actors", actor.id, "works_with", actor.works_with, knowledge)
    for held in actor.offices:
        yield from _unknown_actors("actors", actor.id, "offices.of", [held.of], knowledge)
        yield from _bad_dates("actors", actor.id, {"offices.since": held.since, "offices.until": held.until})
        if held.since and held.until and is_iso(held.since) and is_iso(held.until) and not is_iso(f"{held.since}/{held.until}"):
            yield Fault("actors", actor.id, f"the office {held.title} of {held.of} ends ({held.until}) before it begins ({held.since}).")


def _is_state_code(code: str) -> bool:
    matched = STATE_ID.fullmatch(code)
    return matched is not None and (code in BESIDES_ISO or matched[1] in get_global("territory_aliases"))


def _instrument_faults(instrument: Instrument, knowledge: Knowledge) -> Iterator[Fault]:
    yield from _bad_dates("instruments", instrument.id, {"date": instrument.date})
    yield from _unknown_actors("instruments", instrument.id, "parties", instrument.parties, knowledge)
    for field, other in (("implements", instrument.implements), ("succeeds", instrument.succeeds)):
        if other and other not in knowledge.instruments:
            yield Fault("instruments", instrument.id, f"{field} {other!r} is no known instrument.")


def _mechanism_faults(mechanism: Mechanism, knowledge: Knowledge) -> Iterator[Fault]:
    yield from _unknown_actors("mechanisms", mechanism.id, "participants", mechanism.participants, knowledge)
    for sitting in mechanism.sittings:
        yield from _bad_dates("mechanisms", mechanism.id, {"sittings.date": sitting.date, "sittings.planned": sitting.planned})
    numbers = [sitting.number for sitting in mechanism.sittings if sitting.number is not None]
    if len(numbers) != len(set(numbers)):
        yield Fault("mechanisms", mechanism.id, "two sittings have the same number; give each its own.")


def _plan_faults(plan: Plan, knowledge: Knowledge) -> Iterator[Fault]:
    if plan.id not in knowledge.instruments:
        yield Fault("plans", plan.id, "is no known instrument; describe it under instruments too.")
    yield from _bad_dates("plans", plan.id, {"period": plan.period})
    seen: set[str] = set()
    for line in (line for section in plan.sections for line in section.lines):
        if line.id in seen:
            yield Fault("plans", plan.id, f"the line {line.id!r} stands twice; keep one.")
        seen.add(line.id)
        yield from _unknown_actors("plans", f"{plan.id} {line.id}", "responsible", line.responsible, knowledge)
        if knowledge.themes:
            for theme in line.themes:
                if theme not in knowledge.themes:
                    yield Fault("plans", f"{plan.id} {line.id}", f"the theme {theme!r} is not known.")
    if plan.lines_total is not None and len(seen) > plan.lines_total:
        yield Fault("plans", plan.id, f"has {len(seen)} lines but lines_total says {plan.lines_total}.")


def _pack_faults(knowledge: Knowledge) -> Iterator[Fault]:
    for pack in knowledge.packs:
        head = pack.partnership
        yield from _unknown_actors("partnership", head.id, "parties", head.parties, knowledge)
        yield from _bad_dates("partnership", head.id, {"since": head.since})
        if head.framework and head.framework not in knowledge.instruments:
            yield Fault("partnership", head.id, f"framework {head.framework!r} is no known instrument.")


def _unknown_actors(part: str, entry: str, field: str, ids: Iterable[ActorId], knowledge: Knowledge) -> Iterator[Fault]:
    for actor in ids:
        pattern = STATE_BODY.fullmatch(actor)
        if actor not in knowledge.actors and not actor.startswith("group:") and not (pattern and pattern["state"] in knowledge.actors):
            yield Fault(part, entry, f"{field} {actor!r} is no known actor.")


def _bad_dates(part: str, entry: str, dates: dict[str, str | None]) -> Iterator[Fault]:
    for field, date in dates.items():
        if date is not None and not is_iso(date):
            yield Fault(part, entry, f"{field} {date!r} is no date; write 2020-01-30, 2020-01, 2020 or 2016/2020.")


def _cycles(part: str, entries: dict[str, Entry], above: Callable[[Entry], str | None]) -> Iterator[Fault]:
    for start, entry in entries.items():
        seen, at = {start}, above(entry)
        while at in entries and at not in seen:
            seen.add(at)
            at = above(entries[at])
        if at == start:
            yield Fault(part, start, "belongs to itself by a circle; break it.")
