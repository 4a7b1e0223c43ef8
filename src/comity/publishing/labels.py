"""Every word that Comity says, from `languages/<language>/labels.yaml`; dates and figures as a language writes them."""

from datetime import date
from typing import Any

from babel.core import Locale
from babel.numbers import format_decimal
from msgspec import Struct

from comity.errors import BadInputError
from comity.intervals import IsoDate, first_day
from comity.languages import languages, load_words
from comity.records import LanguageCode

YEAR = 4
"""The length of a year in ISO 8601."""
GROUPED = 1000
"""From here on the digits of a number are grouped."""


class LabelFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`locale` and the date patterns are Babel's; `words` are texts with {fields}; `counted` give one text for each plural form.
    `takes_article` are words with which a name has an article in a sentence ("the United Nations")."""

    locale: str
    day: str
    month: str
    year: str
    date_range: str
    year_range: str
    words: dict[str, str]
    counted: dict[str, dict[str, str]]
    takes_article: tuple[str, ...] = ()


class Labels:
    """The words of one language."""

    def __init__(self, language: LanguageCode) -> None:
        if language not in languages():
            raise BadInputError(f"Comity speaks {', '.join(languages())}, not {language!r}; give one of these.")
        self.language = language
        self._file = load_words(language, "labels", LabelFile)
        self._locale = Locale.parse(self._file.locale)

    def say(self, key: str, **fields: Any) -> str:
        """The text under a key, with its fields filled in."""
        return self._file.words[key].format(**fields)

    def has(self, key: str) -> bool:
        return key in self._file.words

    def in_sentence(self, name: str) -> str:
        """A name as it stands in a sentence: "the United Nations", and "The Bahamas" as it is."""
        has_it = name.casefold().startswith(self.say("with_article", name=""))
        return self.say("with_article", name=name) if not has_it and set(name.split()) & set(self._file.takes_article) else name

    def count(self, key: str, number: int, **fields: Any) -> str:
        """A text with a number in it, in the plural form that the number asks for."""
        forms = self._file.counted[key]
        text = forms.get(self._locale.plural_form(number)) or forms["other"]
        return text.format(n=self.number(number), **fields)

    def number(self, number: float) -> str:
        """81.4 as the language writes it: 81.4 or 81,4. What has neither groups nor decimals looks the same in all of them, and needs none
        of their data."""
        if isinstance(number, int) and 0 <= number < GROUPED:
            return str(number)
        return format_decimal(number, format="#,##0.##", locale=self._locale)

    def date(self, iso: IsoDate | None) -> str:
        """A date or range in the precision it is known in."""
        if not iso:
            return self.say("undated")
        start, _, end = iso.partition("/")
        if end and len(start) == len(end) == YEAR:
            return self._file.year_range.format(start=start, end=end)
        if end:
            return self._file.date_range.format(start=self._partial(start), end=self._partial(end))
        return self._partial(start)

    def _partial(self, iso: IsoDate) -> str:
        from babel.dates import format_date  # looks for the zone of the machine: what says no date starts without it

        day: date = first_day(iso)
        pattern = (self._file.year, self._file.month, self._file.day)[iso.count("-")]
        return format_date(day, pattern, locale=self._locale)
