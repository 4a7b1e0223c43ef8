"""Where the next part of a list begins, as text that a page or a command can carry: the key of the last entry that was shown."""

import base64
import binascii
from typing import Any, TypeVar

import msgspec

from comity.errors import BadInputError

T = TypeVar("T")


def write_cursor(key: tuple[Any, ...]) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def read_cursor(cursor: str, shape: type[T]) -> T:
    """The key that a cursor was written from. Raises BadInputError where no list gave it."""
    try:
        padded = cursor.encode() + b"=" * (-len(cursor) % 4)
        return msgspec.json.decode(base64.urlsafe_b64decode(padded), type=shape)
    except (binascii.Error, ValueError, msgspec.MsgspecError) as error:
        raise BadInputError("The page asked for is not one that a search or list gave; begin again from the first page.") from error
