"""Links are kept by line and state, one page after another; verdicts stay with the words, move with nothing, and can be taken back."""

from collections.abc import Callable

import pytest

from comity.errors import BadInputError
from comity.records import Act, LineStatus, Link, LinkKind, Statement
from comity.register import Action, Linked, LinkState, NewLink, OfDecision, OfFinding, OfLine, OfLink, Register, rows_of
from comity.register.overtaken import Overtaken
from made import document, reading

TEXT = "The council will fight the trade in ivory and protect the coast. It met in May."
DAYS = ("2019-05-01", "2020-09-16", "2021-02-02")
TEXTS = tuple(document(f"{TEXT} Number {number}.", day) for number, day in enumerate(DAYS))
IVORY, COAST = (23, 41), (46, 63)
LINE, OTHER = "1.1", "1.2"
PACK, VERSION = "small", "1"


def link(of, span: tuple[int, int], target: str, *, score: float = 0.8, rank: int = 1, kind: LinkKind = LinkKind.LINE) -> NewLink:
    return NewLink(
        clause=span[0],
        link=Link(evidence=of.evidence(*span), kind=kind, target=target, score=score, words=("ivory",)),
        plan="plan-one" if kind is LinkKind.LINE else "",
        rank=rank,
        shows="mentioned",
        dated=of.published,
    )


@pytest.fixture
def register(register_of: Callable[..., Register]) -> Register:
    register = register_of(
        *(reading(one, statements=[Statement(evidence=one.evidence(12, 63), speaker=("C",), cue=None, act=Act.COMMIT)]) for one in TEXTS)
    )
    writer = register.link_writer()
    linked = [
        Linked(
            reading=key,
            links=[
                link(of, IVORY, LINE),
                link(of, IVORY, OTHER, score=0.3, rank=2),
                link(of, COAST, OTHER),
                link(of, COAST, "14", kind=LinkKind.GOAL),
            ],
            findings=[(IVORY[0], "statements", 0), (COAST[0], "statements", 0)],
        )
        for key, of in zip(writer.to_link(PACK, VERSION), TEXTS, strict=True)
    ]
    writer.write(PACK, VERSION, list(map(rows_of, linked)))
    return register


def about(of, span: tuple[int, int], target: str = LINE) -> OfLink:
    return OfLink(LinkKind.LINE, "plan-one", target, of.id, *span)


def of_line(register: Register, state: LinkState, target: str = LINE, **more) -> list:
    return list(register.links().of_target(LinkKind.LINE, target, plan="plan-one", state=state, **more).links)


def test_links_of_a_line_come_latest_first_page_after_page(register: Register):
    with register:
        view = register.links()
        page = view.of_target(LinkKind.LINE, LINE, plan="plan-one", state=LinkState.SUGGESTED, limit=2)
        assert [found.dated for found in page.links] == ["2021-02-02", "2020-09-16"]
        rest = view.of_target(LinkKind.LINE, LINE, plan="plan-one", state=LinkState.SUGGESTED, limit=2, after=page.next)
        assert ([found.dated for found in rest.links], rest.next) == (["2019-05-01"], None)
        found = rest.links[0]
        assert found.link.evidence.quote == "the trade in ivory"
        assert (found.findings, found.link.suggested) == ((("statements", 0),), True)
        with pytest.raises(BadInputError, match="begins no page"):
            view.of_target(LinkKind.LINE, LINE, plan="plan-one", state=LinkState.SUGGESTED, after="no")


def test_links_below_the_least_score_are_held_back(register: Register):
    with register:
        assert len(of_line(register, LinkState.HELD_BACK, OTHER)) == 3
        assert len(of_line(register, LinkState.SUGGESTED, OTHER)) == 3
        assert of_line(register, LinkState.SUGGESTED, OTHER, least={("plan-one", OTHER): 0.9}) == []
        second = of_line(register, LinkState.HELD_BACK, OTHER, least={("plan-one", OTHER): 0.2})
        assert [found.rank for found in second] == [2, 2, 2]


def test_links_of_a_document_and_of_a_goal(register: Register):
    with register:
        view = register.links()
        of = view.in_document(TEXTS[0].id)
        assert [(found.link.target, found.rank) for found in of] == [(LINE, 1), (OTHER, 2), ("14", 1), (OTHER, 1)]
        assert [found.link.target for found in view.in_document(TEXTS[1].id)] == [LINE, OTHER, "14", OTHER]
        assert len(view.of_target(LinkKind.GOAL, "14", state=LinkState.SUGGESTED).links) == 3


