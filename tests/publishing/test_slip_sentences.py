"""A slip is told in the language's sentence, with its details, dates in the language's form."""

import pytest

from comity.languages import languages
from comity.publishing.labels import Labels
from comity.publishing.slip_sentences import SlipSentences
from comity.records import Evidence, Slip

WORDS = Evidence("made", 0, 1, "x")


@pytest.mark.parametrize("language", languages())
def test_details_and_dates_are_filled_in(language):
    slip = Slip(evidence=WORDS, reason="weekday-contradicts-date", details={"date": "2020-01-30", "right": "A", "weekday": "B"})
    said = SlipSentences(Labels(language)).say(slip)
    assert Labels(language).date("2020-01-30") in said
    assert "{" not in said


def test_what_the_language_or_the_reading_lacks_is_no_fault():
    sentences = SlipSentences(Labels("en"))
    assert sentences.say(Slip(evidence=WORDS, reason="something-new")) == "something new"
    assert "…" in sentences.say(Slip(evidence=WORDS, reason="weekday-contradicts-date", details={}))
