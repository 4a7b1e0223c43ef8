"""A speech whose speaker the text does not tell: "I" and "we" are nobody whom the speech names."""

import pytest

from comity.intake import document_from_text
from comity.reading import Reader

THANKS = """Following are remarks to a briefing on harbours, in New York today:

I thank Peru, as President of the Security Council and Chair of the African Union in 2020, for organizing this briefing.

First, I would like to recognize the long service of the lifeboats of African Union member States.
"""
PRAISE = """Mr. Chairman, let me begin by congratulating the Government of the Republic of Peru for chairing the African Union.

I commend the African Union’s progress. I welcome the efforts of foreign ministers to calm the strait through dialogue.

I also wish to thank you for the growing fleet of lifeboats.
"""
NEED = """My thanks to Peru as the Chair of the African Union for its important efforts at this time.

We need to strengthen our collective efforts to keep the lighthouses lit. I condemn the violence in Mali.
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (THANKS, "the long service of the lifeboats"),
        (PRAISE, "the efforts of foreign ministers"),
        (PRAISE, "you for the growing fleet"),
        (NEED, "the violence in Mali"),
    ],
)
def test_none_of_those_it_names_says_it(reader: Reader, text: str, words: str):
    said = [one for one in reader.read(document_from_text(text, name="speech")).statements if words in one.evidence.quote]
    assert [one.speaker for one in said] == [()]


def test_none_of_those_it_names_undertakes_it(reader: Reader):
    undertaken = reader.read(document_from_text(NEED, name="speech")).commitments
    assert [(one.by, "collective efforts" in one.evidence.quote) for one in undertaken] == [((), True)]


def test_whom_its_title_names_says_it(reader: Reader):
    document = document_from_text(f"# Remarks by António Guterres on harbours\n\n{PRAISE}", name="speech.md")
    said = [one for one in reader.read(document).statements if "the efforts of foreign ministers" in one.evidence.quote]
    assert [one.speaker for one in said] == [("antonio-guterres",)]
