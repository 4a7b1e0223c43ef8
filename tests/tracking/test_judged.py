"""A contradiction that a person rejected is not shown again, whatever the order of its sides; taken back, it is."""

from datetime import date
from pathlib import Path

import pytest

from comity.errors import BadInputError
from comity.knowledge import Knowledge
from comity.reading import Reader
from comity.register import Action, OfDecision, Register
from comity.register.decisions import address_of
from comity.register.pairs import OfContradiction, OfFamily, Words, contradiction_of, family_of, same_pair
from comity.tracking.contradiction import Contradiction
from comity.tracking.contradictions import contradictions
from comity.tracking.occurrences import occurrences
from made import document, reading, register_of

ONE = document("In all 34 UN agencies work with ASEAN today, the office said.", "2017-04-20")
OTHER = document("Only 21 UN agencies work with ASEAN, the ministry wrote.", "2017-06-02", publisher="Ministry")


@pytest.fixture
def register(tmp_path: Path, reader: Reader) -> Register:
    return register_of(tmp_path, reader.read(ONE), reader.read(OTHER))


def found(register: Register, knowledge: Knowledge, known: str | None = None) -> tuple[Contradiction, ...]:
    view = register.view(known=known)
    return contradictions(view, knowledge, occurrences(view, knowledge, today=date(2026, 1, 1)))


def test_rejected_for_good_and_taken_back(register: Register, knowledge: Knowledge, reader: Reader):
    with register:
        (one,) = found(register, knowledge)
        assert not one.accepted
        taken = register.writer().decide(who="Lan", action=Action.REJECT, subject=one.about, why="other offices")
        assert found(register, knowledge) == ()
        register.writer().add(reading(ONE, reader="2+test", actors=reader.read(ONE).actors))
        assert found(register, knowledge) == ()
        register.writer().decide(who="Minh", action=Action.UNDO, subject=OfDecision(taken.number))
        (again,) = found(register, knowledge)
        assert not again.accepted


def test_accepted_by_a_person(register: Register, knowledge: Knowledge):
    with register:
        (one,) = found(register, knowledge)
        turned = OfContradiction(one.about.kind, one.about.second or one.about.first, one.about.first)
        register.writer().decide(who="Lan", action=Action.ACCEPT, subject=turned)
        (again,) = found(register, knowledge)
        assert again.accepted
        register.writer().decide(who="Lan", action=Action.REJECT, subject=turned)
        assert found(register, knowledge) == ()


def test_addresses():
    both = OfContradiction("count", Words("a1", 3, 9), Words("b2", 0, 4))
    alone = OfContradiction("office", Words("a1", 3, 9))
    for subject in (both, alone):
        assert contradiction_of(address_of(subject)) == subject
    assert same_pair(both, "count", (both.second, both.first))
    assert not same_pair(both, "moved", (both.first, both.second))
    assert not same_pair(alone, "office", (alone.first, both.second))
    for odd in ("contradiction:count", "contradiction:count:a1:x-9", "contradiction:count:a1:3-9:b2", "actor", ""):
        assert contradiction_of(odd) is None
    assert family_of(["family", "a1", "b2"]) == OfFamily(("a1", "b2"))
    assert family_of(["VNM", "LAO"]) is None
    assert address_of(OfFamily(("a1", "b2"))) == "family a1 b2"


@pytest.mark.parametrize(
    ("action", "subject", "sentence"),
    [
        (Action.REJECT, OfContradiction("count", Words("nothing", 0, 3)), "no document nothing"),
        (Action.REJECT, OfContradiction("count", Words(ONE.id, 0, 3), Words(OTHER.id, 5, 9_000)), "no words from 5 to 9000"),
        (Action.CORRECT, OfContradiction("count", Words(ONE.id, 0, 3)), "can't be decided"),
        (Action.MERGE, OfFamily((ONE.id, ONE.id)), "needs two documents"),
        (Action.MERGE, OfFamily((ONE.id, "nothing")), "no document nothing"),
        (Action.REJECT, OfFamily((ONE.id, OTHER.id)), "can't be decided"),
    ],
)
def test_what_cant_be_decided(register: Register, action: Action, subject, sentence: str):
    with register, pytest.raises(BadInputError, match=sentence):
        register.writer().decide(who="Lan", action=action, subject=subject)
