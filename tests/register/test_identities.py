"""Who is who: bodies by id, persons by name and body; people merge and split, and take it back."""

import pytest

from comity.knowledge import Actor
from comity.records import Act, ActorMention, ActorType, OfficeMention, Reading, Statement
from comity.register import Action, OfActors, OfDecision, Register, Wanted
from comity.register.famous import Famous
from made import document, reading


def told_by(name: str, actor: str, body: str | None = None, *, when: str = "2020-01-01", more: str = "") -> Reading:
    """A document in which somebody speaks, with an office at a body or without."""
    of = document(f"{name} said that all was well. {body} {more}", when)
    who = of.evidence(0, len(name))
    said = Statement(evidence=of.evidence(len(name) + 11, len(name) + 23), speaker=(actor,), cue=None, act=Act.INFORM)
    offices = [OfficeMention(evidence=who, person=actor, of=body)] if body else []
    return reading(of, actors=[ActorMention(evidence=who, type=ActorType.PERSON, actor=actor)], offices=offices, statements=[said])


@pytest.fixture
def register(register_of) -> Register:
    return register_of(
        told_by("Trần Thị Lan", "tran-thi-lan", "UNION"),
        told_by("Trần Thị Lan", "tran-thi-lan", "PORT"),
        told_by("Trần Thị Lan", "tran-thi-lan", "UNION", more="again"),
        told_by("Lan Thị Trần", "lan-thi-tran"),
        told_by("Minh", "minh"),
        told_by("Minh", "minh", more="elsewhere"),
        told_by("Lê Văn Hải", "le-van-hai", "UNION"),
        told_by("Lê Văn Hải", "le-van-hai"),
    )


def speeches(register: Register, actor: str) -> int:
    return len(register.view().search(Wanted(kind="statements", actor=actor)).hits)


def test_two_people_of_one_name_stay_two(register: Register):
    with register:
        bodies = {one.id: one.body for one in register.view().actors() if one.actor == "tran-thi-lan"}
        assert bodies == {"tran-thi-lan": "UNION", "tran-thi-lan~2": "PORT"}
        assert (speeches(register, "tran-thi-lan"), speeches(register, "tran-thi-lan~2")) == (2, 1)


def test_a_given_name_is_somebody_else_in_every_document(register: Register):
    with register:
        assert len([one for one in register.view().actors() if one.actor == "minh"]) == 2


def test_a_full_name_without_office_is_the_only_one_of_that_name(register: Register):
    with register:
        assert [one.id for one in register.view().actors() if one.actor == "le-van-hai"] == ["le-van-hai"]
        assert speeches(register, "le-van-hai") == 2


def test_somebody_known_beforehand_is_one_whatever_the_office(register_of):
    with register_of() as register:
        lan = Actor(id="tran-thi-lan", type=ActorType.PERSON, names={"vi": ("Trần Thị Lan",)})
        both = [told_by("Trần Thị Lan", "tran-thi-lan", body) for body in ("UNION", "PORT")]
        register.writer().add_all(both, famous=Famous([lan]))
        assert [one.id for one in register.view().actors()] == ["tran-thi-lan"]


PERSONS = Famous(
    Actor(id=id, type=ActorType.PERSON, names={"en": names})
    for id, names in {
        "jo-field": ("Jo Field", "Joseph Field"),
        "kenta-mori": ("Kenta Mori",),
        "ann-w-lee": ("Ann W. Lee",),
        "ann-h-w-lee": ("Ann H. W. Lee",),
        "tran-van": ("Trần Vân",),
    }.items()
)


@pytest.mark.parametrize(
    ("called", "who"),
    [
        ("joseph-r-field-jr", "jo-field"),
        ("joseph-field", "jo-field"),
        ("mori-kenta", "kenta-mori"),
        ("ann-w-lee", "ann-w-lee"),
        ("ann-lee", "ann-lee"),  # two bear it
        ("tran-van-a", "tran-van-a"),  # the last word of a name is no initial
        ("field", "field"),  # anybody of that name
        ("mary-field", "mary-field"),
    ],
)
def test_a_known_person_is_one_whatever_documents_call_them(called: str, who: str):
    assert PERSONS.known(called) == who


