"""People without a name who take part in events: "7 binh sĩ bị giết", "the police dispersed protesters".

In: the mentions of a page and the language's words for people. Out: the mentions with a group (`group:protesters`) wherever such a word
stands and nobody is named. Only events look at them: whom words are laid to and who undertakes is a matter of the names before.
"""

from msgspec import Struct

from comity.knowledge.folded import Folded
from comity.knowledge.matcher import Matcher
from comity.languages import load_words
from comity.reading.mentions import Form, Mention, Mentions
from comity.records import GROUP, ActorType, LanguageCode


class GroupWords(Struct, frozen=True, forbid_unknown_fields=True):
    """`groups`: words for people by the English words of their id."""

    groups: dict[str, tuple[str, ...]]


class GroupLexicon:
    """The words for people of a language, ready to be found."""

    def __init__(self, language: LanguageCode) -> None:
        words = load_words(language, "event_groups", GroupWords)
        self._words: Matcher[str] = Matcher((word, group) for group, names in words.groups.items() for word in names)

    def with_groups(self, text: Folded, mentions: Mentions) -> Mentions:
        """The mentions and the groups that stand apart from all of them."""
        found = list(_apart([(m.start, m.end, m.values[0]) for m in self._words.find(text)], mentions))
        return Mentions([*mentions.all, *found], mentions.offices, mentions.genders) if found else mentions


def _apart(found: list[tuple[int, int, str]], mentions: Mentions) -> list[Mention]:
    """The groups that no mention with its title holds or overlaps."""
    taken = sorted((mention.outer_start, mention.outer_end) for mention in mentions.all)
    result, place, reach = [], 0, 0
    for start, end, group in found:
        while place < len(taken) and taken[place][0] < end:
            reach = max(reach, taken[place][1])
            place += 1
        if reach <= start:
            result.append(_mention(start, end, group))
    return result


def _mention(start: int, end: int, group: str) -> Mention:
    return Mention(
        start=start,
        end=end,
        outer_start=start,
        outer_end=end,
        actors=(f"{GROUP}{group}",),
        type=ActorType.ORGANISATION,
        form=Form.GROUP,
    )
