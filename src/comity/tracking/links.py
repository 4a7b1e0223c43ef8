"""Ties clauses to plan lines, with a score, the words that made the tie, and the right to abstain.

In come a clause in Vietnamese or English, who acts in it and when; out come at most three links, best first, or none where nothing fits.
Layers, each of them data: the concepts that clause and line both show, the static bilingual table (embedding.py), who is responsible for
the line and for which years it holds, and how far the clause's document speaks of the partnership (partnership_scope.py). Where it is given
one, the linker takes a second look (second_look.py) at clauses that may fit. A small trained model weighs all this; its score is how often
a careful reader makes such a tie (docs/links.md).
"""

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

import numpy as np
from msgspec import Struct

from comity.intervals import IsoDate, first_day, last_day
from comity.knowledge import Knowledge, Plan
from comity.knowledge.folded import Folded
from comity.records import ActorId, Evidence, LanguageCode, Link, LinkKind
from comity.tracking.asked_clauses import Asked, LookedThrough, Said
from comity.tracking.best_lines import Sayings, best_lines, in_documents, in_order, worth_a_look
from comity.tracking.clause_view import Clause, Clauses, name_matcher, named_in, view_clause
from comity.tracking.embedding import load_table
from comity.tracking.link_model import LinkModel, load_link_model
from comity.tracking.partnership_scope import SCOPE, Heard, PartnershipScope, first_line
from comity.tracking.products import Floats
from comity.tracking.second_look import SecondLook
from comity.tracking.targets import TRUST, Compared, Target, any_right, by_words, trust_features
from comity.tracking.words_alone import OfWords, WordsAlone

WORTH_KEEPING = 0.1
"""A link under this score is noise: nothing that a person decides moves a line's least score so low."""
RESPONSIBLE, OUT_OF_PERIOD = 0.7, -1.0
"""What is added to the log odds where a body responsible for the line acts, and where the clause is dated before the plan begins or long
after."""
WORTH_ASKING = 0.4
BEST_OF_WORDS = {"words": 1.0, "whole": 0.8, "any": 1.0, "sentence": 4.0, "deed": 1.0}
"""In a document in which a clause with such words would not reach WORTH_ASKING, clauses are not compared with lines at all."""
DATES = 4096
"""Dates for which it is kept which plans' periods they are outside of."""
DOCUMENTS = 1024
"""Documents' numbers of which it is kept whether a clause with them may be suggested."""
TOGETHER = 256
"""Clauses that are compared at once."""


class Tie(Struct, frozen=True):
    """A line that a clause may be about, and how likely that is; `number` is the line's place among those compared."""

    target: Target
    number: int
    score: float


