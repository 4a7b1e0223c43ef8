"""Accounts of the portal with their sessions, invitations, tokens and log; documents held until somebody accepts them."""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, column, table, update
from sqlalchemy import String as PlainString
from sqlalchemy import Text as PlainText

from comity.register.backend import is_sqlite

revision = "0008"
down_revision = "0007"

String = PlainString().with_variant(PlainString(collation="C"), "postgresql")
Text = PlainText().with_variant(PlainText(collation="C"), "postgresql")
meta = table("meta", column("key"), column("value"))

KEEP_SQLITE = """CREATE TRIGGER audit_keep_{what} BEFORE {what} ON audit
BEGIN SELECT RAISE(ABORT, 'the log is only added to, never changed'); END"""
KEEP_POSTGRES = (
    """CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the log is only added to, never changed'; END $$""",
    "CREATE TRIGGER audit_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit EXECUTE FUNCTION audit_keep()",
)


def upgrade() -> None:
    _accounts()
    _ways_in()
    _log()
    connection = op.get_bind()
    for step in [KEEP_SQLITE.format(what=what) for what in ("UPDATE", "DELETE")] if is_sqlite(connection) else KEEP_POSTGRES:
        connection.exec_driver_sql(step)
    connection.execute(update(meta).where(meta.c.key == "schema").values(value="8"))


def _accounts() -> None:
    op.create_table(
        "accounts",
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
    )
    op.create_table(
        "recovery_codes",
        Column("hash", String, primary_key=True),
        Column("account", Integer, ForeignKey("accounts.key"), nullable=False, index=True),
    )
    op.create_table(
        "attempts",
        Column("login", String, primary_key=True),
        Column("failures", Integer, nullable=False),
        Column("last", BigInteger, nullable=False, index=True),
    )
    op.create_table(
        "sessions",
        Column("hash", String, primary_key=True),
        Column("account", Integer, ForeignKey("accounts.key"), nullable=False, index=True),
        Column("stage", String, nullable=False),
        Column("agent", String, nullable=False),
        Column("opened", BigInteger, nullable=False),
        Column("seen", BigInteger, nullable=False),
    )


def _ways_in() -> None:
    op.create_table(
        "invitations",
        Column("hash", String, primary_key=True),
        Column("role", String, nullable=False),
        Column("account", Integer, ForeignKey("accounts.key")),
        Column("note", String, nullable=False),
        Column("by", String, nullable=False),
        Column("made", BigInteger, nullable=False),
        Column("until", BigInteger, nullable=False),
    )
    op.create_table(
        "tokens",
        Column("key", Integer, primary_key=True),
        Column("hash", String, nullable=False, unique=True),
        Column("account", Integer, ForeignKey("accounts.key"), nullable=False, index=True),
        Column("name", String, nullable=False),
        Column("scope", String, nullable=False),
        Column("made", BigInteger, nullable=False),
        Column("used", BigInteger),
    )
    op.create_table(
        "pending_sign_ins",
        Column("state", String, primary_key=True),
        Column("browser", String, nullable=False),
        Column("nonce", String, nullable=False),
        Column("verifier", String, nullable=False),
        Column("following", String, nullable=False),
        Column("until", BigInteger, nullable=False),
    )


def _log() -> None:
    op.create_table(
        "audit",
        Column("number", Integer, primary_key=True),
        Column("at", BigInteger, nullable=False),
        Column("who", String, nullable=False),
        Column("event", String, nullable=False),
        Column("about", String, nullable=False),
        Column("address", String, nullable=False),
    )
    op.create_table(
        "held",
        Column("document", String, primary_key=True),
        Column("title", String, nullable=False),
        Column("reading", Text, nullable=False),
        Column("who", String, nullable=False),
        Column("at", BigInteger, nullable=False),
        Index("ix_held_at", "at"),
    )
