"""What can be wrong with actors: two of one name, ids that don't fit, ties and offices that lead nowhere."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from babel.core import get_global

from comity.knowledge.fault import Fault, bad_dates, bad_source, is_actor, missing_words, reversed_dates, unknown_actors
from comity.knowledge.folded import fold
from comity.knowledge.load import Knowledge
from comity.knowledge.schema import Actor
from comity.records import ActorType, LanguageCode

STATE_ID = re.compile(r"([A-Z]{3})(-STATE)?")
"""ISO 3166 alpha-3; `-STATE` where the bare code is the id of a better-known body (CPV)."""

BESIDES_ISO = {"XKX", "CSK"}
"""Kosovo has no code of its own in ISO 3166, and CLDR knows no code of Czechoslovakia any more."""

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PART = "actors"


def actor_faults(actors: Sequence[Actor], knowledge: Knowledge, languages: tuple[LanguageCode, ...]) -> Iterator[Fault]:
    """The faults of some of the known actors."""
    yield from _ambiguous_names(actors, knowledge, languages)
    for actor in actors:
        yield from missing_words(PART, actor.id, "names", actor.names, languages)
        yield from _wrong_ids(actor, knowledge)
        yield from _ties(actor, knowledge, languages)
        yield from _offices(actor, knowledge)
        yield from bad_source(PART, actor.id, "source", actor.source)


def _ambiguous_names(actors: Sequence[Actor], knowledge: Knowledge, languages: tuple[LanguageCode, ...]) -> Iterator[Fault]:
    """One name, two actors, in one language."""
    asked = {actor.id for actor in actors}
    lengths = {len(name) for actor in actors for name in _names(actor, languages)}
    holders: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for actor in knowledge.actors.values():
        for language in languages:
            for name in _names(actor, (language,)):
                if len(name) in lengths:
                    holders[language, _key(name)].setdefault(actor.id, name)
    for (language, _), holding in holders.items():
        last = next((actor for actor in reversed(holding) if actor in asked), None)
        if last and len(holding) > 1:
            others = ", ".join(actor for actor in holding if actor != last)
            message = f"{holding[last]!r} ({language}) also names {others}; keep it for one of them."
            field = "acronyms" if holding[last] in knowledge.actors[last].acronyms else f"names.{language}"
            yield Fault(PART, last, message, field, holding[last])


def _names(actor: Actor, languages: Iterable[LanguageCode]) -> Iterator[str]:
    for language in languages:
        yield from actor.names.get(language, ())
    yield from actor.acronyms


def _key(name: str) -> str:
    """Acronyms are told from words by their capitals (IS, is), so they keep them."""
    return name if name.isupper() and " " not in name else fold(name)


def _wrong_ids(actor: Actor, knowledge: Knowledge) -> Iterator[Fault]:
    if actor.type is ActorType.STATE and not _is_state_code(actor.id):
        yield Fault(PART, actor.id, "is a state, so its id must be its ISO 3166 alpha-3 code (VNM).", "id", actor.id)
    if actor.type is ActorType.PERSON and not KEBAB.fullmatch(actor.id):
        message = "is a person, so its id must be the name in small letters joined by hyphens (kofi-annan)."
        yield Fault(PART, actor.id, message, "id", actor.id)
    if actor.state and not (actor.state in knowledge.actors and knowledge.actors[actor.state].type is ActorType.STATE):
        yield Fault(PART, actor.id, f"{actor.state!r} is no known state.", "state", actor.state)
    if actor.part_of and not is_actor(actor.part_of, knowledge):
        yield Fault(PART, actor.id, f"{actor.part_of!r} is no known actor.", "part_of", actor.part_of)


def _is_state_code(code: str) -> bool:
    matched = STATE_ID.fullmatch(code)
    return matched is not None and (code in BESIDES_ISO or matched[1] in get_global("territory_aliases"))


def _ties(actor: Actor, knowledge: Knowledge, languages: tuple[LanguageCode, ...]) -> Iterator[Fault]:
    for number, tie in enumerate(actor.ties):
        at = f"ties[{number}]"
        yield from unknown_actors(PART, actor.id, f"{at}.with", tie.with_, knowledge)
        yield from missing_words(PART, actor.id, f"{at}.on", tie.on, languages)
        yield from bad_source(PART, actor.id, f"{at}.source", tie.source)
        if actor.id in tie.with_:
            yield Fault(PART, actor.id, "is tied to itself; take it out.", f"{at}.with", actor.id)
        if tie.confirmed and not tie.source:
            yield Fault(PART, actor.id, "has no source; add one, or say `confirmed: false`.", at)


def _offices(actor: Actor, knowledge: Knowledge) -> Iterator[Fault]:
    for number, held in enumerate(actor.offices):
        at = f"offices[{number}]"
        if not is_actor(held.of, knowledge):
            yield Fault(PART, actor.id, f"{held.of!r} is no known actor.", f"{at}.of", held.of)
        yield from bad_dates(PART, actor.id, {f"{at}.since": held.since, f"{at}.until": held.until})
        yield from reversed_dates(PART, actor.id, at, held.since, held.until)
        yield from bad_source(PART, actor.id, f"{at}.source", held.source)
        if (held.since or held.until) and not (held.source or actor.source):
            yield Fault(
                PART, actor.id, "has a date of office and no source; add `source:`, the page that says so, or leave the date out.", at
            )
