"""Keys of second factors are kept sealed: the register's file holds none, and without the portal's key file they are of no use."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as trees
from staff import PASSWORD, Clock, Person, person, said, staffed, visiting

from comity.errors import BadInputError
from comity.portal.accounts import totp
from comity.portal.accounts.seal import NAME, Seal, new_seal_key, seal_key_in
from comity.portal.settings import from_environment
from comity.register import Register
from small_register import filled

KEY, OTHER = new_seal_key(), new_seal_key()


@pytest.fixture
def register(tmp_path) -> Iterator[Register]:
    with filled(tmp_path) as register:
        yield register


def set_up(one: Person, clock: Clock) -> str:
    """Sets a second factor up; gives its key."""
    page = one.fill("/en/account", "/factor")
    secret = one.form(page, "/confirm")["secret"]
    done = one.fill_in(page, "/confirm", code=totp.code_at(secret, int(clock()) // 30), password=PASSWORD)
    assert done.status_code == 200
    return str(secret)


def kept(register: Register) -> str:
    with sqlite3.connect(register.name) as connection:
        return str(connection.execute("SELECT totp FROM accounts WHERE login = 'reader'").fetchone()[0])


def enter(one: Person, code: str) -> int:
    return int(one.fill_in(one.sign_in("reader"), "/sign-in/code", code=code).status_code)


def test_the_register_holds_no_key_that_can_be_read(register):
    clock = Clock()
    with visiting(staffed(register, clock, seal_key=KEY)) as address:
        secret = set_up(person(address, "reader"), clock)
        assert secret not in kept(register)
        assert Seal(KEY).open(kept(register)) == secret
        clock.now += 60
        assert enter(person(address), totp.code_at(secret, int(clock()) // 30)) == 303


def test_another_key_file_lets_nobody_in_by_the_app_and_says_so(register):
    clock = Clock()
    with visiting(staffed(register, clock, seal_key=KEY)) as address:
        one = person(address, "reader")
        page = one.fill("/en/account", "/factor")
        secret = one.form(page, "/confirm")["secret"]
        codes = one.fill_in(page, "/confirm", code=totp.code_at(secret, int(clock()) // 30), password=PASSWORD)
        code = trees.fromstring(codes.text).xpath("//*[@class='codes']//text()[normalize-space()]")[0].strip()
    clock.now += 60
    with visiting(staffed(register, clock, seal_key=OTHER)) as address:
        one = person(address)
        refused = one.fill_in(one.sign_in("reader"), "/sign-in/code", code=totp.code_at(secret, int(clock()) // 30))
        assert refused.status_code == 403
        assert "recovery codes" in said(refused)
        assert one.fill_in(refused, "/sign-in/code", code=code).status_code == 303
        assert "Set it up anew" in said(one.get("/en/account"))
        anew = set_up(one, clock)
        clock.now += 60
        assert enter(person(address), totp.code_at(anew, int(clock()) // 30)) == 303


def test_what_an_older_version_kept_openly_is_sealed_at_the_start(register):
    clock, secret = Clock(), totp.new_secret()
    with visiting(staffed(register, clock, seal_key=KEY)):
        pass
    with sqlite3.connect(register.name) as connection:
        connection.execute("UPDATE accounts SET totp = ? WHERE login = 'reader'", (secret,))
    with visiting(staffed(register, clock, seal_key=KEY)) as address:
        assert secret not in kept(register)
        assert enter(person(address), totp.code_at(secret, int(clock()) // 30)) == 303


def test_the_key_file_is_made_once_for_its_owner_only(tmp_path, monkeypatch):
    monkeypatch.delenv("COMITY_KEY_FILE", raising=False)
    first = from_environment(accounts=True, home=tmp_path / "data").seal_key
    file = tmp_path / "data" / NAME
    assert file.stat().st_mode & 0o777 == 0o600
    assert from_environment(accounts=True, home=tmp_path / "data").seal_key == first
    monkeypatch.setenv("COMITY_KEY_FILE", str(tmp_path / "elsewhere"))
    assert from_environment(accounts=True, home=tmp_path / "data").seal_key != first


def test_without_accounts_no_key_file_is_made(tmp_path, monkeypatch):
    monkeypatch.delenv("COMITY_KEY_FILE", raising=False)
    assert from_environment(accounts=False, home=tmp_path).seal_key == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", "short", "ÿ", "x" * 44])
def test_a_file_that_holds_no_key_is_refused(tmp_path, content):
    file = tmp_path / "key"
    file.write_text(content, encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(BadInputError, match=str(file)):
        seal_key_in(file)


@pytest.mark.skipif(os.name != "posix", reason="rights are told by POSIX modes")
def test_a_key_file_that_others_can_read_is_refused(tmp_path):
    file = tmp_path / "key"
    seal_key_in(file)
    file.chmod(0o644)
    with pytest.raises(BadInputError, match="chmod 600"):
        seal_key_in(file)


def test_a_folder_in_the_key_files_place_is_refused(tmp_path: Path):
    with pytest.raises(BadInputError, match="COMITY_KEY_FILE"):
        seal_key_in(tmp_path)
