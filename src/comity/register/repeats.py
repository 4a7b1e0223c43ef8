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
Place = tuple[int, int]
"""A reading and the number of a finding in it."""

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
    known = publisher_kinds() if members else None
    changed: dict[int, Again] = {}
    for family in members.values():
        family.sort(key=lambda row: (not (known and known.is_official(row.publisher, row.source)), not row.day, row.day, row.id))
        changed |= _mark_family(connection, family)
    return changed


def _mark_family(connection: Connection, members: list[Any]) -> dict[int, Again]:
    """Only what changed is written: of a family of twenty the nineteen that were there mostly stay as they are."""
    now, before = _repeated(connection, members), defaultdict[int, set[tuple[str, int]]](set)
    for row in connection.execute(select(repeats).where(repeats.c.reading.in_([row.reading for row in members]))):
        before[row.reading].add((row.kind, row.number))
    changed = {row.reading: row.key for row in members if now[row.reading] != before[row.reading]}
    if emptied := [reading for reading in changed if before[reading]]:
        connection.execute(delete(repeats).where(repeats.c.reading.in_(emptied)))
    insert_rows(connection, repeats, [(reading, *place) for reading in changed for place in sorted(now[reading])])
    return {key: frozenset(now[reading]) for reading, key in changed.items()}


def _repeated(connection: Connection, members: list[Any]) -> defaultdict[int, set[tuple[str, int]]]:
    """By reading, the kinds and numbers of the findings that a member before has told."""
    readings = [row.reading for row in members]
    again: defaultdict[int, set[tuple[str, int]]] = defaultdict(set)
    in_languages = len({row.language for row in members}) > 1
    for kind in TOLD_ONCE:
        table = FINDINGS[kind]
        found: defaultdict[int, list[Any]] = defaultdict(list)
        for finding in connection.execute(select(table).where(table.c.reading.in_(readings)).order_by(table.c.reading, table.c.number)):
            found[finding.reading].append(finding)
        senses = _senses(connection, kind, found) if in_languages and kind in SAME_IN_ANY_LANGUAGE else {}
        told: set[str] = set()
        meant: defaultdict[Any, set[str]] = defaultdict(set)
        for member in members:
            words, own = {}, []
            for finding in found[member.reading]:
                words[finding.number] = " ".join(told_in(kind, member.text, finding.start, finding.end).split())
                sense = senses.get((member.reading, finding.number))
                if words[finding.number] in told or (sense is not None and meant[sense] - {member.language}):
                    again[member.reading].add((kind, finding.number))
                elif sense is not None:
                    own.append(sense)
            told.update(words.values())
            for sense in own:
                meant[sense].add(member.language)
    return again


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
