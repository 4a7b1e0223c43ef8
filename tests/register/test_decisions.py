"""Decisions are only added; they are chained, stay with their evidence, and change what views show, never what was read."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text, update

import made
from comity.errors import BadInputError, RegisterError
from comity.register import Action, OfActors, OfDecision, OfFinding, OfLine, Register, Wanted
from comity.register.backend import engine_of
from comity.register.schema import decisions
from made import claim, document, reading

OF = document("The council said that 97 of the 103 lines were done. It was a good day for all 97 of us.")
CLAIM = claim(OF, "97 of the 103 lines", numerator=97, denominator=103)
ABOUT = OfFinding("progress", OF.id, CLAIM.evidence.start, CLAIM.evidence.end)


@pytest.fixture
def register(register_of) -> Register:
    return register_of(reading(OF, progress=[CLAIM]))


def claims(register: Register) -> list:
    return list(register.view().findings("progress"))


def test_a_rejected_finding_is_left_out_until_the_decision_is_taken_back(register: Register):
    with register:
        writer = register.writer()
        writer.decide(who="Lan", action=Action.REJECT, subject=ABOUT, why="a slip of the pen")
        assert (claims(register), register.view().count("progress")) == ([], 0)
        assert register.view().search(Wanted(kind="progress", words="council")).hits == ()
        writer.decide(who="Minh", action=Action.UNDO, subject=OfDecision(1))
        assert [found.finding for found in claims(register)] == [CLAIM]
        assert len(register.view().search(Wanted(kind="progress", words="council")).hits) == 1
        assert [decision.who for decision in register.view().decisions()] == ["Lan", "Minh"]


def test_the_last_word_counts(register: Register):
    with register:
        for action in (Action.REJECT, Action.ACCEPT):
            register.writer().decide(who="Lan", action=action, subject=ABOUT)
        (found,) = claims(register)
        assert [decision.action for decision in found.decisions] == ["reject", "accept"]


def test_a_correction_shows_and_keeps_what_was_read(register: Register):
    with register:
        register.writer().decide(who="Lan", action=Action.CORRECT, subject=ABOUT, value={"numerator": 96, "claimant": ["UNION"]})
        (found,) = claims(register)
        assert (found.finding.numerator, found.finding.claimant, found.finding.evidence) == (96, ("UNION",), CLAIM.evidence)
        assert found.decisions[0].subject == OfFinding("progress", OF.id, ABOUT.start, ABOUT.end, "97 of the 103 lines")


def test_a_new_reading_keeps_the_decisions_that_fit_and_lists_the_others(register: Register):
    with register:
        writer = register.writer()
        writer.decide(who="Lan", action=Action.REJECT, subject=ABOUT)
        writer.add(reading(OF, reader="2+test", progress=[claim(OF, "97 of us"), CLAIM]))
        assert [found.finding.evidence.quote for found in claims(register)] == ["97 of us"]
        assert register.view().unfitting() == []
        writer.add(reading(OF, reader="3+test", progress=[claim(OF, "97 of us")]))
        assert [decision.number for decision in register.view().unfitting()] == [1]
        writer.decide(who="Lan", action=Action.UNDO, subject=OfDecision(1))
        assert register.view().unfitting() == []


@pytest.mark.parametrize(
    ("action", "subject", "value", "sentence"),
    [
        (Action.REJECT, OfFinding("progress", OF.id, 0, 3), {}, "no finding"),
        (Action.REJECT, OfFinding("nothing", OF.id, 0, 3), {}, "no kind"),
        (Action.REJECT, OfLine("plan-one", "1.1"), {}, "can't be decided"),
        (Action.CORRECT, ABOUT, {}, "sets one of"),
        (Action.CORRECT, ABOUT, {"evidence": 1}, "can't be"),
        (Action.CORRECT, ABOUT, {"evidence": {"document": OF.id, "start": 0, "end": 2, "quote": "no"}}, "does not hold these words"),
        (Action.CORRECT, ABOUT, {"evidence": {"document": "other", "start": 0, "end": 2, "quote": OF.text[:2]}}, "does not hold"),
        (Action.CORRECT, ABOUT, {"cue": None}, "sets one of"),
        (Action.CORRECT, ABOUT, {"numerator": "many"}, "can't be"),
        (Action.UNDO, OfDecision(7), {}, "no decision 7"),
        (Action.MERGE, OfActors(("nobody", "no-one")), {}, "no actor nobody"),
    ],
)
def test_what_cant_be_decided(register: Register, action: Action, subject, value: dict, sentence: str):
    with register, pytest.raises(BadInputError, match=sentence):
        register.writer().decide(who="Lan", action=action, subject=subject, value=value)


def test_somebody_decides(register: Register):
    with register, pytest.raises(BadInputError, match="who"):
        register.writer().decide(who=" ", action=Action.NOTE, subject=ABOUT)


def test_a_line_has_a_status(register: Register):
    with register:
        taken = register.writer().decide(
            who="Lan", action=Action.SET_STATUS, subject=OfLine("plan-one", "1.1"), value={"status": "completed"}
        )
        assert list(register.view().decisions()) == [taken]


def test_the_chain_is_whole(register: Register):
    with register:
        for number in range(5):
            register.writer().decide(who="Lan", action=Action.NOTE, subject=ABOUT, why=f"note {number} “ý”")
        chain = register.view().chain()
        assert (chain.length, chain.broken_at) == (5, None)
        assert chain.head == list(register.view().decisions())[-1].hash


def test_the_database_refuses_to_change_a_decision(register: Register, place: str):
    with register:
        register.writer().decide(who="Lan", action=Action.NOTE, subject=ABOUT)
    engine, _ = engine_of(place)
    for statement in (update(decisions).values(who="Minh"), decisions.delete()):
        with pytest.raises(Exception, match="never changed"), engine.begin() as connection:
            connection.execute(statement)
    engine.dispose()


@pytest.mark.parametrize("harm", ["UPDATE decisions SET who='Minh' WHERE number=2", "DELETE FROM decisions WHERE number=2"])
def test_a_change_behind_the_back_of_the_database_shows(tmp_path: Path, harm: str):
    with made.register_of(tmp_path, reading(OF, progress=[CLAIM])) as register:
        for _ in range(3):
            register.writer().decide(who="Lan", action=Action.NOTE, subject=ABOUT)
        with sqlite3.connect(tmp_path / "register.sqlite") as connection:
            for trigger in ("UPDATE", "DELETE"):
                connection.execute(f"DROP TRIGGER decisions_keep_{trigger}")
            connection.execute("PRAGMA foreign_keys=OFF")
            connection.execute(harm)
        connection.close()
        assert register.view().chain().broken_at == 2


def test_a_sentence_for_a_change_that_is_refused(register: Register):
    from comity.register.faults import told_clearly

    with register:
        register.writer().decide(who="Lan", action=Action.NOTE, subject=ABOUT)
        with pytest.raises(RegisterError, match="never changed"), told_clearly("r"), register._engine.begin() as connection:
            connection.execute(text("DELETE FROM decisions"))