def test_a_verdict_holds_until_it_is_taken_back(register: Register):
    with register:
        writer = register.writer()
        writer.decide(who="Lan", action=Action.ACCEPT, subject=about(TEXTS[0], IVORY), value={"shows": "completed"})
        writer.decide(who="Lan", action=Action.REJECT, subject=about(TEXTS[1], IVORY), why="another trade")
        (accepted,), (refused,) = of_line(register, LinkState.ACCEPTED), of_line(register, LinkState.REJECTED)
        assert (accepted.shows, accepted.link.suggested, accepted.decisions[0].subject.quote) == (
            LineStatus.COMPLETED, False, "the trade in ivory",
        )  # fmt: skip
        assert refused.decisions[0].why == "another trade"
        assert [verdict.accepted for verdict in register.links().verdicts("plan-one")] == [True, False]
        writer.decide(who="Minh", action=Action.UNDO, subject=OfDecision(2))
        assert (of_line(register, LinkState.REJECTED), len(of_line(register, LinkState.SUGGESTED))) == ([], 2)
        writer.decide(who="Lan", action=Action.UNDO, subject=OfDecision(3))
        assert len(of_line(register, LinkState.REJECTED)) == 1


def test_the_last_verdict_counts(register: Register):
    with register:
        for action in (Action.REJECT, Action.ACCEPT):
            register.writer().decide(who="Lan", action=action, subject=about(TEXTS[0], IVORY))
        assert len(of_line(register, LinkState.ACCEPTED)) == 1
        assert [verdict.accepted for verdict in register.links().verdicts("plan-one")] == [True]


def test_a_person_ties_what_the_linker_did_not(register: Register):
    with register:
        taken = register.writer().decide(who="Lan", action=Action.ACCEPT, subject=about(TEXTS[0], (65, 79), OTHER))
        (found,) = of_line(register, LinkState.ACCEPTED, OTHER)
        assert (found.rank, found.link.evidence.quote) == (0, "It met in May.")
        assert found in register.links().in_document(TEXTS[0].id)
        register.link_writer().write(PACK, "2", [rows_of(Linked(reading=1, links=[], findings=[]))])
        assert len(of_line(register, LinkState.ACCEPTED, OTHER)) == 1
        register.writer().decide(who="Lan", action=Action.UNDO, subject=OfDecision(taken.number))
        assert of_line(register, LinkState.ACCEPTED, OTHER) == []


def test_a_tie_is_moved_to_another_line_by_one_decision(register: Register):
    """It is accepted there, rejected here, and taking the decision back brings both back."""
    with register:
        moved = register.writer().decide(
            who="Lan", action=Action.ACCEPT, subject=about(TEXTS[0], IVORY, OTHER), value={"moved_from": LINE}, why="names the coast"
        )
        (there,) = of_line(register, LinkState.ACCEPTED, OTHER)
        (gone,) = of_line(register, LinkState.REJECTED)
        assert [found.document.id for found in (there, gone)] == [TEXTS[0].id] * 2
        assert [one.number for found in (there, gone) for one in found.decisions] == [moved.number] * 2
        said = {(one.target, one.accepted) for one in register.links().verdicts("plan-one")}
        assert said == {(OTHER, True), (LINE, False)}
        assert {(count.target, count.state) for count in register.links().counts(plan="plan-one")} >= {
            (OTHER, LinkState.ACCEPTED),
            (LINE, LinkState.REJECTED),
        }
        register.writer().decide(who="Minh", action=Action.UNDO, subject=OfDecision(moved.number))
        assert of_line(register, LinkState.ACCEPTED, OTHER) == of_line(register, LinkState.REJECTED) == []


def test_a_tie_moved_to_a_line_that_comity_did_not_think_of_shows_what_it_showed(register: Register):
    with register:
        register.writer().decide(who="Lan", action=Action.ACCEPT, subject=about(TEXTS[0], IVORY, "1.9"), value={"moved_from": LINE})
        (there,) = of_line(register, LinkState.ACCEPTED, "1.9")
        assert (there.dated, there.shows, there.rank) == ("2019-05-01", LineStatus.MENTIONED, 0)
        assert len(of_line(register, LinkState.REJECTED)) == 1


