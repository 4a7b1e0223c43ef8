"""Keeps what lists are made from: `tags`, `tallies` (their names and sums) and `tagged` (what each document carries).

In: documents with what they carry, or keys of documents whose tables changed. Out: only the rows that differ are written. A tag is a
number: a text of thirty letters a row, ninety rows a document, was a fifth of the file and of the time to fill it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, select

from comity.records import Document
from comity.register.bulk import do_many, insert_rows
from comity.register.schema import documents, tagged, tags, tallies
from comity.register.tags import tag_queries

Tag = tuple[str, str]
"""A facet and a value."""

Carried = dict[int, int]
"""How many findings of a document carry which tag, by the tag's key."""

Carrier = tuple[str, str, int, int]
"""Day, id and key of a document that carries a tag, and how many of its findings do."""

AT_ONCE = 5_000

DROP = delete(tags).where(tags.c.tally == bindparam("of"), tags.c.day == bindparam("on"), tags.c.id == bindparam("named"))
ADD = "UPDATE tallies SET findings = findings + ?, documents = documents + ? WHERE key = ?"


def add_tags(connection: Connection, new: Iterable[tuple[int, Document, Mapping[str, Mapping[str, int]]]]) -> None:
    """Adds the tags of new documents (by facet and value), which are known without asking the tables. They are gathered by value, so that
    each value is looked up once, and lie in the order of the table without being sorted."""
    carriers: defaultdict[str, defaultdict[str, list[Carrier]]] = defaultdict(lambda: defaultdict(list))
    carried: dict[int, list[int]] = {}
    for day, id, key, found in sorted((document.published or "", document.id, key, found) for key, document, found in new):
        carried[key] = []
        for facet, values in found.items():
            of = carriers[facet]
            for value, findings in values.items():
                of[value].append((day, id, key, findings))
    key_of = _keys(connection, carriers)
    by_tally = sorted((key_of[facet][value], some) for facet, of in carriers.items() for value, some in of.items())
    for tally, some in by_tally:
        for _, _, key, findings in some:
            carried[key] += (tally, findings)
    insert_rows(connection, tags, ((tally, *one) for tally, some in by_tally for one in some))
    _add_up(connection, ((tally, sum(findings for *_, findings in some), len(some)) for tally, some in by_tally))
    _keep(connection, carried)


def tag_documents(connection: Connection, keys: Collection[int], rejecting: Collection[int]) -> None:
    """Makes the tags of some documents anew. `rejecting` are the decisions that reject a finding and stand."""
    if not keys:
        return
    query = select(documents.c.key, documents.c.day, documents.c.id).where(documents.c.key.in_(keys))
    heads = {row.key: (row.day, row.id) for row in connection.execute(query)}
    before, now = _kept(connection, keys), _found(connection, keys, rejecting)
    gone = [
        {"of": tally, "on": heads[key][0], "named": heads[key][1]}
        for key, carried in before.items()
        for tally, findings in carried.items()
        if now.get(key, {}).get(tally) != findings
    ]
    if gone:
        connection.execute(DROP, gone)
    _insert(connection, heads, {key: dict(carried.items() - before.get(key, {}).items()) for key, carried in now.items()})
    _tally(connection, before, now)
    connection.execute(delete(tagged).where(tagged.c.document.in_(before)))
    _keep(connection, {key: [number for pair in sorted(found.items()) for number in pair] for key, found in now.items()})


def _found(connection: Connection, keys: Collection[int], rejecting: Collection[int]) -> dict[int, Carried]:
    """What documents carry by the tables."""
    found: defaultdict[int, dict[Tag, int]] = defaultdict(dict)
    for facet, query in tag_queries(rejecting):
        for key, value, findings in connection.execute(query.where(documents.c.key.in_(keys))):
            found[key][facet, value] = findings
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for carried in found.values():
        for facet, value in carried:
            wanted[facet].add(value)
    key_of = _keys(connection, wanted)
    return {key: {key_of[facet][value]: findings for (facet, value), findings in carried.items()} for key, carried in found.items()}


def _kept(connection: Connection, keys: Collection[int]) -> dict[int, Carried]:
    """What they carried so far."""
    rows = connection.execute(select(tagged).where(tagged.c.document.in_(keys))).all()
    return {row.document: dict(zip(row.carried[::2], row.carried[1::2], strict=True)) for row in rows}


def _keep(connection: Connection, carried: Mapping[int, list[int]]) -> None:
    insert_rows(connection, tagged, ((key, msgspec.json.encode(row).decode()) for key, row in sorted(carried.items())))


def _keys(connection: Connection, wanted: Mapping[str, Collection[str]]) -> dict[str, dict[str, int]]:
    """The keys of tags, by facet and value; those that are new get one."""
    found: dict[str, dict[str, int]] = {facet: {} for facet in wanted}
    for facet, values in wanted.items():
        ordered = sorted(values)
        for start in range(0, len(ordered), AT_ONCE):
            of = (tallies.c.facet == facet, tallies.c.value.in_(ordered[start : start + AT_ONCE]))
            found[facet].update((value, key) for value, key in connection.execute(select(tallies.c.value, tallies.c.key).where(*of)))
    new = [(facet, value) for facet in sorted(wanted) for value in sorted(set(wanted[facet]) - found[facet].keys())]
    if new:
        last = int(connection.execute(select(func.max(tallies.c.key))).scalar() or 0)
        rows = [(key, facet, value, 0, 0) for key, (facet, value) in enumerate(new, last + 1)]
        insert_rows(connection, tallies, rows)
        for key, facet, value, _, _ in rows:
            found[facet][value] = key
    return found


def _insert(connection: Connection, heads: Mapping[int, tuple[str, str]], carried: Mapping[int, Carried]) -> None:
    rows = [(tally, *heads[key], key, findings) for key, found in carried.items() for tally, findings in found.items()]
    rows.sort()
    insert_rows(connection, tags, rows)


def _tally(connection: Connection, before: Mapping[int, Carried], now: Mapping[int, Carried]) -> None:
    """Adds to the sums what came, and takes away what went."""
    more: Counter[int] = Counter()
    others: Counter[int] = Counter()
    for sign, several in ((1, now), (-1, before)):
        for carried in several.values():
            for tally, findings in carried.items():
                more[tally] += sign * findings
                others[tally] += sign
    _add_up(connection, ((tally, more[tally], others[tally]) for tally in sorted(more) if more[tally] or others[tally]))


def _add_up(connection: Connection, sums: Iterable[tuple[int, int, int]]) -> None:
    """Adds findings and documents to the sums of tags."""
    do_many(connection, ADD, ((more, others, tally) for tally, more, others in sums))
