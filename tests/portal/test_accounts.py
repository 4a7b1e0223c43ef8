"""What accounts rest on: passwords, codes, names, limits, and what may be carried through signing in."""

import base64
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadInputError
from comity.portal import settings
from comity.portal.accounts import totp
from comity.portal.accounts.door import wait_after
from comity.portal.accounts.names import login_of, shown_name
from comity.portal.accounts.passwords import Hasher, fault_in
from comity.portal.accounts.secrets import proof_for, proves
from comity.portal.form import Form, is_here, keep, kept_in
from comity.portal.intake import file_name
from comity.portal.limits import Limits
from comity.portal.rights import rule_for
from comity.portal.settings import from_environment
from comity.register.accounts import Role


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("short", "password_short"),
        ("a" * 201, "password_long"),
        ("aaaaaaaaaaaaaa", "password_same"),
        ("abababababababab", "password_same"),
        ("password123456", "password_common"),
        ("Qwertyuiop2024", "password_common"),
        ("matkhau2024!!!", "password_common"),
        ("lan.nguyen1234", "password_common"),
        ("seven grey herons wade", None),
        ("bảy con diệc xám lội", None),
        ("kT9#vq2LmzR7", None),
    ],
)
def test_passwords_are_long_and_not_what_everybody_tries(password, fault):
    assert fault_in(password, login="lan.nguyen", name="Lan Nguyễn") == fault


def test_a_password_fits_however_the_keyboard_writes_it():
    hasher = Hasher()
    hashed = hasher.hash("mười hai ký tự")
    assert hasher.checks("mười hai ký tự".encode().decode(), hashed)
    assert hasher.checks("mười hai ký tự", hashed)
    assert not hasher.checks("muoi hai ky tu", hashed)
    assert not hasher.checks("a password that nobody has", None)
    assert not hasher.checks("anything", "no hash at all")


