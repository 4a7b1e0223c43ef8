"""What findings said before a person corrected them.

The tables of findings hold what counts now, so that lists need not know of corrections; these rows hold what counted until a moment, so
that a view as of an earlier day still says it.
"""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table

from comity.register.schema import String, metadata

amended = Table(
    "amended",
    metadata,
    Column("reading", ForeignKey("readings.key"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("until", String, primary_key=True),
    Column("fields", JSON, nullable=False),
    Index("ix_amended_until", "until"),
)
"""The columns of a finding as they were until a decision; the earliest row of a finding is what was read."""

amended_parties = Table(
    "amended_parties",
    metadata,
    Column("reading", ForeignKey("readings.key"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("until", String, primary_key=True),
    Column("role", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("actor", String, nullable=False),
)
"""Who took part then: all rows of the finding, for each of its rows in `amended`."""
