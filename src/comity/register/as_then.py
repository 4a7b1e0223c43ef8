"""Findings as they were known on an earlier day: before a person corrected them.

In: a query as of a day, over the tables of findings and parties. Out: the same query, in which each of these tables that was changed since
stands for what it held then. Where nothing was changed since, and always for what is known now, the query stays as it is.
"""

from functools import cache
from typing import Any

from sqlalchemy import CTE, Column, Connection, Engine, MetaData, Select, Table, and_, exists, func, select, union_all
from sqlalchemy.sql.visitors import iterate
from sqlalchemy.types import JSON, Boolean, Float, Integer

from comity.register.amended import columns_of
from comity.register.amended_tables import amended, amended_parties
from comity.register.backend import is_sqlite
from comity.register.rows import ROLES
from comity.register.schema import FINDINGS, parties


def as_then(connection: Connection, query: Select[Any], before: str | None) -> Select[Any]:
    """The query as of all that was decided before a moment; None is now."""
    if before is None:
        return query
    changed = select(amended.c.kind).where(amended.c.until >= before).distinct().order_by(amended.c.kind)
    kinds = list(connection.execute(changed).scalars())
    asked = {part for part in iterate(query) if isinstance(part, Table)} if kinds else set()
    for kind in kinds:
        if FINDINGS[kind] in asked:
            query = query.add_cte(_findings(kind, before, connection.engine))
    if parties in asked and any(kind in ROLES for kind in kinds):
        query = query.add_cte(_parties(before, connection.engine))
    return query


def _findings(kind: str, before: str, engine: Engine) -> CTE:
    """A table expression of the table's own name, which a query takes instead of the table."""
    table, corrected = _real(FINDINGS[kind], engine), {column: name for name, column in columns_of(kind).items()}
    now = select(*table.c).where(~exists().where(_same(table), amended.c.kind == kind, amended.c.until >= before))
    columns = [_kept(column) if column.name in corrected else column for column in table.c]
    then = select(*columns).join(table, and_(_same(table), amended.c.kind == kind)).where(amended.c.until == _next(amended, before))
    return union_all(now, then.select_from(amended)).cte(table.name)


def _parties(before: str, engine: Engine) -> CTE:
    table = _real(parties, engine)
    changed = exists().where(_same(table), amended.c.kind == table.c.kind, amended.c.until >= before)
    then = select(*[amended_parties.c[column.name] for column in table.c]).where(amended_parties.c.until == _next(amended_parties, before))
    return union_all(select(*table.c).where(~changed), then).cte(table.name)


def _real(table: Table, engine: Engine) -> Table:
    """The table itself inside an expression of its name: SQLite needs its schema for that, PostgreSQL takes it by itself."""
    return _in_sqlite()[table.name] if is_sqlite(engine) else table


@cache
def _in_sqlite() -> dict[str, Table]:
    """Made when somebody asks as of an earlier day: few do."""
    schema = MetaData()
    return {table.name: table.to_metadata(schema, schema="main") for table in (*FINDINGS.values(), parties)}


def _same(table: Any) -> Any:
    return and_(amended.c.reading == table.c.reading, amended.c.number == table.c.number)


def _next(table: Table, before: str) -> Any:
    """When the state that counted before a moment ended."""
    later = amended.alias("later")
    same = (later.c.reading == table.c.reading, later.c.kind == table.c.kind, later.c.number == table.c.number)
    return select(func.min(later.c.until)).where(*same, later.c.until >= before).scalar_subquery()


def _kept(column: Column[Any]) -> Any:
    """A column's value in the row of `amended`."""
    value = amended.c.fields[column.name]
    match column.type:
        case JSON():
            return value
        case Boolean():
            return value.as_boolean()
        case Integer():
            return value.as_integer()
        case Float():
            return value.as_float()
        case _:
            return value.as_string()