@pytest.mark.parametrize(("moment", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")])
def test_codes_are_those_of_rfc_6238(moment, code):
    secret = base64.b32encode(b"12345678901234567890").decode()
    assert totp.code_at(secret, moment // totp.STEP) == code
    assert totp.step_of(secret, code, moment + 29) is not None
    assert totp.step_of(secret, code, moment + 90) is None


def test_recovery_codes_are_ten_and_differ():
    assert len(set(totp.new_recovery_codes())) == 10
    assert totp.plain(" ABCD-efgh- jkmn ") == "abcd-efgh-jkmn"


@pytest.mark.parametrize(
    ("typed", "login"),
    [
        (" Lan.Nguyen@MOFA.example ", "lan.nguyen@mofa.example"),
        ("ab", None),
        ("lаn", None),
        ("lan nguyen", None),
        ("ｌａｎ", "lan"),
        ("-lan", None),
    ],
)
def test_sign_in_names_look_like_no_others(typed, login):
    assert login_of(typed) == login


def test_shown_names_hold_nothing_that_cant_be_seen():
    assert shown_name("  Lan\u202e gnuhP\x00 \u200b Nguyễn ") == "Lan gnuhP Nguyễn"
    assert len(shown_name("x" * 500)) == 80
    assert shown_name("\u200b\u202e") == ""


@given(st.text())
def test_any_name_is_shown_on_one_line(typed):
    assert "\n" not in shown_name(typed)
    assert shown_name(shown_name(typed)) == shown_name(typed)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\docs\\a.pdf", "a.pdf"), ("a\u202efdp.exe", "afdp.exe"), ("", "?"), ("a\nb.txt", "ab.txt")],
)
def test_names_of_files_lead_nowhere(given_name, kept):
    assert file_name(given_name) == kept


def test_waiting_doubles_and_ends():
    assert [wait_after(n) for n in (0, 4, 5, 6, 7, 30)] == [0, 0, 30, 60, 120, 900]


def test_a_bucket_fills_evenly():
    now = [0.0]
    limits = Limits(lambda: now[0])
    assert [limits.wait("a", 3) for _ in range(4)] == [0, 0, 0, 20]
    assert limits.wait("b", 3) == 0
    now[0] = 20.0
    assert [limits.wait("a", 3), limits.wait("a", 3)] == [0, 20]


@given(st.text(), st.text())
def test_a_proof_fits_its_key_only(one, other):
    assert proves(proof_for(one), one)
    assert one == other or not proves(proof_for(one), other)


@pytest.mark.parametrize("path", ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "", "/en\r\nx: y", "/en\\x"])
def test_only_addresses_of_ours_are_gone_on_to(path):
    assert not is_here(path)
    assert is_here("/en/review?only=progress#n1")


@pytest.mark.parametrize(
    "fields",
    [
        {"kept_path": "//evil.example/x", "kept": '[["a","b"]]'},
        {"kept_path": "/en/sign-in", "kept": '[["a","b"]]'},
        {"kept_path": "/en/people/role", "kept": "{"},
        {"kept_path": "/en/nowhere", "kept": '[["a","b"]]'},
        {"kept_path": "/en/review/decide", "kept": '[["a",1]]'},
    ],
)
def test_only_forms_of_ours_are_kept(fields: dict[str, Any]):
    assert kept_in(Form(fields.items())) is None


def test_what_is_kept_leaves_passwords_out():
    kept = keep("/en/upload", Form([("text", "Xin chào\r\nbạn"), ("password", "secret"), ("proof", "1")]))
    assert kept is not None
    assert kept.fields == (("text", "Xin chào\nbạn"),)
    assert kept_in(Form([("kept_path", kept.path), ("kept", kept.written())])) == kept


@pytest.mark.parametrize(
    ("method", "path", "role"),
    [
        ("GET", "/en/people", Role.ADMINISTRATOR),
        ("GET", "/en/people/", Role.ADMINISTRATOR),
        ("GET", "//en//people", Role.ADMINISTRATOR),
        ("GET", "/vi/review/log", Role.REVIEWER),
        ("GET", "/vi/upload/held", Role.EDITOR),
        ("GET", "/vi/upload/abc", Role.CONTRIBUTOR),
        ("POST", "/en/upload/held/abc", Role.EDITOR),
    ],
)
def test_rules_hold_however_the_path_is_written(method, path, role):
    rule = rule_for(method, path)
    assert rule is not None
    assert rule.role is role


def test_what_has_no_rule_is_changed_by_nobody():
    assert rule_for("POST", "/en/documents") is None
    assert rule_for("POST", "/api/v1/accounts") is None


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("COMITY_RATE", "many", "whole number"),
        ("COMITY_TLS", "maybe", "give 1 or 0"),
        ("COMITY_IDLE_MINUTES", "0", "whole number"),
        ("COMITY_OIDC_ISSUER", "https://id.example", "set all three"),
    ],
)
def test_odd_settings_are_one_sentence(monkeypatch, tmp_path, name, value, words):
    monkeypatch.setenv(name, value)
    with pytest.raises(BadInputError, match=words):
        from_environment(accounts=True, home=tmp_path)


def test_settings_come_from_the_environment(monkeypatch, tmp_path):
    for name, value in (
        ("COMITY_PORTAL_HOSTS", "Portal.example, other.example"),
        ("COMITY_TLS", "1"),
        ("COMITY_OIDC_ISSUER", "https://id.example/"),
        ("COMITY_OIDC_CLIENT", "comity"),
        ("COMITY_OIDC_SECRET", "x"),
        ("COMITY_OIDC_ROLE", "reviewer"),
    ):
        monkeypatch.setenv(name, value)
    found = from_environment(accounts=True, home=tmp_path)
    assert found.hosts == ("portal.example", "other.example")
    assert found.provider is not None
    assert (found.provider.issuer, found.provider.role, found.cookie) == ("https://id.example", Role.REVIEWER, "__Host-comity")


def test_every_setting_is_in_the_manual():
    source = Path(settings.__file__).read_text(encoding="utf-8")
    manual = (Path(__file__).parents[2] / "docs" / "portal.md").read_text(encoding="utf-8")
    named = set(re.findall(r'"(COMITY_[A-Z_]+)"', source))
    assert len(named) > 10
    assert {name for name in named if f"`{name}`" not in manual} == set()
