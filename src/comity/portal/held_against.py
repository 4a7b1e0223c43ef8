"""Documents held against each other, kept until the register changes: a large register takes a while, and no page waits for it.

In comes the snapshot of a page; out come its contradictions, or None while they are still being worked out for the first time, and where
the register is so large that it has to be tracked before.
"""

from collections import OrderedDict
from datetime import date
from threading import Lock, Thread

import msgspec
from sqlalchemy import func, select

from comity.errors import BadInputError, ComityError
from comity.knowledge import Knowledge
from comity.portal.backroom import Backroom
from comity.portal.shelf import Shelf
from comity.portal.snapshot import Snapshot
from comity.register import Register, View
from comity.register.schema import decisions, readings
from comity.tracking.contradiction import Contradiction
from comity.tracking.contradictions import contradictions
from comity.tracking.occurrences import telling_occurrences

AT_ONCE = 200
"""So few documents are held against each other while the page waits."""

KEPT = 8
State = tuple[str | None, int, int]
"""The day as of which is asked, the newest reading and the newest decision."""


class HeldAgainst:
    """The contradictions of one portal's register."""

    def __init__(self, knowledge: Knowledge, backroom: Backroom, shelf: Shelf | None) -> None:
        self._knowledge = knowledge
        self._backroom = backroom
        self._shelf = shelf
        self._lock = Lock()
        self._found: OrderedDict[State, tuple[Contradiction, ...]] = OrderedDict()
        self._under_way: set[State] = set()
        self.worked_out = 0
        """Grows with every answer: a page that said "look again" says something else then."""
        self._untracked: tuple[State, BadInputError] | None = None

    def of(self, now: Snapshot) -> tuple[Contradiction, ...] | None:
        """Those of a snapshot; of a large register that has changed, those before until the new ones are there."""
        state = _state(now.view)
        with self._lock:
            if state in self._found:
                self._found.move_to_end(state)
                return self._found[state]
            before = next((found for key, found in reversed(self._found.items()) if key[0] == state[0]), None)
            is_small = now.view.count_of("documents") <= AT_ONCE
            if not is_small and state not in self._under_way and (self._untracked or (None,))[0] != state:
                self._under_way.add(state)
                Thread(target=self._work_out_apart, args=(now, state), daemon=True).start()
        return self._work_out(now, state) if is_small else before

    def untracked(self, now: Snapshot) -> BadInputError | None:
        """What must be done before documents can be held against each other, if anything; asked again when the register has changed."""
        with self._lock:
            return self._untracked[1] if self._untracked and self._untracked[0] == _state(now.view) else None

    def _work_out_apart(self, now: Snapshot, state: State) -> None:
        try:
            self._work_out(now, state)
        except BadInputError as fault:
            with self._lock:
                self._untracked = (state, fault)
                self.worked_out += 1
        except ComityError:  # the register is busy, or the portal ends: the next page asks again
            return

    def _work_out(self, now: Snapshot, state: State) -> tuple[Contradiction, ...]:
        try:
            found = hold(now.view, self._knowledge, now.today) if now.is_small else self._held_apart(now, state)
            with self._lock:
                self._found[state] = found
                self.worked_out += 1
                while len(self._found) > KEPT:
                    self._found.popitem(last=False)
            return found
        finally:
            with self._lock:
                self._under_way.discard(state)

    def _held_apart(self, now: Snapshot, state: State) -> tuple[Contradiction, ...]:
        """What one process of the portal works out is for all of them: at 100,000 documents it takes a minute and a half."""

        def work() -> tuple[Contradiction, ...]:
            return self._backroom.run(hold_as_known, None if state[0] is None else now.today.isoformat(), now.today)

        if self._shelf is None:
            return work()
        kept = self._shelf.once("against", repr(state), lambda: msgspec.json.encode(work()))
        return msgspec.json.decode(kept, type=tuple[Contradiction, ...])


def hold(view: View, knowledge: Knowledge, today: date) -> tuple[Contradiction, ...]:
    """The documents of a view held against each other."""
    return contradictions(view, knowledge, telling_occurrences(view, knowledge, today=today))


def hold_as_known(register: Register, knowledge: Knowledge, known: str | None, today: date) -> tuple[Contradiction, ...]:
    """The same in a process of its own."""
    return hold(register.view(known=known), knowledge, today)


def _state(view: View) -> State:
    newest = view.asking.all(select(func.max(readings.c.key)))[0][0]
    decided = view.asking.all(select(func.max(decisions.c.number)))[0][0]
    return view.asking.scope.before, int(newest or 0), int(decided or 0)
