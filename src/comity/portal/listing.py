"""Long lists in parts: a part goes on after the last entry shown, by its place in the order, so that entries added meanwhile shift nothing.

A cursor is that entry's key, written so that it fits into an address.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Generic, Protocol, TypeVar

import msgspec
from msgspec import Struct

from comity.errors import BadInputError
from comity.portal.asking import Unfit

T = TypeVar("T")
Key = tuple[str, ...]
"""What a list is ordered by; the last part tells two entries apart."""

MOST = 500
"""The longest part that may be asked for."""


class Entry(Protocol):
    """An entry of a register's list."""

    @property
    def cursor(self) -> str: ...


Listed = TypeVar("Listed", bound=Entry)


class Part(Struct, Generic[T], frozen=True, kw_only=True):
    """Some entries of a list of `total`; `after` is the cursor of the next part, None at the end."""

    entries: list[T]
    total: int
    after: str | None


def part_of(entries: Sequence[T], key: Callable[[T], Key], *, after: str | None, limit: int, newest_first: bool) -> Part[T]:
    """The entries after a cursor, in the order of their keys. Raises BadInputError where the cursor is none."""
    if not 1 <= limit <= MOST:
        raise BadInputError(f"limit is {limit}; give a number from 1 to {MOST}.")
    ordered = sorted(entries, key=key, reverse=newest_first)
    if after:
        last = _key(after)
        ordered = [entry for entry in ordered if (key(entry) < last if newest_first else key(entry) > last)]
    shown = ordered[:limit]
    more = len(ordered) > limit
    return Part(entries=shown, total=len(entries), after=_cursor(key(shown[-1])) if more else None)


def cut(found: Iterable[Listed], *, total: int, limit: int) -> Part[Listed]:
    """A part of a list that the register gives: `found` has one entry more than `limit` where the list goes on. Of a day gone by, what is
    listed may be of none that are counted; the total is never less than what is shown."""
    entries = list(islice(found, limit + 1))
    after = entries[limit - 1].cursor if len(entries) > limit else None
    return Part(entries=entries[:limit], total=max(total, len(entries[:limit])), after=after)


def _cursor(key: Key) -> str:
    return urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def _key(cursor: str) -> Key:
    try:
        return msgspec.json.decode(urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)), type=tuple[str, ...])
    except (Error, ValueError, msgspec.MsgspecError) as error:
        raise Unfit("This place in the list can't be read; begin again at the list's first page.", "asked_no_place") from error
