"""Where the real documents stand: a folder beside the project that a clone need not have."""

from pathlib import Path

SHARED = Path(__file__).parents[2] / "shared"
