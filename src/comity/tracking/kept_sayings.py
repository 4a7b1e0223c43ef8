"""What documents say that others may contradict (sayings.py), kept beside the occurrences so that no text is read twice.

In come readings; out come rows for the register, or the sayings that it keeps.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from comity.languages import languages
from comity.register import View
from comity.register.named_in import actors_named, instruments_named
from comity.register.parts import in_parts
from comity.register.sayings_kept import Row, sayings_kept
from comity.register.texts import whole_documents
from comity.tracking.sayings import Counted, PartnerOf, Ratified, counts, may_call_partner, may_count, partners, ratified

SAYINGS = "1"
"""Raised when the code of sayings.py finds others than before; its words are in the version by themselves."""

T = TypeVar("T", Ratified, PartnerOf, Counted)


class Said(Struct, frozen=True):
    """All that documents say."""

    ratified: list[Ratified]
    partners: list[PartnerOf]
    counted: list[Counted]


@cache
def sayings_version() -> str:
    here = Path(__file__).parent.parent / "languages"
    words = b"".join((here / language / "contradictions.yaml").read_bytes() for language in languages())
    return f"{SAYINGS}.{hashlib.sha256(words).hexdigest()[:8]}"


def said_in(view: View, readings: Sequence[int]) -> Said:
    """What the documents of some readings say."""
    said = Said([], [], [])
    for _, ratifying, partnering, counting in _by_document(view, readings):
        said.ratified.extend(ratifying)
        said.partners.extend(partnering)
        said.counted.extend(counting)
    return said


def said_before(view: View) -> Said:
    """What all documents say, as it is kept."""
    return Said(_kept(view, "ratified", Ratified), _kept(view, "partner", PartnerOf), _kept(view, "counted", Counted))


def rows_of(view: View, readings: Sequence[int]) -> Iterator[Row]:
    """The sayings of some readings as rows."""
    for reading, ratifying, partnering, counting in _by_document(view, readings):
        every: Iterable[tuple[str, str, Struct]] = chain(
            (("ratified", one.instrument, one) for one in ratifying),
            (("partner", " ".join(sorted((one.of, one.to))), one) for one in partnering),
            (("counted", one.unit, one) for one in counting),
        )
        for number, (kind, subject, one) in enumerate(every):
            yield (reading, number, kind, subject, msgspec.json.encode(one, order="deterministic").decode())


def _by_document(view: View, readings: Sequence[int]) -> Iterator[tuple[int, list[Ratified], list[PartnerOf], list[Counted]]]:
    known = languages()
    for some in in_parts(readings):
        cited = instruments_named(view, some)
        read = [(reading, document) for reading, document in whole_documents(view, some) if document.language in known]
        counting, partnering = ({reading for reading, document in read if may(document)} for may in (may_count, may_call_partner))
        names = actors_named(view, sorted(counting | partnering))
        for reading, document in read:
            named = names.get(document.id, [])
            yield (
                reading,
                list(ratified(document, cited[document.id])) if document.id in cited else [],
                list(partners(document, named)) if reading in partnering else [],
                list(counts(document, named)) if reading in counting else [],
            )


def _kept(view: View, kind: str, shape: type[T]) -> list[T]:
    decoder = msgspec.json.Decoder(shape)
    return [decoder.decode(said) for said in sayings_kept(view, kind)]
