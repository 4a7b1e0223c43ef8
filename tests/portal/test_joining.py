"""Two actors of the register are joined by a person who saw both, parted again, and neither is asked about once somebody said so."""

from collections.abc import Iterator

import httpx
import pytest
from lxml import html as trees
from named import named_in, said_by
from staff import Clock, Person, person, said, staffed, visiting

from comity.register import Action, OfActors, Register
from made import register_of

LAN, OTHER, SECOND = "tran-thi-lan", "lan-thi-tran", "tran-thi-lan~2"


@pytest.fixture
def register(tmp_path) -> Iterator[Register]:
    with named_in(tmp_path) as register:
        yield register


@pytest.fixture
def address(register) -> Iterator[str]:
    with visiting(staffed(register, Clock())) as address:
        yield address


@pytest.fixture
def lan(address) -> Person:
    return person(address, "reviewer")


def both(one: str = LAN, other: str = OTHER) -> str:
    return f"/en/review/join?one={one}&other={other}"


def decide(one: Person, action: str, path: str | None = None, **fields: str) -> httpx.Response:
    return one.fill(path or both(), "/review/join", action=action, **fields)


def test_from_an_actors_page_to_who_may_be_the_same(lan):
    page = trees.fromstring(lan.get(f"/en/actors/{LAN}").text)
    (ask,) = page.xpath("//a[contains(@href, '/review/join')]/@href")
    found = lan.get(ask)
    assert "suggested, not reviewed Lan Thị Trần" in said(found)
    assert "names alike" in said(found)
    look = trees.fromstring(found.text).xpath("//a[@class='button']/@href")
    assert both() in look
    shown = said(lan.get(both()))
    assert "ports will matter" in shown
    assert "ports matter more" in shown


def test_joined_they_stand_on_one_page_until_that_is_taken_back(lan, register, address):
    sent = decide(lan, "merge", why="the name in another order")
    assert sent.headers["location"] == f"/en/actors/{LAN}?done=1"
    page = lan.get(sent.headers["location"])
    assert "You joined them." in said(page)
    assert "ports matter more" in said(page)
    assert "Lan Thị Trần lan-thi-tran · person Reviewer (reviewer) joined actors that are one" in said(page)
    public = httpx.Client(base_url=address)
    assert public.get(f"/en/actors/{OTHER}").status_code == 410
    assert "the name in another order" in said(public.get(f"/en/actors/{LAN}"))
    assert lan.fill_in(page, "/review/undo").status_code == 303
    assert public.get(f"/en/actors/{OTHER}").status_code == 200
    assert "ports matter more" not in said(lan.get(f"/en/actors/{LAN}"))
    assert [one.action for one in register.view().decisions()] == [Action.MERGE, Action.UNDO]


def test_the_one_whose_name_stays_is_chosen_and_later_stays_so(lan, register):
    assert decide(lan, "merge", keep=OTHER).headers["location"] == f"/en/actors/{OTHER}?done=1"
    page = lan.get(both(OTHER, SECOND))
    assert "The name and page of Lan Thị Trần stay, since another was joined to it before." in said(page)
    assert not trees.fromstring(page.text).xpath("//input[@name='keep']")
    assert decide(lan, "merge", both(SECOND, OTHER)).headers["location"] == f"/en/actors/{OTHER}?done=2"
    assert {one.id for one in register.view().actors() if one.same} == {LAN, OTHER, SECOND}


def test_who_was_joined_wrongly_is_parted_from_the_page_where_they_are(lan, register):
    decide(lan, "merge")
    decide(lan, "merge", both(LAN, SECOND))
    page = trees.fromstring(lan.get(f"/en/actors/{LAN}").text)
    ways = page.xpath("//a[contains(., 'Are they two?')]/@href")
    assert ways == [both(), f"/en/review/join?one={LAN}&other=tran-thi-lan~2"]
    asked = lan.get(ways[0])
    assert "are one by a person's decision" in said(asked)
    assert "They are one" not in said(asked)
    sent = lan.fill_in(asked, "/review/join", action="split", why="two sisters")
    assert "You said that they are two." in said(lan.get(sent.headers["location"]))
    assert lan.get(f"/en/actors/{OTHER}").status_code == 200
    assert {one.id for one in register.view().actors() if one.same} == {LAN, SECOND}
    assert "suggested, not reviewed Lan" not in said(lan.get(f"/en/review/join?one={LAN}"))


