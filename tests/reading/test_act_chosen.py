"""Which act a statement is, from the weights of its features."""

import pytest

from comity.reading.acts import ActWeights
from comity.reading.weights import LinearModel
from comity.records import Act


@pytest.mark.parametrize(
    ("cue", "criticise", "act"),
    [
        ("affirm", 1.5, Act.AFFIRM),  # nearly as likely: nobody is made a critic by a neutral verb
        ("affirm", 2.5, Act.CRITICISE),
        ("criticise", 1.5, Act.CRITICISE),  # the cue itself says so
        ("affirm", 0.5, Act.AFFIRM),
    ],
)
def test_nobody_is_made_a_critic_by_a_narrow_lead(cue: str, criticise: float, act: Act):
    model = LinearModel({"affirm|1": 1.0, "criticise|1": criticise})
    assert ActWeights(model).likeliest(["1", f"k {cue}"]) is act