@pytest.mark.parametrize(
    ("action", "moved_from", "sentence"),
    [
        (Action.REJECT, OTHER, "Only accepting"),
        (Action.ACCEPT, LINE, "another than 1.1"),
        (Action.ACCEPT, "7.7", "no link to 7.7"),
        (Action.ACCEPT, 3, "the id of the line"),
    ],
)
def test_what_cant_be_moved(register: Register, action: Action, moved_from: object, sentence: str):
    with register, pytest.raises(BadInputError, match=sentence):
        register.writer().decide(who="Lan", action=action, subject=about(TEXTS[0], IVORY), value={"moved_from": moved_from})


def test_a_verdict_stays_when_clauses_are_cut_anew(register: Register):
    with register:
        register.writer().decide(who="Lan", action=Action.REJECT, subject=about(TEXTS[0], IVORY))
        wider = Linked(reading=1, links=[link(TEXTS[0], (12, 63), LINE)], findings=[])
        register.link_writer().write(PACK, "2", [rows_of(wider)])
        (found,) = of_line(register, LinkState.REJECTED)
        assert (found.link.evidence.start, found.link.evidence.end) == (12, 63)


def test_a_new_reading_keeps_what_people_tied(register: Register):
    with register:
        register.writer().decide(who="Lan", action=Action.ACCEPT, subject=about(TEXTS[0], (65, 79), OTHER))
        register.writer().add(reading(TEXTS[0], reader="2+test"))
        writer = register.link_writer()
        (key,) = writer.to_link(PACK, VERSION)
        assert of_line(register, LinkState.ACCEPTED, OTHER) == []
        writer.write(PACK, VERSION, [rows_of(Linked(reading=key, links=[], findings=[]))])
        assert len(of_line(register, LinkState.ACCEPTED, OTHER)) == 1


def test_counts_by_line_and_year(register: Register):
    with register:
        register.writer().decide(who="Lan", action=Action.ACCEPT, subject=about(TEXTS[0], IVORY), value={"shows": "under-way"})
        counts = {(count.target, count.state): count for count in register.links().counts(plan="plan-one")}
        accepted = counts[LINE, LinkState.ACCEPTED]
        assert (accepted.links, accepted.sources, accepted.last) == (1, 1, DAYS[0])
        assert accepted.shown == {LineStatus.UNDER_WAY: (1, DAYS[0])}
        assert counts[LINE, LinkState.SUGGESTED].links == 2
        assert counts[OTHER, LinkState.HELD_BACK].links == 3
        years = [(count.year, count.state, count.links) for count in register.links().years(plan="plan-one", target=LINE)]
        assert years == [(2019, "accepted", 1), (2020, "suggested", 1), (2021, "suggested", 1)]


def test_a_view_as_of_a_day_knows_the_verdicts_of_then(register: Register):
    with register:
        register.writer().decide(who="Lan", action=Action.REJECT, subject=about(TEXTS[0], IVORY))
        assert register.links(known="2019-01-01").counts(plan="plan-one") == []
        happened = register.links(happened_by="2020-01-01").counts(plan="plan-one", target=LINE)
        assert [(count.state, count.links) for count in happened] == [(LinkState.REJECTED, 1)]


def test_a_decision_on_a_finding_lets_its_document_be_linked_again(register: Register):
    with register:
        writer = register.link_writer()
        assert (writer.to_link(PACK, VERSION), register.links().count_linked(PACK, VERSION)) == ([], (3, 3))
        register.writer().decide(who="Lan", action=Action.REJECT, subject=OfFinding("statements", TEXTS[1].id, 12, 63))
        (key,) = writer.to_link(PACK, VERSION)
        assert writer.take([key])[0].findings == []
        register.writer().decide(who="Lan", action=Action.UNDO, subject=OfDecision(1))
        assert [found.actors for found in writer.take([key])[0].findings] == [("C",)]


