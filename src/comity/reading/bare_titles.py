"""Titles without a name ("Tổng thống", "the Vice President", "đại diện Pháp", "ông chủ Nhà Trắng"): whom each means.

In come a page's titles and the persons named with one; out comes for each title the person or body, or nobody where two fit: an office with
no state in view is resolved by the document's own persons, else it stays an office.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from comity.intervals import IsoDate, overlap
from comity.knowledge import Actor
from comity.knowledge.folded import Folded, fold
from comity.knowledge.matcher import Matcher
from comity.reading.held_offices import NAMED_SOON, Held, is_named_late, named_beside, of_their_states, only_one, serve_same
from comity.reading.identity import OPEN_FUTURE, OPEN_PAST
from comity.reading.name_shapes import CAPITALS
from comity.reading.name_words import Epithet, ReferenceWords, TitleWords
from comity.reading.page import Page
from comity.reading.titles import Title
from comity.records import ActorId, ActorType

NAME_BEFORE = re.compile(rf"(?<!\w)[{CAPITALS}]\w+, $")
"""A name that such a title explains: "Shi Yinhong, | giáo sư quan hệ quốc tế"."""
LONGER = re.compile(rf" [{CAPITALS}][a-zà-ỹđ]+ [{CAPITALS}][a-zà-ỹđ]+")
"""A name that nobody knows right behind a title makes another title of it: "Trưởng ban | Dân vận Trung ương"."""
HELD_BACK = 200
LONGEST_AFTER = 24
"""Characters behind a title in which words stand that make another's of it."""


class Known(Struct, frozen=True):
    """What is known of the persons a text names beside the titles it gives them: the gender that an honorific tells, and the offices of
    states and bodies that the world knowledge gives them. `home` is the state that published the text, if one did."""

    genders: dict[ActorId, str] = {}
    offices: tuple[tuple[ActorId, str, ActorId], ...] = ()
    home: ActorId | None = None

    def holder(self, title: Title, offices: Collection[str]) -> ActorId | None:
        """The only one with such an office of the title's state."""
        holders = {person for person, office, of in self.offices if office in offices and of == title.of}
        return holders.pop() if len(holders) == 1 else None


NOTHING_KNOWN = Known()


class Bare(NamedTuple):
    """A title without a name and whom it means; `actor` is None where nobody can be told."""

    title: Title
    actor: ActorId | None
    is_person: bool


