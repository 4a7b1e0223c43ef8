"""What a person may correct in a finding of each kind, and what they typed read as the fields of a correction.

Actors are typed by name or id, several divided by `;`. The words must stand in the document as they are; of several places the one
nearest to the words before is meant.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from comity.intervals import is_iso
from comity.knowledge import Knowledge
from comity.knowledge.folded import fold
from comity.portal.asking import iso_of
from comity.portal.form import Form
from comity.portal.readable import TURNING, readable
from comity.records import Act, Bound, Document, EventType, Evidence, Force, ProgressVerb, Status
from comity.register.review import Suggestion


class Field(Struct, frozen=True, kw_only=True):
    """One field of a form: how it is typed, and for choices the values with the beginning of their words' keys."""

    name: str
    typed: str
    choices: tuple[str, ...] = ()
    words: str = ""
    optional: bool = False


def _choice(name: str, values: Iterable[str], words: str, *, optional: bool = False) -> Field:
    return Field(name=name, typed="choice", choices=tuple(str(value) for value in values), words=words, optional=optional)


FIELDS = {
    "statements": (Field(name="speaker", typed="actors"), _choice("act", Act, "act_")),
    "events": (
        _choice("type", EventType, "event_"),
        Field(name="source", typed="actors"),
        Field(name="target", typed="actors"),
        Field(name="when", typed="date"),
        _choice("status", Status, "status_"),
    ),
    "commitments": (Field(name="by", typed="actors"), _choice("force", Force, "force_"), Field(name="due", typed="date")),
    "progress": (
        Field(name="subject", typed="plan"),
        Field(name="numerator", typed="number"),
        Field(name="denominator", typed="number"),
        Field(name="percent", typed="percent"),
        _choice("bound", Bound, "bound_of_"),
        _choice("verb", ProgressVerb, "verb_", optional=True),
        Field(name="as_of", typed="date"),
        Field(name="claimant", typed="actors"),
    ),
    "slips": (),
}


class Fault(Struct, frozen=True):
    """What was typed and can't be taken: the field, and why as a key of the portal's words."""

    field: str
    why: str
    typed: str


class Actors:
    """Who is meant by a name: whoever takes part already, then those of the register, then all that is known."""

    def __init__(self, knowledge: Knowledge, near: Iterable[str], name_of: Callable[[str], str]) -> None:
        self._knowledge = knowledge
        self._near = {fold(name_of(actor)): actor for actor in near} | {fold(actor): actor for actor in near}

    def find(self, typed: str) -> str | None:
        name = fold(typed.strip())
        if typed.strip() in self._knowledge.actors:
            return typed.strip()
        if name in self._near:
            return self._near[name]
        return next((actor.id for actor in self._knowledge.actors.values() if name in _names(actor)), None)


def value_of(found: Suggestion, form: Form, document: Document, actors: Actors) -> dict[str, Any] | Fault:
    """What the form changes; empty where it changes nothing."""
    value: dict[str, Any] = {}
    for field in FIELDS[found.place.kind]:
        typed = form.text(field.name)
        new = _read(field, typed, actors)
        if isinstance(new, Fault):
            return new
        old = getattr(found.finding, field.name)
        if new != (list(old) if isinstance(old, tuple) else old):
            value[field.name] = new
    words = form.text("words")
    if " ".join(words.split()) != " ".join(readable(found.finding.evidence.quote).split()):
        evidence = words_in(document, words, near=found.finding.evidence.start)
        if evidence is None:
            return Fault("words", "words_not_there", words)
        value["evidence"] = {"document": document.id, "start": evidence.start, "end": evidence.end, "quote": evidence.quote}
    return value


def words_in(document: Document, words: str, *, near: int) -> Evidence | None:
    """Where words stand in a document, whatever blanks and line ends are between them."""
    parts = words.split()
    if not parts:
        return None
    unseen = f"{TURNING.pattern}*" if TURNING.search(document.text) else ""  # the page leaves these signs out
    written = rf"{unseen}\s+{unseen}".join(unseen.join(map(re.escape, part)) for part in parts)
    places = [match.span() for match in re.finditer(written, document.text)]
    return document.evidence(*min(places, key=lambda place: abs(place[0] - near))) if places else None


def _read(field: Field, typed: str, actors: Actors) -> Any:
    """The value that was typed, or why there is none."""
    if field.typed == "actors":
        named = [name for name in typed.split(";") if name.strip()]
        found = [(name, actors.find(name)) for name in named]
        unknown = next((name.strip() for name, actor in found if actor is None), None)
        return Fault(field.name, "actor_unknown_here", unknown) if unknown else [actor for _, actor in found]
    if not typed:
        return Fault(field.name, "choice_odd", typed) if field.typed == "choice" and not field.optional else None
    if field.typed == "choice":
        return typed if typed in field.choices else Fault(field.name, "choice_odd", typed)
    if field.typed == "date":
        iso = iso_of(typed)
        return iso if is_iso(iso) else Fault(field.name, "date_odd", typed)
    if field.typed == "number":
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else Fault(field.name, "number_odd", typed)
    if field.typed == "percent":
        figure = re.fullmatch(r"\d{1,3}(?:[.,]\d{1,4})?", typed)
        return float(typed.replace(",", ".")) if figure and typed.isascii() else Fault(field.name, "number_odd", typed)
    return typed


def _names(actor: Any) -> set[str]:
    return {fold(name) for names in actor.names.values() for name in names} | {fold(name) for name in actor.acronyms}
