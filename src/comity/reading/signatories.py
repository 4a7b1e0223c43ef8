"""Who may stand behind the undertakings of a page: names joined to one subject, the states that persons serve, and who issues the page.

In come a page and its layout; out come, for each name, those who act with it ("the United States, Mexico, and Canada will"), for
somebody who speaks the state spoken for, and the parties whose statement the page is ("We, the leaders of the G7").
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from comity.reading.commitment_words import commitment_words
from comity.reading.cues import cue_words
from comity.reading.joint_titles import is_joint
from comity.reading.layout import Layout
from comity.reading.mentions import Form, Mention
from comity.reading.page import Page
from comity.reading.states import state_of, states_served
from comity.records import GROUP, ActorId, ActorType

OPENING = 3
"""Sentences in which those who issue a text are named."""
OPENING_WE = 6
"""Sentences in which a text may tell who "we" are, headings counted."""
TO_FIRST, CLOSE = 12, 5
"""Words to the first of these names, and from one to the next: ", the Heads of State and Government of the", "and Prime Minister"."""
WITHIN = 24
"""Characters from a group's words to the body named behind "of the"."""
ASIDE = frozenset(",-–—")
"""Marks behind "we" before those who they are."""
ARTICLE = 3
SELDOM = 2
"""Times that a text may say "we" without being its issuers' own words."""


class Subject(NamedTuple):
    """Names joined to one, words `first` to `after`."""

    actors: tuple[ActorId, ...]
    first: int
    after: int
    types: tuple[ActorType, ...]


def signatories_of(page: Page, layout: Layout) -> "Signatories":
    """The page's signatories, worked out once."""
    kept = page.kept.get("signatories")
    if isinstance(kept, Signatories) and kept.layout is layout:
        return kept
    page.kept["signatories"] = made = Signatories(page, layout)
    return made


