"""The tables, the same in SQLite and PostgreSQL. Documents, the readings made of them, and one table for each kind of finding.

A finding is numbered inside its reading, in the order of the text. The actors that take part in a finding (speaker, source, target, by,
claimant) are rows of `parties`, so that one index answers "everything with Viet Nam in it". A change here is a new file in
`migrations/versions`, which only adds tables and columns: what a register holds is never dropped.
"""

from sqlalchemy import JSON, BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table
from sqlalchemy import String as PlainString
from sqlalchemy import Text as PlainText

SCHEMA = 16
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
    Index("ix_documents_reading", "reading"),
)
"""`family` is the least id among the document and its near copies, the same for all of them; `reading` is its newest reading; `day` is
`published`, empty where it is not known: lists are in its order."""

sketches = Table(
    "sketches",
    metadata,
    Column("shingle", BigInteger, primary_key=True),
    Column("day", String, primary_key=True),
    Column("document", ForeignKey("documents.key"), primary_key=True),
    sqlite_with_rowid=False,
)
"""A few shingles of each document, to look up its near copies by; `day` is empty where its date is not known to the day."""

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
    )


FINDINGS = {
    "actors": _finding("actor_mentions", Column("type", String, nullable=False), Column("actor", String, nullable=False, index=True)),
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
    Column("actor", String, nullable=False, index=True),
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
    Index("ix_passages_finding", "reading", "kind", "number"),
    Index("ix_passages_document", "document"),
)
"""What can be searched: a document's text (kind `document`), or the sentence around a finding. Their words are in the table `words`, which
each database has in its own way: FTS5 in SQLite, vectors in PostgreSQL."""

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
    Index("ix_resolutions_identity", "identity"),
)
"""Who an actor id of a reading is."""

linkings = Table(
    "linkings",
    metadata,
    Column("reading", ForeignKey("readings.key"), primary_key=True),
    Column("pack", String, primary_key=True),
    Column("version", String, nullable=False),
    Index("ix_linkings_version", "pack", "version"),
)
"""Which readings were tied to what a pack names, and by which version of the linker and the pack."""

