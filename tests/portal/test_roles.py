"""Who may do what: every way into the portal, tried by everybody. A way that this table does not name fails the test."""

from collections.abc import Iterator

import pytest
from staff import Clock, Person, person, staffed, visiting

from comity.portal.accounts.secrets import proof_for
from comity.portal.app import application
from comity.register import Register
from small_register import filled

EVERYBODY = ("", "reader", "contributor", "reviewer", "editor", "administrator")
TABLE = {
    ("GET", "/{language}/sign-in"): "",
    ("POST", "/{language}/sign-in"): "",
    ("GET", "/{language}/sign-in/code"): "",
    ("POST", "/{language}/sign-in/code"): "",
    ("GET", "/{language}/sign-in/provider"): "",
    ("GET", "/{language}/sign-in/back"): "",
    ("POST", "/{language}/sign-out"): "",
    ("GET", "/{language}/invitation/{key}"): "",
    ("POST", "/{language}/invitation/{key}"): "",
    ("GET", "/{language}/account"): "reader",
    ("POST", "/{language}/account/password"): "reader",
    ("POST", "/{language}/account/factor"): "reader",
    ("POST", "/{language}/account/factor/confirm"): "reader",
    ("POST", "/{language}/account/factor/end"): "reader",
    ("POST", "/{language}/account/sessions/end"): "reader",
    ("POST", "/{language}/account/tokens"): "reader",
    ("POST", "/{language}/account/tokens/drop"): "reader",
    ("GET", "/{language}/saved"): "reader",
    ("POST", "/{language}/saved"): "reader",
    ("GET", "/{language}/saved/{key}"): "reader",
    ("GET", "/{language}/saved/digest"): "reader",
    ("POST", "/{language}/saved/{key}"): "reader",
    ("GET", "/{language}/people"): "administrator",
    ("POST", "/{language}/people/invite"): "administrator",
    ("POST", "/{language}/people/withdraw"): "administrator",
    ("POST", "/{language}/people/role"): "administrator",
    ("POST", "/{language}/people/shut"): "administrator",
    ("POST", "/{language}/people/reset"): "administrator",
    ("GET", "/{language}/audit"): "administrator",
    ("GET", "/{language}/review"): "reviewer",
    ("POST", "/{language}/review/decide"): "reviewer",
    ("GET", "/{language}/review/correct"): "reviewer",
    ("POST", "/{language}/review/correct"): "reviewer",
    ("POST", "/{language}/review/undo"): "reviewer",
    ("POST", "/{language}/contradictions/decide"): "reviewer",
    ("POST", "/{language}/plans/{step}/lines/{line_step}/status"): "reviewer",
    ("POST", "/{language}/plans/{step}/lines/{line_step}/score"): "reviewer",
    ("GET", "/{language}/review/join"): "reviewer",
    ("POST", "/{language}/review/join"): "reviewer",
    ("POST", "/{language}/documents/{step}/withdraw"): "editor",
    ("GET", "/{language}/review/alike"): "reviewer",
    ("POST", "/{language}/review/alike"): "reviewer",
    ("GET", "/{language}/review/log"): "reviewer",
    ("GET", "/{language}/review/differ"): "reviewer",
    ("POST", "/{language}/review/name"): "reviewer",
    ("GET", "/{language}/upload"): "contributor",
    ("POST", "/{language}/upload"): "contributor",
    ("GET", "/{language}/upload/{key}"): "contributor",
    ("GET", "/{language}/upload/held"): "editor",
    ("GET", "/{language}/upload/held/{step}"): "contributor",
    ("POST", "/{language}/upload/held/{step}"): "editor",
}
"""The least role for each way that is not read by everybody."""
TURNED_AWAY = {"GET": {303, 403}, "POST": {401, 403}}


@pytest.fixture(scope="module")
def register(tmp_path_factory) -> Iterator[Register]:
    with filled(tmp_path_factory.mktemp("roles")) as register:
        yield register


@pytest.fixture(scope="module")
def portal(register):
    return staffed(register, Clock(), rate=100_000, sign_in_rate=100_000)


@pytest.fixture(scope="module")
def people(portal) -> Iterator[dict[str, Person]]:
    with visiting(portal) as address:
        yield {login: person(address, login or None) for login in EVERYBODY}


def ways() -> set[tuple[str, str]]:
    routes = application().routes
    return {(method, route.path_format) for route in routes for method in route.methods if method in ("GET", "POST")}


def test_every_way_to_change_something_is_in_the_table():
    own = {way for way in ways() if not way[1].startswith(("/api/", "/refused/"))}
    assert {way for way in own if way[0] == "POST"} == {way for way in TABLE if way[0] == "POST"}
    assert set(TABLE) <= own


@pytest.mark.parametrize("way", TABLE, ids=" ".join)
def test_each_may_what_the_table_says(people, way):
    method, path = way
    path = path.format(language="en", key="none", step="none", line_step="none")
    for place, login in enumerate(EVERYBODY):
        if login and path.endswith(("/sign-out", "/sessions/end", "/sign-in")) and method == "POST":
            continue  # ends or begins the session that the other tests need
        one = people[login]
        if not one.cookies.get("comity"):
            one.get("/en/sign-in")
        answer = one.request(method, path, data={"proof": proof_for(one.cookies["comity"])} if method == "POST" else None)
        may = place >= EVERYBODY.index(TABLE[way])
        sent_away = "/sign-in?next=" in answer.headers.get("location", "")
        refused = sent_away or (answer.status_code in TURNED_AWAY[method] and _is_refusal(answer.text))
        assert refused is not may, f"{login or 'nobody'}: {answer.status_code}"
        assert answer.status_code < 500


def _is_refusal(page: str) -> bool:
    return "This is not for your role" in page or "Your session is over" in page


def test_everybody_reads(people):
    for login in EVERYBODY:
        for path in ("/en", "/vi/documents", "/en/statements", "/api/v1/documents", "/api/v1/overview"):
            assert people[login].get(path).status_code == 200