def test_who_are_two_are_not_proposed_again(lan, register):
    sent = decide(lan, "split")
    assert sent.headers["location"] == f"/en/actors/{LAN}?done=1"
    assert OTHER not in said(lan.get(f"/en/review/join?one={LAN}"))
    assert SECOND in said(lan.get(f"/en/review/join?one={LAN}"))
    lan.fill_in(lan.get(sent.headers["location"]), "/review/undo")
    assert OTHER in said(lan.get(f"/en/review/join?one={LAN}"))
    assert not any(one.same for one in register.view().actors())


@pytest.mark.parametrize(
    ("typed", "found"), [("đỗ", ["do-minh"]), ("DO M", ["do-minh"]), ("lan-thi-tran", [OTHER]), ("lan tran", [OTHER, SECOND]), ("zz", [])]
)
def test_another_is_found_by_name_or_id(lan, typed, found):
    page = lan.get("/en/review/join", params={"one": LAN, "name": typed})
    ways = trees.fromstring(page.text).xpath("//ul[contains(@class, 'choices')]//a[contains(@href, '/join')]/@href")
    assert ways == [both(other=one) for one in found]
    assert ("Nobody in the register is called" in said(page)) == (not found)


def test_several_of_one_name_are_asked_about_first(lan):
    page = lan.get("/en/review/join?one=minh")
    assert "More than one actor is called so. Which do you mean?" in said(page)
    ways = trees.fromstring(page.text).xpath("//ul[contains(@class, 'choices')]//a[contains(@href, '/join')]/@href")
    assert len(ways) == 2
    assert all("minh%40" in way for way in ways)
    assert lan.get(ways[0]).status_code == 200


def test_what_speaks_against_it_is_said(lan):
    assert "Look twice: they serve two bodies, ASEAN and United Nations." in said(lan.get(both(other=SECOND)))
    assert "Look twice" not in said(lan.get(both()))


def test_two_people_at_the_same_two_both_see_it(lan, register, address):
    page, mai = lan.get(both()), person(address, "editor")
    decide(mai, "split", why="two sisters")
    late = lan.fill_in(page, "/review/join", action="merge", why="one face", keep=OTHER)
    assert late.status_code == 409
    assert "Editor (editor) parted actors that are not one" in said(late)
    assert (lan.form(late, "/review/join")["why"], lan.form(late, "/review/join")["keep"]) == ("one face", OTHER)
    assert len(list(register.view().decisions())) == 1
    assert lan.fill_in(late, "/review/join", action="merge").status_code == 303


def test_joined_by_another_meanwhile_one_sees_where_they_are(lan, register, address):
    page = lan.get(both())
    decide(person(address, "editor"), "merge")
    assert lan.fill_in(page, "/review/join", action="merge").status_code == 409
    assert len(list(register.view().decisions())) == 1


def test_only_reviewers_and_only_of_those_who_are_there(lan, register, address):
    for login in (None, "reader", "contributor"):
        one = person(address, login)
        assert "Is this the same" not in said(one.get(f"/en/actors/{LAN}"))
        assert one.get(both()).status_code in (303, 403)
        assert one.post("/en/review/join", data={"one": LAN, "other": OTHER, "action": "merge"}).status_code in (401, 403)
        assert one.get("/en/review/join").status_code in (303, 403)
    assert lan.get("/en/review/join?one=nobody").status_code == 404
    assert lan.get(f"/en/review/join?one={LAN}&other=nobody").status_code == 200
    assert decide(lan, "merge", other="nobody").status_code == 400
    assert decide(lan, "accept").status_code == 404
    assert not list(register.view().decisions())


def test_the_log_names_them(lan):
    decide(lan, "merge")
    log = lan.get("/en/review/log")
    assert "Trần Thị Lan = Lan Thị Trần" in said(log)
    assert f'href="/en/actors/{LAN}"' in log.text


