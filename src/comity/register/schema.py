"""The tables, the same in SQLite and PostgreSQL. Documents, the readings made of them, and one table for each kind of finding.

A finding is numbered inside its reading, in the order of the text. The actors that take part in a finding (speaker, source, target, by,
claimant) are rows of `parties`, so that one index answers "everything with Viet Nam in it". A change here is a new file in
`migrations/versions`, which only adds tables and columns: what a register holds is never dropped. Where a table is said to be without
rowid it lies in the order of its key; in registers made before step 25 those of findings do not.
"""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table
from sqlalchemy import String as PlainString
from sqlalchemy import Text as PlainText

SCHEMA = 28
"""The newest revision of the tables; a register with a higher one is of a newer Comity."""

String = PlainString().with_variant(PlainString(collation="C"), "postgresql")
Text = PlainText().with_variant(PlainText(collation="C"), "postgresql")
"""Texts sort by code point in both databases: a server's own order (a, B, c or B, a, c) would give another order of the same answers."""

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

documents = Table(
    "documents",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("title", String),
    Column("publisher", String),
    Column("published", String, index=True),
    Column("published_from", String),
    Column("language", String, nullable=False),
    Column("source", String),
    Column("note", String),
    Column("text", Text, nullable=False),
    Column("related", JSON, nullable=False),
    Column("shifts", JSON),
    Column("family", String, nullable=False, index=True),
    Column("reading", Integer),
    Column("added", String, nullable=False),
    Column("day", String, nullable=False, server_default=""),
    Index("ix_documents_day", "day", "id"),
    Index("ix_documents_reading", "reading", "published"),
)
"""`family` is the least id among the document and its near copies, the same for all of them; `reading` is its newest reading; `day` is
`published`, empty where it is not known: lists are in its order."""

sketches = Table(
    "sketches",
    metadata,
    Column("year", String, primary_key=True),
    Column("shingle", BigInteger, primary_key=True),
    Column("day", String, primary_key=True),
    Column("document", ForeignKey("documents.key"), primary_key=True),
    sqlite_with_rowid=False,
)
"""A few shingles of each document, to look up its near copies by; `day` and `year` are empty where its date is not known to the day. By
year, so that what comes in the order of time is written into a few pages, not into all of the file."""

outlines = Table(
    "outlines",
    metadata,
    Column("document", ForeignKey("documents.key"), primary_key=True),
    Column("hashes", LargeBinary, nullable=False),
)
"""A sample of each document's shingles, to compare it with others by: numbers of four bytes, in order."""

families = Table(
    "families",
    metadata,
    Column("document", ForeignKey("documents.key"), primary_key=True),
    Column("since", String, primary_key=True),
    Column("family", String, nullable=False),
    sqlite_with_rowid=False,
)
"""The family a document was of from a time on, so that a view as of an earlier day counts sources as they were known then."""

readings = Table(
    "readings",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("document", ForeignKey("documents.key"), nullable=False),
    Column("reader", String, nullable=False),
    Column("added", String, nullable=False, index=True),
    Index("one_reading_a_version", "document", "reader", unique=True),
)


def _finding(name: str, *columns: Column[object] | Index) -> Table:
    """A table of findings of one kind: where they stand, and the fields of that kind."""
    return Table(
        name,
        metadata,
        Column("reading", ForeignKey("readings.key"), primary_key=True),
        Column("number", Integer, primary_key=True),
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        Column("quote", Text, nullable=False),
        *columns,
        sqlite_with_rowid=False,
    )


FINDINGS = {
    "actors": _finding("actor_mentions", Column("type", String, nullable=False), Column("actor", String, nullable=False)),
    "offices": _finding("office_mentions", Column("person", String, nullable=False, index=True), Column("of", String)),
    "dates": _finding("date_mentions", Column("iso", String)),
    "instruments": _finding(
        "instrument_mentions", Column("name", String, nullable=False), Column("year", Integer), Column("instrument", String, index=True)
    ),
    "mechanisms": _finding(
        "mechanism_mentions",
        Column("name", String, nullable=False),
        Column("number_held", Integer),
        Column("mechanism", String, index=True),
    ),
    "statements": _finding(
        "statements",
        Column("cue", JSON),
        Column("act", String, nullable=False),
        Column("direct", Boolean, nullable=False),
        Column("capacity", String),
        Column("addressee", JSON),
        Column("occasion", JSON),
    ),
    "events": _finding(
        "event_reports",
        Column("type", String, nullable=False),
        Column("when", String, index=True),
        Column("status", String, nullable=False),
        Column("mechanism", String, index=True),
    ),
    "commitments": _finding("commitments", Column("force", String, nullable=False), Column("due", String, index=True)),
    "progress": _finding(
        "progress_claims",
        Column("subject", String, index=True),
        Column("subject_name", String, nullable=False),
        Column("numerator", Integer),
        Column("denominator", Integer),
        Column("percent", Float),
        Column("bound", String, nullable=False),
        Column("remaining", Boolean, nullable=False),
        Column("verb", String),
        Column("as_of", String),
    ),
    "themes": _finding("theme_mentions", Column("theme", String, nullable=False, index=True), Column("score", Float, nullable=False)),
    "slips": _finding("slips", Column("reason", String, nullable=False), Column("details", JSON, nullable=False)),
}
"""By the name of the kind in a Reading."""

