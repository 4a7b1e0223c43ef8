"""A register in which some are called alike: two of one name at two bodies, the same name in another order, a given name alone."""

from pathlib import Path

from comity.records import Act, ActorMention, ActorType, OfficeMention, Reading, Statement
from comity.register import Register
from made import document, reading, register_of


def said_by(name: str, actor: str, words: str, body: str | None = None, when: str = "2020-01-01") -> Reading:
    """A document in which somebody says something, with an office at a body or without."""
    of = document(f"{name} said that {words}. {body or ''}", when)
    who, start = of.evidence(0, len(name)), len(name) + 11
    said = Statement(evidence=of.evidence(start, start + len(words)), speaker=(actor,), cue=None, act=Act.INFORM)
    offices = [OfficeMention(evidence=who, person=actor, of=body)] if body else []
    return reading(of, actors=[ActorMention(evidence=who, type=ActorType.PERSON, actor=actor)], offices=offices, statements=[said])


def named_in(folder: Path) -> Register:
    return register_of(
        folder,
        said_by("Trần Thị Lan", "tran-thi-lan", "ports will matter", "ASEAN"),
        said_by("Trần Thị Lan", "tran-thi-lan", "peace is near", "UN", "2020-02-01"),
        said_by("Lan Thị Trần", "lan-thi-tran", "ports matter more", when="2020-03-01"),
        said_by("Đỗ Minh", "do-minh", "rain is due"),
        said_by("Minh", "minh", "all is well"),
        said_by("Minh", "minh", "all is quiet"),
    )
