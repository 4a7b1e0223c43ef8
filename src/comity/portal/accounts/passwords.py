"""Passwords: long rather than odd, not among those everybody tries, kept with Argon2.

The rules are those of NIST SP 800-63B: a least length, no demands on kinds of signs, no change by calendar.
"""

import unicodedata
from collections import Counter
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
"""Signs; longer ones only make work for the hash."""

COMMON = Path(__file__).with_name("common.txt")
"""Words that passwords are made of most, one a line. What is left of a password without them, digits and signs must still be something."""

LEFT = 4
"""Letters that must be left."""


def fault_in(password: str, *, login: str, name: str) -> str | None:
    """Why a password is no good, as a key of the portal's words; None where it is."""
    typed = normal(password)
    if len(typed) < SHORTEST:
        return "password_short"
    if len(typed) > LONGEST:
        return "password_long"
    if len(Counter(typed.casefold())) < 5:
        return "password_same"
    left = typed.casefold()
    for own in sorted({login.casefold(), *login.casefold().split("@"), *name.casefold().split()} - {""}, key=len, reverse=True):
        left = left.replace(own, "") if len(own) > 3 else left
    for word in sorted(COMMON.read_text(encoding="utf-8").split(), key=len, reverse=True):
        left = left.replace(word, "")
    return None if sum(sign.isalpha() for sign in left) >= LEFT or len(set(left)) >= 9 else "password_common"


class Hasher:
    """Hashes passwords and checks them, in the same time whether there is an account or not."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash("a password that nobody has")

    def hash(self, password: str) -> str:
        return self._hasher.hash(normal(password))

    def checks(self, password: str, hash: str | None) -> bool:
        """Whether the password fits; `hash` is None where there is no account or no password, which takes as long."""
        try:
            fits = self._hasher.verify(hash or self._nobody, normal(password[: LONGEST * 4]))
        except (VerificationError, InvalidHashError):
            return False
        return fits and hash is not None

    def is_old(self, hash: str) -> bool:
        """Whether a newer Argon2 setting should replace it."""
        return self._hasher.check_needs_rehash(hash)


def normal(password: str) -> str:
    """The same signs however the keyboard writes them: "ế" is one sign or three."""
    return unicodedata.normalize("NFKC", password)
