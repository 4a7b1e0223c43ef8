"""Whom "the Ministers", "các nhà lãnh đạo" or "both sides" stand for in a text about a meeting: those who meet there.

In come a page with its sittings and its mentions; out come the mentions, those of ministers or leaders without a name for the parties of
the one meeting of such people that is named before them, and "both sides" for the two whose meeting's text it is. Ministers of others
("African | ministers", "the ministers | of both sides") stay who they are. The words are data (`languages/*/sittings.yaml`).
"""

from collections.abc import Sequence

from msgspec.structs import replace

from comity.reading.joint_titles import are_others
from comity.reading.mentions import Form, Mention, Mentions
from comity.reading.page import WORD, Page, Sitting
from comity.reading.sittings import SittingWords, chosen, members, sitting_words
from comity.records import GROUP, ActorId, ActorType

LONGEST_KIND = 3
"""Words between the article and the group: "the foreign and trade | ministers"."""
NEAR = 80
"""Characters before a group within which its article stands."""


def seated(page: Page, mentions: Mentions) -> Mentions:
    """The mentions with the ministers and leaders of a meeting named by whom they sit there for."""
    words = sitting_words(page.language)
    sides = page.issuers if page.issuers and len(page.issuers) == 2 else ()
    whole: list[Mention] = []
    last: dict[ActorId, tuple[ActorId, ...]] = {}  # by the group's id, whom it stands for where it is named last
    for mention in mentions.all:
        group = mention.actors[0]
        if _are_two_sides(page, mention) and not are_others(sides, _named_before(page, mention, mentions)):
            whole.append(replace(mention, actors=sides))
            continue
        if mention.form is not Form.GROUP or group not in words.seats:
            whole.append(mention)
            continue
        if _names_people(page, mention, group):
            body = _body_beside(page, mention, words, mentions)
            last[group] = (f"{GROUP}{body}-{group.removeprefix(GROUP)}",) if body else _parties(page, mention, words, mentions)
        parties = last.get(group, ())
        whole.append(replace(mention, actors=parties) if parties else mention)
    return Mentions(whole, mentions.offices, mentions.genders)


def _are_two_sides(page: Page, mention: Mention) -> bool:
    """Whether words for two sides stand for states or bodies, in the text of a meeting of two."""
    if not page.issuers or len(page.issuers) != 2 or mention.form is not Form.PRONOUN or mention.type is ActorType.PERSON:
        return False
    return page.folded.folded[mention.start : mention.end] in sitting_words(page.language).sides


def _named_before(page: Page, mention: Mention, mentions: Mentions) -> list[Mention]:
    return mentions.within(page.sentences[page.sentence_at(mention.start)].start, mention.start)


def _names_people(page: Page, mention: Mention, group: ActorId) -> bool:
    """Whether the words name such people, and are none that stand for them ("they")."""
    said = page.folded.folded[mention.start : mention.end]
    return any(word in said for word in sitting_words(page.language).people[group])


def _body_beside(page: Page, mention: Mention, words: SittingWords, mentions: Mentions) -> ActorId | None:
    """The body with members whose people they are, named beside them: "the OIC | Foreign Ministers", "các Bộ trưởng | Kinh tế ASEAN"."""
    start = max(page.sentences[page.sentence_at(mention.start)].start, mention.start - NEAR)
    for one in mentions.within_with_nested(start, mention.end + NEAR):
        first, after = (one.end, mention.start) if one.end <= mention.start else (mention.end, one.start)
        between = page.folded.folded[first:after]
        beside = between.startswith(" ") and between.strip() in ("", *words.kinds)
        if beside and one.form is Form.NAME and one.actors[0] in members(page.language):
            return one.actors[0]
    return None


def _parties(page: Page, mention: Mention, words: SittingWords, mentions: Mentions) -> tuple[ActorId, ...]:
    """Whom the group stands for: the parties of the meeting, or of one body's own meeting that body's people."""
    group, folded = mention.actors[0], page.folded.folded
    if folded.startswith(tuple(f" {word} " for word in words.not_seated), mention.end):
        return ()
    before = [one for one in page.sittings if one.end <= mention.start and _seat(one, words.seats[group])]
    parties = chosen(page, before)
    if not parties or not _are_theirs(page, mention, words, mentions, parties):
        return ()
    if len(parties) > 1:
        return parties
    seats = {other: _seat(one, words.seats[other]) for one in before for other in words.seats if one.parties == parties}
    people = max(seats, key=lambda other: (seats[other], other == group))
    return (f"{GROUP}{parties[0]}-{people.removeprefix(GROUP)}",)


def _seat(sitting: Sitting, names: Sequence[str]) -> int:
    """How many words of a meeting's name tell that such people sit there."""
    return max((len(words) for name in names if sitting.words.issuperset(words := name.split())), default=0)


def _are_theirs(page: Page, mention: Mention, words: SittingWords, mentions: Mentions, parties: tuple[ActorId, ...]) -> bool:
    """Whether nothing right beside the group makes it others': "the regional | ministers", "ASEAN | ministers" of its meeting."""
    if page.text[mention.end : mention.end + 1] == " " and page.text[mention.end + 1 : mention.end + 2].isupper():
        return False  # "các bộ trưởng | EU"
    sentence = page.sentences[page.sentence_at(mention.start)]
    before = [(m.start(), m.group()) for m in WORD.finditer(page.text, max(sentence.start, mention.start - NEAR), mention.start)]
    for start, word in before[: -LONGEST_KIND - 2 : -1]:
        if word.lower() in words.articles or not word[0].isalnum():
            return True
        named = next((one for one in mentions.within(sentence.start, mention.start) if one.start <= start < one.end), None)
        if named is not None:
            return set(named.actors) <= set(parties)
        if word.lower() not in words.kinds:
            return False
    return not before
