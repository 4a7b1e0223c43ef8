"""Seals the keys of second factors, so that whoever copies the register's database has none of them: with a key of its own file (Fernet).

The file stands in the data folder, not in the register, is made at the first start with accounts, and read by its owner only.
"""

import os
import re
import stat
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from comity.errors import BadInputError

PREFIX = "sealed:"
NAME = "portal.key"
KEY = re.compile(r"[A-Za-z0-9_-]{43}=")


class Seal:
    """Seals and opens with one key."""

    def __init__(self, key: str) -> None:
        self._box = Fernet(key)

    def close(self, secret: str) -> str:
        """The secret as it may be kept."""
        return PREFIX + self._box.encrypt(secret.encode()).decode()

    def open(self, kept: str) -> str | None:
        """The secret, None where it was sealed with another key."""
        if not kept.startswith(PREFIX):
            return kept
        try:
            return self._box.decrypt(kept.removeprefix(PREFIX).encode()).decode()
        except InvalidToken:
            return None


def is_sealed(kept: str) -> bool:
    return kept.startswith(PREFIX)


def new_seal_key() -> str:
    return Fernet.generate_key().decode()


def seal_key_in(file: Path) -> str:
    """The key in a file, made with rights for its owner only where there is none. Raises BadInputError where it can't be used."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            made = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(made, "w", encoding="ascii") as written:
                written.write(new_seal_key() + "\n")
        except FileExistsError:
            pass
        if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise BadInputError(f"{file} can be read by others; take that right away with `chmod 600 {file}`.")
        key = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"The key file {file} can't be used ({error}); give another one with COMITY_KEY_FILE.") from error
    if not KEY.fullmatch(key):
        raise BadInputError(f"{file} holds no key of a portal; give the file that was made at the first start, or none to make a new one.")
    return key
