"""Long texts are weighed all at once and short ones term by term: to the last bit the same."""

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.knowledge.folded import fold
from comity.tracking.embedding import split_words
from comity.tracking.signatures import KEPT, LONG, Numbers, all_at_once, heaviest, one_by_one, signature_of

WORDS = st.sampled_from(
    ("the", "ministers", "of", "asean", "met", "in", "hà", "nội", "hòa", "bình", "maritime", "security", "zorblax", "hợp", "tác", "climate")
)


@settings(deadline=None)  # the first asks for the table
@given(st.lists(WORDS, min_size=2, max_size=3 * LONG))
def test_both_ways_give_the_same(words: list[str]):
    numbers = Numbers()
    for _ in range(2):  # words that are new, and then are not
        known = [number for word in words for number in numbers[word]]
        heavy, terms = heaviest(*one_by_one(known), numbers)
        same, of = heaviest(*all_at_once(known), numbers)
        assert dict(zip(of, same, strict=True)) == dict(zip(terms, heavy, strict=True))
        assert len(terms) <= KEPT


BETWEEN = st.sampled_from((" ", "\n", "\u00a0", "-", "'", "’", ". ", ", ", "—", "3", "_", "Ủy", "hoà", "quý", "İ"))


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, BETWEEN), max_size=30))
def test_words_are_those_of_the_whole_text(pieces: list[tuple[str, str]]):
    text, numbers = "".join(part for piece in pieces for part in piece), Numbers()
    found = [numbers.spelled(number) for between in text.split() for number in numbers[between]]
    assert found == split_words(fold(text))


def test_a_signature_has_length_one_and_no_more_terms_than_are_kept():
    text = " ".join(f"word{number} climate security" for number in range(300))
    found = signature_of(text.replace("0", "o").replace("1", "i"))
    assert len(found) <= KEPT
    assert abs(sum(weight * weight for weight in found.values()) - 1) < 1e-9
    assert signature_of("") == {}
