"""What only the portal says, from the files of its topics in `languages/<language>/`; everything else comes from the shared labels."""

from datetime import UTC, datetime
from typing import Any

from babel.core import Locale
from msgspec import Struct

from comity.intervals import IsoDate
from comity.knowledge.yaml_file import read_yaml
from comity.languages import HERE, load_words
from comity.publishing.labels import Labels

TOPICS = ("portal", "against", "accounts", "review", "days", "saved", "charts", "asked")


class PortalFile(Struct, frozen=True, forbid_unknown_fields=True):
    """`words` are texts with {fields}; `counted` give one text for each plural form, as in the labels."""

    words: dict[str, str]
    counted: dict[str, dict[str, str]]


class Words:
    """The words of one language: the portal's own first, then the shared ones."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.language = labels.language
        self._file = portal_file(labels.language)
        titles = HERE / labels.language / "titles.yaml"
        self._titles = read_yaml(titles, dict[str, Any]) if titles.is_file() else {}
        self._locale = Locale.parse(labels.language)

    def say(self, key: str, **fields: Any) -> str:
        own = self._file.words.get(key)
        return own.format(**fields) if own is not None else self.labels.say(key, **fields)

    def has(self, key: str) -> bool:
        return key in self._file.words or self.labels.has(key)

    def count(self, key: str, number: int, **fields: Any) -> str:
        """A text with a number in it, in the plural form that the number asks for."""
        forms = self._file.counted.get(key)
        if forms is None:
            return self.labels.count(key, number, **fields)
        text = forms.get(self._locale.plural_form(number)) or forms["other"]
        return text.format(n=self.labels.number(number), **fields)

    def title(self, office: str) -> str:
        """An office by its key (`secretary-general`) as the language calls it first."""
        names = self._titles.get("offices", {}).get(office)
        return str(names[0]) if names else office.replace("-", " ")

    def moment(self, seconds: int) -> str:
        """A moment, given in seconds since 1970, in UTC to the minute."""
        at = datetime.fromtimestamp(seconds, UTC)
        return f"{self.labels.date(at.date().isoformat())}, {at:%H:%M} UTC"

    def stamp(self, iso: str) -> str:
        """The same for a moment in ISO 8601, as decisions carry it."""
        return self.moment(int(datetime.fromisoformat(iso).timestamp()))

    def date(self, iso: IsoDate | None) -> str:
        return self.labels.date(iso)


def portal_file(language: str) -> PortalFile:
    """All topics of the portal's words as one."""
    files = [load_words(language, topic, PortalFile) for topic in TOPICS]
    return PortalFile(
        words={key: text for file in files for key, text in file.words.items()},
        counted={key: forms for file in files for key, forms in file.counted.items()},
    )


def own_name(language: str) -> str:
    """What a language calls itself: "English", "Tiếng Việt"."""
    name = Locale.parse(language).language_name or language
    return name[0].upper() + name[1:]
