"""Who claims a progress figure: the subject of the clause that reports it, or nobody.

What comes in are the findings of a page and the place of a figure; what goes out are the person, body or meeting that says it. A meeting
without a name is the one that was just introduced, or those who hold it; where the text leaves open who speaks, nobody does: a name that
only stands near a figure has not claimed it.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from comity.reading.mentions import Form, Mention
from comity.reading.progress_neighbours import Neighbours, any_of, ending_in
from comity.reading.progress_scene import Candidate, CandidateGrammar, ClaimantWords, Kind, Scene, whole_words
from comity.records import GROUP, ActorId, ActorType, Span

COMMA = re.compile(r",(?=\s)")
TAIL = 40
"""How much may follow "the Office said" at a sentence's end ("on Saturday, November 12")."""


class Claimed(Struct, frozen=True):
    """`actors` is empty where the text names nobody; `reported` tells whether a clause reports the figure at all; `told_at` is where the
    meeting that claims it was named."""

    actors: tuple[ActorId, ...] = ()
    reported: bool = False
    told_at: int | None = None


NOBODY = Claimed()
UNNAMED = Claimed(reported=True)


class ClaimantGrammar:
    """Finds who claims a figure, in one language."""

    def __init__(self, words: ClaimantWords, plans: Sequence[str]) -> None:
        self._candidates = CandidateGrammar(words, plans)
        self._near = Neighbours(words)
        self._reports, self._according = whole_words(words.reports), whole_words(words.according)
        self._holding, self._denials = whole_words(words.holding), whole_words(words.denials)
        self._passive = ending_in(words.passive)
        part = r"[\w-]+(?:\s[\w-]+)?"
        self._passive_list = re.compile(
            rf"(?<![\w'’-])(?:{any_of(words.passive)})\s+(?:{part},\s+){{0,3}}{part},?\s+(?:{any_of(words.joiners)})\s+$"
        )
        self._members = re.compile(rf"\s*(?:[\w-]+\s+){{0,3}}?(?:{any_of(words.members)})\s")

    def find(self, scene: Scene, start: int, end: int, parties: tuple[ActorId, ...]) -> Claimed:
        """Who claims the figure from `start` to `end`. `parties` are those of the plan it is about, for "the two sides"."""
        sentence = scene.sentence(start)
        floor = max(sentence.start, scene.text.rfind(";", sentence.start, start) + 1)
        if quoted := self._quoted(scene, sentence, start, end):
            return quoted
        cues = [Span(m.start(), m.end()) for m in self._reports.finditer(scene.text, floor, start)]
        for statement in scene.statements:
            said, words = statement.cue, statement.evidence
            if said and floor <= said.start and said.end <= start and words.start <= start and end <= words.end:
                cues.append(said.span)
        cues = [cue for cue in cues if self._is_cue(scene, cue)]
        cue = max(cues, key=lambda c: (c.end, -c.start), default=None)
        sources = [m for m in self._according.finditer(scene.text, floor, start) if cue is None or m.start() > cue.end]
        for source in reversed(sources):
            if claimed := self._source(scene, source.end(), start, parties):
                return claimed
        if cue:
            return self._subject(scene, floor, cue.start, parties) or UNNAMED
        if headed := self._headed(scene, sentence, start, parties):
            return headed
        return self._behind(scene, end, sentence.end, parties) or NOBODY

    def is_denied(self, scene: Scene, start: int) -> bool:
        """Whether somebody denies the figure ("bác bỏ thông tin chỉ 20%"): then nobody claims it."""
        return bool(self._denials.search(scene.text, scene.sentence(start).start, start))

    def _quoted(self, scene: Scene, sentence: Span, start: int, end: int) -> Claimed | None:
        """Words in quotation marks that another sentence reports belong to their speaker."""
        for statement in scene.statements:
            words = statement.evidence
            if not statement.direct or statement.cue is None or start < words.start or words.end < end:
                continue
            if words.start < sentence.start or not sentence.start <= statement.cue.start < sentence.end:
                return Claimed(tuple(a for a in statement.speaker if not a.startswith(GROUP)), reported=True)
        return None

    def _is_cue(self, scene: Scene, cue: Span) -> bool:
        """A verb that reports; none in the passive ("was reported") and none inside a name."""
        if self._passive.search(scene.text, max(0, cue.start - 24), cue.start) and not self._passive.match(scene.text, cue.start):
            return False
        if self._according.match(scene.text, cue.start) or self._passive_list.search(scene.text, max(0, cue.start - TAIL), cue.start):
            return False
        named = [*(m.evidence for m in scene.mechanisms), *(i.evidence for i in scene.instruments)]
        return not any(name.start <= cue.start < name.end for name in named)

    def _source(self, scene: Scene, after: int, end: int, parties: tuple[ActorId, ...]) -> Claimed | None:
        """ "According to X": X begins at once; a plan or a rule is no source ("theo Kế hoạch")."""
        stop = COMMA.search(scene.text, after, end)
        until = stop.start() if stop else after + len(scene.text[after:end].rstrip(' ./"”'))
        candidates = self._candidates.find(scene, after, until)
        if not candidates or self._near.idle.sub("", scene.text[after : candidates[0].start]).strip() or candidates[0].kind is Kind.PLAN:
            return None
        return self._resolved(scene, candidates, 0, until, parties) or UNNAMED

    def _subject(self, scene: Scene, floor: int, cue: int, parties: tuple[ActorId, ...]) -> Claimed | None:
        """The subject before a verb: of the last part between commas, or of the one before where that part only describes it."""
        candidates = self._candidates.find(scene, floor, cue)
        commas = [m.start() for m in COMMA.finditer(scene.text, floor, cue) if not any(c.start < m.start() < c.end for c in candidates)]
        edges = [floor, *(comma + 1 for comma in commas), cue]
        parts = [(a, b, [c for c in candidates if a <= c.start < b]) for a, b in pairwise(edges)]
        *earlier, (first, last, inside) = parts
        for index in range(len(inside)):
            if not self._near.is_guided(scene, first, inside, index):
                return self._resolved(scene, inside, index, last, parties) if self._near.stands_free(scene, first, inside, index) else None
        if not earlier:
            return None
        first, last, inside = earlier[-1]
        bare = not self._near.idle.sub("", scene.text[parts[-1][0] : cue]).strip()
        for index, one in enumerate(inside):
            if self._near.is_guided(scene, first, inside, index) or not self._near.stands_free(scene, first, inside, index):
                continue
            described = one.mention is not None and one.mention.type is ActorType.PERSON and not scene.text[one.end : last].strip(" ,")
            return self._resolved(scene, inside, index, last if described else one.end, parties) if bare or described else None
        return None

    def _resolved(self, scene: Scene, inside: Sequence[Candidate], index: int, until: int, parties: tuple[ActorId, ...]) -> Claimed | None:
        """Who a subject is, with those joined to it; None where what follows makes it a mere description ("UN officials")."""
        one, last = inside[index], index
        while last + 1 < len(inside) and self._near.joined.fullmatch(scene.text[inside[last].end : inside[last + 1].start]):
            last += 1
        end = inside[last].end + scene.text.startswith(")", inside[last].end, until)  # "the Harbour Office (HO) said"
        behind = scene.text[end:until]
        if owner := self._near.owned.match(behind):
            owned = next((c for c in inside[last + 1 :] if c.kind in (Kind.DOCUMENT, Kind.PAPER, Kind.MEETING)), None)
            return self._actors(scene, [one]) if owned and owned.start - end - owner.end() < 30 else None
        if one.kind in (Kind.MEETING, Kind.DOCUMENT, Kind.PAPER):
            return self._meeting(scene, one, until)
        if self._near.has_rival(scene, inside, last, until):
            return None
        if (
            not self._near.noun_before
            and not self._near.beside.match(self._near.undated(scene, end, until))
            and not (self._near.ends_joined.search(behind))
        ):
            return None
        if one.kind is Kind.WE:
            return self._of_lead(scene, None)
        if one.kind is Kind.SIDES or (one.mention and one.mention.form is Form.PRONOUN and len(one.mention.actors) > 1):
            return Claimed(parties, reported=True) if one.kind is Kind.SIDES and len(parties) == 2 else None
        return self._actors(scene, inside[index : last + 1])

    def _actors(self, scene: Scene, candidates: Sequence[Candidate]) -> Claimed | None:
        actors: list[ActorId] = []
        for candidate in candidates:
            if candidate.mention is not None:
                actors += self._actor(scene, candidate.mention)
        return Claimed(tuple(dict.fromkeys(actors)), reported=True) if actors else None

    def _actor(self, scene: Scene, mention: Mention) -> tuple[ActorId, ...]:
        """A name's actor; a group only by the body it names, in its own words or in those of the sentence before."""
        if mention.form is Form.PRONOUN:
            since = scene.page.sentences[max(0, scene.page.sentence_at(mention.start) - 2)].start if scene.page.sentences else 0
            named = any(m.form is Form.NAME and m.actors == mention.actors for m in scene.mentions.within(since, mention.start))
            return mention.actors if named and len(mention.actors) == 1 else ()
        if mention.form is not Form.GROUP:
            return mention.actors
        if self._names_body(scene, mention):
            return mention.actors
        earlier = scene.before(scene.sentence(mention.start))
        groups = [m for m in scene.mentions.within(earlier.start, earlier.end) if m.form is Form.GROUP] if earlier else []
        found = {m.actors for m in groups if self._names_body(scene, m)}
        return found.pop() if len(found) == 1 else ()

    def _names_body(self, scene: Scene, group: Mention) -> bool:
        """Whether a group's words name whose it is ("các nước thành viên HĐBA"), and its id too."""
        inside = scene.mentions.within_with_nested(group.start, group.end)
        named = any(m.form is Form.NAME and m.type is not ActorType.PERSON for m in inside)
        return named and any(letter.isupper() for actor in group.actors for letter in actor.removeprefix(GROUP))

    def _meeting(self, scene: Scene, head: Candidate, until: int) -> Claimed | None:
        """The known meeting that a head names or that its words name; else those who meet or write; else the one introduced before."""
        if body := self._by_initials(scene, head, until):
            return Claimed(body.actors, reported=True)
        if head.mechanism and head.mechanism.mechanism:
            return Claimed((head.mechanism.mechanism,), reported=True, told_at=head.start)
        if inside := scene.mechanisms_in(head.start, until):
            return Claimed((str(inside[0].mechanism),), reported=True, told_at=head.start)
        if of := self._members_of(scene, head, until):
            return Claimed(of, reported=True, told_at=head.start)
        if head.kind is Kind.PAPER:
            return None
        sentence = scene.sentence(head.start)
        noun = "" if head.kind is Kind.DOCUMENT else scene.text[head.start : head.end]
        for stretch in (Span(sentence.start, head.start) if head.start > sentence.start else None, scene.before(sentence)):
            if stretch and (named := self._named_in(scene, stretch, noun)):
                return named if len(named.actors) == 1 else None
        return self._of_lead(scene, noun)

    def _by_initials(self, scene: Scene, head: Candidate, until: int) -> Mention | None:
        """The body that a meeting's noun only ends the name of: its initials follow in brackets ("the Harbour Task Force (HTF)")."""
        words = re.findall(r"[^\W\d_]+", scene.page.text[head.start : head.end])
        initials = "".join(word[0] for word in words if word[0].isupper())
        inside = scene.mentions.within_with_nested(head.end, until)
        behind = next((m for m in inside if scene.page.text[head.end : m.start].strip() == "("), None)
        return behind if behind and len(initials) > 2 and scene.page.text[behind.start : behind.end] == initials else None

    def _members_of(self, scene: Scene, head: Candidate, until: int) -> tuple[ActorId, ...]:
        """ "The annual meeting between the CPR and the UN", "a report by the World Bank"."""
        match = self._members.search(scene.text, head.start if head.mechanism else head.end, until)
        if not match or (not head.mechanism and match.start() > head.end):
            return ()
        inside = scene.mentions.within_with_nested(match.end(), until)
        outer = [m for m in inside if not any(o is not m and o.start <= m.start and m.end <= o.end for o in inside)]
        named = [m for m in outer if m.form is Form.NAME and (head.kind is Kind.PAPER or m.type is not ActorType.PERSON)]
        return tuple(dict.fromkeys(actor for m in named for actor in m.actors if not actor.startswith(GROUP)))

    def _named_in(self, scene: Scene, stretch: Span, noun: str) -> Claimed | None:
        """The known meetings that a stretch names by the same noun."""
        named = [m for m in scene.mechanisms_in(stretch.start, stretch.end) if noun in m.evidence.quote.lower().replace("\n", " ")]
        actors = tuple(dict.fromkeys(str(m.mechanism) for m in named))
        return Claimed(actors, reported=True, told_at=named[0].evidence.start) if named else None

    def _of_lead(self, scene: Scene, noun: str | None) -> Claimed | None:
        """The one meeting that headline and lead are about, or those who hold it there. `noun` None for "we": its name may be any."""
        named = self._named_in(scene, scene.lead, noun or "")
        if named:
            return named if len(named.actors) == 1 else None
        if not noun:
            return None
        for cue in self._holding.finditer(scene.text, scene.lead.start, scene.lead.end):
            sentence = scene.sentence(cue.start())
            if not re.search(rf"(?<!\w){re.escape(noun.split()[-1])}(?!\w)", scene.text[cue.start() : sentence.end]):
                continue
            holders = self._subject(scene, sentence.start, cue.start(), ())
            types = {m.type for m in scene.mentions.within_with_nested(sentence.start, cue.start())}
            if holders and holders.actors and ActorType.PERSON not in types:
                return Claimed(holders.actors, reported=True, told_at=cue.start())
        return None

    def _headed(self, scene: Scene, sentence: Span, start: int, parties: tuple[ActorId, ...]) -> Claimed | None:
        """A headline "Minister: 90 per cent done" is the minister's; a meeting before the colon is the topic."""
        headline = scene.page.headline
        colon = scene.text.find(": ", sentence.start, start)
        if headline is None or sentence.start != headline.start or colon < 0:
            return None
        inside = self._candidates.find(scene, sentence.start, colon)
        if len(inside) != 1 or inside[0].kind is not Kind.ACTOR or scene.text[inside[0].end : colon].strip():
            return None
        return self._resolved(scene, inside, 0, colon, parties)

    def _behind(self, scene: Scene, start: int, end: int, parties: tuple[ActorId, ...]) -> Claimed | None:
        """ "..., the Office said on Saturday", "..., according to the Office" behind the figure."""
        for source in self._according.finditer(scene.text, start, end):
            if claimed := self._source(scene, source.end(), end, parties):
                return claimed
        for match in self._reports.finditer(scene.text, start, end):
            comma = max((m.start() for m in COMMA.finditer(scene.text, start, match.start())), default=-1)
            words = scene.text[comma + 1 : match.start()].strip()
            rest = COMMA.split(self._near.undated(scene, match.end(), end))[0]
            if (
                comma < 0
                or len(rest.strip(" .")) > TAIL
                or self._near.ends_joined.match(words + " ")
                or not self._is_cue(scene, Span(match.start(), match.end()))
            ):
                continue
            if not words:
                return self._source(scene, match.end(), end, parties)
            return self._subject(scene, comma + 1, match.start(), parties) or UNNAMED
        return None
