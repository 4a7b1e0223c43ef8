"""Review: what waits, in which order; decided, corrected, taken back, many at once; two people at one thing; never past a person's word."""

from collections.abc import Iterator

import pytest
from lxml import html as trees
from served import portal_over, serving
from staff import Clock, Person, person, said, staffed, visiting

from comity.records import Act, Commitment, Force, Reading, Statement
from comity.register import Action, OfFinding, Register
from made import claim, document, reading, register_of
from small_register import DONE, filled


@pytest.fixture
def register(tmp_path) -> Iterator[Register]:
    with filled(tmp_path) as register:
        yield register


@pytest.fixture(scope="module")
def looking(tmp_path_factory) -> Iterator[tuple[Person, Register]]:
    """The same, for tests after which nothing is decided."""
    with filled(tmp_path_factory.mktemp("looked-at")) as register, serving(portal_over(register)) as address:
        yield Person(base_url=address, timeout=30), register


@pytest.fixture
def lan(register) -> Iterator[Person]:
    """Somebody at the demo, which has no accounts."""
    with serving(portal_over(register)) as address:
        yield Person(base_url=address, timeout=30)


def kind_of(page) -> str:
    return trees.fromstring(page.text).xpath("//input[@name='kind']/@value")[0]


def decide(one: Person, action: str, path: str = "/en/review", **fields: str):
    return one.fill(path, "/review/decide", action=action, **fields)


def test_claims_on_plans_come_first_then_what_is_least_certain(lan):
    kinds, page = [], lan.get("/en/review")
    while "Nothing waits" not in page.text:
        kinds.append(kind_of(page))
        page = lan.get(lan.fill_in(page, "/review/decide", action="accept").headers["location"])
    assert kinds == ["progress"] * 4 + ["commitments", "events", "statements", "statements", "slips"]
    assert "9 of 60 today" in said(page)


def test_what_is_accepted_or_turned_down_shows_everywhere(lan, register):
    before = register.view().count("progress")
    decide(lan, "accept")
    decide(lan, "reject")
    actions = [decision.action for decision in register.view().decisions()]
    assert actions == [Action.ACCEPT, Action.REJECT]
    assert register.view().count("progress") == before - 1
    assert {decision.who for decision in register.view().decisions()} == {"local"}


def test_the_name_that_decisions_carry(lan, register):
    lan.fill("/en/review", "/review/name", name="  Lan\u202e Nguyễn ")
    decide(lan, "accept", why="đúng câu")
    (decision,) = register.view().decisions()
    assert (decision.who, decision.why) == ("Lan Nguyễn", "đúng câu")


def test_later_leaves_it_waiting(lan):
    page = lan.get("/en/review")
    first = trees.fromstring(page.text).xpath("//input[@name='start']/@value | //input[@name='document']/@value")
    (later,) = trees.fromstring(page.text).xpath("//a[@data-key='j']/@href")
    page = lan.get(later)
    assert first != trees.fromstring(page.text).xpath("//input[@name='start']/@value | //input[@name='document']/@value")
    page = lan.get(lan.fill_in(page, "/review/decide", action="accept").headers["location"])
    assert kind_of(page) == "progress"
    assert first == trees.fromstring(lan.get("/en/review").text).xpath("//input[@name='start']/@value | //input[@name='document']/@value")


def test_only_one_kind(lan):
    page = lan.get("/vi/review?only=commitments")
    assert kind_of(page) == "commitments"
    page = lan.get(lan.fill_in(page, "/review/decide", action="reject").headers["location"])
    assert "Không còn gì chờ bạn quyết định." in said(page)


def test_whoever_goes_through_one_kind_stays_there_when_taking_back(lan):
    page = lan.get(lan.fill("/en/review?only=statements", "/review/decide", action="accept").headers["location"])
    back = lan.get(lan.fill_in(page, "/review/undo").headers["location"])
    assert kind_of(back) == "statements"
    assert lan.form(back, "/review/decide")["only"] == "statements"


def test_it_is_taken_back(lan, register):
    page = lan.get(decide(lan, "reject").headers["location"])
    assert "You turned it down." in said(page)
    back = lan.get(lan.fill_in(page, "/review/undo").headers["location"])
    assert "suggested, not reviewed" in said(back)
    assert "You took it back." in said(back)
    assert register.view().count("progress") == 4
    log = lan.get("/en/review/log")
    assert "took a decision back" in said(log)
    assert "Number 1: Progress claim" in said(log)
    subject = trees.fromstring(log.text).xpath("//ol//a[starts-with(@href, '/en/review?kind=progress')]")
    assert len(subject) == 2, "the taking back leads to what it is about, too"
    again = lan.get(lan.fill_in(back, "/review/undo").headers["location"])
    assert register.view().count("progress") == 3
    assert "You took it back." in said(again)