class Linker:
    """Ties clauses to the lines of plans, in any language that both have words in."""

    def __init__(
        self, knowledge: Knowledge, plans: Sequence[Plan], model: LinkModel | None = None, second: SecondLook | None = None
    ) -> None:
        self._table = load_table()
        self._model, self._second = model or load_link_model(), second
        self._weighing = (second.model if second else self._model).weighing
        self.names = name_matcher(knowledge)
        self._targets = line_targets(plans)
        bodies = {body for target in self._targets for body in target.responsible}
        self._responsible = {body: np.array([body in target.responsible for target in self._targets], dtype=np.float32) for body in bodies}
        plans_of = [target.plan for target in self._targets]
        self._plans = np.array([plans_of.index(plan) for plan in plans_of], dtype=np.int64)
        self._outside = lru_cache(maxsize=DATES)(self._dated_outside)
        self._may_reach = lru_cache(maxsize=DOCUMENTS)(self._reaches)  # most clauses of a document have the same numbers

    @cached_property
    def _compared(self) -> Compared:
        """Made when the first clause is compared: of most documents none is."""
        return Compared(self._targets, self._table, self._model)

    @cached_property
    def _words_alone(self) -> WordsAlone:
        return WordsAlone(self._compared, self._model, self._second, table=self._table, names=self.names)

    def links(
        self, clause: str | Evidence, language: LanguageCode, actors: Iterable[ActorId] = (), date: IsoDate | None = None
    ) -> tuple[Link, ...]:
        """At most three links to lines, best first; none where nothing fits. `actors` are who acts or speaks, `date` is when."""
        evidence = clause if isinstance(clause, Evidence) else Evidence("", 0, max(1, len(clause)), clause)
        asked = self.asked(evidence, language, actors, date)
        if asked is None:
            return ()
        (ties,) = self.ties([asked])
        if not ties:
            return ()
        (seen,) = self._words_alone.of_clauses([asked.view])
        assert seen is not None
        sure = any_right(seen.fits, np.array([tie.score for tie in ties], dtype=np.float32))
        return tuple(self.link(asked, tie) for tie in ties) if sure >= self._weighing.least else ()

    def asked(self, evidence: Evidence, language: LanguageCode, actors: Iterable[ActorId], date: IsoDate | None) -> Asked | None:
        """A clause made ready, or None where the table knows none of its words."""
        view = view_clause(evidence.quote, language, table=self._table, names=self.names)
        named = (actor for match in self.names.find(Folded(evidence.quote)) for actor in match.values)
        return None if view is None else Asked(evidence, view, frozenset(named).union(actors), date)

    def asked_of(
        self,
        text: str,
        clauses: Sequence[Said],
        language: LanguageCode,
        *,
        scope: PartnershipScope,
        title: str = "",
    ) -> list[Asked]:
        """The same for clauses of one text, with what its other words say of the partnership; quicker than one by one."""
        return self.asked_in(self.looked_through(text, language, scope=scope, title=title), clauses)

    def looked_through(self, text: str, language: LanguageCode, *, scope: PartnershipScope, title: str = "") -> LookedThrough:
        """A text with what can be told of all its clauses at once."""
        whole = Folded(text)
        names = self.names.find(whole)
        heading = self.names.find(Folded(title)) or self.names.find(Folded(first_line(text)))
        return LookedThrough(Clauses(whole, names, language, self._table), names, scope.heard(whole, names, language, heading), len(text))

    def may_tie(self, heard: Heard) -> bool:
        """Whether any clause of such a document can be suggested for any line."""
        return any(self._may_reach(numbers.tobytes()) for numbers in heard.anywhere())

    def asked_in(self, text: LookedThrough, clauses: Sequence[Said]) -> list[Asked]:
        """Clauses of a text that was looked through."""
        views, heard, asked = text.clauses, text.heard, []
        for evidence, actors, date in clauses:
            view = views.at(evidence.start, evidence.end)
            if heard is None or not self._may_reach((numbers := heard.around(evidence.span)).tobytes()):
                asked.append(Asked(evidence, view, actors, date, hopeless=True))
                continue
            around = heard.sentence(evidence.span, text.size)
            sentence = views.at(around.start, around.end)
            acting = actors.union(named_in(evidence.span, text.names))
            asked.append(Asked(evidence, view, acting, date, scope=numbers, sentence=sentence))
        return asked

    def _reaches(self, scope: bytes) -> bool:
        """Whether a clause of such a document can be suggested for any line, however well its words fit."""
        best = np.array([BEST_OF_WORDS.get(name, 0.0) for name in TRUST], dtype=np.float32)
        best[-len(SCOPE) :] = np.frombuffer(scope, dtype=np.float32)
        return float(_probability(self._weighing.trust.odds(best))) >= WORTH_ASKING

    def ties(self, clauses: Sequence[Asked]) -> list[list[Tie]]:
        """For each clause at most three lines, best first, whatever their score as long as it is worth keeping."""
        found: list[list[Tie]] = [[] for _ in clauses]
        hopeful = [place for place, asked in enumerate(clauses) if not asked.hopeless] if self._targets else []
        for start in range(0, len(hopeful), TOGETHER):
            part = hopeful[start : start + TOGETHER]
            for place, ties in zip(part, self._ties([clauses[place] for place in part]), strict=True):
                found[place] = ties
        return found

    def link(self, asked: Asked, tie: Tie) -> Link:
        """A tie as a link, with the words that made it."""
        return Link(
            evidence=asked.evidence,
            kind=tie.target.kind,
            target=tie.target.id,
            score=round(tie.score, 3),
            words=self._words(asked.view, tie.number),
        )

    def trust_of(self, asked: Asked, plan: str, line: str) -> Floats:
        """The numbers that tell how sure one line is for a clause of a known document; for training."""
        assert asked.scope is not None
        (seen,), (sentence,) = self._words_alone.of_clauses([asked.view]), self._words_alone.of_sentences([asked])
        assert seen is not None
        numbers = [number for number, target in enumerate(self._targets) if (target.plan, target.id) == (plan, line)]
        words, document = by_words(seen.fits, seen.odds[numbers]), np.r_[np.float32(seen.deed), asked.scope]
        told: Floats = trust_features(words[None], seen.told[None, numbers], sentence[None, numbers], document[None])[0, 0]
        return told

    def _ties(self, clauses: Sequence[Asked]) -> list[list[Tie]]:
        found: list[list[Tie]] = [[] for _ in clauses]
        seen = self._words_alone.of_clauses([asked.view for asked in clauses])
        known = [(place, asked, one) for place, (asked, one) in enumerate(zip(clauses, seen, strict=True)) if one is not None]
        if not known:
            return found
        added = np.stack([self._context(asked) for _, asked, _ in known])
        fits, odds = np.array([one.fits for *_, one in known], dtype=np.float32), np.stack([one.odds for *_, one in known])
        left = worth_a_look(fits, odds + added, WORTH_KEEPING)
        for alone in (True, False):  # where there is no document to keep them for, all lines are shown
            some = [place for place in left if (known[place][1].scope is None) == alone]
            if some:
                here = [known[place] for place in some]
                ranked, scores = best_lines(fits[some], (odds + added)[some])
                if not alone:
                    said = self._said(here, fits[some], odds[some], added[some])
                    scores = in_documents(said, ranked, scores, self._plans, self._weighing.trust)
                for (place, *_), numbers, sure, order in zip(
                    here, ranked.tolist(), scores.tolist(), in_order(scores).tolist(), strict=True
                ):
                    kept = [one for one in order if alone or sure[one] >= WORTH_KEEPING]
                    found[place] = [Tie(self._targets[numbers[one]], numbers[one], sure[one]) for one in kept]
        return found

    def _said(self, known: Sequence[tuple[int, Asked, OfWords]], fits: Floats, odds: Floats, added: Floats) -> Sayings:
        """What is known of clauses of documents; `added` is what who acts and when says."""
        sentences = np.stack(self._words_alone.of_sentences([asked for _, asked, _ in known]))
        documents = np.stack([np.r_[np.float32(one.deed), asked.scope] for _, asked, one in known if asked.scope is not None])
        return Sayings(fits, odds, np.stack([one.told for *_, one in known]), sentences, documents, added)

    def _context(self, asked: Asked) -> Floats:
        """What who acts and when says for or against each line."""
        responsible = [self._responsible[actor] for actor in asked.actors if actor in self._responsible]
        outside: Floats = self._outside(asked.date) * np.float32(OUT_OF_PERIOD)
        return outside + np.max(responsible, axis=0) * np.float32(RESPONSIBLE) if responsible else outside

    def _dated_outside(self, date: IsoDate | None) -> Floats:
        """One for each line whose plan's period the date is outside of."""
        return np.array([date is not None and _is_outside(target.period, date) for target in self._targets], dtype=np.float32)

    def _words(self, clause: Clause, number: int) -> tuple[str, ...]:
        """The words that show a concept of the line, or else the entries nearest to the line's."""
        shared = [words for concept, words in clause.concepts.items() if concept in self._compared.concepts[number]]
        return tuple(dict.fromkeys(shared)) or self._compared.nearest(clause, number)


def line_targets(plans: Sequence[Plan]) -> list[Target]:
    """All lines of the plans as targets."""
    return [
        Target(
            kind=LinkKind.LINE,
            plan=plan.id,
            id=line.id,
            words=line.words,
            themes=line.themes,
            responsible=line.responsible,
            period=plan.period,
        )
        for plan in plans
        for section in plan.sections
        for line in section.lines
    ]


def _is_outside(period: IsoDate | None, date: IsoDate) -> bool:
    """Before the period or after it. A text that names one year only sets no term: it holds from that year on."""
    if period is None:
        return False
    return last_day(date) < first_day(period) or ("/" in period and first_day(date) > last_day(period))


def _probability(odds: Floats) -> Floats:
    values: Floats = (1 / (1 + np.exp(-np.clip(odds, -30, 30)))).astype(np.float32)
    return values
