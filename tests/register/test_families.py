"""Near copies of one release are one family; other texts, and the same words a year later, are not."""

from functools import partial
from itertools import permutations
from pathlib import Path

import made
from comity.records import ActorMention, ActorType, DateMention, EventReport, EventType, ProgressClaim
from comity.register import Action, OfDecision
from comity.register.copies import changed_from_named, copies_of, named_member
from comity.register.pairs import OfFamily
from made import document, reading

RELEASE = """The committee of the two unions held its yearly meeting online on Tuesday, pledging to take the partnership forward.
Ambassador Lan and her counterpart chaired the event. The meeting noted that ninety-seven of the lines in the plan had been completed as of
this month. Most lines on security and trade were finished ahead of time, above all in relief, equality and the narrowing of gaps. The two
sides agreed to end the draft of the new plan in time for the ministers' meeting. The visitors voiced support for the chair's work against
the pandemic."""
EDITED = RELEASE.replace("the event", "the session").replace(" as of\nthis month", "").replace("Ambassador Lan", "Ambassador Tran Lan")
FURTHER = EDITED.replace("against\nthe pandemic", "in health").replace("finished ahead of time", "done early")
OTHER = """Ministers of the two unions met in Geneva on Wednesday. They spoke of trade, of fish, and of the weather on the high seas; a
new round of talks was set for spring. Nobody mentioned the plan. A dinner for all delegations closed the day, and the press stayed out."""


def families(register_of, *documents) -> list[str]:
    with register_of(*map(reading, documents)) as register:
        found = {head.id: head.family for head in register.view().documents()}
    return [found[one.id] for one in documents]


def test_an_edited_copy_of_the_same_week_is_of_the_family(register_of):
    first, second = families(register_of, document(RELEASE, "2020-09-15"), document(EDITED, "2020-09-16"))
    assert first == second


def test_a_release_and_its_first_half_are_of_one_family(register_of):
    longer = (
        f"{RELEASE} {OTHER} The day after, both sides spoke with the press about fish, trade and the weather, at great length and in peace."
    )
    first, second = families(register_of, document(longer), document(RELEASE, "2020-09-17"))
    assert first == second


def test_another_text_of_the_same_day_is_not(register_of):
    first, second = families(register_of, document(RELEASE), document(OTHER))
    assert first != second


def test_the_same_words_a_year_later_are_not(register_of):
    first, second = families(register_of, document(RELEASE, "2020-09-15"), document(EDITED, "2021-09-16"))
    assert first != second


def test_an_undated_copy_is(register_of):
    first, second = families(register_of, document(RELEASE, "2020-09-15"), document(EDITED, None))
    assert first == second


def test_a_month_may_hold_the_day(register_of):
    first, second = families(register_of, document(RELEASE, "2020-09"), document(EDITED, "2020-09-16"))
    assert first == second


def test_the_order_of_adding_does_not_matter(tmp_path: Path):
    documents = [document(text) for text in (RELEASE, EDITED, FURTHER, OTHER)]
    seen = set()
    for number, order in enumerate(permutations(documents)):
        folder = tmp_path / str(number)
        folder.mkdir()
        seen.add(tuple(sorted(zip((d.id for d in order), families(partial(made.register_of, folder), *order), strict=True))))
    assert len(seen) == 1


def test_a_family_is_one_source(register_of):
    with register_of(*(reading(document(text)) for text in (RELEASE, EDITED, OTHER))) as register:
        assert (register.view().count_documents(), register.view().count_families()) == (3, 2)


def test_what_an_edited_copy_changed(register_of):
    first = document("Minister Lan said on 30 January 2020 that 97 of 103 lines were “done”. All agreed.", "2020-01-30")
    second = document('Minister Nga said on 23 January 2020 that lines were "done". All agreed gladly.', "2020-01-31")
    kept = [
        reading(
            of,
            dates=[DateMention(evidence=of.evidence(of.text.index("on ") + 3, of.text.index(" that")))],
            actors=[ActorMention(evidence=of.evidence(9, 12), type=ActorType.PERSON, actor=of.text[9:12].lower())],
        )
        for of in (first, second)
    ]
    with register_of(*kept) as register:
        view = register.view()
        assert [(one.kind.value, one.first_words, one.second_words) for one in view.differences(first.id, second.id)] == [
            ("name", "Lan", "Nga"),
            ("date", "30", "23"),
            ("figure", "97 of 103", ""),
            ("words", "", "gladly"),
        ]
        for one in view.differences(first.id, second.id):
            assert one.first is None or first.text[one.first.start : one.first.end] == one.first_words
            assert one.second is None or second.text[one.second.start : one.second.end] == one.second_words
        assert view.differences(first.id, first.id) == []
        assert view.differences(first.id, "nothing") == []