def test_the_join_is_a_decision_on_actors(lan, register):
    decide(lan, "merge", why="seen")
    (decision,) = register.view().decisions()
    assert (decision.subject, decision.why, decision.who) == (OfActors((LAN, OTHER)), "seen", "Reviewer (reviewer)")


def pairs_in(page: httpx.Response) -> list[tuple[str, str]]:
    """The two of each form in the list."""
    forms = [form for form in trees.fromstring(page.text).forms if "one" in form.fields]
    return [(form.fields["one"], form.fields["other"]) for form in forms]


def test_all_who_may_be_one_stand_in_a_list_with_the_reason_and_what_they_said(lan):
    page = lan.get("/en/review/join")
    assert pairs_in(page) == [(LAN, OTHER), (SECOND, OTHER), (LAN, SECOND)]
    told = said(page)
    assert "3 pairs may be one" in told
    assert "Why it is suggested: names alike (100 %)" in told
    assert "ports will matter" in told
    assert "Look twice: they serve two bodies, ASEAN and United Nations." in told
    assert f"Joined, the name and page of Trần Thị Lan ({LAN}) stay." in told
    assert both() in trees.fromstring(page.text).xpath("//a[@class='button']/@href")
    assert "/en/review/join" in lan.get("/en/review").text


def test_from_the_list_two_are_joined_or_kept_apart_and_both_taken_back(lan, register):
    page = lan.fill("/en/review/join", "/review/join", action="split")
    assert page.headers["location"] == "/en/review/join?done=1"
    page = lan.get(page.headers["location"])
    assert "You said that they are two." in said(page)
    assert pairs_in(page) == [(SECOND, OTHER), (LAN, SECOND)]
    assert "done" not in lan.form(page, "/review/join")["back"]
    page = lan.get(lan.fill_in(page, "/review/undo").headers["location"])
    assert pairs_in(page)[0] == (LAN, OTHER)
    page = lan.get(lan.fill_in(page, "/review/join", action="merge").headers["location"])
    assert "You joined them." in said(page)
    assert pairs_in(page) == [(SECOND, OTHER)], "the two that are one by now are asked about once"
    assert f"Joined, the name and page of Trần Thị Lan ({LAN}) stay." in said(page)
    assert [one.action for one in register.view().decisions()] == [Action.SPLIT, Action.UNDO, Action.MERGE]


def test_a_long_list_goes_on_where_it_was_left(tmp_path):
    names = [f"{first}a Thị Trần" for first in ["Bb", "Cc", "Dd", "Ee", "Ff", "Gg", "Hh"]]
    twice = [said_by(name, name.replace(" ", "-") + order, f"{name} {order}", "ASEAN") for name in names for order in ("", "-x", "-y")]
    with register_of(tmp_path, *twice) as register, visiting(staffed(register, Clock())) as address:
        lan = person(address, "reviewer")
        first = lan.get("/en/review/join")
        (more,) = trees.fromstring(first.text).xpath("//a[@rel='next']/@href")
        rest = lan.get(more)
        assert len(pairs_in(first)) == 12
        assert not set(pairs_in(first)) & set(pairs_in(rest))
        sent = lan.fill_in(rest, "/review/join", action="split")
        assert sent.headers["location"] == f"{more}&done=1"


def test_nobody_may_be_one(tmp_path):
    with register_of(tmp_path, said_by("Đỗ Minh", "do-minh", "rain is due")) as register, visiting(staffed(register, Clock())) as address:
        page = person(address, "reviewer").get("/en/review/join")
        assert "No two in the register have names so alike" in said(page)
        assert "/en/actors" in trees.fromstring(page.text).xpath("//main//a/@href")


def test_the_page_of_who_was_joined_leads_to_where_they_are_parted(lan, address):
    decide(lan, "merge")
    gone = lan.get(f"/en/actors/{OTHER}")
    assert gone.status_code == 410
    (ask,) = trees.fromstring(gone.text).xpath("//main//a[contains(., 'Are they two?')]/@href")
    assert ask == both()
    lan.fill(ask, "/review/join", action="split")
    assert lan.get(f"/en/actors/{OTHER}").status_code == 200
    decide(lan, "merge")
    assert "Are they two?" not in httpx.get(f"{address}/en/actors/{OTHER}").text
