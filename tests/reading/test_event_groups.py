"""People without a name as parties of events: where a word for them stands and nobody is named."""

import pytest

from comity.knowledge.folded import Folded, fold
from comity.reading.event_groups import GroupLexicon
from comity.reading.mentions import Form, Mention, Mentions
from comity.records import ActorType


@pytest.mark.parametrize(
    ("language", "text", "groups"),
    [
        ("vi", "Cảnh sát giải tán người biểu tình.", ["group:police", "group:protesters"]),
        ("vi", "Phiến quân bắt giữ nhiều con tin.", ["group:rebels", "group:hostages"]),
        ("en", "Rebel fighters released the hostages.", ["group:rebels", "group:hostages"]),
        ("en", "The ministers met.", []),
    ],
)
def test_groups_are_found_by_their_words(language: str, text: str, groups: list[str]) -> None:
    found = GroupLexicon(language).with_groups(_folded(text), Mentions([]))
    assert [mention.actors for mention in found.all] == [(group,) for group in groups]
    assert all(mention.form is Form.GROUP for mention in found.all)


def test_a_group_inside_a_name_or_its_title_is_none() -> None:
    text = "Tổng Tư lệnh Cảnh sát Rui Lopes gặp ngư dân."
    name = Mention(
        start=text.index("Rui"), end=text.index(" gặp"), outer_start=0, outer_end=text.index(" gặp"), actors=("rui-lopes",),
        type=ActorType.PERSON,
    )  # fmt: skip
    found = GroupLexicon("vi").with_groups(_folded(text), Mentions([name]))
    assert [mention.actors for mention in found.all] == [("rui-lopes",), ("group:fishermen",)]


def test_a_text_without_groups_keeps_its_mentions() -> None:
    mentions = Mentions([])
    assert GroupLexicon("en").with_groups(_folded("Nothing happened."), mentions) is mentions


def _folded(text: str) -> Folded:
    return Folded(text, fold(text))
