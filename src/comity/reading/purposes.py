"""Who says what a verb of purpose says: "Secretary Lund, Ms Berg and Mr Holm | met with workers to discuss ...".

In come a page's subjects and a cue behind "to"; out come those with whom its sentence begins, where the verb before "to" is one of meeting,
calling or hosting, and of a talk with one named person that one too. Of any other verb nobody is told here. The words are data
(`languages/*/subjects.yaml`); a language without such words has none of these.
"""

from bisect import bisect_left

from comity.reading.cues import Cue, Found, Frame
from comity.reading.mentions import Form, Mention
from comity.reading.subject_words import Kind
from comity.reading.subjects import Subjects
from comity.records import ActorId, ActorType

LONGEST_FRONT = 8
"""Words before a sentence's first comma that tell when, nobody named: "From June 26 to July 5,"."""
FARTHEST = 60
"""Words between the verb of meeting and "to"."""
MOST_BETWEEN = 2
"""Words between bodies and that verb: "The White House | virtually | hosted"."""
MOST_BEFORE_MET = 4
"""Words between the verb and whoever the talk is with: "spoke | by phone with | Mr Lund"."""
LINKS = frozenset(",&()*")


class Purposes:
    """Looks over one page; `starts` are its words' beginnings."""

    def __init__(self, subjects: Subjects, starts: list[int]) -> None:
        self._layout, self._tokens, self._words, self._subjects = subjects.layout, subjects.tokens, subjects.words, subjects
        self._starts, self._joins = starts, subjects.edges.joins
        self._meeting = [(found.first, found.after) for found in self._words.meetings.find(self._tokens)]

    def of(self, cue: Found[Cue]) -> tuple[ActorId, ...] | None:
        """Those who speak through the cue, none where nobody is named who does; None where it is no verb of purpose behind such a verb, or
        grammar does not tell."""
        if self._layout.quoted[cue.first] or cue.value.frame is Frame.SOURCE:
            return None
        link = next((at for at in (cue.first, cue.first - 1) if at >= 0 and self._tokens[at].folded in self._words.infinitives), None)
        verb = self._verb_before(link) if link is not None else None
        if link is None or verb is None or self._is_done_by(verb[1]):
            return None
        acting = self._acting(self._layout.sentence_words[self._tokens[link].sentence].start, verb[0])
        if acting is None:
            return None
        met = self._met(verb[1], link) if acting and cue.value.frame is Frame.OBJECT else []
        return tuple(dict.fromkeys(actor for one in (*acting, *met) for actor in one.actors))

    def is_own_wish(self, cue: Found[Cue]) -> bool:
        """Whether the verb behind "to" is what the one who says "I" or "we" wishes to say: "I would like to | thank"."""
        index = cue.first - (self._tokens[cue.first].folded not in self._words.infinitives)
        if index < 1 or not self._words.wishing or self._tokens[index].folded not in self._words.infinitives:
            return False
        index -= 1
        while index > 0 and self._tokens[index].folded in self._words.wishing and self._layout.mention[index] is None:
            index -= 1
        return self._subjects.head.get(index) is Kind.SELF and self._tokens[index].sentence == self._tokens[cue.first].sentence

    def is_anothers(self, cue: Found[Cue]) -> bool:
        """Whether somebody is named nearer before an infinitive than "I" or "we": "Mr Lund will join us | to discuss"."""
        index = cue.first - (self._tokens[cue.first].folded not in self._words.infinitives)
        if index < 1 or self._tokens[index].folded not in self._words.infinitives:
            return False
        for at in range(index - 1, self._layout.sentence_words[self._tokens[index].sentence].start - 1, -1):
            mention = self._layout.mention[at]
            if self._subjects.head.get(at) is Kind.SELF or (mention is not None and mention.form is not Form.PRONOUN):
                return mention is not None
        return False

    def _verb_before(self, link: int) -> tuple[int, int] | None:
        """The verb of meeting that "to" belongs to: none where a clause or another verb's own "to" stands between ("who hoped | to")."""
        before = self._tokens[link - 1].folded if link else ""
        if before in self._words.own_infinitive:
            return None
        if before.endswith(self._words.participles or "\n") and link - 1 not in self._layout.unnamed:  # "for a | meeting | to review"
            return None
        place = bisect_left(self._meeting, (link, 0)) - 1
        if place < 0:
            return None
        first, after = self._meeting[place]
        sentence = self._layout.sentence_words[self._tokens[link].sentence]
        between = range(after, link)
        if first < sentence.start or len(between) > FARTHEST or any(self._layout.quoted[at] for at in (first, *between)):
            return None
        parted = any(self._tokens[at].folded in self._words.parting or self._tokens[at].text in ";:" for at in between)
        told = any(self._layout.cue[at] is not None and self._tokens[at - 1].folded not in self._words.infinitives for at in between)
        return None if parted or told else (first, after)

    def _is_done_by(self, after: int) -> bool:
        """Whether somebody is named as the one who does it: "a delegation led | by Mr Lund | to review"; not "spoke | by phone"."""
        return self._tokens[after].folded in self._words.agents_behind and any(self._layout.mention[after + 1 : after + 3])

    def _acting(self, start: int, stop: int) -> list[Mention] | None:
        """Those with whom the sentence begins: persons and groups joined, else bodies; none where these are others' people."""
        run: list[Mention] = []
        index = begin = self._behind_front(start, stop)
        while index < stop:
            mention = self._layout.mention[index]
            if mention is None:
                if run and not self._may_join(index):
                    break
                if self._is_of_others(index):
                    return None
                index += 1
                continue
            owned = index > start and index - 1 in self._subjects.possessive
            if owned and not run:  # "The advisors of Peru and Norway met"
                return [] if any(self._subjects.head.get(at) is Kind.PEOPLE for at in range(begin, index)) else None
            while index < stop and self._layout.mention[index] is mention:
                index += 1
            if self._owns(mention, index):
                return []  # "President Lund's team met"
            if not owned:
                run.append(mention)
        if any(one.form is Form.PRONOUN for one in run):
            return run if len(run) == 1 else None
        people = [one for one in run if one.type is ActorType.PERSON or one.form is Form.GROUP]
        return people or (run if run and self._are_subject(run, begin, index, stop) else None)

    def _are_subject(self, run: list[Mention], begin: int, after: int, stop: int) -> bool:
        """Whether bodies stand from the beginning to the verb, several of them joined: "The ministry and the bank | together met"."""
        first, last = bisect_left(self._starts, run[0].outer_start), bisect_left(self._starts, run[-1].outer_start)
        joined = len(run) == 1 or any(self._tokens[at].folded in self._joins for at in range(first, last))
        near = stop - after <= MOST_BETWEEN and all(self._tokens[at].text[0].isalpha() for at in range(after, stop))
        return joined and near and first - begin <= 1

    def _is_of_others(self, index: int) -> bool:
        """Whether a word tells that the sentence begins otherwise: with "we", another verb or a list of clauses."""
        return self._subjects.head.get(index) is Kind.SELF or self._layout.cue[index] is not None or self._tokens[index].text == ";"

    def _behind_front(self, start: int, stop: int) -> int:
        """Where a sentence begins behind words for a time, or what is told first of others; the verb where that can't be told."""
        commas = [at for at in range(start, stop) if self._tokens[at].text == ","]
        if self._tokens[start].folded in self._words.fronts:
            begin = commas[-1] + 1 if commas else stop
            begin += begin < stop and self._tokens[begin].folded in self._words.definite
            return begin if begin < stop and self._layout.mention[begin] is not None else stop
        first = commas[0] if commas and commas[0] - start <= LONGEST_FRONT else start
        return first + 1 if first > start and not any(self._layout.mention[start:first]) else start

    def _owns(self, mention: Mention, after: int) -> bool:
        """Whether somebody is named for what is theirs."""
        return self._tokens[after - 1].end > mention.outer_end or self._tokens[after].text in ("'", "’")

    def _may_join(self, index: int) -> bool:
        """Whether a word may stand in a list of names with their titles."""
        token = self._tokens[index]
        return token.text in LINKS or token.text[0].isupper() or token.folded in self._words.in_lists

    def _met(self, after: int, link: int) -> list[Mention]:
        """The one person named right behind the verb with whom the talk is."""
        inside = [mention for mention in self._layout.mention[after:link] if mention is not None]
        one = inside[0] if inside else None
        if one is None or one.type is not ActorType.PERSON or any(mention is not one for mention in inside) or one.form is Form.GROUP:
            return []
        begins, ends = bisect_left(self._starts, one.outer_start), bisect_left(self._starts, one.outer_end)
        near = begins - after <= 1 or (begins - after <= MOST_BEFORE_MET and self._tokens[begins - 1].folded in self._joins)
        return [one] if near and not self._owns(one, ends) else []