def test_what_a_known_person_said_under_several_names_is_found_together(register_of):
    with register_of() as register:
        both = [told_by("Jo Field", "jo-field"), told_by("Joseph R. Field, Jr.", "joseph-r-field-jr")]
        register.writer().add_all(both, famous=PERSONS)
        assert [(one.id, one.name) for one in register.view().actors()] == [("jo-field", "Jo Field")]
        assert speeches(register, "jo-field") == 2
        words = {found.finding.evidence.quote for found in register.view().findings("actors")}
        assert words == {"Jo Field", "Joseph R. Field, Jr."}


def test_a_given_name_finds_all_who_bear_it(register: Register):
    with register:
        assert (speeches(register, "minh"), speeches(register, "nobody")) == (2, 0)


def test_the_order_of_coming_does_not_matter(register_of):
    with register_of(told_by("Lê Văn Hải", "le-van-hai"), told_by("Lê Văn Hải", "le-van-hai", "UNION")) as register:
        register.writer().add(told_by("Hồ Thị Nga", "ho-thi-nga"))
        register.writer().add(told_by("Hồ Thị Nga", "ho-thi-nga", "PORT"))
        assert [(one.id, one.body) for one in register.view().actors()] == [("ho-thi-nga", "PORT"), ("le-van-hai", "UNION")]


def test_candidates_have_reasons(register: Register):
    with register:
        found = {(pair.first.id, pair.second.id): pair.reasons for pair in register.view().candidates()}
        assert found["tran-thi-lan", "tran-thi-lan~2"] == ("same-name",)
        assert found["lan-thi-tran", "tran-thi-lan"] == ("alike",)
        assert not any("le-van-hai" in pair for pair in found)


def test_single_names_and_a_body_of_two_states_are_not_proposed(register_of):
    with register_of(
        told_by("Minh", "minh"),
        told_by("Minh", "minh", more="elsewhere"),
        told_by("Minh", "minh", "UNION"),
        told_by("Quốc hội", "PARLIAMENT-VNM"),
        told_by("Quốc hội", "PARLIAMENT-LAO", more="there"),
        told_by("Quốc hội", "the-house", more="elsewhere"),
        told_by("Trần Thị Lan", "tran-thi-lan"),
        told_by("Lan Thị Trần", "lan-thi-tran"),
    ) as register:
        found = [(pair.first.id, pair.second.id.partition("@")[0]) for pair in register.view().candidates()]
        houses = [("PARLIAMENT-LAO", "the-house"), ("PARLIAMENT-VNM", "the-house")]
        assert found == [*houses, ("lan-thi-tran", "tran-thi-lan"), ("minh", "minh"), ("minh", "minh")]


def test_merge_split_and_take_back(register: Register):
    with register:
        writer = register.writer()
        writer.decide(who="Lan", action=Action.MERGE, subject=OfActors(("tran-thi-lan", "lan-thi-tran")))
        writer.decide(who="Lan", action=Action.MERGE, subject=OfActors(("lan-thi-tran", "tran-thi-lan~2")))
        assert [speeches(register, actor) for actor in ("tran-thi-lan", "lan-thi-tran", "tran-thi-lan~2")] == [4, 4, 4]
        writer.decide(who="Lan", action=Action.SPLIT, subject=OfActors(("tran-thi-lan", "tran-thi-lan~2")))
        assert [speeches(register, actor) for actor in ("tran-thi-lan", "lan-thi-tran", "tran-thi-lan~2")] == [3, 3, 1]
        pairs = [(pair.first.id, pair.second.id) for pair in register.view().candidates()]
        assert pairs == [], "who is no other's is none of those joined to that one either"
        for number in (1, 2, 3):
            writer.decide(who="Lan", action=Action.UNDO, subject=OfDecision(number))
        assert [speeches(register, actor) for actor in ("tran-thi-lan", "lan-thi-tran", "tran-thi-lan~2")] == [2, 1, 1]


def test_a_taking_back_is_taken_back(register: Register):
    with register:
        writer = register.writer()
        writer.decide(who="Lan", action=Action.MERGE, subject=OfActors(("tran-thi-lan", "lan-thi-tran")))
        writer.decide(who="Lan", action=Action.UNDO, subject=OfDecision(1))
        writer.decide(who="Lan", action=Action.UNDO, subject=OfDecision(2))
        assert speeches(register, "lan-thi-tran") == 3
