"""The words that slips are found by, and the sentence that says what is wrong, in each language."""

import re

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.languages import load_words
from comity.records import LanguageCode, Slip


class SlipWords(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`day_forms` are days with their month (`{day}`, `{month}` a name of `months`, `{m}` a number, `{year}`); `goal_numbers` how an SDG is
    numbered (`SDG {n}`), `goal_topics` what may stand between its number and its title; `lasting` words before a plan's length behind its
    period, `covering` verbs before the years that it covers; `weekdays` from 1 (Monday), `before_date` words between weekday and date,
    `before_ordinal` words after which it is an ordinal (`lần thứ 3`); `years_long` the words for years in a plan's length;
    `ranges` patterns of year ranges and `day_ranges` of days (`{a}`, `{b}`); `made_up_of` words before the parts of a total, `joins`
    before the last part, `vague` words that make a number no exact one; `ranks` offices that nobody holds at once for one state,
    `past_ranks` words that make a rank another; `held` words between a sitting and its date; `sentences` by reason, `weekday_names` for
    them."""

    months: dict[str, int] = {}
    day_forms: tuple[str, ...]
    goal_numbers: tuple[str, ...]
    goal_topics: tuple[str, ...]
    lasting: tuple[str, ...]
    covering: tuple[str, ...]
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


def filled(pattern: str, **groups: str) -> str:
    """A pattern with `{name}` places as a regular expression; dashes may have blanks around them."""
    body = re.escape(fold(pattern)).replace(r"\ \-\ ", r"\s*-\s*").replace(r"\-", r"\s*-\s*").replace(r"\ ", r"\s+")
    for name, group in groups.items():
        body = body.replace(rf"\{{{name}\}}", group)
    return (r"(?<!\w)" if pattern[0].isalnum() else "") + body


def year_ranges(words: SlipWords) -> list[re.Pattern[str]]:
    """The patterns of year ranges, with groups `a` and `b`."""
    year = r"(?:19|20)\d\d"
    return [re.compile(filled(p, a=f"(?P<a>{year})", b=f"(?P<b>{year})(?!\\d)")) for p in words.ranges]


def slip_sentence(slip: Slip, language: LanguageCode) -> str:
    """What is wrong, in a sentence of the language. Raises KeyError where the language has none for the reason."""
    words = load_words(language, "slips", SlipWords)
    details = dict(slip.details)
    for name in ("weekday", "right"):
        if slip.reason == "weekday-contradicts-date" and details.get(name, "").isdigit():
            details[name] = words.weekday_names[int(details[name]) - 1]
    return words.sentences[slip.reason].format_map(details)
