"""A line's status set by a person with its day, sentence and note, and the scores of coders with their kappa; all of it taken back."""

import shutil
from collections.abc import Iterator

import httpx
import pytest
from lxml import html as trees
from staff import Clock, Person, person, said, staffed, visiting
from tied import KNOWLEDGE, LINE, OTHER, PACK, PLAN, WORDS

from comity.register import Action, OfLine, Register, open_register

PATH = f"/plans/{PLAN}/lines/{LINE}"
WHO = "Reviewer (reviewer)"


@pytest.fixture
def register(tied, tmp_path) -> Iterator[Register]:
    with open_register(shutil.copy(tied, tmp_path)) as register:
        yield register


@pytest.fixture
def address(register) -> Iterator[str]:
    with visiting(staffed(register, Clock(), pack=PACK, known=KNOWLEDGE)) as address:
        yield address


@pytest.fixture
def lan(address) -> Person:
    return person(address, "reviewer")


def line(one: httpx.Client, path: str = PATH) -> str:
    answer = one.get(f"/en{path}")
    assert answer.status_code == 200, answer.text[:400]
    return said(answer)


def set_status(one: Person, **fields: str) -> httpx.Response:
    return one.fill(f"/en{PATH}", f"{LINE}/status", **fields)


def score(one: Person, mark: str, path: str = PATH) -> httpx.Response:
    return one.fill(f"/en{path}", "/score", score=mark)


def sentence(register: Register) -> str:
    """The place of the sentence that is tied to the line, as the form has it."""
    (head,) = register.view().documents()
    start = register.view().document(head.id).text.index(WORDS)
    return f"{head.id}:{start}-{start + len(WORDS)}"


def test_a_status_with_its_day_sentence_and_note(lan, register, address):
    sent = set_status(lan, status="completed", since="5/2018", evidence=sentence(register), why="the last course ended")
    assert sent.status_code == 303
    assert "You set the status." in said(lan.get(sent.headers["location"]))
    told = line(httpx.Client(base_url=address))
    assert f"completed · since May 2018 · decided by {WHO}: the last course ended" in told
    assert f"The minister said {WORDS}" in told.partition("Evidence")[0]
    (decision,) = register.view().decisions()
    assert (decision.action, decision.subject) == (Action.SET_STATUS, OfLine(PLAN, LINE))
    assert (decision.value["since"], decision.value["evidence"]["quote"]) == ("2018-05", WORDS)


def test_it_counts_on_the_plans_page_at_once_and_no_more_once_taken_back(lan, register):
    page = lan.get(set_status(lan, status="completed").headers["location"])
    assert "1 of the 22 lines known here completed" in said(lan.get(f"/en/plans/{PLAN}"))
    back = lan.fill_in(page, "/review/undo")
    assert back.headers["location"] == f"/en{PATH}"
    assert "no evidence suggested: mentioned" in line(lan)
    assert "1 of the 22 lines known here completed" not in said(lan.get(f"/en/plans/{PLAN}"))
    assert [one.action for one in register.view().decisions()] == [Action.SET_STATUS, Action.UNDO]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": "done"}, "Status: Choose one of the values offered."),
        ({"since": "31/2/2019"}, "Since when, if you know: “31/2/2019” is no date. Give one such as"),
        ({"since": "2016/2018"}, "“2016/2018” is no date"),
        ({"since": "2031"}, "“2031” is yet to come. Give the day since when it is so, or leave it empty."),
        ({"evidence": "nowhere:3-9"}, "Choose one of the values offered."),
        ({"evidence": "x"}, "Choose one of the values offered."),
    ],
)
def test_what_cant_be_meant_is_said_and_kept(lan, register, fields, words):
    answer = set_status(lan, **{"status": "dropped", "why": "my <b>note</b>", **fields})
    assert answer.status_code == 422
    assert words in said(answer)
    assert lan.form(answer, "/status")["why"] == "my <b>note</b>"
    assert not list(register.view().decisions())


def test_two_people_at_one_line_both_see_it(lan, register, address):
    mai = person(address, "editor")
    page = lan.get(f"/en{PATH}")
    set_status(mai, status="dropped", why="no money")
    late = lan.fill_in(page, f"{LINE}/status", status="completed", why="seen there")
    assert late.status_code == 409
    assert "Editor (editor) set a status" in said(late)
    assert "dropped" in said(late)
    assert lan.form(late, "/status") | {"status": "completed", "why": "seen there"} == lan.form(late, "/status")
    assert len(list(register.view().decisions())) == 1
    assert lan.fill_in(late, f"{LINE}/status").status_code == 303
    assert "completed" in line(lan).partition("Evidence")[0]


def test_only_who_took_it_or_an_editor_takes_it_back(lan, register, address):
    set_status(lan, status="completed")
    other, editor = person(address, "administrator"), person(address, "editor")
    assert "Undo" not in line(person(address, "contributor"))
    assert "Undo" in line(other)
    assert editor.fill(f"/en{PATH}", "/review/undo").status_code == 303
    assert "decided by" not in line(editor)


