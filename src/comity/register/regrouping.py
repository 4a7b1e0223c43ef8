"""Families as people decided them: documents joined that are one release in two languages, copies parted that are none.

In: a connection that may write. Out: the families of all documents that decisions name, and of their families, as near copies and standing
decisions make them, in the order of the decisions. Worked out anew each time, so that taking a decision back gives what was before.
"""

from collections.abc import Collection, Iterable
from itertools import combinations
from typing import Any

import numpy as np
from sqlalchemy import Connection, delete, insert, select, update

from comity.register.decisions import Action, Decision, decision_of, undone
from comity.register.families import near_copies, same_week
from comity.register.pairs import OfFamily
from comity.register.rejections import rejecting
from comity.register.repeats import mark_repeats
from comity.register.schema import decisions, documents, families, outlines, repeats
from comity.register.tagging import tag_documents

ACTIONS = (Action.MERGE, Action.SPLIT, Action.UNDO)


def regroup(connection: Connection, moment: str) -> set[int]:
    """Puts the documents that family decisions name where they belong, and lists them anew; gives the keys of those that moved."""
    taken = [decision_of(row._mapping) for row in connection.execute(_about_families())]
    named = {one for decision in taken if isinstance(decision.subject, OfFamily) for one in decision.subject.documents}
    if not named:
        return set()
    gone = undone(taken)
    members = _members(connection, named)
    groups = decided_groups(_copies(members), [one for one in taken if one.number not in gone])
    name_of = {id: min(group) for group in groups for id in group}
    moved = {row.key: name_of[row.id] for row in members if row.family != name_of[row.id]}
    for key, family in moved.items():
        _note(connection, key, family, moment)
    if moved:
        _list_anew(connection, [row.key for row in members], set(name_of.values()))
    return set(moved)


def decided_groups(copies: Iterable[Collection[str]], standing: Iterable[Decision]) -> list[set[str]]:
    """Groups of near copies as decisions join and part them: the documents named after the first leave their group, each for itself."""
    groups = [set(group) for group in copies]
    for decision in standing:
        if not isinstance(decision.subject, OfFamily):
            continue
        named = decision.subject.documents
        if decision.action is Action.MERGE:
            touched = [group for group in groups if group.intersection(named)]
            groups = [group for group in groups if group not in touched] + [set().union(*touched)]
        elif decision.action is Action.SPLIT:
            leaving = set(named[1:])
            groups = [rest for group in groups if (rest := group - leaving)] + [{one} for one in named[1:]]
    return groups


def _about_families() -> Any:
    return select(decisions).where(decisions.c.action.in_([action.value for action in ACTIONS])).order_by(decisions.c.number)


def _members(connection: Connection, named: Collection[str]) -> list[Any]:
    """The documents named and all of their families, with what near copies are told by."""
    columns = (documents.c.key, documents.c.id, documents.c.published, documents.c.family, outlines.c.hashes)
    inside = select(documents.c.family).where(documents.c.id.in_(sorted(named)))
    query = select(*columns).join(outlines, outlines.c.document == documents.c.key).where(documents.c.family.in_(inside))
    return list(connection.execute(query.order_by(documents.c.id)).all())


def _copies(members: Iterable[Any]) -> list[set[str]]:
    """Who is with whom by near copies alone."""
    rows = [(row.id, row.published, np.frombuffer(row.hashes, dtype="<u4")) for row in members]
    groups = {id: {id} for id, _, _ in rows}
    for (a, published, hashes), (b, other_published, other_hashes) in combinations(rows, 2):
        if groups[a] is not groups[b] and same_week(published, other_published) and near_copies(hashes, other_hashes):
            joined = groups[a] | groups[b]
            groups |= dict.fromkeys(joined, joined)
    return list({id(group): group for group in groups.values()}.values())


def _note(connection: Connection, key: int, family: str, moment: str) -> None:
    connection.execute(update(documents).where(documents.c.key == key).values(family=family))
    now = (families.c.document == key, families.c.since == moment)
    if not connection.execute(update(families).where(*now).values(family=family)).rowcount:
        connection.execute(insert(families), [{"document": key, "since": moment, "family": family}])


def _list_anew(connection: Connection, keys: Collection[int], names: Collection[str]) -> None:
    """What is said twice depends on who is with whom."""
    readings = select(documents.c.reading).where(documents.c.key.in_(keys))
    connection.execute(delete(repeats).where(repeats.c.reading.in_(readings)))
    mark_repeats(connection, names)
    tag_documents(connection, keys, rejecting(connection))