class BareTitles:
    """Resolves the bare titles of one language."""

    def __init__(self, words: ReferenceWords, titles: TitleWords, actors: Iterable[Actor]) -> None:
        self._not_one = tuple(f"{fold(word)} " for word in words.not_one_after)
        self._others = tuple(f" {fold(word)} " for word in words.not_one_before)
        self._after_one = tuple(f" {fold(word)} " for word in words.one_before)
        self._one = tuple(f"{fold(word)} " for word in words.one_after)
        self._pronouns = tuple(fold(word) for word in words.pronouns.any)
        self._narrowing = tuple(f" {fold(word)} " for word in words.narrowing)
        self._with = frozenset(f" {fold(word)} " for word in words.one_with)
        self._one_within = tuple(map(fold, words.one_within))
        self._generic, self._heads = frozenset(titles.generic), frozenset(titles.heads)
        self._speaks_for = frozenset(map(fold, titles.speaks_for))
        self._functions = _any_of(titles.functions)
        self._several = tuple(map(fold, titles.several))
        self._former = _any_of(words.former)
        self._female = _any_of(words.female)
        self._leads = frozenset(map(fold, words.leads))
        self._epithets: Matcher[Epithet] = Matcher((word, one) for one in words.epithets for word in one.words)
        self._holders: dict[tuple[str, ActorId], list[tuple[ActorId, IsoDate, IsoDate]]] = {}
        for actor in actors:
            for office in (held for held in actor.offices if held.since or held.until):  # one without dates may be anybody's of any time
                self._holders.setdefault((office.title, office.of), []).append(
                    (actor.id, office.since or OPEN_PAST, office.until or OPEN_FUTURE)
                )

    def find(self, text: Folded, page: Page, titles: Sequence[Title], held: Sequence[Held], known_of: Known = NOTHING_KNOWN) -> list[Bare]:
        """Titles that stand without a name and mean one person."""
        held = sorted(held, key=lambda one: one.position)
        bare: list[Title] = []
        for title in titles:
            joined = bool(bare) and text.folded[bare[-1].end : title.start] in self._with
            if joined or self.means_one(text, title):
                bare.append(title)
        others = named_beside(page, bare, held, 0 if known_of.home else NAMED_SOON)
        others |= of_their_states(others, held)
        known = list(self._known(text, page.document.published, held))
        taken = {position for one in known for position in range(one.title.start, one.title.end)}
        found = list(known)
        last: dict[str, Bare] = {}
        for title in bare:
            if title.start in taken:
                continue
            for one in self._resolved(text, page, title, held, others, known_of):
                before = last.get(title.office)
                if before is not None and _is_anothers(one, before, held, page):
                    one = Bare(title, None, False)
                last[title.office] = one if title.of is not None else before or one
                found.append(one)
        return found

    def _known(self, text: Folded, published: IsoDate | None, held: Sequence[Held]) -> Iterator[Bare]:
        """Words that tell office and state by themselves: "ông chủ Nhà Trắng" is the President of the United States."""
        for match in self._epithets.find(text):
            one = match.values[0]
            title = Title(match.start, match.end, one.office, one.of, ActorType.STATE, match.start, match.end)
            holders = {each.person for each in held if each.office == one.office and each.of == one.of}
            person = holders.pop() if len(holders) == 1 else None if holders else self._holder(title, published, one.of)
            yield Bare(title, person, person is not None)

    def _resolved(
        self, text: Folded, page: Page, title: Title, held: Sequence[Held], others: set[tuple[str, ActorId]], known: Known
    ) -> Iterator[Bare]:
        fitting, modifiers = (
            self._named_with(title, text.folded[title.start : title.office_end], held),
            text.folded[title.start : title.head_start],
        )
        is_former = self._former.search(modifiers) is not None
        if self._female.search(modifiers):
            women = self._women(fitting, known)
            fitting = [one for one in fitting if one.person in women]
            if not fitting:
                person = next(iter(women)) if len(women) == 1 and title.of is None else None
                yield Bare(title, person, person is not None)
                return
        if title.of is None and fitting:
            person = only_one([one for one in fitting if (one.office, one.person) not in others], held)
            if person is None and not is_former and title.inner is None:
                person = self._holder(title, page.document.published, known.home)
            yield Bare(title, person, person is not None)
        elif fitting:
            person = None if is_named_late(page, title, fitting, held) else fitting[0].person
            yield Bare(title, person or title.of, person is not None)
        elif is_former or title.inner is not None:  # "cựu Tổng thống Peru" is neither the President nor Peru; nor is his spokesman
            yield Bare(title, None, False)
        elif title.of and self._is_head(text, title):
            heads = {one.person for one in held if one.of == title.of and one.office in self._heads and not self._former.match(one.words)}
            leader = known.holder(title, self._heads) if not heads else heads.pop() if len(heads) == 1 else None
            yield Bare(title, leader or title.of, leader is not None)
        elif title.of and title.of_type is ActorType.STATE and text.folded[title.head_start : title.head_end] in self._speaks_for:
            yield Bare(title, title.of, False)  # "the representative of France said"
        elif title.of and title.office not in self._generic:
            person = known.holder(title, (title.office,))
            holder = person or self._holder(title, page.document.published, title.of)
            yield Bare(title, holder or title.of, person is not None)
        elif title.office not in self._generic:  # "the President" of a text that names none by the title: of the state that published it
            person = self._holder(title, page.document.published, known.home)
            yield Bare(title, person, person is not None)

    def _is_head(self, text: Folded, title: Title) -> bool:
        """Whether the words mean whoever leads the state: not "nhà lãnh đạo ngoại giao Mỹ"."""
        if text.folded[title.head_start : title.head_end] not in self._leads:
            return False
        return not self._functions.search(text.folded, title.start, title.head_start) and not self._functions.search(
            text.folded, title.head_end, title.end
        )

    def _women(self, fitting: Sequence[Held], known: Known) -> set[ActorId]:
        """Whom "nữ Tổng thống" may mean: of those with the office the women, else where none of them may be one any other of the text."""
        women = {one.person for one in fitting if known.genders.get(one.person) == "female"}
        if women or all(known.genders.get(one.person) == "male" for one in fitting):
            return women or {person for person, gender in known.genders.items() if gender == "female"}
        told = {person for person, gender in known.genders.items() if gender == "female"}
        return set() if told else {one.person for one in fitting if known.genders.get(one.person) != "male"}

    def means_one(self, text: Folded, title: Title) -> bool:
        """Whether a title without a name is of one person, whoever that is: not "a minister", "the lawyer for Mr Nam"."""
        before = text.folded[max(0, title.start - 12) : title.start].replace("\n", " ")  # a line may end behind "the"
        after = text.folded[title.end : title.end + LONGEST_AFTER].replace("\n", " ")
        if any(before == word or before.endswith(" " + word) for word in self._not_one):
            return False
        if text.folded.startswith(self._several, title.head_start):
            return False
        if title.of is None and after.startswith(self._others) and not after.startswith(self._after_one):
            return False
        if title.of is None and title.office in self._generic and text.folded.startswith(self._pronouns, title.head_start):
            return False  # "quan chức này" is whoever was spoken of, an official by any name
        if title.of is None and title.office in self._generic and NAME_BEFORE.search(text.text, max(0, title.start - 24), title.start):
            return False
        if title.of is None and title.office in self._generic and after.startswith(self._narrowing):
            return False  # "Quan chức | địa phương" is not whoever is named as one later
        if not self._one:
            return title.of is not None or not LONGER.match(text.text, title.end)
        return (
            self.has_article(text, title)
            or title.start > title.head_start
            or any(mark in text.folded[title.start : title.head_start] for mark in self._one_within)
        )

    def has_article(self, text: Folded, title: Title) -> bool:
        """Whether a word before it tells that one is meant: "the President"."""
        before = text.folded[max(0, title.start - 12) : title.start].replace("\n", " ")
        return any(before == word or before.endswith((" " + word, "." + word)) for word in self._one)

    def _named_with(self, title: Title, words: str, held: Sequence[Held]) -> list[Held]:
        """Those named with this office, nearest before first: by the same words, else by the same office, or words of it, for the same
        body or state."""
        here = bisect_right(held, title.start, key=lambda one: one.position)
        before, after = held[max(0, here - HELD_BACK) : here][::-1], held[here : here + HELD_BACK]
        is_former = bool(self._former.search(words[: title.head_start - title.start]))
        told = [one for one in (*before, *after) if is_former == bool(self._former.match(one.words))]
        near = sorted(told, key=lambda one: one.of is None)
        same = [one for one in near if one.words == words and serve_same(one.of, title.of)]
        if not same and title.inner is None and title.office not in self._generic:
            same = [
                one for one in near if (one.office == title.office or one.words.startswith(f"{words} ")) and serve_same(one.of, title.of)
            ]
        return same

    def _holder(self, title: Title, published: IsoDate | None, of: ActorId | None) -> ActorId | None:
        """Who held the office of a state or body when the text was published, where it is one."""
        if published is None or of is None:
            return None
        at = [person for person, since, until in self._holders.get((title.office, of), ()) if overlap(f"{since}/{until}", published)]
        return at[0] if len(at) == 1 else None


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(fold(word)) for word in words)})(?!\w)" if words else r"(?!)")


def _is_anothers(one: Bare, before: Bare, held: Sequence[Held], page: Page) -> bool:
    """Whether an office of no state in view is that of the body spoken of just before, whose holder nobody names: "The army's spokesman
    said ... The spokesman" is not the President's, who was named before the army's."""
    if one.title.of is not None or not one.is_person or before.title.of is None or before.is_person:
        return False
    if page.sentence_at(one.title.start) - page.sentence_at(before.title.start) > NAMED_SOON:
        return False
    return not any(each.person == one.actor and before.title.start < each.position < one.title.start for each in held)
