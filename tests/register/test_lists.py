"""Lists come a part at a time, newest first, narrowed by anything; what counts them is kept up to date by everything that changes."""

import pytest
from listed import SENTENCES, readings
from sqlalchemy import Connection, select

from comity.errors import BadInputError
from comity.records import (
    Act,
    ActorType,
    Statement,
)
from comity.register import Action, Found, Narrow, OfDecision, OfFinding, Register
from comity.register.derived import DERIVED, derive
from comity.register.heads import DocumentHead
from comity.register.schema import tagged, tags, tallies
from made import document, reading


def paged(ask, size: int) -> list:
    """A list asked for in parts."""
    found: list = []
    after = None
    while part := list(ask(after=after, limit=size)):
        found += part
        after = part[-1].cursor
    return found


def place(found: Found) -> tuple[str, str, int]:
    return (found.document.published or "", found.document.id, found.number)


@pytest.mark.parametrize("newest_first", [True, False])
@pytest.mark.parametrize("narrow", [{}, {"actor": "VNM"}, {"act": "affirm"}, {"publisher": "Courier"}, {"theme": "maritime"}])
def test_a_list_in_parts_is_the_whole_list(register_of, narrow: dict, newest_first: bool):
    with register_of(*readings()) as register:
        view = register.view()
        whole = list(view.statements(**narrow, newest_first=newest_first))
        assert whole
        assert paged(lambda **part: view.statements(**narrow, newest_first=newest_first, **part), 3) == whole
        days = [place(found)[:2] for found in whole]
        dated = [day for day in days if day[0]]
        assert days[: len(dated)] == sorted(dated, reverse=newest_first)


@pytest.mark.parametrize("newest_first", [True, False])
def test_documents_in_parts_are_all_documents(register_of, newest_first: bool):
    with register_of(*readings()) as register:
        view = register.view()
        whole = list(view.documents(newest_first=newest_first))
        assert len(whole) == 12
        assert whole[-1].published is None
        assert paged(lambda **part: view.documents(newest_first=newest_first, **part), 5) == whole


def test_what_narrows_a_list(register_of):
    with register_of(*readings(30)) as register:
        view = register.view()
        everything = list(view.statements())
        for narrow, fits in (
            ({"actor": "THA"}, lambda f: "THA" in f.finding.speaker),
            ({"act": "commit"}, lambda f: f.finding.act is Act.COMMIT),
            ({"theme": "maritime"}, lambda f: "maritime" in f.themes),
            ({"between": ("2020", "2020-01")}, lambda f: (f.document.published or "").startswith("2020")),
            ({"between": ("2020-01", None)}, lambda f: (f.document.published or "") >= "2020-01"),
            ({"between": (None, "2019-12-31")}, lambda f: f.document.published == "2019"),
            ({"document": everything[0].document.id}, lambda f: f.document.id == everything[0].document.id),
            ({"publisher": "Courier", "actor": "VNM"}, lambda f: f.document.publisher == "Courier" and "VNM" in f.finding.speaker),
        ):
            wanted = [found for found in everything if fits(found)]
            assert wanted, narrow
            assert list(view.statements(**narrow)) == wanted, narrow
            assert view.count_of("statements", Narrow(**narrow)) == len(wanted), narrow


def test_findings_name_themes_in_their_own_words(register_of):
    with register_of(*readings(30)) as register:
        for found in register.view().statements():
            assert ("maritime" in found.themes) == ("maritime security" in found.finding.evidence.quote)


def test_commitments_by_the_day_they_are_due(register_of):
    with register_of(*readings(30)) as register:
        view = register.view()
        assert {found.finding.due for found in view.commitments(due_before="2022-12-31")} == {"2022"}
        assert {found.finding.due for found in view.commitments(due_after="2023")} == {"2025-06"}
        thai = list(view.commitments(by="THA"))
        assert thai
        assert all("THA" in found.finding.by for found in thai)


def test_claims_on_a_plan(register_of):
    with register_of(*readings()) as register:
        view = register.view()
        assert len(list(view.claims("plan-one"))) == len(list(view.claims(["plan-one"]))) == 3
        assert list(view.claims("plan-two")) == []


def test_how_often_actors_are_named(register_of):
    with register_of(*readings(30)) as register:
        view = register.view()
        assert [(one.actor, one.mentions, one.documents) for one in view.mentions()] == [("VNM", 30, 30), ("THA", 15, 15)]
        assert paged(view.mentions, 1) == list(view.mentions())
        assert list(view.mentions(type=ActorType.PERSON)) == []
        assert view.named("THA") == list(view.mentions())[1]
        assert view.named("nobody") is None
        later = register.view(happened_by="2020-01-30")
        assert [(one.actor, one.documents) for one in later.mentions()] == [("VNM", 18), ("THA", 9)]


def test_a_copy_says_nothing_new(register_of):
    text = "A long release of many words, " * 30 + SENTENCES[0]
    first, copy = document(text, "2020-01-30"), document(text + " It was sent on.", "2020-02-01", publisher="Courier")

    def said(of):
        start = of.text.index("The parties")
        return Statement(evidence=of.evidence(start, start + 20), speaker=("VNM",), cue=None, act=Act.INFORM)

    with register_of(reading(copy, statements=[said(copy)])) as register:
        view = register.view()
        assert [found.document.id for found in view.statements()] == [copy.id]
        register.writer().add(reading(first, statements=[said(first)]))
        assert [found.document.id for found in view.statements()] == [first.id]
        assert view.counts("statements", "act") == {"inform": 1}
        assert [found.document.id for found in view.statements(document=copy.id)] == [copy.id]
        assert view.count("statements") == 2
        register.writer().add(reading(first, reader="2+test"))
        assert [found.document.id for found in view.statements()] == [copy.id]
        assert_kept_up_to_date(register)