def test_the_earliest_copy_stands_for_its_family(register_of):
    later, first = document(EDITED, "2020-09-16"), document(RELEASE, "2020-09-15")
    with register_of(reading(later), reading(first), reading(document(OTHER))) as register:
        assert [head.id for head in register.view().family_of(later.id)] == [first.id, later.id]


def test_an_official_copy_stands_for_its_family_even_if_it_came_later(register_of):
    first = document(RELEASE, "2020-09-15", source="https://papers.example/a")
    official = document(EDITED, "2020-09-16", source="https://asean.org/a")
    with register_of(reading(first), reading(official)) as register:
        view = register.view()
        assert named_member(view.family_of(first.id)).id == official.id
        changed = changed_from_named(view, first.id)
        assert changed
        assert (changed.named.id, changed.copy.id) == (official.id, first.id)
        assert [(one.first_words, one.second_words) for one in changed.differences] == [
            ("Tran", ""),
            ("session", "event"),
            ("", "as of\nthis month"),
        ]
        for one in changed.differences:
            assert one.first is None or official.text[one.first.start : one.first.end] == one.first_words
            assert one.second is None or first.text[one.second.start : one.second.end] == one.second_words
        assert changed_from_named(view, official.id) is None


def test_a_document_without_copies_has_nothing_changed(register_of):
    alone = document(OTHER)
    with register_of(reading(alone)) as register:
        view = register.view()
        assert changed_from_named(view, alone.id) is None
        assert changed_from_named(view, "nothing") is None


def test_undated_copies_come_last(register_of):
    undated, dated = document(RELEASE, None), document(EDITED, "2020-09-15")
    with register_of(reading(undated), reading(dated)) as register:
        view = register.view()
        head = view.document_head(dated.id)
        assert head
        assert named_member(view.family_of(undated.id)).id == dated.id
        assert [copy.id for copy in copies_of(view, head)] == [undated.id]


def lists_of(register) -> tuple[int, int]:
    view = register.view()
    return view.count_of("events"), view.count_of("progress")


def test_a_person_joins_two_languages_and_takes_it_back(register_of):
    english = document(RELEASE, "2020-09-15", source="https://papers.example/a")
    tieng_viet = document(
        "Ủy ban họp trực tuyến hôm thứ Ba, 97/103 dòng đã xong.", "2020-09-15", language="vi", source="https://asean.org/a"
    )

    def told(of):
        figure = ProgressClaim(evidence=of.evidence(0, 7), subject="plan-one", numerator=97, denominator=103)
        met = EventReport(evidence=of.evidence(8, 15), type=EventType.CONSULT, source=("ASEAN",), target=("UN",), when="2020-09-15")
        return reading(of, progress=[figure], events=[met])

    with register_of(told(english), told(tieng_viet), reading(document(OTHER))) as register:
        writer = register.writer()
        assert (register.view().count_families(), lists_of(register)) == (3, (2, 2))
        both = OfFamily((english.id, tieng_viet.id))
        taken = writer.decide(who="Lan", action=Action.MERGE, subject=both, why="one release")
        view = register.view()
        assert (view.count_families(), lists_of(register)) == (2, (1, 1))
        assert named_member(view.family_of(english.id)).id == tieng_viet.id
        assert [found.document.id for found in view.events()] == [tieng_viet.id]
        changed = changed_from_named(view, english.id)
        assert changed
        assert changed.differences == ()
        writer.decide(who="Lan", action=Action.UNDO, subject=OfDecision(taken.number))
        assert (register.view().count_families(), lists_of(register)) == (3, (2, 2))


def test_a_copy_that_is_none_stays_apart_when_another_copy_comes(register_of):
    first, copy, third = document(RELEASE, "2020-09-15"), document(EDITED, "2020-09-16"), document(FURTHER, "2020-09-16")
    with register_of(reading(first), reading(copy)) as register:
        writer = register.writer()
        assert register.view().count_families() == 1
        taken = writer.decide(who="Lan", action=Action.SPLIT, subject=OfFamily((first.id, copy.id)))
        assert register.view().count_families() == 2
        writer.add(reading(third))
        families = {head.id: head.family for head in register.view().documents()}
        assert families[copy.id] != families[first.id] == families[third.id]
        writer.decide(who="Lan", action=Action.UNDO, subject=OfDecision(taken.number))
        assert register.view().count_families() == 1