@pytest.mark.parametrize("way", ["status", "score"])
def test_only_reviewers_decide(register, address, way):
    for login in (None, "reader", "contributor"):
        one = person(address, login)
        assert "Set the status" not in line(one)
        sent = one.post(f"/en{PATH}/{way}", data={"status": "completed", "score": "1"})
        assert sent.status_code in (401, 403)
    lan = person(address, "reviewer")
    assert lan.post(f"/en{PATH}/{way}", data={"status": "completed", "score": "1"}).status_code == 403, "a form of nobody's page"
    assert not list(register.view().decisions())


def test_no_forms_on_a_day_gone_by_and_no_such_line(lan):
    assert "Set the status" not in said(lan.get(f"/en{PATH}?as_of=2019-01-01"))
    proof = lan.form(lan.get(f"/en{PATH}"), "/status")["proof"]
    for path in (f"/en/plans/{PLAN}/lines/none/status", "/en/plans/none/lines/none/score"):
        assert lan.post(path, data={"proof": proof, "status": "completed", "score": "1"}).status_code == 404


def test_two_coders_score_apart_and_kappa_says_how_far_they_agree(lan, register, address):
    mai, path = person(address, "editor"), f"/plans/{PLAN}/lines/{OTHER}"
    for mark, there in (("1", PATH), ("-1", path)):
        assert score(lan, mark, there).status_code == 303
    blind = line(mai)
    assert WHO not in blind
    assert "What others gave is shown once you gave yours." in blind
    for mark, there in (("1", PATH), ("0", path)):
        score(mai, mark, there)
    told = line(mai)
    assert f"Score: +1, done · {WHO}" in told
    assert "you gave +1, done" in told
    kappa = "Editor (editor) and Reviewer (reviewer) both scored 2 action lines, 1 alike; kappa 0.33"
    assert kappa in told
    assert kappa in said(httpx.Client(base_url=address).get(f"/en/plans/{PLAN}"))
    score(lan, "0")
    assert f"Score: 0, in part · {WHO}" in line(lan), "the last word of a coder counts"


def test_a_sentence_is_accepted_and_taken_back_on_the_lines_page(lan, register, address):
    assert "Not this" not in line(httpx.Client(base_url=address))
    sent = lan.fill(f"/en{PATH}", "/review/decide", action="accept")
    assert sent.headers["location"] == f"/en{PATH}?state=suggested&done=1#evidence"
    page = lan.get(sent.headers["location"])
    assert "You accepted it." in said(page)
    assert "accepted (1)" in said(page)
    accepted = lan.get(f"/en{PATH}?state=accepted")
    assert "Accept" not in trees.fromstring(accepted.text).xpath("//button/text()")
    back = lan.fill_in(page, "/review/undo")
    assert back.headers["location"] == f"/en{PATH}?state=suggested#evidence"
    assert "suggested (1)" in line(lan)
    assert lan.fill(f"/en{PATH}", "/review/decide", action="reject").status_code == 303
    assert "rejected (1)" in line(lan)
    (verdict,) = register.links().verdicts(PLAN)
    assert not verdict.accepted


def differ(one: Person) -> str:
    return said(one.get("/en/review/differ"))


def test_lines_scored_otherwise_stand_where_people_differ_once_both_gave_theirs(lan, address):
    mai, path = person(address, "editor"), f"/plans/{PLAN}/lines/{OTHER}"
    for mark, there in (("1", PATH), ("-1", path)):
        score(lan, mark, there)
    score(mai, "1")
    assert "No two coders have scored a line differently." in differ(mai)
    score(mai, "0", path)
    told = differ(mai)
    assert f"{OTHER} " in told
    assert f"{LINE} " not in told
    assert "Score: 0, in part · Editor (editor)" in told
    assert f"Score: −1, not done · {WHO}" in told
    assert "both scored 2 action lines, 1 alike; kappa 0.33" in told
    third = differ(person(address, "administrator"))
    assert "1 line that you have not scored got different scores too; it is shown once you gave yours." in third
    assert "not done" not in third
    assert OTHER not in third
    score(lan, "0", path)
    assert "No two coders have scored a line differently." in differ(mai)


def test_a_score_that_is_none(lan, register):
    answer = lan.fill(f"/en{PATH}", "/score", why="not sure")
    assert answer.status_code == 422
    assert "Choose one of the three scores, then send it." in said(answer)
    assert lan.form(answer, "/score")["why"] == "not sure"
    assert lan.form(answer, "/status")["why"] == ""
    assert not list(register.view().decisions())


def test_the_log_says_about_which_line_and_what(lan):
    set_status(lan, status="completed")
    score(lan, "-1")
    log = lan.get("/en/review/log")
    assert f"Line: {LINE}, completed" in said(log)
    assert f"Line: {LINE}, −1, not done" in said(log)
    assert f'href="/en{PATH}"' in log.text
