"""What near copies say again: a finding counts once in a family, in the earliest document that has its words.

In: families. Out: the rows of `repeats` for the newest readings of their documents. Which is the earliest does not depend on the order in
which they were added.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from comity.register.schema import FINDINGS, documents, repeats
from comity.register.tags import TOLD_ONCE, told_in


def mark_repeats(connection: Connection, families: Collection[str]) -> set[int]:
    """Marks them anew in some families; gives the keys of the documents in those that have several."""
    several = select(documents.c.family).where(documents.c.family.in_(families)).group_by(documents.c.family).having(func.count() > 1)
    members: defaultdict[str, list[Any]] = defaultdict(list)
    columns = (documents.c.key, documents.c.id, documents.c.day, documents.c.family, documents.c.reading, documents.c.text)
    for row in connection.execute(select(*columns).where(documents.c.family.in_(several), documents.c.reading.is_not(None))):
        members[row.family].append(row)
    for family in members.values():
        family.sort(key=lambda row: (not row.day, row.day, row.id))
        _mark_family(connection, family)
    return {row.key for family in members.values() for row in family}


def _mark_family(connection: Connection, members: list[Any]) -> None:
    readings = [row.reading for row in members]
    connection.execute(delete(repeats).where(repeats.c.reading.in_(readings)))
    rows = []
    for kind in TOLD_ONCE:
        table = FINDINGS[kind]
        found: defaultdict[int, list[Any]] = defaultdict(list)
        query = select(table.c.reading, table.c.number, table.c.start, table.c.end).where(table.c.reading.in_(readings))
        for finding in connection.execute(query.order_by(table.c.reading, table.c.number)):
            found[finding.reading].append(finding)
        told: set[str] = set()
        for member in members:
            words = {
                finding.number: " ".join(told_in(kind, member.text, finding.start, finding.end).split())
                for finding in found[member.reading]
            }
            rows += [{"reading": member.reading, "kind": kind, "number": number} for number, said in words.items() if said in told]
            told.update(words.values())
    if rows:
        connection.execute(insert(repeats), rows)
