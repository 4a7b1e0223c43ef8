"""Keeps the occurrences of a register up to date: only what new documents touch is put together anew.

In come a register and what is known; the occurrences go into the register. Documents are taken a part at a time, in the order of their
days. A new report is tied to those told or dated within days of it and to those of its meeting; the occurrences that it is tied to are put
together anew with it, and where one of these changes, those in contact with it too. This gives the same as all reports put together at
once (grouping.py): whether two groups become one is asked of these two alone, so that what is in contact with nothing that changes stays.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

import numpy as np

from comity.knowledge import Knowledge, Pack, knowledge_version
from comity.register import Register
from comity.register.decided_events import documents_decided_about
from comity.register.occurrence_records import AWAITED, NewOccurrence, OldMember
from comity.register.occurrence_store import Changed, OccurrenceStore
from comity.register.occurrences import reports_of, reports_telling
from comity.register.places import as_place, reading_at
from comity.register.uncollected import uncollected
from comity.tracking.bonds import all_of
from comity.tracking.dated_alike import place_of
from comity.tracking.foreseen import Foretold, ties
from comity.tracking.grouping import bonds_beside, bonds_between, places_of
from comity.tracking.groups import best_of_stories, groups_of
from comity.tracking.guesses import Shown, guesses, is_vague, without
from comity.tracking.happening import Traits
from comity.tracking.kept_bonds import KeptBonds
from comity.tracking.kept_occurrences import merging_version, version_of
from comity.tracking.kept_sayings import rows_of
from comity.tracking.occurrence import State, id_of
from comity.tracking.occurrence_build import build_occurrences
from comity.tracking.occurrence_near import near_reports
from comity.tracking.occurrence_row import row_of_one, rows_of_groups, traits_of_reports
from comity.tracking.stories import Stories

TOGETHER = 300
"""Documents put together at a time."""

MANY = 2000
"""From so many documents on a register of which nothing is kept is put together by all processors at once."""

ALL_TIES = 2000
"""From so many kinds and meetings on all announcements are looked at again."""


def update_occurrences(register: Register, knowledge: Knowledge, step: Callable[[int], None] = lambda _: None) -> int:
    """Puts together what was not yet; gives the number of documents. `step` is told how many more are done."""
    store, version = register.occurrence_store(), merging_version(knowledge)
    store.begin(version)
    marks = store.marks()
    view = register.view()
    decided, newest = documents_decided_about(view, int(marks.get("decision", "0")))
    if decided:
        store.forget(decided)
    waiting = store.waiting()
    if not waiting and marks.get("whole"):
        return 0
    store.finish({"whole": ""})
    left = waiting
    if len(waiting) >= MANY and store.is_empty():
        build_occurrences(register, knowledge, waiting, step)
        left = store.waiting()
    elif not marks.get("whole"):
        store.make_indexes()  # what was broken off may have left none
    touched: set[str] = set()
    for start in range(0, len(left), TOGETHER):
        part = left[start : start + TOGETHER]
        with uncollected():
            touched |= _Part(register, knowledge, part).put_together()
        step(len(part))
    whole = marks.get("whole") and len(touched) < ALL_TIES
    store.tie(_ties(store, touched if whole else None))
    last = max([*waiting, *left], default=0)
    store.finish({"whole": "yes", "reading": str(max(last, int(marks.get("reading", "0")))), "decision": str(newest)})
    return len(waiting)


def keep_occurrences(register: Register, pack: Pack, knowledge: Callable[[], Knowledge]) -> int:
    """The same with what a pack knows, which is not even asked for where there is nothing to do."""
    store, version = register.occurrence_store(), version_of(knowledge_version((pack,)))
    marks = store.marks()
    whole = marks.get("version") == version and marks.get("whole")
    decided, _ = documents_decided_about(register.view(), int(marks.get("decision", "0")))
    if whole and not decided and not store.waiting():
        return 0
    return update_occurrences(register, knowledge())


class _Part:
    """Some readings on their way into the occurrences that a register keeps. What is kept already of their reports and tells the same as
    before stays as it is: a decision on one report touches that report, and what is near it."""

    def __init__(self, register: Register, knowledge: Knowledge, readings: Sequence[int]) -> None:
        self._store = register.occurrence_store()
        self._view = register.view()
        self._knowledge = knowledge
        self._readings = readings
        self._stories = Stories(self._view)
        self._kept: dict[int, Traits] = {}
        self._read: set[int] = set()

    def put_together(self) -> set[str]:
        """Writes what changes; gives what is awaited by, or may be awaited in, what went or came."""
        while True:
            turn = self._store.marks()["turn"]
            self._kept, self._read = {}, set()
            gone, new = self._what_changes()
            tied, guessed = self._tied_to(new)
            again = self._beside(gone, new, tied)
            while True:
                old, made, looked_at = self._grouped(again, gone, [one for one in new if place_of(one) not in guessed], guessed)
                if (more := self._store.contacts_of({one.occurrence for one in old})) <= again:
                    break
                again |= more
            keys = {one.occurrence for one in old}
            changed = Changed(
                old=tuple(sorted(keys)),
                new=(*made, *(row_of_one(one) for one in new if place_of(one) in guessed)),
                readings=tuple(self._readings),
                sayings=tuple(rows_of(self._view, self._readings)),
                guesses=tuple((place, *shown) for place, shown in sorted(guessed.items())),
                looked_at=tuple(sorted({*(one.place for one in gone), *looked_at, *guessed})),
            )
            before = self._store.awaited_by(keys)
            if self._store.write(changed, turn, _moves(old, changed.new)):
                return before | {key for one in changed.new for key in _awaited(one)}

    def _beside(self, gone: Sequence[OldMember], new: Sequence[Traits], tied: set[int]) -> set[int]:
        """The occurrences that may change: those of what is gone, those that they are in contact with, and those that the new is tied to.
        Where one report of a document goes or comes, another of the same document may be most like what it was tied to."""
        own = {one.occurrence for one in gone}
        near = own | self._store.contacts_of(own) | tied
        others = self._store.members_of_readings({*(one.reading for one in gone), *(one.report.reading for one in new)})
        beside = {one.occurrence for one in others} - near
        return near | {one for one in beside if not near.isdisjoint(self._store.contacts_of([one]))}

    def _grouped(
        self, keys: Collection[int], gone: Sequence[OldMember], new: Sequence[Traits], guessed: dict[int, Shown]
    ) -> tuple[list[OldMember], list[NewOccurrence], list[int]]:
        """Some occurrences put together anew without what is gone and with what is new: the reports of those that change, what they become,
        and the places of all that was looked at. Adds to `guessed` what is a guess now."""
        there = self._store.members_of(keys)
        went = {one.place for one in gone}
        stay = {one.place: one.occurrence for one in there if one.place not in went}
        every = [*new, *self._again(stay)]
        count, places = len(every), places_of(every)
        kept = KeptBonds(self._store.bonds_of(keys), places[len(new) :], len(new))
        bonds = bonds_beside(every, self._stories, len(new), kept.bonds)
        found = guesses(every, bonds)
        guessed |= _by_places(every, found)
        bonds = without(bonds, found)
        # of the reports of one document outside, one may be more like what one of these is tied to
        outside, others = kept.outside([one.place for one in there], count)
        best = best_of_stories(all_of([bonds, without(outside, found)]), np.concatenate([places, others]))
        joining = best.only((best.a < count) & (best.b < count))
        groups = groups_of(every, bonds, joining, self._stories) if count else []
        same = _same_as_before(groups, stay, {one.occurrence for one in gone})
        left = set(same.values())
        return (
            [one for one in there if one.occurrence not in left],
            rows_of_groups(groups, every, bonds, same),
            places.tolist(),
        )

    def _what_changes(self) -> tuple[list[OldMember], list[Traits]]:
        """What is kept of these documents and stands no more, and what they tell that is not kept yet. What was shown to be a guess by
        something that stands no more goes and comes anew."""
        kept = {one.place: one for one in self._store.members_of_documents(self._readings)}
        reports = {as_place(one.reading, one.number): one for one in reports_of(self._view, self._readings)}
        same = {at for at, one in kept.items() if at in reports and reports[at].own == one.own}
        gone = [one for at, one in kept.items() if at not in same]
        doubtful = self._store.guesses_shown_by([one.place for one in gone]) - {one.place for one in gone}
        shown = [one for one in self._store.members_of_readings(set(map(reading_at, doubtful))) if one.place in doubtful]
        new = [one for at, one in reports.items() if at not in same and at not in doubtful]
        again = self._again({one.place: one.occurrence for one in shown})
        return [*gone, *shown], [*traits_of_reports(self._view, self._knowledge, new), *again]

    def _tied_to(self, new: Sequence[Traits]) -> tuple[set[int], dict[int, Shown]]:
        """The occurrences of reports kept already that the new ones are tied to, with those in contact where the tie may show a date to be
        a guess; and those of the new that are guesses, with what shows it: these tie nothing, and nor do guesses that are kept."""
        places, whole = near_reports(self._view, self._knowledge, new, self._stories)
        whole |= {one.report.reading for one in new}  # a document may tell the same twice
        own = set(map(place_of, new))
        near = [*self._store.members_of_readings(whole), *self._store.members_at(places)]
        members = {one.place: one.occurrence for one in near if one.place not in own}
        for guess in self._store.guesses_among(members):
            del members[guess]
        every = [*new, *self._again(members)]
        count = len(new)
        bonds = bonds_between(every, self._stories, count)
        guessed = {one: shown for one, shown in guesses(every, bonds).items() if one < count}
        kept = {one for a, b, _ in without(bonds, guessed) for one in (a, b) if one >= count}
        vague = {members[place_of(every[one])] for one in kept if is_vague(every[one])}
        return {members[place_of(every[one])] for one in kept} | self._store.contacts_of(vague), _by_places(every, guessed)

    def _again(self, kept: Mapping[int, int]) -> list[Traits]:
        """The traits of reports that are kept already, given by their places, each with its occurrence. An occurrence is read
        once: the largest is first asked what ties it to the new, and then put together anew."""
        unread = set(kept.values()) - self._read
        reports = reports_telling(self._view, unread)
        self._kept |= {place_of(one): one for one in traits_of_reports(self._view, self._knowledge, reports)}
        self._read |= unread
        return sorted([self._kept[place] for place in kept if place in self._kept], key=lambda one: (*one.report.key, one.report.number))


def _by_places(traits: Sequence[Traits], guessed: Mapping[int, Shown]) -> dict[int, Shown]:
    return {place_of(traits[one]): (place_of(traits[a]), place_of(traits[b])) for one, (a, b) in guessed.items()}


def _awaited(one: NewOccurrence) -> Iterator[str]:
    if one.mechanism:
        yield one.mechanism
    yield from (tag.removeprefix(AWAITED) for tag in one.tags if tag.startswith(AWAITED))


def _same_as_before(groups: Sequence[Sequence[Traits]], before: Mapping[int, int], touched: Collection[int]) -> dict[int, int]:
    """The groups, by number, that are those of an occurrence before, with its key: all of its reports and no other. `before` has the
    occurrence of each report by place; those `touched` lost one."""
    sizes, found = Counter(before.values()), {}
    for number, group in enumerate(groups):
        keys = {before.get(place_of(one)) for one in group}
        key = keys.pop() if len(keys) == 1 else None
        if key is not None and key not in touched and sizes[key] == len(group):
            found[number] = key
    return found


def _moves(there: Sequence[OldMember], made: Sequence[NewOccurrence]) -> dict[int, int]:
    """Where occurrences went whose oldest report is gone: to where the rest of their reports are, else to what the same document tells now
    in their stead."""
    places = {own: one.key for one in made for _, _, own in one.members}
    members: defaultdict[int, list[int]] = defaultdict(list)
    for one in there:
        members[one.occurrence].append(one.own)
    moves = {}
    for key, owns in members.items():
        if key not in places and (left := sorted(places[own] for own in owns if own in places)):
            moves[key] = left[0]
    return moves


def _ties(store: OccurrenceStore, keys: set[str] | None) -> dict[int, int | None]:
    """In what announcements came true, of those that await one of these."""
    waiting: defaultdict[str, list[Foretold]] = defaultdict(list)
    before: dict[int, int | None] = {}
    for key, row in store.awaiting(keys):
        announced = date.fromisoformat(row.announced) if row.announced else None
        waiting[key].append(Foretold(id=id_of(row.key), state=State(row.state), when=row.when, awaits=(key,), announced=announced))
        before[row.key] = row.foretold
    found: dict[int, int | None] = {}
    for several in waiting.values():
        came = ties(several)
        for one in several:
            if one.state is State.PLANNED:
                there = int(came[one.id], 16) if one.id in came else None
                if before[int(one.id, 16)] != there:
                    found[int(one.id, 16)] = there
    return found
