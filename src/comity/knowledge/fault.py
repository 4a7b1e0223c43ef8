"""What can be wrong with an entry, as a sentence with its place, and the small tests that every part of the check uses."""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from comity.intervals import first_day, is_iso, last_day
from comity.knowledge.load import Knowledge
from comity.records import GROUP, ActorId, LanguageCode

STATE_BODY = re.compile(r"(?P<body>[A-Za-z-]+)-(?P<state>[A-Z]{3})(-[A-Z]+)?")
"""Bodies named by a pattern (`MOFA-VNM`, `MISSION-PRK-UN`) need no entry of their own, only a known state."""

ADDRESS = re.compile(r"https?://\S+")


class Fault(Struct, frozen=True):
    """What is wrong with which entry of which part; `message` says the mend.

    `field` leads from the entry to the value (`sittings[2].date`), `value` is the value where it is a word. `place` is `file:line`; of two
    places where a pack adds to the world. An entry without an id is called by its place in the list (`[3]`). A `gap` is no mistake:
    something is still wanted, such as a translation of official words.
    """

    part: str
    entry: str
    message: str
    field: str = ""
    value: str | None = None
    place: str = ""
    gap: bool = False

    def __str__(self) -> str:
        return f"{self.place or self.part}: " + " ".join(word for word in (self.entry, self.field, self.message) if word)


def unknown_actors(part: str, entry: str, field: str, ids: Iterable[ActorId], knowledge: Knowledge) -> Iterator[Fault]:
    """Ids that name no actor; `field` is the list they stand in."""
    for number, actor in enumerate(ids):
        if not is_actor(actor, knowledge):
            yield Fault(part, entry, f"{actor!r} is no known actor.", f"{field}[{number}]", actor)


def is_actor(actor: ActorId, knowledge: Knowledge) -> bool:
    """Whether an id is known, or of a kind that needs no entry."""
    pattern = STATE_BODY.fullmatch(actor)
    return actor in knowledge.actors or actor.startswith(GROUP) or (pattern is not None and pattern["state"] in knowledge.actors)


def bad_dates(part: str, entry: str, dates: Mapping[str, str | None]) -> Iterator[Fault]:
    """Dates, by field, that are none."""
    for field, date in dates.items():
        if date is not None and not is_iso(date):
            yield Fault(part, entry, f"{date!r} is no date; write 2020-01-30, 2020-01, 2020 or 2016/2020.", field, date)


def reversed_dates(part: str, entry: str, field: str, since: str | None, until: str | None) -> Iterator[Fault]:
    """An end before its beginning; `field` is what holds both."""
    if since and until and is_iso(since) and is_iso(until) and last_day(until) < first_day(since):
        yield Fault(part, entry, f"ends ({until}) before it begins ({since}).", f"{field}.until", until)


def missing_words(part: str, entry: str, field: str, words: object, languages: Iterable[LanguageCode]) -> Iterator[Fault]:
    """Languages in which a label is not given. A bare text counts as English."""
    if words is None:
        return
    given = words if isinstance(words, Mapping) else {"en": words}
    if missing := [language for language in languages if not given.get(language)]:
        yield Fault(part, entry, f"has no {' and no '.join(missing)}; add it.", field)


def bad_source(part: str, entry: str, field: str, source: str | None) -> Iterator[Fault]:
    """A source that is no address."""
    if source is not None and not ADDRESS.fullmatch(source):
        yield Fault(part, entry, f"{source!r} is no address; write https://...", field, source)