links = Table(
    "links",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("reading", ForeignKey("readings.key"), nullable=False),
    Column("document", ForeignKey("documents.key"), nullable=False),
    Column("pack", String, nullable=False),
    Column("clause", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("plan", String, nullable=False),
    Column("target", String, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("score", Float, nullable=False),
    Column("words", JSON, nullable=False),
    Column("shows", String, nullable=False),
    Column("dated", String),
    Index("ix_links_target", "plan", "target", "dated", "key"),
    Index("ix_links_reading", "reading", "pack"),
)
"""Clauses tied to lines (`plan` names the plan), goals, elements and areas (`plan` is empty). `clause` numbers the clauses of a reading,
`rank` the ties of a clause; rank 0 was made by a person, not by the linker. `shows` is what the clause is evidence of, `dated` when that
was: the event's date or the document's."""

clause_findings = Table(
    "clause_findings",
    metadata,
    Column("reading", ForeignKey("readings.key"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("pack", String, primary_key=True),
    Column("clause", Integer, primary_key=True),
)
"""In which findings a clause stands; only clauses with links are here."""

verdicts = Table(
    "verdicts",
    metadata,
    Column("decision", ForeignKey("decisions.number"), primary_key=True),
    Column("document", ForeignKey("documents.key"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("plan", String, nullable=False),
    Column("target", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("shows", String),
    Column("made", String, nullable=False),
    Column("undone", String),
    Column("moved_from", String),
    Index("ix_verdicts_document", "document", "plan", "target"),
    Index("ix_verdicts_target", "plan", "target"),
)
"""What decisions say about links, to look up fast: `decisions` says the same. A verdict is on the words from `start` to `end`, and so on
every link to the target whose clause overlaps them, however clauses are cut later. `undone` is when it was taken back; `moved_from` is the
target of the same plan that the words were tied to before, on which the verdict is that the tie is wrong."""

finding_themes = Table(
    "finding_themes",
    metadata,
    Column("reading", ForeignKey("readings.key"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("theme", String, primary_key=True),
)
"""The themes that a finding's own words name."""

repeats = Table(
    "repeats",
    metadata,
    Column("reading", ForeignKey("readings.key"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("number", Integer, primary_key=True),
)
"""Findings that a near copy says again in the same words: lists and tallies have the first one only."""

tags = Table(
    "tags",
    metadata,
    Column("facet", String, primary_key=True),
    Column("value", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("document", ForeignKey("documents.key"), nullable=False),
    Column("findings", Integer, nullable=False),
    Index("ix_tags_document", "document"),
    sqlite_with_rowid=False,
)
"""How many findings of a document's newest reading carry a value (`statements.actor`, `VNM`): follows from the other tables, so that lists
need not read them all. The key is the order of lists."""

tallies = Table(
    "tallies",
    metadata,
    Column("facet", String, primary_key=True),
    Column("value", String, primary_key=True),
    Column("findings", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""The sums of `tags` over all documents."""

Number = BigInteger().with_variant(Integer, "sqlite")
"""Of 60 bits. SQLite's own INTEGER holds them, and a primary key of it needs no index beside the table."""

occurrences = Table(
    "occurrences",
    metadata,
    Column("key", Number, primary_key=True, autoincrement=False),
    Column("neighbourhood", Number, nullable=False, index=True),
    Column("type", String, nullable=False),
    Column("state", String, nullable=False),
    Column("when", String),
    Column("mechanism", String),
    Column("announced", String),
    Column("foretold", Number, index=True),
    Column("day", String, nullable=False),
    Column("until", String, nullable=False),
    Column("grain", Integer),
    Index("ix_occurrences_day", "day", "key"),
    Index("ix_occurrences_type", "type", "day", "key"),
    Index("ix_occurrences_mechanism", "mechanism", "day", "key"),
)
"""What happened or is to, as all event reports together tell it. `key` follows from the oldest report; `neighbourhood` holds together what
may have to be put together anew when a report is added. `foretold` is the held occurrence in which an announcement came true, `announced`
when it was first told. `day` and `until` are the first and last day of `when`, or of publication where it is undated; `grain` is how many
days lie between them, null where it is undated."""

occurrence_reports = Table(
    "occurrence_reports",
    metadata,
    Column("reading", ForeignKey("readings.key"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("own", Number, nullable=False, index=True),
    Column("occurrence", Number, nullable=False, index=True),
    sqlite_with_rowid=False,
)
"""Which occurrence an event report tells. `own` is the number of the report itself: that of the occurrence if it were the oldest, so that a
number that an occurrence once had leads to the one that its report tells now."""

occurrence_tags = Table(
    "occurrence_tags",
    metadata,
    Column("value", String, primary_key=True),
    Column("day", String, primary_key=True),
    Column("occurrence", Number, primary_key=True),
    Index("ix_occurrence_tags_occurrence", "occurrence"),
    sqlite_with_rowid=False,
)
"""The parties of occurrences, to list them by; behind `=` what an announcement without a meeting's name awaits."""

occurrence_moves = Table(
    "occurrence_moves",
    metadata,
    Column("old", Number, primary_key=True, autoincrement=False),
    Column("new", Number, nullable=False),
)
"""Where an occurrence went whose oldest report is in no newest reading any more."""

occurrence_readings = Table(
    "occurrence_readings",
    metadata,
    Column("reading", ForeignKey("readings.key"), primary_key=True, autoincrement=False),
)
"""The readings whose event reports were put together with the others."""

occurrence_marks = Table(
    "occurrence_marks",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
    sqlite_with_rowid=False,
)
"""By which version occurrences were put together, up to which reading and decision."""

sayings = Table(
    "sayings",
    metadata,
    Column("reading", ForeignKey("readings.key"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("said", JSON, nullable=False),
    Index("ix_sayings_subject", "kind", "subject"),
    sqlite_with_rowid=False,
)
"""What documents say that others may contradict: an instrument adopted or signed, who is whose partner, how many of something. Follows
from the readings; `subject` is what two sayings must have in common to be held against each other."""
