"""What stands as subject before a reporting verb, or behind "according to", and is no named person.

In come a page, its layout and a cue; out comes the cue's `Subject`: people without a name ("quan chức Mỹ", "lawyers for Mr Nam"), a thing
that speaks for its makers ("the report"), a name nobody knows ("NYTimes nhận xét"), nobody ("ông bị chỉ trích"), or a mention right before
the verb. Who was named before speaks through none of the first four. The words are data (`languages/*/subjects.yaml`).
"""

from comity.languages import load_words
from comity.reading.clause_edges import STOPS, ClauseEdges
from comity.reading.cues import Cue, Found, Frame, cue_words
from comity.reading.layout import Layout
from comity.reading.mentions import Form, Mention
from comity.reading.name_words import TitleWords
from comity.reading.page import Page
from comity.reading.parentheses import Parentheses
from comity.reading.people_groups import group_at
from comity.reading.relatives import Relatives
from comity.reading.subject_heads import Heads
from comity.reading.subject_words import NO_SUBJECT, Kind, Subject, subject_phrases
from comity.reading.unknown_names import UnknownNames
from comity.records import ActorType, LanguageCode

HEAD_REACH = 8
"""Words from a clause's beginning within which its subject's head stands ("sau đó một số | quan chức")."""
MOST_BETWEEN = 5
"""Words between a subject and its verb ("Mỹ hôm nay cũng | kêu gọi")."""
MOST_SHARED = 2
"""Words before a verb in its clause ("đồng thời cũng | nhấn mạnh") where its subject may be another verb's."""
MOST_EARLIER, MOST_SHARING = 16, 3
"""Cues before a verb, and of those the ones outside the words reported, whose subject it may share."""
APPOSED = 3
"""Words at least before a verb behind a name in apposition: a comma, the name, a comma."""
FARTHEST_CITED = 12
"""Words from "quoted" to "as saying"."""
BEHIND = 14
"""Words behind "theo" or a verb at a quotation's end within which its source is named."""


def subjects_of(page: Page, layout: Layout) -> "Subjects":
    """The page's subjects, worked out once."""
    kept = page.kept.get("subjects")
    if isinstance(kept, Subjects) and kept.layout is layout:
        return kept
    page.kept["subjects"] = made = Subjects(page.language, layout)
    return made


