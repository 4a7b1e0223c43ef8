"""What a stretch of a text shows is found in one pass over the text, the same as in the stretch alone."""

from hypothesis import given
from hypothesis import strategies as st

from comity.knowledge.folded import Folded
from comity.tracking.concepts import load_concepts

TEXT = (
    "The Field Hospital was sent after the early-warning exercise; ministers spoke of maritime domain awareness, traffickers in persons, "
    "counter-terrorism, clean energy and human rights education.\nMaritime security and the rights of women followed."
)


@given(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT)))
def test_a_stretch_shows_what_it_shows_alone(start: int, size: int):
    end = min(len(TEXT), start + size)
    concepts = load_concepts("en")[0]
    alone, text = concepts.find_all(Folded(TEXT[start:end])), concepts.by_place(Folded(TEXT))
    found = text.within(start, end)
    assert found is None or found == alone
    assert text.may_be_within(start, end) or not alone


def test_a_stretch_without_a_term_is_told_apart():
    assert not load_concepts("en")[0].by_place(Folded(TEXT)).may_be_within(0, len("The"))