class Signatories:
    """Worked out once a page."""

    def __init__(self, page: Page, layout: Layout) -> None:
        self._page, self.layout, self._folded = page, layout, page.folded.folded
        self._of = frozenset(commitment_words(page.language).of)
        self._joins = frozenset(cue_words(page.language).pairs)
        self._states = states_served(layout.offices, (m.actors[0] for m in layout.mention if m is not None))
        subjects = list(self._subjects())
        self._subject_at = {index: subject for subject in subjects for index in range(subject.first, subject.after)}
        self._we = frozenset(commitment_words(page.language).we)
        self._ours = [i for i, token in enumerate(layout.tokens) if token.folded in self._we and not layout.quoted[i]]
        self.speaks_itself = self._speaks_itself()
        named = self._named_behind_we()
        self.issuers = named or self._find_issuers(subjects)
        by_title = () if named or not self.speaks_itself else page.titled
        self.of_meeting = page.issuers is not None and self.speaks_itself > 1 and not self._says_i(page)
        """Whether "we" are those who met, known or not: it is a meeting's own text."""
        by_meeting = (page.issuers or ()) if self.of_meeting else ()
        alone = self.of_meeting and len(self.issuers) < 2  # who is named first in a meeting's text has not met alone
        self.issuers = named or by_title or by_meeting or (() if alone else self.issuers)
        self.speaking = named or by_title or by_meeting or (self.issuers if len(self.issuers) > 1 and is_joint(page) else ())
        """Who says "we" in this text, where it tells so itself, its title calls it joint and several issue it, or it is a meeting's own."""
        self.speaks_alone = not self.speaking and not page.author and self._has_i(page)
        """Whether it is a speech, in which "I" and "we" are of whoever speaks, and of nobody whom the speech names."""
        self.state = () if named or self.of_meeting else self._find_state(subjects)

    def subject_at(self, index: int) -> Subject | None:
        """The names, joined to one subject, of which one stands at a word."""
        return self._subject_at.get(index)

    def states(self, actors: tuple[ActorId, ...]) -> tuple[ActorId, ...]:
        """The states that persons or bodies speak for; empty where one speaks for none that is known."""
        states = tuple(dict.fromkeys(self._states.get(actor, state_of(actor)) for actor in actors))
        return () if set(states) & set(actors) else states

    def kind(self, actors: tuple[ActorId, ...]) -> str:
        """What somebody is: a person, a group, a body of a state, a state or another body, whether one or several."""
        if not actors:
            return ""
        one = actors[0]
        kind = "group" if is_nameless(one) else "person" if one.islower() else "body" if state_of(one) != one else "state"
        return f"{kind}{min(len(actors), 2)}"

    def _speaks_itself(self) -> int:
        """How much the text says "we" outside quotation marks: not, once or twice, or often."""
        return (len(self._ours) > 0) + (len(self._ours) > SELDOM)

    def opens(self, index: int) -> bool:
        """Whether a word begins a paragraph behind the first "we" of a text that several issue: there they go on."""
        layout = self.layout
        if not self.speaking or not self._ours or index < self._ours[0] or layout.quoted[index]:
            return False
        return self._page.begins_paragraph(layout.tokens[index].start)

    def _says_i(self, page: Page) -> bool:
        """Whether somebody speaks for himself outside quotation marks."""
        me, layout = frozenset(commitment_words(page.language).me), self.layout
        return any(token.folded in me and not quoted for token, quoted in zip(layout.tokens, layout.quoted, strict=True))

    def _has_i(self, page: Page) -> bool:
        """The same, "chúng tôi" left out."""
        me, tokens = frozenset(commitment_words(page.language).me), self.layout.tokens
        own = (index for index, token in enumerate(tokens) if token.folded in me and not self.layout.quoted[index])
        return any(index == 0 or tokens[index - 1].folded not in self._we for index in own)

    def _subjects(self) -> Iterator[Subject]:
        """The names in order, those joined to each other as one; "A, B" alone is an apposition or two clauses, "A, B and C" are three."""
        run: list[tuple[Mention, int, int]] = []
        join = ""
        whole = 0
        for mention, first, after in self._names():
            join = self._between(run[-1][2], first) if run else ""
            if run and not join:
                yield from _closed(run, whole)
                run, whole = [], 0
            run.append((mention, first, after))
            whole = len(run) if join != "," else whole
        yield from _closed(run, whole)

    def _names(self) -> Iterator[tuple[Mention, int, int]]:
        layout, index = self.layout, 0
        while index < len(layout.tokens):
            mention, first = layout.mention[index], index
            index += 1
            if mention is not None:
                while index < len(layout.tokens) and layout.mention[index] is mention:
                    index += 1
                yield mention, first, index

    def _between(self, after: int, first: int) -> str:
        """What joins two names; empty where they are apart. A comma before "and" counts as "and"."""
        words = [token.folded for token in self.layout.tokens[after:first]]
        if len(words) > 1 and words[0] == ",":
            words = words[1:]
        join = " ".join(words)
        return join if join in self._joins else ""

    def _named_behind_we(self) -> tuple[ActorId, ...]:
        """Who a text says that "we" are: "We, the Leaders of the Group of Seven", "we - Prime Minister Lee of Singapore and ... - met"."""
        tokens, names = self.layout.tokens, list(self._names())
        firsts = [first for _, first, _ in names]
        for index, token in enumerate(tokens):
            if token.sentence >= OPENING_WE:
                return ()
            mark = next((at for at in range(index + 1, min(index + 3, len(tokens))) if tokens[at].text in ASIDE), None)
            if token.folded in self._we and not self.layout.quoted[index] and mark is not None:
                near = list(self._chain(names[bisect_left(firsts, mark) :], mark + 1, token.sentence))
                bodies = [one for mention in near if mention.type is not ActorType.PERSON for one in mention.actors if not _is_anybody(one)]
                people = [one for mention in near if mention.type is ActorType.PERSON for one in mention.actors]
                bodies = bodies or [one for mention in near for one in self._whose(mention)]
                if found := tuple(dict.fromkeys(bodies)) or self.states(tuple(people)) or tuple(people):
                    return found
        return ()

    def _whose(self, group: Mention) -> tuple[ActorId, ...]:
        """The body named right behind a group's words, whose title holds it: "the Foreign Ministers | of the Forum of Ports"."""
        inside = self.layout.every.within_with_nested(group.end, group.end + WITHIN)
        named = next((one for one in inside if one.form is Form.NAME and one.type is not ActorType.PERSON), None)
        between = self._folded[group.end : named.start].split() if named else []
        return named.actors if named and len(between) in (1, 2) and between[0] in self._of else ()

    def _chain(self, names: list[tuple[Mention, int, int]], after: int, sentence: int) -> Iterator[Mention]:
        """The names of one sentence that follow each other closely."""
        reach = TO_FIRST
        for mention, first, end in names:
            if first - after > reach or self.layout.tokens[first].sentence != sentence or self._turns_aside(after, first):
                return
            yield mention
            after, reach = end, CLOSE

    def _turns_aside(self, after: int, first: int) -> bool:
        """Whether a comma and a word that joins nothing part two names: "the Group of Seven, alongside Ukraine"; articles are short."""
        between = self.layout.tokens[after:first]
        return any(
            mark.text == "," and word.text.islower() and len(word.text) > ARTICLE and word.folded not in self._joins
            for mark, word in pairwise(between)
        )

    def _find_issuers(self, subjects: list[Subject]) -> tuple[ActorId, ...]:
        """The first two or more states or bodies named together in the opening sentences, else, of a text that often says "we", the states
        of those named there who serve several, else the first one named at all."""
        tokens = self.layout.tokens
        opening = [one for one in subjects if tokens[one.first].sentence < OPENING]
        bodies = [one for one in opening if ActorType.PERSON not in one.types]
        together = next((one.actors for one in bodies if len(one.actors) > 1), ())
        served = tuple(dict.fromkeys(self._states[actor] for one in opening for actor in one.actors if actor in self._states))
        several = len(served) > 1 and self.speaks_itself > 1
        return together or (served if several else ()) or (bodies[0].actors if bodies else ())

    def _find_state(self, subjects: list[Subject]) -> tuple[ActorId, ...]:
        """The state that most of those named serve."""
        served = Counter(self._states[actor] for one in subjects for actor in one.actors if actor in self._states)
        return (served.most_common(1)[0][0],) if served else ()


def _closed(run: list[tuple[Mention, int, int]], whole: int) -> Iterator[Subject]:
    """The joined names as one, and each name behind them that is not joined to them."""
    if whole > 1 and all(mention.form is not Form.PRONOUN for mention, _, _ in run[:whole]):
        actors = tuple(dict.fromkeys(actor for mention, _, _ in run[:whole] for actor in mention.actors))
        yield Subject(actors, run[0][1], run[whole - 1][2], tuple(mention.type for mention, _, _ in run[:whole]))
        run = run[whole:]
    for mention, first, after in run:
        yield Subject(mention.actors, first, after, (mention.type,))


def is_nameless(actor: ActorId) -> bool:
    """Whether it is a group without a name: `group:experts`."""
    return actor.startswith(GROUP)


def _is_anybody(actor: ActorId) -> bool:
    """Whether it is a group of nobody in particular: `group:leaders`, not `group:ASEAN-members`."""
    return is_nameless(actor) and actor.islower()
