"""What lists are made from: the themes of findings, repeats in near copies, tags and tallies. They are filled once all steps are made."""

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, column, func, select, table, update
from sqlalchemy import String as PlainString

from comity.knowledge import load_knowledge
from comity.register.tags import ThemeWords, told_in

revision = "0009"
down_revision = "0008"

String = PlainString().with_variant(PlainString(collation="C"), "postgresql")
TABLES = {"statements": "statements", "events": "event_reports", "commitments": "commitments"}
TOGETHER = 500

documents = table("documents", *map(column, ("key", "published", "day", "language", "text")))
readings = table("readings", column("key"), column("document"))
meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    op.add_column("documents", Column("day", String, nullable=False, server_default=""))
    connection = op.get_bind()
    connection.execute(update(documents).values(day=func.coalesce(documents.c.published, "")))
    op.create_index("ix_documents_day", "documents", ["day", "id"])
    op.create_index("ix_documents_reading", "documents", ["reading"])
    op.create_table("finding_themes", *_place(), Column("theme", String, primary_key=True))
    op.create_table("repeats", *_place())
    op.create_table(
        "tags",
        *[Column(name, String, primary_key=True) for name in ("facet", "value", "day", "id")],
        Column("document", Integer, ForeignKey("documents.key"), nullable=False),
        Column("findings", Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tags_document", "tags", ["document"])
    op.create_table(
        "tallies",
        *[Column(name, String, primary_key=True) for name in ("facet", "value")],
        *[Column(name, Integer, nullable=False) for name in ("findings", "documents")],
        sqlite_with_rowid=False,
    )
    _name_themes()
    connection.execute(update(meta).where(meta.c.key == "schema").values(value="9"))


def _place() -> tuple[Column[object], ...]:
    return (
        Column("reading", Integer, ForeignKey("readings.key"), primary_key=True),
        Column("kind", String, primary_key=True),
        Column("number", Integer, primary_key=True),
    )


def _name_themes() -> None:
    """The themes that the findings name which are there already."""
    connection = op.get_bind()
    words = ThemeWords(load_knowledge().themes.values())
    rows = table("finding_themes", *map(column, ("reading", "kind", "number", "theme")))
    for kind, name in TABLES.items():
        findings = table(name, *map(column, ("reading", "number", "start", "end")))
        joined = findings.join(readings, readings.c.key == findings.c.reading).join(documents, documents.c.key == readings.c.document)
        query = select(findings.c.reading, findings.c.number, findings.c.start, findings.c.end, documents.c.language, documents.c.text)
        last = (0, -1)
        while found := connection.execute(
            query.select_from(joined)
            .where((findings.c.reading > last[0]) | ((findings.c.reading == last[0]) & (findings.c.number > last[1])))
            .order_by(findings.c.reading, findings.c.number)
            .limit(TOGETHER)
        ).all():
            named = [
                {"reading": one.reading, "kind": kind, "number": one.number, "theme": theme}
                for one in found
                for theme in words.of(told_in(kind, one.text, one.start, one.end), one.language)
            ]
            if named:
                connection.execute(rows.insert(), named)
            last = (found[-1].reading, found[-1].number)
