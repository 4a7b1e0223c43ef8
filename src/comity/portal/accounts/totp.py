"""The second factor: six digits that change every 30 seconds (RFC 6238, as every authenticator app makes them), and recovery codes."""

import base64
import hashlib
import hmac
import re
import secrets
import struct
from urllib.parse import quote

STEP = 30
DIGITS = 6
CODES = 10
"""Recovery codes given at once."""

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike on paper."""


def new_secret() -> str:
    """20 bytes in base32, as RFC 4226 advises for SHA-1."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def is_secret(text: str) -> bool:
    """Whether a text is a key of 20 bytes in base32."""
    return re.fullmatch(r"[A-Z2-7]{32}", text) is not None


def code_at(secret: str, step: int) -> str:
    """The code of a time step."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    place = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[place : place + 4])
    return f"{(number & 0x7FFFFFFF) % 10**DIGITS:0{DIGITS}}"


def step_of(secret: str, code: str, now: int) -> int | None:
    """The time step that a code belongs to, one before and after allowed for clocks that differ; None where it fits none."""
    here = now // STEP
    fitting = [step for step in (here - 1, here, here + 1) if hmac.compare_digest(code_at(secret, step).encode(), code.encode())]
    return fitting[-1] if fitting else None


def address_of(secret: str, *, login: str, issuer: str) -> str:
    """What an authenticator app reads from the picture."""
    return f"otpauth://totp/{quote(issuer)}:{quote(login)}?secret={secret}&issuer={quote(issuer)}"


def new_recovery_codes() -> list[str]:
    """`abcd-efgh-jkmn`, 59 bits each."""
    return ["-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3)) for _ in range(CODES)]


def plain(code: str) -> str:
    """A code as it was meant: without blanks, in small letters."""
    return "".join(code.split()).lower()
