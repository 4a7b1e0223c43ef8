"""Whether the decisions of a register are those that were taken, in their order: each one's hash is computed again."""

from msgspec import Struct
from sqlalchemy import Connection, select

from comity.register.decisions import BEGINNING, Decision, hash_of
from comity.register.schema import decisions


class Chain(Struct, frozen=True, kw_only=True):
    """How many decisions there are, the hash of the last, and the first number that does not fit, None where all do."""

    length: int
    head: str
    broken_at: int | None


def check_chain(connection: Connection) -> Chain:
    """Reads every decision and computes its hash again."""
    length, previous = 0, BEGINNING
    for row in connection.execution_options(yield_per=500).execute(select(decisions).order_by(decisions.c.number)):
        values = {name: row._mapping[name] for name in Decision.__struct_fields__}
        if values["number"] != length + 1 or values["previous"] != previous or values["hash"] != hash_of(values):
            return Chain(length=length, head=previous, broken_at=length + 1)
        length, previous = length + 1, values["hash"]
    return Chain(length=length, head=previous, broken_at=None)
