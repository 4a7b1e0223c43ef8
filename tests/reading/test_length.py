"""Reading takes time in proportion to a text's length, however odd the text: one line, one word, only figures or marks."""

import time

import pytest

import comity

SHORT, LONG = 4_000, 16_000
SLACK = 2.2
"""What takes time in proportion to the length takes four times as long for four times the text; in proportion to its square, sixteen."""
LEAST = 0.1
"""Seconds below which a machine's other work tells more than the text; each is read twice, and the quicker time counts."""

ODD = {
    "one line of Vietnamese": ("vi", "Bộ trưởng cho biết hai bên nhất trí thúc đẩy hợp tác với ASEAN và Liên hợp quốc, "),
    "one line of English": ("en", "the Minister said that Viet Nam and ASEAN agreed to cooperate on trade, "),
    "one word": ("vi", "hòa "),
    "one word with a capital": ("en", "Peace "),
    "names": ("en", "Viet Nam "),
    "names with apostrophes": ("en", "O'a "),
    "names in syllables": ("vi", "Va - nu - a - tu "),
    "letters without a blank": ("en", "a"),
    "digits without a blank": ("en", "1"),
    "fractions": ("vi", "97/103 "),
    "percentages": ("vi", "90% "),
    "percentages done": ("en", "90% implemented "),
    "dates": ("vi", "1/2/2020 "),
    "brackets": ("en", "(( "),
    "quotation marks": ("en", '"'),
    "plans": ("en", "Plan of Action 2016-2020 "),
    "line ends": ("en", "a\n\n"),
}


@pytest.mark.parametrize("kind", ODD)
def test_time_grows_with_the_length(kind: str) -> None:
    language, piece = ODD[kind]
    comity.read(piece * 20, language=language)
    short, long = (min(seconds(piece, language, length) for _ in range(2)) for length in (SHORT, LONG))
    assert long < SLACK * (LONG / SHORT) * max(short, LEAST), f"{short:.2f} s for {SHORT:,} characters, {long:.2f} s for {LONG:,}"


def seconds(piece: str, language: str, length: int) -> float:
    text = (piece * (length // len(piece) + 1))[:length]
    begin = time.process_time()
    comity.read(text, language=language, published="2020-01-01")
    return time.process_time() - begin


COMMUNIQUE = (
    "The Lima River Commission (LRC) met in Lima with the Security Council and Ms Ana Silva of Peru. "
    "The Commission welcomed the report of the African Union. In her meeting with Minister Bo Lund, both sides noted progress. "
    "The Council issued a statement condemning the attack.\n"
)


def test_time_grows_with_the_length_of_a_record_of_many_meetings() -> None:
    comity.read(COMMUNIQUE, language="en")
    short, long = (seconds(COMMUNIQUE, "en", length) for length in (60_000, 240_000))
    assert long < SLACK * 4 * short
