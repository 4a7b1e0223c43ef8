"""Many texts are weighed at once: to the last bit as term by term."""

from collections import Counter
from functools import cache
from itertools import pairwise
from math import log, sqrt
from zlib import crc32

from hypothesis import given, settings
from hypothesis import strategies as st

from comity.knowledge.folded import fold
from comity.tracking.embedding import signed_weights, split_words
from comity.tracking.signatures import FIRST, KEPT, LONGEST, Numbers, signatures_of

WORDS = st.sampled_from(
    (
        *("the", "ministers", "of", "asean", "met", "in", "hà", "nội", "hòa", "bình", "maritime", "security", "zorblax", "hợp", "tác"),
        *("climate", "x" * (2 * LONGEST), *(f"new{letter}{other}" for letter in "abcdefgh" for other in "abcdefghijklmnopq")),
    )
)


RARITY = cache(signed_weights)


def term_by_term(text: str) -> dict[int, float]:
    rarity, words = RARITY(), split_words(fold(text))
    terms = Counter([*words, *map(" ".join, pairwise(words))])
    weights = {}
    for term, count in terms.items():
        first, _, second = term.partition(" ")
        rare = rarity.get(first, 1.0)
        known = rarity.get(term) if second else rare
        weight = rare * rarity.get(second, 1.0) if known is None else known * known
        weights[term] = weight * (1 if count == 1 else 1 + log(count))
    kept = sorted(sorted(weights, reverse=True), key=lambda term: -weights[term])[:KEPT]
    length = sqrt(sum([weights[term] * weights[term] for term in kept]))
    return {crc32(term.encode()): weights[term] / length for term in kept}


@settings(deadline=None)  # the first asks for the table
@given(st.lists(st.lists(WORDS, max_size=300), min_size=1, max_size=6))
def test_many_at_once_are_weighed_as_term_by_term(several: list[list[str]]):
    texts, numbers = [" ".join(words) for words in several], Numbers()
    expected = [term_by_term(text) for text in texts]
    for _ in range(2):  # words that are new, and then are not
        found = list(signatures_of(texts, numbers))
        assert found == expected
        assert [list(one) for one in found] == [sorted(one) for one in found]


BETWEEN = st.sampled_from((" ", "\n", "\u00a0", "-", "'", "’", ". ", ", ", "—", "3", "_", "Ủy", "hoà", "quý", "İ"))


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, BETWEEN), max_size=30))
def test_words_are_those_of_the_whole_text(pieces: list[tuple[str, str]]):
    text, numbers = "".join(part for piece in pieces for part in piece), Numbers()
    for _ in range(FIRST + 1):  # a text that is folded as a whole, and at last one of known words
        words, (size,) = numbers.of([text])
        assert [numbers.spelled(number) for number in words.tolist()] == split_words(fold(text))
        assert size == len(words)


def test_many_texts_have_the_words_of_each():
    texts, numbers = ["", "co-operation, and/or 2020 trade", " - ", "a b", ""] * FIRST, Numbers()
    words, sizes = numbers.of(texts)
    assert [numbers.spelled(number) for number in words.tolist()] == [word for text in texts for word in split_words(fold(text))]
    assert sizes.tolist() == [len(split_words(fold(text))) for text in texts]


def test_a_signature_has_length_one_and_no_more_terms_than_are_kept():
    text = " ".join(f"word{number} climate security" for number in range(300))
    (found,) = signatures_of([text.replace("0", "o").replace("1", "i")], Numbers())
    assert len(found) <= KEPT
    assert abs(sum(weight * weight for weight in found.values()) - 1) < 1e-9
    assert list(signatures_of([""], Numbers())) == [{}]
