"""Accounts, sessions, the log and held documents are the same in SQLite and PostgreSQL, and stay in their register."""

import zipfile
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from comity.errors import BadInputError
from comity.register import open_register
from comity.register.account_tables import accounts, audit
from comity.register.accounts import Role
from comity.register.backend import engine_of
from comity.register.sessions import Pending, Scope, Stage
from made import document, reading

NOW = 1_700_000_000


def test_a_link_works_once_and_in_time(place: str):
    with open_register(place) as register:
        people = register.accounts()
        for name, until in (("a", NOW + 10), ("b", NOW - 1)):
            people.invite(hash=name, role=Role.EDITOR, note="Mai", by="chief", now=NOW - 5, until=until)
        lan = people.redeem(hash="a", login="lan", name="Lan", password="x", now=NOW)
        assert (lan.key, lan.role) == (1, Role.EDITOR)
        for hash in ("a", "b", "c"):
            with pytest.raises(BadInputError, match="used already or is over"):
                people.redeem(hash=hash, login="mai", name="Mai", password="x", now=NOW)
        people.invite(hash="d", role=Role.READER, note="", by="chief", now=NOW, until=NOW + 10)
        with pytest.raises(BadInputError, match="taken"):
            people.redeem(hash="d", login="lan", name="Another", password="x", now=NOW)
        assert [one.hash for one in people.invitations(NOW)] == ["d"]


def test_tries_are_counted_before_they_are_made(place: str):
    with open_register(place) as register:
        people = register.accounts()
        waits = [people.try_once("lan", NOW, lambda failures: 0 if failures < 3 else 30) for _ in range(4)]
        assert waits == [0, 0, 0, 30]
        assert people.try_once("lan", NOW + 30, lambda failures: 30) == 0
        people.forget_failures("lan")
        assert people.try_once("lan", NOW + 31, lambda failures: 30) == 0


def test_sessions_tokens_and_codes(place: str):
    with open_register(place) as register:
        people, sessions = register.accounts(), register.sessions()
        people.invite(hash="a", role=Role.ADMINISTRATOR, note="", by="x", now=NOW, until=NOW + 10)
        lan = people.redeem(hash="a", login="lan", name="Lan", password="x", now=NOW)
        sessions.open(hash="s", account=lan.key, stage=Stage.FULL, agent="Firefox", now=NOW, oldest=0)
        found = sessions.find("s", opened_after=0, seen_after=0)
        assert found is not None
        assert found.account == lan
        sessions.see(found, NOW + 100)
        assert sessions.find("s", opened_after=0, seen_after=NOW + 50) is not None
        assert sessions.find("s", opened_after=0, seen_after=NOW + 100) is None
        sessions.add_token(hash="t", account=lan.key, name="script", scope=Scope.WRITE, now=NOW)
        token = sessions.find_token("t")
        assert token is not None
        assert (token.account.login, token.scope, token.used) == ("lan", Scope.WRITE, None)
        people.set_totp(lan.key, "KEY", ["c1", "c2"])
        assert people.take_step(lan.key, 7)
        assert not people.take_step(lan.key, 7)
        assert people.take_recovery_code(lan.key, "c1")
        assert not people.take_recovery_code(lan.key, "c1")
        assert people.count_recovery_codes(lan.key) == 1
        with pytest.raises(BadInputError, match="last administrator"):
            people.set_role(lan.key, Role.READER)
        assert people.by_key(lan.key).role is Role.ADMINISTRATOR
        assert sessions.find("s", opened_after=0, seen_after=0) is not None
        kept = Pending(browser="b", nonce="n", verifier="v", following="/en")
        sessions.wait_for(state="z", kept=kept, now=NOW, until=NOW + 10)
        assert sessions.take_pending("z", NOW) == kept
        assert sessions.take_pending("z", NOW) is None


def test_the_log_is_never_changed(place: str):
    with open_register(place) as register:
        for number in range(3):
            register.audit().add(at=NOW, who="lan", event="sign_in", about=str(number))
        assert [one.about for one in register.audit().newest(2)] == ["2", "1"]
        assert [one.about for one in register.audit().newest(2, before=2)] == ["0"]
    engine, _ = engine_of(place)
    for change in (update(audit).values(who="nobody"), delete(audit)):
        with engine.connect() as connection, pytest.raises(Exception, match="only added to"):
            connection.execute(change)
    engine.dispose()


def test_what_is_held_is_no_document_of_the_register(place: str):
    of = reading(document("ASEAN agreed to go on.", title="Held"))
    with open_register(place) as register:
        holding = register.holding()
        assert holding.hold(of, who="lan", now=NOW)
        assert not holding.hold(of, who="mai", now=NOW)
        assert [(one.title, one.who) for one in holding.all()] == [("Held", "lan")]
        assert holding.reading(of.document.id) == of
        assert register.view().count_documents() == 0
        assert holding.drop(of.document.id)
        assert not holding.drop(of.document.id)


def test_an_archive_leaves_people_behind(place: str, tmp_path: Path):
    with open_register(place) as register:
        register.accounts().invite(hash="a", role=Role.READER, note="", by="x", now=NOW, until=NOW + 10)
        register.accounts().redeem(hash="a", login="lan", name="Lan", password="$argon2id$secret", now=NOW)
        register.export_to(tmp_path / "register.zip")
    with zipfile.ZipFile(tmp_path / "register.zip") as archive:
        assert not [name for name in archive.namelist() if "accounts" in name or "sessions" in name or "tokens" in name]
        assert all(b"argon2" not in archive.read(name) for name in archive.namelist())
    with open_register(tmp_path / "other.sqlite") as other:
        other.import_from(tmp_path / "register.zip")
    engine, _ = engine_of(tmp_path / "other.sqlite")
    with engine.connect() as connection:
        assert connection.execute(select(accounts)).all() == []
    engine.dispose()
