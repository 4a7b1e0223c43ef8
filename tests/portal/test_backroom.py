"""Long work is done by a process of its own: what it gives comes back, its faults are raised; of several processes one does it for all."""

import os
import threading
from pathlib import Path

import pytest

from comity.errors import BadInputError, RegisterError
from comity.knowledge import Knowledge
from comity.portal.backroom import BACK, Backroom
from comity.portal.shelf import Shelf
from comity.register import Register
from small_register import filled, small_knowledge


def told(register: Register, knowledge: Knowledge, asked: str) -> tuple[int, int, int, int]:
    if asked == "what can't be":
        raise BadInputError("Ask for something else.")
    return os.getpid(), os.nice(0), register.view().count_documents(), len(knowledge.actors)


def test_work_comes_back_from_a_process_that_stands_behind_and_so_do_its_faults(tmp_path):
    with filled(tmp_path) as register:
        backroom = Backroom(register, small_knowledge())
        process, back, documents, actors = backroom.run(told, "something")
        assert process != os.getpid()
        assert back == min(os.nice(0) + BACK, 19)  # the last there is
        assert (documents, actors) == (register.view().count_documents(), len(small_knowledge().actors))
        with pytest.raises(BadInputError, match="something else"):
            backroom.run(told, "what can't be")


def test_of_two_processes_one_works_it_out_for_both(tmp_path: Path):
    shelves = [Shelf(tmp_path / "shelf.sqlite") for _ in range(2)]
    begun, go_on, done, given = threading.Event(), threading.Event(), [], []

    def work() -> bytes:
        begun.set()
        assert go_on.wait(20)
        done.append(1)
        return b"found"

    threads = [threading.Thread(target=lambda shelf=shelf: given.append(shelf.once("against", "now", work))) for shelf in shelves]
    for thread in threads:
        thread.start()
    assert begun.wait(20)
    go_on.set()
    for thread in threads:
        thread.join(20)
    assert (given, done) == ([b"found", b"found"], [1])


def test_who_waits_for_another_process_is_let_go_when_the_portal_ends(tmp_path: Path):
    one, other = Shelf(tmp_path / "shelf.sqlite"), Shelf(tmp_path / "shelf.sqlite")
    began, ended, faults = threading.Event(), threading.Event(), []

    def work() -> bytes:
        began.set()
        ended.wait(20)
        return b"found"

    def wait() -> None:
        try:
            other.once("against", "now", work)
        except RegisterError as fault:
            faults.append(str(fault))

    working = threading.Thread(target=lambda: one.once("against", "now", work))
    working.start()
    assert began.wait(20)
    waiting = threading.Thread(target=wait)
    waiting.start()
    other.close()
    waiting.join(20)
    assert faults == ["The portal is ending."]
    ended.set()
    working.join(20)
