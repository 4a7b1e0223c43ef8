"""What stands as subject before a reporting verb, or behind "according to", and is no named person.

In come a page, its layout and a cue; out comes the cue's `Subject`: people without a name ("quan chức Mỹ", "lawyers for Mr Nam"), a thing
that speaks for its makers ("the report"), a name nobody knows ("NYTimes nhận xét"), nobody ("ông bị chỉ trích"), or a mention right before
the verb. Who was named before speaks through none of the first four. The words are data (`languages/*/subjects.yaml`).
"""

from comity.knowledge.folded import fold
from comity.languages import load_words
from comity.reading.clause_edges import STOPS, ClauseEdges
from comity.reading.cues import Cue, Found, Frame, cue_words
from comity.reading.issued_papers import IssuedPapers
from comity.reading.layout import QUOTES, Layout
from comity.reading.mentions import Form, Mention
from comity.reading.name_words import NameWords
from comity.reading.page import Page
from comity.reading.parentheses import Parentheses
from comity.reading.relatives import Relatives
from comity.reading.settings import Settings
from comity.reading.subject_heads import Heads
from comity.reading.subject_names import SubjectNames
from comity.reading.subject_sources import SubjectSources
from comity.reading.subject_words import NO_SUBJECT, Kind, Subject, subject_phrases
from comity.reading.unknown_names import UnknownNames
from comity.records import ActorType, LanguageCode

