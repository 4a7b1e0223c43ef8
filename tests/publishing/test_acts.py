"""A denial is never shown as if the speaker had affirmed what he denies."""

import pytest

import comity
from comity.publishing.acts import act_key
from comity.publishing.labels import Labels
from comity.reading.denials import denies


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Minister Ana Tavares denied that the plan had been suspended.", "denied or ruled out"),
        ("Minister Ana Tavares said that the plan had been suspended.", "affirmed"),
        ("Bộ trưởng Nguyễn Văn An phủ nhận kế hoạch đã bị đình chỉ.", "denied or ruled out"),
    ],
)
def test_a_denial_is_called_one(text: str, shown: str) -> None:
    statement = comity.read(text).statements[0]
    assert Labels("en").say(act_key(statement)) == shown
    assert denies(statement) is (shown != "affirmed")


def test_a_denial_is_called_one_in_vietnamese() -> None:
    statement = comity.read("Bộ trưởng Nguyễn Văn An phủ nhận kế hoạch đã bị đình chỉ.").statements[0]
    assert Labels("vi").say(act_key(statement)) == "phủ nhận hoặc loại trừ"
