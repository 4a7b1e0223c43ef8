"""Long texts are weighed all at once and short ones term by term: to the last bit the same."""

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.tracking.signatures import KEPT, LONG, Numbers, all_at_once, one_by_one, signature_of

WORDS = st.sampled_from(
    ("the", "ministers", "of", "asean", "met", "in", "hà", "nội", "hòa", "bình", "maritime", "security", "zorblax", "hợp", "tác", "climate")
)


@settings(deadline=None)  # the first asks for the table
@given(st.lists(WORDS, min_size=2, max_size=3 * LONG))
def test_both_ways_give_the_same(words: list[str]):
    heaviest = sorted(one_by_one(words), reverse=True)[:KEPT]
    numbers = Numbers()
    for _ in range(2):  # words that are new, and then are not
        assert sorted(all_at_once(words, numbers), reverse=True)[:KEPT] == heaviest


def test_a_signature_has_length_one_and_no_more_terms_than_are_kept():
    text = " ".join(f"word{number} climate security" for number in range(300))
    found = signature_of(text.replace("0", "o").replace("1", "i"))
    assert len(found) <= KEPT
    assert abs(sum(weight * weight for weight in found.values()) - 1) < 1e-9
    assert signature_of("") == {}