def test_a_correction_sets_who_what_when_and_the_words(lan, register):
    page = lan.get("/en/review?only=commitments")
    (link,) = trees.fromstring(page.text).xpath("//a[@data-key='e']/@href")
    form = lan.get(link)
    assert lan.form(form, "/review/correct")["by"] == "ASEAN; United Nations"
    sent = lan.fill_in(form, "/review/correct", by="un; Philippines", force="pledged", due="2022-03", words="agreed  to go on")
    assert sent.status_code == 303
    (found,) = register.view().findings("commitments")
    assert (found.finding.by, found.finding.force, found.finding.due) == (("UN", "PHL"), Force.PLEDGED, "2022-03")
    assert found.finding.evidence.quote == "agreed to go on"
    text = register.view().document(found.document.id).text
    assert text[found.finding.evidence.start : found.finding.evidence.end] == "agreed to go on"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"by": "Nobody Known"}, "Nobody known here is called “Nobody Known”"),
        ({"due": "soon"}, "“soon” is no date"),
        ({"force": "maybe"}, "Choose one of the values offered"),
        ({"words": "these words are elsewhere"}, "don't stand in the document"),
        ({"words": " "}, "don't stand in the document"),
        ({"by": "<script>alert(1)</script>"}, "Nobody known here"),
    ],
)
def test_what_cant_be_meant_is_said_and_kept(looking, fields, words):
    lan, register = looking
    page = lan.get("/en/review?only=commitments")
    (link,) = trees.fromstring(page.text).xpath("//a[@data-key='e']/@href")
    answer = lan.fill(link, "/review/correct", why="my note", **fields)
    assert answer.status_code == 422
    assert words in said(answer)
    assert "<script>alert" not in answer.text
    assert lan.form(answer, "/review/correct")["why"] == "my note"
    assert not list(register.view().decisions())


def test_a_correction_that_changes_nothing_accepts(lan, register):
    page = lan.get("/en/review")
    (link,) = trees.fromstring(page.text).xpath("//a[@data-key='e']/@href")
    assert lan.fill(link, "/review/correct").status_code == 303
    assert [decision.action for decision in register.view().decisions()] == [Action.ACCEPT]


def test_two_people_at_one_thing_both_see_it(register):
    with visiting(staffed(register, Clock())) as address:
        lan, mai = person(address, "reviewer"), person(address, "editor")
        page, same = lan.get("/en/review"), mai.get("/en/review")
        mai.fill_in(same, "/review/decide", action="reject")
        late = lan.fill_in(page, "/review/decide", action="accept", why="I read it twice")
        assert late.status_code == 409
        assert "Editor (editor) turned it down" in said(late)
        assert "You wanted to accept it." in said(late)
        assert lan.form(late, "/review/decide")["why"] == "I read it twice"
        assert len(list(register.view().decisions())) == 1
        assert lan.fill_in(late, "/review/decide", action="accept").status_code == 303
        assert len(list(register.view().decisions())) == 2
        differ = said(lan.get("/en/review/differ"))
        assert "Editor (editor) turned it down" in differ
        assert "Reviewer (reviewer) accepted it" in differ
        assert "What counts now: accepted" in differ
        log = said(lan.get("/en/review/log"))
        assert log.index("Reviewer (reviewer) accepted it") < log.index("Editor (editor) turned it down")


def test_a_correction_is_overtaken_and_kept(register):
    with visiting(staffed(register, Clock())) as address:
        lan, mai = person(address, "reviewer"), person(address, "editor")
        page = lan.get("/en/review?only=commitments")
        (link,) = trees.fromstring(page.text).xpath("//a[@data-key='e']/@href")
        form = lan.get(link)
        mai.fill("/en/review?only=commitments", "/review/decide", action="accept")
        late = lan.fill_in(form, "/review/correct", due="2023")
        assert late.status_code == 409
        assert lan.form(late, "/review/correct")["due"] == "2023"
        assert lan.fill_in(late, "/review/correct").status_code == 303
        assert [found.finding.due for found in register.view().findings("commitments")] == ["2023"]


def test_a_reviewer_takes_back_their_own_word_only(register):
    with visiting(staffed(register, Clock())) as address:
        lan, mai = person(address, "reviewer"), person(address, "editor")
        mai.fill("/en/review", "/review/decide", action="accept")
        assert lan.fill("/en/review/log", "/review/undo").status_code == 403
        lan.fill("/en/review", "/review/decide", action="accept")
        assert mai.fill("/en/review/log", "/review/undo").status_code == 303
        assert [decision.action for decision in register.view().decisions()] == [Action.ACCEPT, Action.ACCEPT, Action.UNDO]


def own_words(number: int) -> str:
    """Words that no other document has, so that none is a copy of another."""
    return " ".join(f"{word}{number}" for word in ("harbour", "ledger", "winter", "council", "river", "letter", "office", "garden"))


def same_words(number: int) -> Reading:
    """One of several documents with the same commitment, each its own source."""
    text = f"{own_words(number)}. They agreed to meet again."
    one = document(text, f"20{10 + number}-05-03", title=f"Meeting {number}")
    start = text.index("agreed")
    return reading(one, commitments=[Commitment(evidence=one.evidence(start, start + 20), by=("ASEAN",), force=Force.AGREED)])


