"""All that was found in one document, asked for at once, is what is asked for kind by kind."""

from collections.abc import Iterator

import pytest

from comity.register import Action, OfFinding, Register
from comity.register.decisions import OfDecision
from comity.register.one_document import findings_of
from comity.register.rows import STRUCTS
from small_register import filled

NO_DOCUMENT = "0123456789abcdef"


@pytest.fixture
def register(tmp_path) -> Iterator[Register]:
    with filled(tmp_path) as register:
        yield register


def by_kind(register: Register, document: str, known: str | None = None) -> dict[str, list[object]]:
    view = register.view(known=known)
    return {kind: view.findings_in(kind, document) for kind in STRUCTS}


def test_each_document_has_the_same_findings_in_the_same_order(register):
    documents = [head.id for head in register.documents()]
    assert any(any(by_kind(register, one).values()) for one in documents)
    for one in (*documents, NO_DOCUMENT):
        assert findings_of(register.view(), tuple(STRUCTS), one) == by_kind(register, one)


def test_what_was_decided_stands_beside_them_and_what_was_rejected_is_left_out(register):
    accepted, rejected = register.view().findings("statements")
    taken_back = next(iter(register.view().findings("events")))
    verdicts = ("statements", accepted, Action.ACCEPT), ("statements", rejected, Action.REJECT), ("events", taken_back, Action.REJECT)
    for kind, found, action in verdicts:
        evidence = found.finding.evidence
        subject = OfFinding(kind, evidence.document, evidence.start, evidence.end)
        decision = register.writer().decide(who="Lan", action=action, subject=subject)
    register.writer().decide(who="Lan", action=Action.UNDO, subject=OfDecision(decision.number))
    for document in {one.document.id for one in (accepted, rejected, taken_back)}:
        assert findings_of(register.view(), tuple(STRUCTS), document) == by_kind(register, document)
    assert findings_of(register.view(), ("statements",), rejected.document.id)["statements"] != [rejected]
    assert findings_of(register.view(), ("statements",), accepted.document.id)["statements"][0].decisions


def test_as_of_a_day_it_is_what_was_known_then(register):
    for one in register.documents():
        assert findings_of(register.view(known="2019"), tuple(STRUCTS), one.id) == by_kind(register, one.id, "2019")
