"""What near copies say again: a finding counts once in a family, in the member that stands for it or the next one that has it.

In: families. Out: the rows of `repeats` for the newest readings of their documents. Who comes first does not depend on the order in which
they were added. In one language a finding is told again by the same words; in another by the same figure of the same plan, or by an event
of the same kind, parties and day.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, delete, func, select

from comity.knowledge.publishers import publisher_kinds
from comity.register.bulk import insert_rows
from comity.register.schema import FINDINGS, documents, parties, repeats
from comity.register.tags import TOLD_ONCE, told_in

FIGURE = ("subject", "numerator", "denominator", "percent", "bound", "remaining")
SAME_IN_ANY_LANGUAGE = ("progress", "events")
Publisher = tuple[str | None, str | None]
"""Who published a document, and where."""

Place = tuple[int, int]
"""A reading and the number of a finding in it."""

Told = set[tuple[str, int]]
Again = frozenset[tuple[str, int]]
"""What a document says that another one of its family has said: kinds and numbers of findings."""


def mark_repeats(connection: Connection, families: Collection[str]) -> dict[int, Again]:
    """Marks them anew in some families; gives the keys of the documents for which this changed something, and what they say again now."""
    several = select(documents.c.family).where(documents.c.family.in_(families)).group_by(documents.c.family).having(func.count() > 1)
    members: defaultdict[str, list[Any]] = defaultdict(list)
    told_by = (documents.c.publisher, documents.c.source, documents.c.language)
    columns = (documents.c.key, documents.c.id, documents.c.day, documents.c.family, documents.c.reading, documents.c.text, *told_by)
    for row in connection.execute(select(*columns).where(documents.c.family.in_(several), documents.c.reading.is_not(None))):
        members[row.family].append(row)
    official = _official({(row.publisher, row.source) for family in members.values() for row in family})
    for family in members.values():
        family.sort(key=lambda row: ((row.publisher, row.source) not in official, not row.day, row.day, row.id))
    return _mark(connection, list(members.values()))


def _official(publishers: Collection[Publisher]) -> set[Publisher]:
    """Those of some publishers and addresses that stand for all others of a family."""
    known = publisher_kinds() if publishers else None
    return {one for one in publishers if known and known.is_official(*one)}


def _mark(connection: Connection, families: list[list[Any]]) -> dict[int, Again]:
    """Only what changed is written: of a family of twenty the nineteen that were there mostly stay as they are."""
    key_of = {row.reading: row.key for family in families for row in family}
    now, before = defaultdict[int, Told](set), defaultdict[int, Told](set)
    for kind in TOLD_ONCE:
        found = _findings(connection, kind, list(key_of))
        for family in families:
            _mark_kind(connection, kind, family, found, now)
    for row in connection.execute(select(repeats).where(repeats.c.reading.in_(list(key_of)))):
        before[row.reading].add((row.kind, row.number))
    changed = [reading for reading in key_of if now[reading] != before[reading]]
    if emptied := [reading for reading in changed if before[reading]]:
        connection.execute(delete(repeats).where(repeats.c.reading.in_(emptied)))
    insert_rows(connection, repeats, [(reading, *place) for reading in changed for place in sorted(now[reading])])
    return {key_of[reading]: frozenset(now[reading]) for reading in changed}


def _findings(connection: Connection, kind: str, readings: list[int]) -> defaultdict[int, list[Any]]:
    """By reading, where its findings of a kind stand, and what tells them in any language."""
    table = FINDINGS[kind]
    told_by = {"progress": FIGURE, "events": ("type", "when")}.get(kind, ())
    columns = [table.c[name] for name in ("reading", "number", "start", "end", *told_by)]
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for finding in connection.execute(select(*columns).where(table.c.reading.in_(readings)).order_by(table.c.reading, table.c.number)):
        found[finding.reading].append(finding)
    return found


def _mark_kind(
    connection: Connection, kind: str, members: list[Any], found: Mapping[int, list[Any]], again: defaultdict[int, Told]
) -> None:
    """Adds to `again` what each member of a family says that one before has told."""
    own_findings = {member.reading: found.get(member.reading, []) for member in members}
    in_languages = len({row.language for row in members}) > 1
    senses = _senses(connection, kind, own_findings) if in_languages and kind in SAME_IN_ANY_LANGUAGE else {}
    told: set[str] = set()
    meant: defaultdict[Any, set[str]] = defaultdict(set)
    for member in members:
        words, own = {}, []
        for finding in own_findings[member.reading]:
            words[finding.number] = " ".join(told_in(kind, member.text, finding.start, finding.end).split())
            sense = senses.get((member.reading, finding.number))
            if words[finding.number] in told or (sense is not None and meant[sense] - {member.language}):
                again[member.reading].add((kind, finding.number))
            elif sense is not None:
                own.append(sense)
        told.update(words.values())
        for sense in own:
            meant[sense].add(member.language)


def _senses(connection: Connection, kind: str, found: Mapping[int, list[Any]]) -> dict[Place, Any]:
    """What a finding says in whatever language; none where it says too little to be told by."""
    if kind == "progress":
        return {
            (one.reading, one.number): tuple(one._mapping[name] for name in FIGURE)
            for several in found.values()
            for one in several
            if one.subject and (one.numerator is not None or one.percent is not None)
        }
    sides: defaultdict[Place, set[tuple[str, str]]] = defaultdict(set)
    for row in connection.execute(select(parties).where(parties.c.kind == kind, parties.c.reading.in_(list(found)))):
        sides[row.reading, row.number].add((row.role, row.actor))
    return {
        (one.reading, one.number): (one.type, one.when, frozenset(sides[one.reading, one.number]))
        for several in found.values()
        for one in several
        if one.when and len(sides[one.reading, one.number]) > 1
    }