def test_what_is_rejected_leaves_lists_and_counts_and_comes_back(register_of):
    with register_of(*readings(6)) as register:
        view, writer = register.view(), register.writer()
        before, counted = list(view.statements()), view.counts("statements", "act")
        one = next(f for f in before if [f.finding.evidence for f in before].count(f.finding.evidence) == 1)
        about = OfFinding("statements", one.document.id, one.finding.evidence.start, one.finding.evidence.end)
        taken = writer.decide(who="Lan", action=Action.REJECT, subject=about)
        assert list(view.statements()) == [found for found in before if found != one]
        assert sum(view.counts("statements", "act").values()) == len(before) - 1
        assert_kept_up_to_date(register)
        writer.decide(who="Lan", action=Action.UNDO, subject=OfDecision(taken.number))
        assert list(view.statements()) == before
        assert view.counts("statements", "act") == counted


def test_a_new_reading_takes_the_place_of_the_old_one(register_of):
    with register_of(*readings(8)) as register:
        register.writer().add_all(readings(8, reader="2+test", seed=2))
        view = register.view()
        told = [found.finding for one in readings(8, seed=2) for found in view.statements(document=one.document.id)]
        assert told == [statement for one in readings(8, seed=2) for statement in one.statements]
        assert_kept_up_to_date(register)


def test_lists_as_of_a_day(register_of):
    with register_of(*readings(8)) as register:
        assert list(register.view(known="2000").statements()) == []
        assert list(register.view(happened_by="2019").statements()) == list(register.view().statements(between=(None, "2019")))
        assert list(register.view(known="2100").statements()) == list(register.view().statements())


def test_a_register_is_asked_as_it_is_now(register_of):
    with register_of(*readings(8)) as register:
        view = register.view()
        assert list(register.documents()) == list(view.documents())
        assert list(register.statements(actor="VNM")) == list(view.statements(actor="VNM"))
        assert list(register.events(theme="maritime")) == list(view.events(theme="maritime"))
        assert list(register.commitments(due_before="2023")) == list(view.commitments(due_before="2023"))
        assert list(register.claims("plan-one")) == list(view.claims("plan-one"))


def test_a_table_for_polars(register_of):
    polars = pytest.importorskip("polars")
    with register_of(*readings(8)) as register:
        frame = register.to_polars("statements")
        assert frame.height == len(list(register.statements()))
        assert frame.filter(polars.col("speaker").list.contains("VNM")).height == len(list(register.statements(actor="VNM")))
        assert frame["quote"].to_list() == [found.finding.evidence.quote for found in register.statements()]
        assert set(register.to_polars("documents")["document_publisher"]) == {"Gazette", "Courier"}
        assert register.to_polars("commitments", Narrow(due_before="2023"))["due"].unique().to_list() == ["2022"]


def test_the_head_of_one_document(register_of):
    with register_of(*readings(2)) as register:
        view = register.view()
        heads = list(view.documents())
        assert [view.document_head(head.id) for head in heads] == heads
        assert view.document_head("nothing") is None
        assert isinstance(heads[0], DocumentHead)


@pytest.mark.parametrize("wrong", ["x", "WzFd", "é"])
def test_a_part_that_no_list_gave(register_of, wrong: str):
    with register_of() as register, pytest.raises(BadInputError, match="first page"):
        list(register.view().statements(after=wrong))


def test_what_can_t_be_asked(register_of):
    with register_of() as register:
        view = register.view()
        with pytest.raises(BadInputError, match="no date"):
            view.statements(between=("last year", None))
        with pytest.raises(BadInputError, match="counted by"):
            view.counts("slips", "actor")
        with pytest.raises(BadInputError, match="no act"):
            list(view.listed("dates", Narrow(act="inform")))


def assert_kept_up_to_date(register: Register) -> None:
    """What was changed bit by bit is what would be made anew, whatever numbers the tags were given."""
    with register._engine.begin() as connection:
        kept = _derived(connection)
        derive(connection)
        assert kept == _derived(connection)


def _derived(connection: Connection) -> list[list[tuple]]:
    """What follows from the rest, with the names of tags; a tally may be kept at nothing."""
    tally = {row.key: (row.facet, row.value) for row in connection.execute(select(tallies))}
    found = [sorted(map(tuple, connection.execute(select(table)))) for table in DERIVED if table not in (tags, tallies, tagged)]
    found.append(sorted((*tally[row.tally], *row[1:]) for row in connection.execute(select(tags))))
    found.append(sorted(tuple(row)[1:] for row in connection.execute(select(tallies)) if row.documents))
    for row in connection.execute(select(tagged).order_by(tagged.c.document)):
        carried = zip(row.carried[::2], row.carried[1::2], strict=True)
        found.append([(row.document, *sorted((*tally[key], number) for key, number in carried))])
    return found
