"""A reading made ready for a register: everything that can be worked out without looking into it, so that other processes may do it.

In: a reading. Out: its rows (without the keys that the register gives), the words it is found by, its shingles and its tags.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from comity.knowledge.folded import fold
from comity.records import ActorMention, Document, Evidence, Reading
from comity.register.families import Outline, outline
from comity.register.famous import NOBODY, Famous, as_known
from comity.register.passages import Searchable, Stretch, searchable, stretches_of
from comity.register.rows import COLUMN_OF, ROLES
from comity.register.schema import FINDINGS
from comity.register.signs import Signs
from comity.register.tags import CODES, DOCUMENTS, LISTED, NAMED, ThemeWords, theme_rows
from comity.register.words import Sentences

Row = tuple[Any, ...]
Tags = dict[str, dict[str, int]]
"""By facet and value how many findings carry it."""

FIELD_OF = {(kind, column): field for (kind, field), column in COLUMN_OF.items()}
FIELDS = {kind: [FIELD_OF.get((kind, column.name), column.name) for column in table.columns][5:] for kind, table in FINDINGS.items()}
"""For each kind the fields behind reading, number, start, end and quote, in the order of its table."""


TAKEN = (str, int, bool, float, type(None))
"""What databases take as it is."""


class Prepared(Struct, frozen=True, kw_only=True):
    """What one reading adds to a register. It goes from process to process, so nothing is in it twice: `words` are those of the whole
    document, of which `stretches` are parts, and `signs` those that all of these have."""

    document: Document
    reader: str
    hashes: Outline
    words: Searchable
    signs: str
    stretches: list[Stretch]
    findings: dict[str, list[Row]]
    parties: list[Row]
    themes: list[Row]
    tags: Tags
    named: list[tuple[str, str, str]]
    offices: list[tuple[str, str | None]]


def prepare(reading: Reading, themes: ThemeWords, famous: Famous = NOBODY) -> Prepared:
    """Works out what a reading adds; `famous` are the persons whom the register knows by one id whatever documents call them."""
    reading = as_known(reading, famous)
    document = reading.document
    folded, sentences = fold(document.text), Sentences(document.text)
    of_findings = list(theme_rows(reading, themes, folded, sentences))
    findings = {kind: rows for kind in FINDINGS if (rows := list(_findings(kind, getattr(reading, kind))))}
    taking_part = list(_parties(reading))
    signs = Signs((document.language, document.publisher, document.published), findings, taking_part, of_findings)
    return Prepared(
        document=document,
        reader=reading.reader,
        hashes=outline(folded),
        words=searchable(folded),
        signs=signs.head,
        stretches=list(stretches_of(reading, sentences, signs)),
        findings=findings,
        parties=taking_part,
        themes=of_findings,
        tags=_by_facet(_tags(reading, of_findings)),
        named=list(_named(reading.actors)),
        offices=[(office.person, office.of) for office in reading.offices],
    )


def _findings(kind: str, findings: tuple[Any, ...]) -> Iterator[Row]:
    fields = FIELDS[kind]
    for number, finding in enumerate(findings):
        evidence = finding.evidence
        yield (number, evidence.start, evidence.end, evidence.quote, *[_value(getattr(finding, field)) for field in fields])


def _value(value: Any) -> Any:
    """As the databases take it: JSON as text."""
    if type(value) in TAKEN:
        return value
    if isinstance(value, Evidence):
        return msgspec.json.encode([value.start, value.end, value.quote]).decode()
    if isinstance(value, dict | tuple):
        return msgspec.json.encode(value).decode()
    return str(value) if isinstance(value, str) else value


def _parties(reading: Reading) -> Iterator[Row]:
    for kind, roles in ROLES.items():
        for number, finding in enumerate(getattr(reading, kind)):
            for role in roles:
                for position, actor in enumerate(getattr(finding, role)):
                    yield (kind, number, role, position, actor)


def _named(mentions: Iterable[ActorMention]) -> Iterator[tuple[str, str, str]]:
    """Who is named: actor, type and the longest words for it."""
    longest: dict[str, ActorMention] = {}
    for mention in mentions:
        if mention.actor not in longest or len(mention.evidence.quote) > len(longest[mention.actor].evidence.quote):
            longest[mention.actor] = mention
    return ((actor, mention.type.value, mention.evidence.quote) for actor, mention in longest.items())


def _by_facet(found: Mapping[tuple[str, str], int]) -> Tags:
    tags: Tags = {}
    for (facet, value), findings in found.items():
        tags.setdefault(facet, {})[value] = findings
    return tags


def _tags(reading: Reading, themes: list[Row]) -> Counter[tuple[str, str]]:
    """The same as `tag_queries` finds in the tables."""
    document = reading.document
    found: Counter[tuple[str, str]] = Counter()
    for facet, value in (
        (DOCUMENTS, ""),
        (f"{DOCUMENTS}.publisher", document.publisher or ""),
        (f"{DOCUMENTS}.language", document.language),
        (f"{DOCUMENTS}.year", (document.published or "")[:4]),
    ):
        found[facet, value] = 1
    for kind in LISTED:
        if findings := getattr(reading, kind):
            found[kind, ""] = len(findings)
            for field in CODES.get(kind, ()):
                found.update((f"{kind}.{field}", str(value)) for finding in findings if (value := getattr(finding, field)) is not None)
            for finding in findings if kind in ROLES else ():
                found.update({(f"{kind}.actor", actor) for role in ROLES[kind] for actor in getattr(finding, role)})
    for kind, (facet, field) in NAMED.items():
        found.update(
            (f"{DOCUMENTS}.{facet}", value) for finding in getattr(reading, kind) if (value := getattr(finding, field)) is not None
        )
    found.update((f"{kind}.theme", theme) for kind, _, theme in themes)
    return found


def tags_without(prepared: Prepared, again: Collection[tuple[str, int]]) -> Tags:
    """The tags of a document of which a near copy has told some findings (kind, number) already."""
    if not again:
        return prepared.tags
    left = Counter({(facet, value): findings for facet, values in prepared.tags.items() for value, findings in values.items()})
    for kind in {kind for kind, _ in again}:
        fields = [FIELDS[kind].index(field) + 4 for field in CODES.get(kind, ())]
        for row in prepared.findings[kind]:
            if (kind, row[0]) in again:
                left[kind, ""] -= 1
                left.subtract(
                    (f"{kind}.{field}", str(row[place]))
                    for field, place in zip(CODES.get(kind, ()), fields, strict=True)
                    if row[place] is not None
                )
    taking_part = {(kind, number, actor) for kind, number, _, _, actor in prepared.parties if (kind, number) in again}
    left.subtract((f"{kind}.actor", actor) for kind, _, actor in taking_part)
    left.subtract((f"{kind}.theme", theme) for kind, number, theme in prepared.themes if (kind, number) in again)
    return _by_facet(+left)
