"""The tables of those who use the portal: accounts, sessions, invitations, tokens, what happened; and documents held until accepted.

They are private: an exported archive leaves them out. Secrets stand here as hashes only, apart from the key of a second factor, which
the check needs itself: it is sealed with a key that is not in the register. Times are seconds since 1970.
"""

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table

from comity.register.schema import String, Text, metadata

PRIVATE = {"private": True}
"""Marks a table that stays in its register."""

accounts = Table(
    "accounts",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("login", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("password", String),
    Column("totp", String),
    Column("totp_step", BigInteger, nullable=False),
    Column("subject", String, unique=True),
    Column("disabled", Boolean, nullable=False),
    Column("made", BigInteger, nullable=False),
    info=PRIVATE,
)
"""`login` is what a person types, folded; `subject` is who they are at the identity provider; `totp_step` is the last code's time step,
so that no code is taken twice."""

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("hash", String, primary_key=True),
    Column("account", ForeignKey("accounts.key"), nullable=False, index=True),
    info=PRIVATE,
)

attempts = Table(
    "attempts",
    metadata,
    Column("login", String, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last", BigInteger, nullable=False, index=True),
    info=PRIVATE,
)
"""Failed sign-ins by the name typed, whether anybody has it or not."""

sessions = Table(
    "sessions",
    metadata,
    Column("hash", String, primary_key=True),
    Column("account", ForeignKey("accounts.key"), nullable=False, index=True),
    Column("stage", String, nullable=False),
    Column("agent", String, nullable=False),
    Column("opened", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
    info=PRIVATE,
)

invitations = Table(
    "invitations",
    metadata,
    Column("hash", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("account", ForeignKey("accounts.key")),
    Column("note", String, nullable=False),
    Column("by", String, nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    info=PRIVATE,
)
"""One-time links: to a new account with a role, or to a new password for the account named."""

tokens = Table(
    "tokens",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("hash", String, nullable=False, unique=True),
    Column("account", ForeignKey("accounts.key"), nullable=False, index=True),
    Column("name", String, nullable=False),
    Column("scope", String, nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("used", BigInteger),
    info=PRIVATE,
)

saved_searches = Table(
    "saved_searches",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("account", ForeignKey("accounts.key"), nullable=False),
    Column("name", String, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("looked", String, nullable=False),
    Index("ix_saved_searches_account", "account", "name", unique=True),
    info=PRIVATE,
)
"""`fields` is what the address of the search asks for, `looked` the moment (as documents carry it) up to which its person has seen it."""

pending = Table(
    "pending_sign_ins",
    metadata,
    Column("state", String, primary_key=True),
    Column("browser", String, nullable=False),
    Column("nonce", String, nullable=False),
    Column("verifier", String, nullable=False),
    Column("following", String, nullable=False),
    Column("until", BigInteger, nullable=False),
    info=PRIVATE,
)
"""Sign-ins that are under way at the identity provider, by the hash of their state."""

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("who", String, nullable=False),
    Column("event", String, nullable=False),
    Column("about", String, nullable=False),
    Column("address", String, nullable=False),
    info=PRIVATE,
)
"""What happened with accounts. The database itself refuses to change or delete a row."""

held = Table(
    "held",
    metadata,
    Column("document", String, primary_key=True),
    Column("title", String, nullable=False),
    Column("reading", Text, nullable=False),
    Column("who", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("ix_held_at", "at"),
    info=PRIVATE,
)
"""Documents that somebody gave and nobody accepted yet, each with its reading as JSON. They are outside the register's documents, so no
list, search, count or feed can show them."""