class Subjects:
    """Finds the subjects on one page. Made once a page."""

    def __init__(self, language: LanguageCode, layout: Layout) -> None:
        self.layout, self.tokens = layout, layout.tokens
        words = subject_phrases(language)
        self.names_before = load_words(language, "titles", TitleWords).names_before
        self.askers, self.joiners = words.askers, frozenset(cue_words(language).joiners)
        self.words = words
        self._known: dict[int, Subject] = {}
        self.unknown = UnknownNames(layout, words.pronouns, words.passives, words.openers)
        heads = Heads(self.tokens, words)
        self.head, self.circle, self.anaphors, self.things = heads.kinds, heads.circle, heads.anaphors, heads.things
        self.head_words = heads.words
        self.possessive = {index for found in words.possessives.find(self.tokens) for index in range(found.first, found.after)}
        self.relatives = Relatives(layout, words.relatives, {index for index, kind in self.head.items() if kind is Kind.PEOPLE})
        self.order = {found.first: number for number, found in enumerate(layout.cues)}
        resumed = {found.after for found in words.resuming.find(self.tokens) if found.after in self.order}
        people = {index for index, kind in self.head.items() if kind is Kind.PEOPLE}
        owning = {index for index in self.possessive if self.tokens[index].folded in words.agents_behind}
        opens = {found.after for found in words.clauses.find(self.tokens) if not self._is_still(found)}
        self.edges = ClauseEdges(layout, opens | resumed, self.things, owning, people, frozenset(cue_words(language).pairs))
        self.parentheses = Parentheses(layout, words, self.unknown, self.edges, people, self.possessive)

    def _is_still(self, found: Found[int]) -> bool:
        """Whether a word that may set two clauses apart only goes with the verb right behind it: "Tờ báo | còn | khẳng định"."""
        return self.tokens[found.first].folded in self.words.still and found.after in self.order

    def of(self, cue: Found[Cue], content: tuple[int, int]) -> Subject:
        """The subject of a cue whose content are the characters `content`."""
        if self.stands_behind(cue):
            return self.behind(cue.after)
        before = self.before(cue)
        agent_behind = cue.after < len(self.tokens) and self.tokens[cue.after].folded in self.words.agents_behind
        if agent_behind and before.kind in (Kind.NONE, Kind.PASSIVE):  # "criticised by Ms Lan"
            agent = self.behind(cue.after + 1)
            return Subject(agent.kind, agent.mention, sure=agent.mention is not None)
        if before.kind is not Kind.NONE or content[1] > self.tokens[cue.first].start:
            return before
        return self.behind(cue.after) if self._begins_indefinite(cue.after) else self._inverted(cue)

    def _inverted(self, cue: Found[Cue]) -> Subject:
        """The person named right behind a verb that follows the words reported: '"...," noted Ana Tavares'."""
        mention = self.layout.mention[cue.after] if cue.after < len(self.tokens) else None
        if mention is None or mention.type is not ActorType.PERSON or self.tokens[cue.first - 1].text not in STOPS:
            return NO_SUBJECT
        same = self.tokens[cue.after].sentence == self.tokens[cue.first].sentence
        return Subject(Kind.NAMED, mention, sure=True) if same else NO_SUBJECT

    def shared(self, cue: Found[Cue], reported: tuple[int, int] | None = None) -> Subject:
        """The subject that a verb without one of its own shares: that of the verb before it in its sentence ("gọi X là ..., nhưng | cáo
        buộc"), else what the sentence begins with. Verbs within the characters `reported` before are another's: "nhấn mạnh ASEAN được
        đối tác *ủng hộ*; | khẳng định"."""
        sentence = self.tokens[cue.first].sentence
        if cue.first - self.clause_start(cue.first) > MOST_SHARED:
            return NO_SUBJECT
        number = self.order[cue.first]
        earlier = [one for one in self.layout.cues[max(0, number - MOST_EARLIER) : number] if self.tokens[one.first].sentence == sentence]
        if reported is not None and not reported[0] <= self.tokens[cue.first].start < reported[1]:
            earlier = [one for one in earlier if not reported[0] <= self.tokens[one.first].start < reported[1]]
        for one in earlier[: -MOST_SHARING - 1 : -1]:
            subject = self.behind(one.after) if self.stands_behind(one) else self.before(one)
            if subject.kind not in (Kind.NONE, Kind.DESCRIBED):  # "stressed the steady | support for them and | urged"
                return subject
        return self.opening(sentence)

    def stands_behind(self, cue: Found[Cue]) -> bool:
        """Whether the cue has its source behind it, as "theo" has."""
        return cue.value.frame is Frame.SOURCE and self.words.source_behind.starts(self.tokens, cue.first)

    def opening(self, sentence: int) -> Subject:
        """Who or what a sentence begins with: the subject that its later verbs share."""
        words = self.layout.sentence_words[sentence]
        begin = self.edges.behind_opener(words, self.words.openers)
        for index in range(begin, min(words.stop, begin + HEAD_REACH)):
            mention = self.layout.mention[index]
            if mention is not None:  # "Asked about remarks by President Holm, the minister said"
                owned = mention.type is ActorType.PERSON and index > begin + 1 and self.is_owned(index)
                return NO_SUBJECT if owned else Subject(Kind.NAMED, mention)
            if index in self.head:
                return Subject(self.head[index], head=self.head_words[index])
            if self.tokens[index].text in STOPS or self.layout.cue[index] is not None:
                return Subject(Kind.UNKNOWN) if self.unknown.stands(begin, index) else NO_SUBJECT
        return NO_SUBJECT

    def is_infinitive(self, cue: Found[Cue]) -> bool:
        """Whether the verb is one of purpose, whose subject is the sentence's: "họp khẩn để | thảo luận", "met to | discuss"."""
        return bool(self.words.infinitives & {token.folded for token in self.tokens[max(0, cue.first - 1) : cue.first + 1]})

    def is_owned(self, index: int) -> bool:
        """Whether the name that begins at a word is somebody's of whom another is ("trợ lý của | ông Nam", "aides to | Mr Nam"), a state or
        body before it or not ("aides to UN | Secretary-General Nam")."""
        before = self.layout.mention[index - 1] if index else None
        if before is not None and before.type is not ActorType.PERSON and before.outer_end <= self.tokens[index].start:
            while index and self.layout.mention[index - 1] is before:
                index -= 1
        return index > 0 and index - 1 in self.possessive

    def _begins_indefinite(self, after: int) -> bool:
        return after < len(self.tokens) and self.tokens[after].folded in self.words.articles

    def before(self, cue: Found[Cue]) -> Subject:
        """The subject before a verb, in its clause; worked out once, as more than one grammar asks."""
        known = self._known.get(cue.first)
        if known is None:
            known = self._known[cue.first] = self._found_before(cue)
        return known

    def _found_before(self, cue: Found[Cue]) -> Subject:
        first = self.clause_start(cue.first)
        if self.is_infinitive(cue):
            return NO_SUBJECT
        cited = self._cited(cue)
        if cited is not None:
            return cited
        if cue.first and cue.value.frame is not Frame.SOURCE and self._is_passive(cue):
            return Subject(Kind.PASSIVE)
        nearest = self.head.get(cue.first - 1)
        if nearest in (Kind.SELF, Kind.HEARER) and first < cue.first:  # "How do I keep the promise that | you | asked for"
            return Subject(nearest)
        about = self.relatives.about(cue.first)
        if about is not None:
            return Subject(Kind.NAMED, about, sure=True)
        first = self._agent_start(first, cue.first)
        for index in range(first, min(cue.first, first + HEAD_REACH)):
            mention = self.layout.mention[index]
            kind = self.head.get(index)
            if mention is not None and kind is not None and index > first and self._is_part(mention, index):
                return Subject(kind)
            if mention is not None and (kind is None or mention.form is not Form.GROUP):
                if self._leads_on(mention, index, cue.first):
                    continue
                return Subject(Kind.NAMED, mention, sure=self._opens_clause(first, index) and self._verb_follows(mention, index, cue.first))
            if kind is not None:
                person = self._person_within(index, cue.first, kind)
                if person is None:
                    return self._people(index, cue.first, kind)
                place = self.layout.mention.index(person, index)
                return Subject(Kind.NAMED, person, sure=self._verb_follows(person, place, cue.first))
        named = self._in_apposition(cue)
        if named is not None:
            return Subject(Kind.NAMED, named, sure=True)
        if self.unknown.stands(first, cue.first) or self.unknown.is_pronoun(first, cue.first):
            return Subject(Kind.UNKNOWN)
        if self._is_described(first, cue):
            return Subject(Kind.DESCRIBED)
        return self.parentheses.subject(cue)

    def _cited(self, cue: Found[Cue]) -> Subject | None:
        """Whoever somebody else cites: "reports that quoted | a Peruvian official | as saying"; None where the verb is no such."""
        words = self.layout.sentence_words[self.tokens[cue.first].sentence]
        link = cue.first - 1
        if link <= words.start or f"{self.tokens[link].folded} {self.tokens[cue.first].folded}" not in self.words.citing:
            return None
        citing = range(link - 1, max(words.start, link - FARTHEST_CITED) - 1, -1)
        first = next((index for index in citing if self.tokens[index].folded in self.words.cited_as), None)
        if first is None:
            return None
        for index in range(first + 1, link):
            mention = self.layout.mention[index]
            if index in self.head:
                return self._people(index, cue.first, self.head[index])
            if mention is not None and not self._leads_on(mention, index, link):
                return Subject(Kind.NAMED, mention, sure=True)
        return Subject(Kind.UNKNOWN)

    def _in_apposition(self, cue: Found[Cue]) -> Mention | None:
        """The person whose name alone stands between two commas before the verb, behind nobody's name: "The attaché in Lima, | Ana Silva |,
        said"."""
        if cue.first < APPOSED or self.tokens[cue.first - 1].text != "," or cue.value.frame is Frame.SOURCE:
            return None
        mention = self.layout.mention[cue.first - 2]
        if mention is None or mention.type is not ActorType.PERSON or mention.form is not Form.NAME:
            return None
        index = cue.first - 2
        while index and self.tokens[index].start > mention.start:
            index -= 1
        before = self.layout.mention[index - 2] if index > 1 else None
        apart = index > 1 and self.tokens[index - 1].text == "," and self.tokens[index - 1].sentence == self.tokens[cue.first].sentence
        return mention if apart and (before is None or before.type is not ActorType.PERSON) else None

    def _is_described(self, first: int, cue: Found[Cue]) -> bool:
        """Whether something or somebody that is no known word stands there: "The two ports | discussed", "Trưởng đặc khu Carrie Lam hôm
        qua | thông báo"."""
        if cue.value.frame is Frame.SOURCE or any(self.layout.mention[first : cue.first]):
            return False
        if cue.first - first < 2 or self.tokens[first - 1].folded in self.joiners:
            return False
        return self.tokens[first].folded in self.words.articles or self.unknown.holds_name(first, cue.first, self.words.openers)

    def _people(self, index: int, stop: int, kind: Kind) -> Subject:
        """A subject without a name; a group where many speak together."""
        group = group_at(self.layout, self.words.groups, index) if kind is Kind.PEOPLE else None
        of = self.layout.mention[index - 1] if index else None
        theirs = of is not None and of.type is ActorType.STATE  # "U.S. and Israeli | delegations" may speak for their states
        sure = group is not None and not theirs and self._verb_follows(group, index, stop)
        return Subject(kind, group, sure, self.head_words[index])

    def _opens_clause(self, first: int, index: int) -> bool:
        """Whether nothing but a word, or words for a time, stands before the name in its clause: "Last year | Panama"."""
        before = self.tokens[first:index]
        return len(before) <= 1 or all(token.folded in self.words.openers or token.text[0].isdigit() for token in before)

    def _is_part(self, mention: Mention, index: int) -> bool:
        """Whether other words make more of a reference word: "philanthropic | leaders" are not the leaders spoken of."""
        before = self.tokens[index - 1]
        return mention.form is Form.PRONOUN and before.folded not in self.words.articles and before.text not in STOPS

    def _agent_start(self, first: int, stop: int) -> int:
        """Behind "bị" or "do" where the one who acts is named there ("ông Nam bị | Úc phản đối"), else the clause's beginning."""
        for index in range(stop - 1, first, -1):
            agent = index - 1
            while agent > first and self.tokens[agent].folded in self.words.plurals:  # "bị | các | chính trị gia chỉ trích"
                agent -= 1
            if self.tokens[agent].folded in self.words.agents and (self.layout.mention[index] is not None or index in self.head):
                return index
        return first

    def _verb_follows(self, mention: Mention, index: int, stop: int) -> bool:
        """Whether the verb follows the name with a few words between that name nobody, and the name owns nothing ("Biden's")."""
        if index > 0 and index - 1 in self.possessive and self.tokens[index - 1].folded not in self.words.agents:
            return False  # but "là do | Peru | yêu cầu"
        while index < stop and self.layout.mention[index] is mention:
            index += 1
        owners = [near for near in range(index, stop) if self.layout.mention[near] not in (None, self.layout.mention[near - 1])]
        free = all(self.possessive & {near - 1, near - 2} for near in owners)
        most = MOST_BETWEEN if not owners else 2 * MOST_BETWEEN
        return free and stop - index <= most and (index == stop or self.tokens[index].text not in ("'", "’"))

    def _leads_on(self, mention: Mention, index: int, stop: int) -> bool:
        """Whether the name only tells whose the people or things named right behind it are ("U.S. officials", "Mr Nam's lawyers"), in a
        language that puts such names first."""
        if not self.names_before:
            return False
        while index < stop and self.layout.mention[index] is mention:
            index += 1
        for near in range(index, min(index + 3, stop)):
            if self.tokens[near].text in STOPS:
                return False
            people = self.layout.mention[near]
            if near in self.head and (people is None or (people is not mention and people.form is Form.GROUP)):
                return True
        return False

    def clause_start(self, stop: int) -> int:
        """Where the clause of a verb begins."""
        return self.edges.start(stop)

    def _is_passive(self, cue: Found[Cue]) -> bool:
        return cue.value.act not in self.words.never_passive and self.tokens[cue.first - 1].folded in self.words.passives

    def _person_within(self, head: int, stop: int, kind: Kind) -> Mention | None:
        """The person whom the head introduces ("chuyên gia Jose ..."), or whose thing it is; none whose people they are."""
        if head in self.circle:
            return None
        for index in range(head + 1, stop):
            mention = self.layout.mention[index]
            if mention is None or mention.type is not ActorType.PERSON or mention is self.layout.mention[index - 1]:
                continue
            if self.layout.mention[index - 1] is None and self._ends_circle(index):
                continue
            if self.tokens[index - 1].folded in self.words.receivers:  # "the letter to Mr Nam said"
                continue
            if kind is Kind.THING or not self.is_owned(index):
                return mention
        return None

    def _ends_circle(self, index: int) -> bool:
        """Whether "gia đình" or the like stands right before a name."""
        return bool(self.circle & {index - 1, index - 2})

    def behind(self, after: int) -> Subject:
        """The source named behind a cue, before the next mark."""
        stop = min(len(self.tokens), after + BEHIND)
        for index in range(after, stop):
            if self.tokens[index].text in STOPS or self.tokens[index].sentence != self.tokens[after].sentence:
                break
            mention = self.layout.mention[index]
            kind = self.head.get(index)
            if kind is Kind.ANAPHOR:
                return Subject(kind, mention)
            if mention is not None and (kind is None or mention.form is not Form.GROUP):
                if self._leads_on(mention, index, stop):
                    continue
                return Subject(Kind.NAMED, mention)
            if kind is not None:
                person = self._person_within(index, self._mark_from(index, stop), kind)
                return Subject(Kind.NAMED, person) if person is not None else Subject(kind, head=self.head_words[index])
        return NO_SUBJECT

    def _mark_from(self, index: int, stop: int) -> int:
        """Where what belongs to a source's head ends: a mark, or a verb's "được" ("các nguồn tin | được tiếp xúc với ông Nam")."""
        while index < stop and self.tokens[index].text not in STOPS and self.tokens[index].folded not in self.words.passives:
            index += 1
        return index
