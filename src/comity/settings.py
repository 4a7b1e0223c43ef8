"""Limits and places, each with the environment variable that changes it. Read when asked for, never at import."""

import os
from pathlib import Path

from comity.errors import BadInputError


def megabytes_limit() -> int:
    """Largest document file that is read, in bytes. `COMITY_MAX_MB` (1 to 4096, default 20) sets it in megabytes."""
    return _whole_number("COMITY_MAX_MB", default=20, low=1, high=4096) * 1_000_000


def home() -> Path:
    """The data folder: `COMITY_HOME`, or `.comity` in the user's home folder."""
    named = os.environ.get("COMITY_HOME")
    return Path(named).expanduser() if named else Path.home() / ".comity"


def pack_folders() -> list[Path]:
    """Folders that are packs or hold packs: `COMITY_PACKS`, several divided as in PATH."""
    return [Path(part).expanduser() for part in os.environ.get("COMITY_PACKS", "").split(os.pathsep) if part.strip()]


def _whole_number(name: str, *, default: int, low: int, high: int) -> int:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise BadInputError(f"{name} is {text!r}; give a whole number from {low} to {high}.")
    return int(text)
