"""What is kept of each feed between two runs: a small file in the data folder for each register and feed, written whole or not at all."""

import hashlib
import os
from pathlib import Path

import msgspec
from msgspec import Struct

DONE = -1
"""An entry that needs nothing more; other numbers count the tries that failed."""


class State(Struct, kw_only=True):
    """`seen` gives for each entry the feed still has DONE, or how often it failed; `is_unfinished`: some are not taken yet. `not_before`
    is a moment in seconds: the feed is left alone until then."""

    feed: str
    etag: str = ""
    modified: str = ""
    failures: int = 0
    not_before: float = 0.0
    is_unfinished: bool = False
    seen: dict[str, int] = {}


class States:
    """The states of one register's feeds in a folder."""

    def __init__(self, folder: Path, register: str) -> None:
        self._folder = folder
        self._register = register

    def load(self, feed: str) -> State:
        """The feed's state; a new one where there is none, or what is there can't be read: then all is only asked for again."""
        try:
            return msgspec.json.decode(self._file(feed).read_bytes(), type=State)
        except (OSError, msgspec.MsgspecError):
            return State(feed=feed, seen={})

    def save(self, state: State) -> None:
        file = self._file(state.feed)
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(f".{os.getpid()}.new")
        new.write_bytes(msgspec.json.encode(state))
        new.replace(file)

    def _file(self, feed: str) -> Path:
        key = hashlib.sha256(f"{self._register} {feed}".encode()).hexdigest()
        return self._folder / f"{key[:20]}.json"
