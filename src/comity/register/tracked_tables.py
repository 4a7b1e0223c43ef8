"""The tables of what follows from findings and decisions together: ties to plan lines and what people decided about them, what happened as
all reports tell it, and what documents say that others may contradict.
"""

from sqlalchemy import JSON, BigInteger, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table

from comity.register.schema import String, Text, metadata

Number = BigInteger().with_variant(Integer, "sqlite")
"""Of 60 bits. SQLite's own INTEGER holds them, and a primary key of it needs no index beside the table."""

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
"""What happened or is to, as all event reports together tell it. `key` follows from the oldest report; `neighbourhood` is the key again (it
was a larger part, before there were occurrence_contacts). `foretold` is the held occurrence in which an announcement came true, `announced`
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

occurrence_guesses = Table(
    "occurrence_guesses",
    metadata,
    Column("place", Number, primary_key=True, autoincrement=False),
    Column("latest", Number, nullable=False, index=True),
    Column("earliest", Number, nullable=False, index=True),
)
"""Reports of a month or a year in which several sittings were: it says of none that it is meant, and ties nothing together. `latest` and
`earliest` are two of the reports that show it, a week or more apart: as long as both stand, it does. A place is a reading and a number in
it (register/places.py)."""

occurrence_contacts = Table(
    "occurrence_contacts",
    metadata,
    Column("one", Number, primary_key=True, autoincrement=False),
    Column("other", Number, primary_key=True, autoincrement=False),
    Index("ix_occurrence_contacts_other", "other"),
    sqlite_with_rowid=False,
)
"""Occurrences that are two, though a report of one is tied to a report of the other; each pair both ways. They may have to be put together
anew when one of them changes, and no others."""

occurrence_bonds = Table(
    "occurrence_bonds",
    metadata,
    Column("one", Number, primary_key=True, autoincrement=False),
    Column("other", Number, primary_key=True, autoincrement=False),
    Column("bonds", LargeBinary, nullable=False),
    Index("ix_occurrence_bonds_other", "other"),
    sqlite_with_rowid=False,
)
"""How strongly reports of two occurrences in contact, or of one, are tied by the words of their documents (tracking/kept_bonds.py), so that
these are not read again when one of them changes. `one` is not above `other`."""

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

OCCURRENCES = (
    occurrences,
    occurrence_reports,
    occurrence_tags,
    occurrence_moves,
    occurrence_readings,
    occurrence_marks,
    occurrence_guesses,
    occurrence_contacts,
    occurrence_bonds,
    sayings,
)
"""Put together anew by the next `comity track`, which knows the partnership's meetings and members."""