def test_the_same_in_many_documents_at_once(tmp_path):
    with register_of(tmp_path, *map(same_words, range(6))) as register, serving(portal_over(register)) as address:
        lan = Person(base_url=address, timeout=30)
        page = lan.get("/en/review")
        (link,) = trees.fromstring(page.text).xpath("//a[contains(@href, '/alike') and not(contains(@href, 'actor='))]/@href")
        preview = lan.get(link)
        boxes = trees.fromstring(preview.text).xpath("//input[@name='one']/@value")
        assert len(boxes) == 6
        proof, seen = (lan.form(preview, "/review/alike")[name] for name in ("proof", "seen"))
        sent = lan.post("/en/review/alike", data={"proof": proof, "seen": seen, "action": "reject", "one": boxes[:5]})
        assert register.view().count("commitments") == 1
        after = lan.get(sent.headers["location"])
        assert "Decided: 5." in said(after)
        undo = trees.fromstring(after.text).xpath("//input[@name='decision']/@value")
        lan.post("/en/review/undo", data={"proof": proof, "decision": undo})
        assert register.view().count("commitments") == 6
        by_actor = lan.get(f"{link}&actor=ASEAN")
        assert len(trees.fromstring(by_actor.text).xpath("//input[@name='one']")) == 6
        assert "decided many at once" not in said(lan.get("/en/review/log"))


def test_many_at_once_are_all_or_none(tmp_path):
    with register_of(tmp_path, *map(same_words, range(3))) as register, serving(portal_over(register)) as address:
        lan = Person(base_url=address, timeout=30)
        page = lan.get("/en/review")
        (link,) = trees.fromstring(page.text).xpath("//a[contains(@href, '/alike') and not(contains(@href, 'actor='))]/@href")
        preview = lan.get(link)
        boxes = trees.fromstring(preview.text).xpath("//input[@name='one']/@value")
        kind, document_id, place = boxes[1].split(":")
        start, end = map(int, place.split("-"))
        register.writer().decide(who="Mai", action=Action.ACCEPT, subject=OfFinding(kind, document_id, start, end))
        fields = lan.form(preview, "/review/alike")
        sent = lan.post("/en/review/alike", data={"proof": fields["proof"], "seen": fields["seen"], "action": "reject", "one": boxes})
        assert sent.status_code == 409
        assert "Mai accepted it" in said(sent)
        assert len(list(register.view().decisions())) == 1


def test_near_copies_wait_once(tmp_path):
    words = "The Secretary-General said that all lines of the plan were completed and that the work of both sides goes on in peace."
    one, two = document(words, "2020-05-01"), document(f"{words} ", "2020-05-02", publisher="Herald")
    start = words.index("all lines")
    readings = [
        reading(of, statements=[Statement(evidence=of.evidence(start, start + 40), speaker=("ASEAN",), cue=None, act=Act.INFORM)])
        for of in (one, two)
    ]
    with register_of(tmp_path, *readings) as register:
        assert len(register.review().waiting(["statements"], limit=5)) == 1


def test_hundreds_wait_in_order_without_a_gap(tmp_path):
    readings = []
    for number in range(60):
        day = None if number % 7 == 0 else f"2020-{number % 12 + 1:02}"
        of = document(f"{own_words(number)}. 5 of the 9 lines were done.", day)
        readings.append(reading(of, progress=[claim(of, "5 of the 9", numerator=5, denominator=9, verb=DONE)]))
    with register_of(tmp_path, *readings) as register:
        review, seen, place = register.review(), [], None
        while found := review.waiting(["progress"], after=place, limit=7):
            seen += [(one.place.day, one.place.document) for one in found]
            place = found[-1].place
        assert len(seen) == len(set(seen)) == len(list(register.view().findings("progress")))
        assert seen == sorted(seen, reverse=True)


def test_in_the_reader_one_decides_and_comes_back(lan, register):
    (head,) = [head for head in register.view().documents() if head.title == "PH at 95"]
    answer = lan.fill(f"/en/documents/{head.id}", "/review/decide", action="accept")
    assert answer.headers["location"] == f"/en/documents/{head.id}#f1"
    assert "accepted" in said(lan.get(f"/en/documents/{head.id}"))


@pytest.mark.parametrize(
    "path",
    [
        "/en/review?kind=progress&document=none&start=1&end=2",
        "/en/review/correct",
        "/en/review/correct?kind=link&document=x&start=1&end=2&tie=none",
        "/en/review/alike?kind=nothing&document=x&start=1&end=2",
    ],
)
def test_what_is_not_there(looking, path):
    assert looking[0].get(path).status_code == 404


@pytest.mark.parametrize(
    "query", ["after=~~~", "after=progress~x~y~-1", "after=%00", "done=999&done=x", "only=nothing", "kind=progress&start=-1"]
)
def test_odd_addresses_show_the_queue(looking, query):
    assert looking[0].get(f"/en/review?{query}").status_code in (200, 400)
