"""Where tests write: into memory where the machine has a folder for it. A register that is closed waits for its disk six times, 5 ms each
time on a disk and nothing in memory, and thousands are made."""

import os
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 << 30
"""Bytes that must be free in it: a whole run takes less than one of the four; the folder of a container may hold 64 MB in all."""


def write_into_memory() -> None:
    """For this process and those it starts; a TMPDIR that somebody has set is left alone."""
    if "TMPDIR" not in os.environ and _has_room():
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def _has_room() -> bool:
    """Whether it is there, is large, and lets a program that a test has written run."""
    if not os.access(MEMORY, os.W_OK):
        return False
    there = os.statvfs(MEMORY)
    return there.f_bavail * there.f_frsize >= ROOM and not there.f_flag & os.ST_NOEXEC
