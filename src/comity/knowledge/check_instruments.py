"""What can be wrong with instruments and mechanisms: unknown parties, documents and dates, sittings out of order."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from comity.intervals import first_day, is_iso, last_day
from comity.knowledge.fault import Fault, bad_dates, bad_source, missing_words, unknown_actors
from comity.knowledge.load import Knowledge
from comity.knowledge.schema import Instrument, Mechanism
from comity.records import LanguageCode

STATUSES = ("in-force", "signed", "expired", "superseded", "draft")


def instrument_faults(instrument: Instrument, knowledge: Knowledge) -> Iterator[Fault]:
    """Faults of one instrument that need no language."""
    part, entry = "instruments", instrument.id
    yield from bad_dates(part, entry, {"date": instrument.date})
    yield from bad_source(part, entry, "source", instrument.source)
    yield from unknown_actors(part, entry, "parties", instrument.parties, knowledge)
    others = {"implements": instrument.implements, "succeeds": instrument.succeeds}
    others |= {f"cites[{number}]": cited for number, cited in enumerate(instrument.cites)}
    for field, other in others.items():
        if other and other not in knowledge.instruments:
            yield Fault(part, entry, f"{other!r} is no known instrument.", field, other)
        elif other and field != "implements" and _is_later(knowledge.instruments[other], instrument):
            yield Fault(part, entry, f"{other!r} is dated after it; correct a date, or turn the two round.", field, other)
    if instrument.status and instrument.status not in STATUSES:
        yield Fault(part, entry, f"{instrument.status!r} is not one of {', '.join(STATUSES)}.", "status", instrument.status)


def _is_later(other: Instrument, than: Instrument) -> bool:
    if not (other.date and than.date and is_iso(other.date) and is_iso(than.date)):
        return False
    return first_day(other.date) > last_day(than.date)


def mechanism_faults(mechanism: Mechanism, knowledge: Knowledge) -> Iterator[Fault]:
    """Faults of one mechanism that need no language."""
    part, entry = "mechanisms", mechanism.id
    yield from unknown_actors(part, entry, "participants", mechanism.participants, knowledge)
    yield from unknown_actors(part, entry, "of", (mechanism.of,) if mechanism.of else (), knowledge)
    yield from bad_source(part, entry, "source", mechanism.source)
    for number, mandate in enumerate(mechanism.mandates):
        if mandate not in knowledge.instruments:
            yield Fault(part, entry, f"{mandate!r} is no known instrument.", f"mandates[{number}]", mandate)
    yield from _sitting_faults(mechanism)


def _sitting_faults(mechanism: Mechanism) -> Iterator[Fault]:
    part, entry, numbers = "mechanisms", mechanism.id, set[int]()
    for place, sitting in enumerate(mechanism.sittings):
        at = f"sittings[{place}]"
        yield from bad_dates(part, entry, {f"{at}.date": sitting.date, f"{at}.planned": sitting.planned})
        yield from bad_source(part, entry, f"{at}.source", sitting.source)
        if sitting.number in numbers:
            message = f"is the second sitting with the number {sitting.number}; give each its own."
            yield Fault(part, entry, message, f"{at}.number", str(sitting.number))
        elif sitting.number is not None:
            numbers.add(sitting.number)
    dated = [(place, sitting) for place, sitting in enumerate(mechanism.sittings) if is_iso(sitting.date)]
    for (_, before), (place, after) in pairwise(dated):
        if last_day(after.date) < first_day(before.date):
            message = f"{after.date!r} comes after {before.date!r}; put the sittings in the order of their dates."
            yield Fault(part, entry, message, f"sittings[{place}].date", after.date)
    counted = [(place, sitting.number) for place, sitting in enumerate(mechanism.sittings) if sitting.number is not None]
    for (_, first), (place, second) in pairwise(counted):
        if second < first:
            message = f"{second} stands after {first}; number the sittings in the order of their dates."
            yield Fault(part, entry, message, f"sittings[{place}].number", str(second))


def label_faults(knowledge: Knowledge) -> Iterator[Fault]:
    """Labels of the packs' instruments and mechanisms that lack a language of the pack. `name` is the English name."""
    for pack in knowledge.packs:
        languages = pack.partnership.languages
        for instrument in (knowledge.instruments[one.id] for one in pack.instruments):
            yield from _label("instruments", instrument, {"validity": instrument.validity}, languages)
        for own in pack.mechanisms:
            mechanism = knowledge.mechanisms[own.id]
            said = {"level": own.level, "cadence": own.cadence, "mandate": own.mandate, "chair_rule": own.chair_rule}
            yield from _label("mechanisms", mechanism, said, languages)


def _label(part: str, one: Instrument | Mechanism, said: Mapping[str, object], languages: tuple[LanguageCode, ...]) -> Iterator[Fault]:
    yield from missing_words(part, one.id, "names", {"en": (one.name,), **one.names}, languages)
    for field, words in said.items():
        if not _is_years(words):
            yield from missing_words(part, one.id, field, words, languages)


def _is_years(words: object) -> bool:
    """`2016-2020` reads the same in every language."""
    return isinstance(words, str) and words.replace("-", "").isdigit()
