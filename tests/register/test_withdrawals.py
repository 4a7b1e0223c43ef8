"""A withdrawn document: nothing found in it counts, a day before it still does, and taking the decision back brings all of it again."""

import sqlite3
from collections.abc import Iterator

import pytest

from comity.errors import BadInputError
from comity.reading import Reader
from comity.register import Action, Register, Wanted
from comity.register.decisions import OfDecision
from comity.register.gone import withdrawal_of
from comity.register.withdrawals import OfDocument
from made import document, register_of

PORTS = (
    "The Secretary-General of ASEAN said on 4 May 2018 that ports matter to all of us and to those who come after us. "
    "The meeting was held in the old harbour office, with the doors open to the quay, and lasted until the lamps were lit along the water "
    "in the evening. Nobody who had come by boat left before the last of the papers had been read and put away."
)
FIRST = document(PORTS, "2018-05-05")
COPY = document(f"{PORTS} (Gazette)", "2018-05-06", publisher="Gazette")
OTHER = document("The Secretary-General of ASEAN said that peace matters.", "2018-06-01", publisher="Ministry")
EARLIER = "2019-06-01T00:00:00+00:00"


@pytest.fixture
def register(tmp_path, reader: Reader) -> Iterator[Register]:
    with register_of(tmp_path, *(reader.read(one) for one in (FIRST, COPY, OTHER))) as register:
        with sqlite3.connect(register.name) as connection:
            for table, column in (("documents", "added"), ("readings", "added"), ("families", "since")):
                connection.execute(f"UPDATE {table} SET {column} = '{EARLIER}'")
        yield register


def withdraw(register: Register, document: str, why: str = "a draft") -> int:
    return register.writer().decide(who="Lan", action=Action.WITHDRAW, subject=OfDocument(document), why=why).number


def seen(register: Register, **as_of: str) -> tuple[list[str], list[str], int, int]:
    """The documents listed and found, the statements' documents, and how many of both are counted."""
    view = register.view(**as_of)
    found = view.search(Wanted(words="matter*", kind="document"))
    listed = sorted({head.id for head in view.documents()} | {hit.document.id for hit in found.hits})
    return listed, sorted({one.document.id for one in view.statements()}), view.count_documents(), view.count("statements")


def test_nothing_of_it_counts_and_a_day_before_it_all_does(register: Register):
    before = seen(register)
    assert OTHER.id in before[0]
    withdraw(register, OTHER.id)
    listed, statements, number, _ = seen(register)
    assert OTHER.id not in listed
    assert OTHER.id not in statements
    assert number == before[2] - 1 == register.view().count_of("documents")
    assert register.view().counts("documents", "publisher").get("Ministry") is None
    assert OTHER.id in seen(register, known="2020-01-01")[0]
    assert OTHER.id in seen(register, known="2020-01-01")[1]


def test_a_near_copy_says_it_first_then(register: Register):
    assert seen(register)[1] == sorted([FIRST.id, OTHER.id])
    withdraw(register, FIRST.id)
    assert seen(register)[1] == sorted([COPY.id, OTHER.id])
    assert register.view().count_of("statements") == 2


def test_taken_back_all_is_as_before(register: Register):
    before = seen(register), register.view().counts("statements", "actor")
    number = withdraw(register, FIRST.id)
    gone = withdrawal_of(register.view(), FIRST.id)
    assert gone is not None
    assert (gone.who, gone.why, gone.number, gone.instead) == ("Lan", "a draft", number, None)
    taken_back = register.writer().decide(who="Minh", action=Action.UNDO, subject=OfDecision(number))
    assert (seen(register), register.view().counts("statements", "actor")) == before
    assert withdrawal_of(register.view(), FIRST.id) is None
    register.writer().decide(who="Lan", action=Action.UNDO, subject=OfDecision(taken_back.number))
    assert withdrawal_of(register.view(), FIRST.id) is not None
    assert FIRST.id not in seen(register)[0]
    assert register.view().chain().broken_at is None


def test_read_anew_it_stays_withdrawn(register: Register, reader: Reader):
    withdraw(register, OTHER.id)
    anew = reader.read(OTHER)
    register.writer().add(type(anew)(**{name: getattr(anew, name) for name in anew.__struct_fields__ if name != "reader"}, reader="next"))
    assert OTHER.id not in seen(register)[0]
    assert register.view().count("statements") == sum(1 for _ in register.view().findings("statements"))


@pytest.mark.parametrize(
    ("of", "why", "instead", "words"),
    [
        ("none", "a draft", None, "no document none"),
        (OTHER.id, " ", None, "for a reason"),
        (OTHER.id, "a draft", "none", "none can't stand in its place"),
        (OTHER.id, "a draft", OTHER.id, "can't stand in its place"),
    ],
)
def test_what_cant_be_withdrawn_is_said(register: Register, of: str, why: str, instead: str | None, words: str):
    value = {"instead": instead} if instead else {}
    with pytest.raises(BadInputError, match=words):
        register.writer().decide(who="Lan", action=Action.WITHDRAW, subject=OfDocument(of), why=why, value=value)


def test_twice_is_said(register: Register):
    withdraw(register, OTHER.id)
    with pytest.raises(BadInputError, match="withdrawn already"):
        withdraw(register, OTHER.id)