parties = Table(
    "parties",
    metadata,
    Column("reading", ForeignKey("readings.key"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("role", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("actor", String, nullable=False),
    Index("ix_parties_taking", "actor", "kind", "reading", "number"),
    sqlite_with_rowid=False,
)

passages = Table(
    "passages",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("document", ForeignKey("documents.key"), nullable=False),
    Column("reading", ForeignKey("readings.key")),
    Column("kind", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("under", Integer),
    Index("ix_passages_reading", "reading"),
)
"""What can be searched: a document's text (kind `document`), or the sentence around a finding. Their words are in the table `words`, which
each database has in its own way: FTS5 in SQLite, vectors in PostgreSQL. They stand there under the key `under`, which findings in one
sentence share; passages made before this was so have none, and their own key counts."""

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("made", String, nullable=False),
    Column("who", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", JSON, nullable=False),
    Column("value", JSON, nullable=False),
    Column("why", Text, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
    Column("document", String),
    Index("ix_decisions_document", "document"),
)
"""What people decided, each with the hash of the one before. The database itself refuses to change or delete a row."""

fits = Table(
    "fits",
    metadata,
    Column("reading", ForeignKey("readings.key"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("decision", ForeignKey("decisions.number"), primary_key=True),
)
"""Which finding of which reading a decision on a finding is about. A decision without a row for the newest reading fits no longer."""

identities = Table(
    "identities",
    metadata,
    Column("id", String, primary_key=True),
    Column("actor", String, nullable=False),
    Column("type", String, nullable=False),
    Column("name", String, nullable=False),
    Column("body", String),
    Column("added", String, nullable=False),
    Index("ix_identities_actor", "actor"),
)
"""Persons, states and bodies: `actor` is the id that readings use, which two people of one name share; `body` is whom a person serves."""

resolutions = Table(
    "resolutions",
    metadata,
    Column("reading", ForeignKey("readings.key"), primary_key=True),
    Column("actor", String, primary_key=True),
    Column("identity", ForeignKey("identities.id"), nullable=False),
    sqlite_with_rowid=False,
)
"""Who an actor id of a reading is."""

finding_themes = Table(
    "finding_themes",
    metadata,
    Column("reading", ForeignKey("readings.key"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("theme", String, primary_key=True),
    sqlite_with_rowid=False,
)
"""The themes that a finding's own words name."""

repeats = Table(
    "repeats",
    metadata,
    Column("reading", ForeignKey("readings.key"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
"""Findings that a near copy says again in the same words: lists and tallies have the first one only."""

tallies = Table(
    "tallies",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("facet", String, nullable=False),
    Column("value", String, nullable=False),
    Column("findings", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Index("one_tally_a_value", "facet", "value", unique=True),
)
"""What documents and their findings carry (`statements.actor`, `VNM`), and how many do: the names and the sums of `tags`."""

tags = Table(
    "tags",
    metadata,
    Column("tally", Integer, primary_key=True),
    Column("day", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("document", Integer, nullable=False),
    Column("findings", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How many findings of a document's newest reading carry a value: follows from the other tables, so that lists need not read them all. The
key is the order of lists. No foreign keys: to look up both for each of ninety rows a document costs as much as to write them."""

tagged = Table(
    "tagged",
    metadata,
    Column("document", ForeignKey("documents.key"), primary_key=True),
    Column("carried", JSON, nullable=False),
)
"""All tags of a document, each followed by its number of findings: what is to be taken away where something about it changes."""

withdrawals = Table(
    "withdrawals",
    metadata,
    Column("decision", ForeignKey("decisions.number"), primary_key=True),
    Column("document", ForeignKey("documents.key"), nullable=False, index=True),
    Column("made", String, nullable=False),
    Column("undone", String),
)
"""Documents that a person withdrew, and when that was taken back; a document that is withdrawn has no newest reading."""
