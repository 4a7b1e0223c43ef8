"""Registers of older versions are brought up to date with all they hold; those of newer versions are refused."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, update

from comity.errors import RegisterError
from comity.intake import document_from_text
from comity.register import open_register
from comity.register.backend import engine_of
from comity.register.migrations.versions import v0001_first_tables as first
from comity.register.rows import document_row
from comity.register.schema import SCHEMA, meta, metadata

TEXT = "The Union said that all lines were completed by the council in May 2020, and that work goes on."


def old_register(place: str) -> None:
    """A register as the first version made it, without a word about steps, with one document under its old id."""
    engine, _ = engine_of(place)
    tables = first.metadata.tables
    document = {**document_row(document_from_text(TEXT, publisher="Gazette", published="2020-05-30")), "id": "0a"}
    with engine.begin() as connection:
        first.metadata.create_all(connection)
        connection.execute(tables["meta"].insert(), [{"key": "schema", "value": "1"}, {"key": "created", "value": "2020-01-01"}])
        connection.execute(tables["documents"].insert(), [{**document, "key": 1, "family": "0a", "reading": 1, "added": "2020-06-01"}])
        connection.execute(tables["readings"].insert(), [{"key": 1, "document": 1, "reader": "1+test", "added": "2020-06-01"}])
        connection.execute(
            tables["date_mentions"].insert(), [{"reading": 1, "number": 0, "start": 0, "end": 3, "quote": "The", "iso": "2020-05"}]
        )
    engine.dispose()


def test_the_steps_make_the_tables_that_the_code_uses(place: str):
    open_register(place).close()
    engine, _ = engine_of(place)
    with engine.connect() as connection:
        options = {"include_object": lambda _, name, kind, *rest: not (kind == "table" and name.startswith("words"))}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
    engine.dispose()


def test_an_older_register_keeps_all_it_holds(place: str):
    old_register(place)
    again = document_from_text(TEXT, publisher="Gazette", published="2020-05-30")
    with open_register(place, create=False) as register:
        view = register.view()
        assert [(head.id, head.family) for head in view.documents()] == [(again.id, again.id)]
        assert [found.finding.iso for found in view.findings("dates")] == ["2020-05"]
        assert register.writer().has(again.id, "1+test")
    with open_register(place, create=False) as register:
        assert register.view().count_documents() == 1


def test_a_step_that_fails_changes_nothing(place: str, monkeypatch: pytest.MonkeyPatch):
    old_register(place)
    monkeypatch.setattr("hashlib.sha256", None)
    with pytest.raises(TypeError):
        open_register(place, create=False)
    monkeypatch.undo()
    engine, _ = engine_of(place)
    assert "families" not in inspect(engine).get_table_names()
    engine.dispose()
    open_register(place, create=False).close()


def test_a_newer_register_is_refused(place: str):
    open_register(place).close()
    engine, _ = engine_of(place)
    with engine.begin() as connection:
        schema = meta.c.key == "schema"
        assert connection.execute(select(meta.c.value).where(schema)).scalar() == str(SCHEMA)
        connection.execute(update(meta).where(schema).values(value="999"))
    engine.dispose()
    with pytest.raises(RegisterError, match="newer Comity"):
        open_register(place)


def test_an_empty_database_is_no_register_to_read(postgres: str):
    with pytest.raises(RegisterError, match="holds no register"):
        open_register(postgres, create=False)


def test_a_server_that_is_not_there(postgres: str):
    with pytest.raises(RegisterError, match="out of reach"):
        open_register("postgresql://desk:secret@127.0.0.1:1/register")


def test_a_database_that_is_not_there(postgres: str):
    with pytest.raises(RegisterError, match="is not there") as caught:
        open_register(postgres.replace("/postgres?", "/nowhere?"))
    assert "nowhere" in str(caught.value)


def test_a_password_is_never_shown(postgres: str):
    with pytest.raises(RegisterError) as caught:
        open_register("postgresql://desk:secret@127.0.0.1:1/register")
    assert "secret" not in str(caught.value)
