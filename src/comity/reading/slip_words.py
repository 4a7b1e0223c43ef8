"""The words that slips are found by, and the sentence that says what is wrong, in each language."""

from msgspec import Struct

from comity.languages import load_words
from comity.records import LanguageCode, Slip


class SlipWords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`weekdays` from 1 (Monday), `before_date` words between weekday and date, `before_ordinal` words after
    which it is an ordinal (`lần thứ 3`); `years_long` the words for years in a plan's length;
    `ranges` patterns of year ranges and `day_ranges` of days (`{a}`, `{b}`); `made_up_of` words before the parts of a total, `joins`
    before the last part, `vague` words that make a number no exact one; `ranks` offices that nobody holds at once for one state,
    `past_ranks` words that make a rank another; `held` words between a sitting and its date; `sentences` by reason, `weekday_names` for
    them."""

    weekdays: dict[str, int]
    before_date: tuple[str, ...]
    before_ordinal: tuple[str, ...] = ()
    numbers: dict[str, int]
    years_long: tuple[str, ...]
    plans: tuple[str, ...]
    ranges: tuple[str, ...]
    day_ranges: tuple[str, ...]
    made_up_of: tuple[str, ...]
    joins: tuple[str, ...]
    vague: tuple[str, ...]
    ranks: tuple[tuple[str, ...], ...]
    past_ranks: tuple[str, ...]
    held: tuple[str, ...]
    sentences: dict[str, str]
    weekday_names: tuple[str, ...]


def slip_sentence(slip: Slip, language: LanguageCode) -> str:
    """What is wrong, in a sentence of the language. Raises KeyError where the language has none for the reason."""
    words = load_words(language, "slips", SlipWords)
    details = dict(slip.details)
    for name in ("weekday", "right"):
        if slip.reason == "weekday-contradicts-date" and details.get(name, "").isdigit():
            details[name] = words.weekday_names[int(details[name]) - 1]
    return words.sentences[slip.reason].format_map(details)