@pytest.mark.parametrize(
    ("subject", "value", "sentence"),
    [
        (OfLink(LinkKind.LINE, "plan-one", LINE, "nothing", 0, 5), {}, "no document"),
        (about(TEXTS[0], (0, 900)), {}, "no words"),
        (about(TEXTS[0], (1, 3)), {}, "cuts a word"),
        (about(TEXTS[0], (0, 2)), {}, "cuts a word"),
        (about(TEXTS[0], IVORY), {"shows": "carried-over"}, "sets shows"),
        (about(TEXTS[0], IVORY), {"score": 1}, "sets shows"),
    ],
)
def test_what_cant_be_accepted(register: Register, subject: OfLink, value: dict, sentence: str):
    with register, pytest.raises(BadInputError, match=sentence):
        register.writer().decide(who="Lan", action=Action.ACCEPT, subject=subject, value=value)


def test_only_a_link_that_is_there_is_rejected(register: Register):
    with register, pytest.raises(BadInputError, match="comity track"):
        register.writer().decide(who="Lan", action=Action.REJECT, subject=about(TEXTS[0], (0, 3)))


HELD = {"document": TEXTS[0].id, "start": 0, "end": 3, "quote": TEXTS[0].text[:3]}


@pytest.mark.parametrize(
    ("action", "value", "words"),
    [
        (Action.SET_STATUS, {"status": "done"}, "status of a line"),
        (Action.SET_STATUS, {"since": "2019"}, "status of a line"),
        (Action.SET_STATUS, {"status": "completed", "until": "2019"}, "status of a line"),
        (Action.SET_STATUS, {"status": "completed", "since": "soon"}, "since a day, month or year"),
        (Action.SET_STATUS, {"status": "completed", "since": "2019/2020"}, "since a day, month or year"),
        (Action.SET_STATUS, {"status": "completed", "since": 2019}, "since a day, month or year"),
        (Action.SET_STATUS, {"status": "completed", "evidence": "words"}, "shows the status of a line"),
        (Action.SET_STATUS, {"status": "completed", "evidence": {**HELD, "quote": "no"}}, "does not hold these words"),
        (Action.SET_STATUS, {"status": "completed", "evidence": {**HELD, "end": 9_999}}, "does not hold these words"),
        (Action.SET_STATUS, {"status": "completed", "evidence": {**HELD, "document": "none"}}, "does not hold these words"),
        (Action.SCORE, {"score": 2}, "score of a line"),
        (Action.SCORE, {"score": True}, "score of a line"),
    ],
)
def test_a_line_gets_no_status_or_score_that_is_none(register: Register, action: Action, value: dict, words: str):
    with register, pytest.raises(BadInputError, match=words):
        register.writer().decide(who="Lan", action=action, subject=OfLine("plan-one", LINE), value=value)


def test_what_was_decided_about_lines(register: Register):
    with register:
        writer = register.writer()
        writer.decide(who="Lan", action=Action.SCORE, subject=OfLine("plan-one", LINE), value={"score": -1})
        writer.decide(who="Lan", action=Action.SET_STATUS, subject=OfLine("plan-one", LINE), value={"status": "dropped"})
        writer.decide(who="Lan", action=Action.NOTE, subject=OfLine("plan-two", LINE))
        writer.decide(who="Lan", action=Action.UNDO, subject=OfDecision(2))
        assert [decision.number for decision in register.links().about_lines("plan-one")] == [1]


def test_a_status_is_since_the_day_that_was_given_and_by_the_words(register: Register):
    with register:
        value = {"status": "completed", "since": "2019-05", "evidence": HELD}
        taken = register.writer().decide(who="Lan", action=Action.SET_STATUS, subject=OfLine("plan-one", LINE), value=value)
        assert taken.value == value
        assert register.links().about_lines("plan-one") == [taken]


def test_a_status_that_somebody_set_meanwhile_is_shown_first(register: Register):
    with register:
        writer, subject = register.writer(), OfLine("plan-one", LINE)
        writer.decide(who="Lan", action=Action.SCORE, subject=subject, value={"score": 1})
        writer.decide_together([subject], who="Minh", action=Action.SET_STATUS, value={"status": "dropped"}, seen=0)
        with pytest.raises(Overtaken) as raised:
            writer.decide_together([subject], who="Lan", action=Action.SET_STATUS, value={"status": "completed"}, seen=1)
        assert [one.who for one in raised.value.since] == ["Minh"]
        writer.decide_together([OfLine("plan-one", "1.2")], who="Lan", action=Action.SET_STATUS, value={"status": "dropped"}, seen=1)
