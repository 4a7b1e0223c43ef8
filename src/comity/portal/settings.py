"""How a portal is run: with or without accounts, for which hosts, how long a session lasts, how much may be asked. From the environment.

Only `comity serve` reads the environment; everything else is handed these settings.
"""

import os
from pathlib import Path

from msgspec import Struct

from comity.errors import BadInputError
from comity.portal.accounts.seal import NAME as KEY_FILE
from comity.portal.accounts.seal import seal_key_in
from comity.register.accounts import Role
from comity.settings import Number, megabytes_limit, number_of
from comity.settings import home as data_folder

MINUTE, HOUR, DAY = 60, 3600, 86400
YES, NO = ("1", "yes", "true", "on"), ("", "0", "no", "false", "off")

NUMBERS = {
    "COMITY_IDLE_MINUTES": Number(60, 1, 24 * 60, "minutes without use after which a session ends"),
    "COMITY_SESSION_HOURS": Number(12, 1, 30 * 24, "hours after which it ends in any case"),
    "COMITY_RATE": Number(1200, 1, 1_000_000, "requests a minute from one address"),
    "COMITY_TOKEN_RATE": Number(600, 1, 1_000_000, "requests a minute with one token"),
    "COMITY_SIGN_IN_RATE": Number(20, 1, 10_000, "tries to sign in a minute from one address"),
    "COMITY_UPLOAD_FILES": Number(20, 1, 500, "files that may be given at once"),
    "COMITY_REVIEW_GOAL": Number(60, 1, 10_000, 'decisions in the "14 of 60 today"'),
}
"""The portal's limits, as in `comity.settings`."""


class Provider(Struct, frozen=True, kw_only=True):
    """An OpenID Connect provider: whoever it vouches for has an account with `role` from the first time on."""

    issuer: str
    client: str
    secret: str
    role: Role = Role.READER


class Settings(Struct, frozen=True, kw_only=True):
    """All limits and choices; the values here are those of the demo. Times are seconds, rates are requests a minute."""

    accounts: bool = False
    private: bool = False
    hold: bool = False
    hosts: tuple[str, ...] = ()
    tls: bool = False
    idle: int = NUMBERS["COMITY_IDLE_MINUTES"].default * MINUTE
    longest: int = NUMBERS["COMITY_SESSION_HOURS"].default * HOUR
    rate: int = NUMBERS["COMITY_RATE"].default
    token_rate: int = NUMBERS["COMITY_TOKEN_RATE"].default
    sign_in_rate: int = NUMBERS["COMITY_SIGN_IN_RATE"].default
    goal: int = NUMBERS["COMITY_REVIEW_GOAL"].default
    largest: int = 20_000_000
    files: int = NUMBERS["COMITY_UPLOAD_FILES"].default
    provider: Provider | None = None
    seal_key: str = ""
    """The key that the keys of second factors are sealed with; a new one at each start where it is empty."""

    @property
    def cookie(self) -> str:
        """The cookie's name; behind TLS one that no other host of the same domain can set."""
        return "__Host-comity" if self.tls else "comity"


def from_environment(*, accounts: bool, home: Path | None = None) -> Settings:
    """The settings as `COMITY_...` variables give them (docs/portal.md lists all); the key file is in the data folder `home` unless one of
    them names another. Raises BadInputError."""
    key_file = Path(os.environ.get("COMITY_KEY_FILE", "").strip() or (home or data_folder()) / KEY_FILE)
    return Settings(
        accounts=accounts,
        private=_yes("COMITY_PRIVATE"),
        hold=_yes("COMITY_HOLD"),
        hosts=tuple(host.strip().lower() for host in os.environ.get("COMITY_PORTAL_HOSTS", "").split(",") if host.strip()),
        tls=_yes("COMITY_TLS"),
        idle=_number("COMITY_IDLE_MINUTES") * MINUTE,
        longest=_number("COMITY_SESSION_HOURS") * HOUR,
        rate=_number("COMITY_RATE"),
        token_rate=_number("COMITY_TOKEN_RATE"),
        sign_in_rate=_number("COMITY_SIGN_IN_RATE"),
        goal=_number("COMITY_REVIEW_GOAL"),
        largest=megabytes_limit(),
        files=_number("COMITY_UPLOAD_FILES"),
        provider=_provider(),
        seal_key=seal_key_in(key_file) if accounts else "",
    )


def _provider() -> Provider | None:
    issuer = os.environ.get("COMITY_OIDC_ISSUER", "").strip().rstrip("/")
    if not issuer:
        return None
    client, secret = (os.environ.get(name, "").strip() for name in ("COMITY_OIDC_CLIENT", "COMITY_OIDC_SECRET"))
    if not client or not secret:
        raise BadInputError("COMITY_OIDC_ISSUER needs COMITY_OIDC_CLIENT and COMITY_OIDC_SECRET beside it; set all three.")
    role = os.environ.get("COMITY_OIDC_ROLE", "").strip() or Role.READER.value
    if role not in set(Role):
        raise BadInputError(f"COMITY_OIDC_ROLE is {role!r}; give one of {', '.join(Role)}.")
    return Provider(issuer=issuer, client=client, secret=secret, role=Role(role))


def _yes(name: str) -> bool:
    text = os.environ.get(name, "").strip().lower()
    if text not in (*YES, *NO):
        raise BadInputError(f"{name} is {text!r}; give 1 or 0.")
    return text in YES


def _number(name: str) -> int:
    return number_of(name, NUMBERS[name])