HEAD_REACH = 8
"""Words from a clause's beginning within which its subject's head stands ("sau đó một số | quan chức")."""
MOST_SHARED = 2
"""Words before a verb in its clause ("đồng thời cũng | nhấn mạnh") where its subject may be another verb's."""
MOST_EARLIER, MOST_SHARING = 16, 3
"""Cues before a verb, and of those the ones outside the words reported, whose subject it may share."""
APPOSED = 3
"""Words at least before a verb behind a name in apposition: a comma, the name, a comma."""


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
        self.askers, self.joiners = words.askers, frozenset(cue_words(language).joiners)
        self.words = words
        self._known: dict[int, Subject] = {}
        common = frozenset(map(fold, load_words(language, "names", NameWords).beginnings)) | words.pronouns
        self.unknown = UnknownNames(layout, words.pronouns, words.passives, words.openers, common)
        heads = Heads(self.tokens, words)
        self.head, self.anaphors, self.things, self.head_words = heads.kinds, heads.anaphors, heads.things, heads.words
        self.possessive = {index for found in words.possessives.find(self.tokens) for index in range(found.first, found.after)}
        self.named = SubjectNames(language, layout, words, heads, self.possessive)
        self.papers = IssuedPapers(self.tokens, words)
        self.sources = SubjectSources(layout, words, heads, self.named)
        self.relatives = Relatives(layout, words.relatives, {index for index, kind in self.head.items() if kind is Kind.PEOPLE})
        self.settings = Settings(language, layout, words.articles, words.openers | words.auxiliaries)
        self.order = {found.first: number for number, found in enumerate(layout.cues)}
        resumed = {found.after for found in words.resuming.find(self.tokens) if found.after in self.order}
        people = {index for index, kind in self.head.items() if kind is Kind.PEOPLE}
        owning = {index for index in self.possessive if self.tokens[index].folded in words.agents_behind}
        opens = {found.after for found in words.clauses.find(self.tokens) if not self._is_still(found)}
        self.edges = ClauseEdges(layout, opens | resumed, self.things, owning, people, frozenset(cue_words(language).pairs), words.inside)
        self.parentheses = Parentheses(layout, words, self.unknown, self.edges, people, self.possessive)

    def _is_still(self, found: Found[int]) -> bool:
        """Whether a word that may set two clauses apart only goes with the verb right behind it: "Tờ báo | còn | khẳng định"."""
        return self.tokens[found.first].folded in self.words.still and found.after in self.order

    def of(self, cue: Found[Cue], content: tuple[int, int]) -> Subject:
        """The subject of a cue whose content are the characters `content`."""
        if self.sources.stands_behind(cue):
            return self.sources.behind(cue.after)
        before = self.before(cue)
        agent_behind = cue.after < len(self.tokens) and self.tokens[cue.after].folded in self.words.agents_behind
        if agent_behind and before.kind in (Kind.NONE, Kind.PASSIVE):  # "criticised by Ms Lan"
            agent = self.sources.behind(cue.after + 1)
            return Subject(agent.kind, agent.mention, sure=agent.mention is not None)
        if before.kind is not Kind.NONE or content[1] > self.tokens[cue.first].start:
            return before
        return self.sources.behind(cue.after) if self.sources.begins_indefinite(cue.after) else self.sources.inverted(cue)

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
            subject = self.sources.behind(one.after) if self.sources.stands_behind(one) else self.before(one)
            if subject.kind not in (Kind.NONE, Kind.DESCRIBED):  # "stressed the steady | support for them and | urged"
                return subject
        return self.opening(sentence)

    def opening(self, sentence: int) -> Subject:
        """Who or what a sentence begins with: the subject that its later verbs share."""
        words = self.layout.sentence_words[sentence]
        begin = self.edges.behind_opener(words, self.words.openers)
        for index in range(begin, min(words.stop, begin + HEAD_REACH)):
            mention = self.layout.mention[index]
            if mention is not None:  # "Asked about remarks by President Holm, the minister said"
                owned = mention.type is ActorType.PERSON and index > begin + 1 and self.named.is_owned(index)
                return NO_SUBJECT if owned else Subject(Kind.NAMED, mention)
            if index in self.head:
                return Subject(self.head[index], head=self.head_words[index])
            if self.tokens[index].text in STOPS or self.layout.cue[index] is not None:
                return Subject(Kind.UNKNOWN) if self.unknown.stands(begin, index) else NO_SUBJECT
        return NO_SUBJECT

    def is_infinitive(self, cue: Found[Cue]) -> bool:
        """Whether the verb is one of purpose, whose subject is the sentence's: "họp khẩn để | thảo luận", "met to | discuss"."""
        return bool(self.words.infinitives & {token.folded for token in self.tokens[max(0, cue.first - 1) : cue.first + 1]})

    def tells_paper(self, cue: Found[Cue]) -> bool:
        """Whether the verb tells what a paper says that somebody named has issued: "Peru ra tuyên bố | lên án | vụ tấn công"; not "ra tuyên
        bố | đáp trả"."""
        if self.papers.verb_before(cue.first) is None:
            return False
        subject = self.before(cue)
        reply = " ".join(token.folded for token in self.tokens[cue.first : cue.after]) in self.words.replies
        return subject.kind is Kind.NAMED and subject.sure and not reply

    def before(self, cue: Found[Cue]) -> Subject:
        """The subject before a verb, in its clause; worked out once, as more than one grammar asks."""
        known = self._known.get(cue.first)
        if known is None:
            known = self._known[cue.first] = self._found_before(cue)
        return known

    def _found_before(self, cue: Found[Cue]) -> Subject:
        issuing = self.papers.verb_before(cue.first)
        if issuing is not None:
            return self._found_before(Found(issuing, cue.after, cue.value))
        first = self.clause_start(cue.first)
        if self.is_infinitive(cue):
            return NO_SUBJECT
        cited = self.sources.cited(cue)
        if cited is not None:
            return cited
        if cue.first and cue.value.frame is not Frame.SOURCE and self._is_passive(cue):
            return Subject(Kind.PASSIVE)
        nearest = self.head.get(cue.first - 1)
        if nearest in (Kind.SELF, Kind.HEARER) and first < cue.first:  # "How do I keep the promise that | you | asked for"
            return Subject(nearest)
        about = self.relatives.about(cue.first) or self.settings.named_before(cue.first)
        if about is not None:
            return Subject(Kind.NAMED, about, sure=True)
        first, of = self._agent_start(first, cue.first), None
        for index in range(first, min(cue.first, first + HEAD_REACH)):
            mention = self.layout.mention[index]
            kind = self.head.get(index)
            if mention is not None and kind is not None and index > first and self.named.is_part(mention, index):
                return Subject(kind)
            if mention is not None and (kind is None or mention.form is not Form.GROUP):
                if self.named.leads_on(mention, index, cue.first):
                    continue
                if self._is_backer(mention, index, first):
                    of = mention
                    continue
                if self.named.is_described(index, first, cue.first):
                    return Subject(Kind.DESCRIBED, of=mention)
                return Subject(
                    Kind.NAMED, mention, sure=self._opens_clause(first, index) and self.named.verb_follows(mention, index, cue.first)
                )
            if kind is not None:
                person = self.named.person_within(index, cue.first, kind)
                if person is None and kind is Kind.PEOPLE and index - first < 2:
                    person = self._explained(first)
                    if person is not None:
                        return Subject(Kind.NAMED, person, sure=True)
                if person is None:
                    return self.named.people(index, cue.first, kind)
                place = self.layout.mention.index(person, index)
                return Subject(Kind.NAMED, person, sure=self.named.verb_follows(person, place, cue.first))
        named = self._in_apposition(cue)
        if named is not None:
            return Subject(Kind.NAMED, named, sure=True)
        if self.unknown.stands(first, cue.first) or self.unknown.is_pronoun(first, cue.first):
            return Subject(Kind.UNKNOWN)
        if of is not None or self._is_described(first, cue):
            return Subject(Kind.DESCRIBED, of=of)
        return self.parentheses.subject(cue)

    def _is_backer(self, mention: Mention, index: int, first: int) -> bool:
        """Whether the name is of whoever backs the one who acts, who stands beside it and has no name, or none that is known."""
        return (index > first or self.named.names_before) and self.named.is_backer(mention, index)

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

    def _explained(self, first: int) -> Mention | None:
        """The person whose name alone opens a sentence or follows the words reported, where the clause from `first` on tells what he is:
        "..., Marco Bruni, | một thành viên của nhóm đề xuất"."""
        mention = self.layout.mention[first - 2] if first > 1 and self.tokens[first - 1].text == "," else None
        if mention is None or mention.type is not ActorType.PERSON or mention.form is not Form.NAME:
            return None
        index = first - 2
        while index and self.tokens[index].start > mention.outer_start:
            index -= 1
        opens = index == self.layout.sentence_words[self.tokens[first].sentence].start
        return mention if opens or self.tokens[index - 1].text == "," or self.tokens[index - 1].text in QUOTES else None

    def _is_described(self, first: int, cue: Found[Cue]) -> bool:
        """Whether something or somebody that is no known word stands there: "The two ports | discussed", "Trưởng đặc khu Carrie Lam hôm
        qua | thông báo"."""
        if cue.value.frame is Frame.SOURCE or any(self.layout.mention[first : cue.first]):
            return False
        if cue.first - first < 2 or self.tokens[first - 1].folded in self.joiners:
            return False
        return self.tokens[first].folded in self.words.articles or self.unknown.holds_name(first, cue.first, self.words.openers)

    def _opens_clause(self, first: int, index: int) -> bool:
        """Whether nothing but a word, or words for a time, stands before the name in its clause: "Last year | Panama"."""
        before = self.tokens[first:index]
        return len(before) <= 1 or all(token.folded in self.words.openers or token.text[0].isdigit() for token in before)

    def _agent_start(self, first: int, stop: int) -> int:
        """Behind "bị" or "do" where the one who acts is named there ("ông Nam bị | Úc phản đối"), else the clause's beginning."""
        for index in range(stop - 1, first, -1):
            agent = index - 1
            while agent > first and self.tokens[agent].folded in self.words.plurals:  # "bị | các | chính trị gia chỉ trích"
                agent -= 1
            named = self.layout.mention[index]
            if self.tokens[agent].folded in self.words.agents and (named is not None or index in self.head):
                if named is not None and self.named.is_backer(named, index):
                    continue
                return index
        return first

    def clause_start(self, stop: int) -> int:
        """Where the clause of a verb begins."""
        return self.edges.start(stop)

    def _is_passive(self, cue: Found[Cue]) -> bool:
        if cue.value.act in self.words.never_passive or self.tokens[cue.first - 1].folded not in self.words.passives:
            return False
        return not self.tokens[cue.first].folded.endswith(self.words.progressives)
