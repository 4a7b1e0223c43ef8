"""Who said what: a cue that reports, the words it reports, who speaks, and what the speaker does by it.

In come a page and its mentions, out come the statements in the order of their contents. The words are data (`languages/*/cues.yaml`);
which cues report, where the words reported begin and end, who of those mentioned speaks and which act it is are taught by examples
(`tools/train_statements.py`) over what those words, marks and mentions offer.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator
from functools import cached_property
from math import exp
from typing import NamedTuple

from msgspec import Struct

from comity.reading.acts import ActWeights, act_features
from comity.reading.content_features import Anchor, ContentFeatures, End, EndPlace, Start, StretchKind, bucket, stretch_features
from comity.reading.contents import ContentEdges, Side, Stretch, is_name, trimmed_words
from comity.reading.contrasts import Contrasts
from comity.reading.cues import Cue, Found, Phrases, cue_words
from comity.reading.fronted import fronted_ends
from comity.reading.headings import find_headings, own_cue
from comity.reading.layout import QUOTES, Layout, layout_of
from comity.reading.mentions import Mentions
from comity.reading.noun_owners import NounOwners
from comity.reading.page import Page
from comity.reading.reporting import CuePlaces
from comity.reading.speakers import Candidate, SpeakerCandidates, Spoken
from comity.reading.subjects import subjects_of
from comity.reading.unreported import Unreported
from comity.reading.weights import LinearModel, load_weights
from comity.records import Act, LanguageCode, Statement

LIKELY = 0.5
"""A cue at least this likely to report makes a statement: where precision and recall balance on the training documents."""

SHARPER = 1.5
"""The weights of the speakers' model are drawn to nothing, so that it is surer than it says."""
UNSURE, UNSURE_PERSON = 0.4, 0.48
"""A speaker less likely than this is not named. For persons more is asked, as their wrong words cost most: of 7,165 persons likeliest on
the training documents (cross-validated, words given) 279 are wrong, of the 6,983 named 204; of 5,588 others named 918."""
CAPACITY_REACH = 80
"""Words before a cue in which its speaker's capacity stands."""
JOINED = 0.6
"""A cue behind "and" at least this likely to report ends the words reported before it."""
TAGGED = 0.9
"""A cue with a speaker behind a quotation reports it (77 of 78 on the training documents)."""


class StatementModels(NamedTuple):
    """The four models a statement takes."""

    reporting: LinearModel
    contents: LinearModel
    speakers: LinearModel
    acts: LinearModel


class Reported(Struct, frozen=True):
    """A cue that reports, with the words it reports (`first` to `after`)."""

    cue: Found[Cue]
    first: int
    after: int
    likely: float


class ContentScores:
    """What the content model gives beginnings, ends and kinds of stretch; what doesn't depend on the cue is worked out once a page."""

    def __init__(self, model: LinearModel, features: ContentFeatures) -> None:
        self.model, self.features = model, features
        self._starts: dict[tuple[str, int], float] = {}
        self._ends: dict[tuple[str, int, int], tuple[EndPlace, float]] = {}
        self._stretches: dict[StretchKind, float] = {}

    def start(self, anchor: Anchor, start: Start) -> float:
        key = anchor.side, start.at
        if key not in self._starts:
            self._starts[key] = self.model.score(self.features.start_place(*key))
        return self._starts[key] + self.model.score(self.features.start(anchor, start))

    def end(self, anchor: Anchor, end: End) -> float:
        key = anchor.side, end.at, end.after
        if key not in self._ends:
            place, features = self.features.end_place(*key)
            self._ends[key] = place, self.model.score(features)
        place, score = self._ends[key]
        return score + self.model.score(self.features.end(anchor, end, place))

    def stretch(self, kind: StretchKind) -> float:
        score = self._stretches.get(kind)
        if score is None:
            score = self._stretches[kind] = self.model.score(stretch_features(kind))
        return score


class StatementGrammar:
    """Finds the statements of one language."""

    def __init__(self, language: LanguageCode, models: StatementModels | None = None) -> None:
        self._models = models
        words = cue_words(language)
        self.contrasts = Contrasts(language)
        self.capacities = Phrases([*((phrase, True) for phrase in words.capacities), *((phrase, False) for phrase in words.own_capacities)])

    @cached_property
    def models(self) -> StatementModels:
        """Loaded at the first page, so that the grammar can be made while its models are being trained."""
        return self._models or load_models()

    @cached_property
    def acts(self) -> ActWeights:
        return ActWeights(self.models.acts)

    def find(self, page: Page, mentions: Mentions) -> tuple[Statement, ...]:
        """The statements of a page, in the order of their contents."""
        layout = layout_of(page, mentions)
        candidates = SpeakerCandidates(page, layout, mentions)
        spoken: Spoken | None = None
        result: list[Statement] = []
        for reported in self.reported(page, layout):
            tokens = layout.tokens
            start, end = tokens[reported.first].start, tokens[reported.after - 1].end
            likeliest, sure = self._speaker(candidates, reported.cue, (start, end), spoken)
            speaker = likeliest.actors if likeliest is not None and sure else ()
            direct = is_direct(layout, reported.first, reported.after)
            act = self.acts.likeliest(act_features(page, layout, reported.cue, (reported.first, reported.after), speaker, direct=direct))
            cue = page.evidence(tokens[reported.cue.first].start, tokens[reported.cue.after - 1].end)
            statement = Statement(
                evidence=page.evidence(start, page.closed(start, end)),
                speaker=speaker,
                cue=cue,
                act=act,
                direct=direct,
                capacity=self._capacity(page, layout, reported.cue),
            )
            if not any(same_statement(statement, other) for other in result[-3:]):
                result.append(statement)
            if likeliest is not None:
                spoken = Spoken(likeliest.actors, reported.cue, (start, end))
        for statement in self._headings(page, layout, candidates):
            inside = (one for one in result if one.cue and statement.evidence.start <= one.cue.start < statement.evidence.end)
            result = [*(one for one in result if one not in set(inside)), statement]
        return tuple(sorted(result, key=lambda found: (found.evidence.start, -found.evidence.end)))

    def _headings(self, page: Page, layout: Layout, candidates: SpeakerCandidates) -> Iterator[Statement]:
        """What headlines and subheads say by a colon."""
        tokens = layout.tokens
        for heading in find_headings(page, layout, candidates.turns):
            cue, first, after, speaker, direct = heading
            verb = own_cue(layout, heading)
            told, begin = (verb, verb.after) if verb is not None else (cue, first)
            promises = verb is None and tokens[first].folded in cue_words(page.language).futures
            features = act_features(page, layout, told, (begin, after), speaker.actors, direct=direct)
            yield Statement(
                evidence=page.evidence(tokens[first].start, page.closed(tokens[first].start, tokens[after - 1].end)),
                speaker=speaker.actors,
                cue=page.evidence(tokens[cue.first].start, tokens[cue.first].end),
                act=Act.COMMIT if promises else self.acts.likeliest(features),
                direct=direct,
            )

    def reported(self, page: Page, layout: Layout) -> list[Reported]:
        """The cues that report, in order, each with the likeliest words."""
        if not layout.cues:
            return []
        places = CuePlaces(page, layout)
        likelihoods = [self._likely(places, cue) for cue in layout.cues]
        edges = ContentEdges(page, layout, likelihoods)
        scores = ContentScores(self.models.contents, edges.features)
        owners = NounOwners(page.language, layout)
        unreported = Unreported(layout, subjects_of(page, layout), cue_words(page.language).denials)
        fronted = fronted_ends(subjects_of(page, layout))
        joined = sorted((*joined_cues(edges, likelihoods), *self.contrasts.find(layout, likelihoods), *fronted))
        result = []
        for cue, likely in zip(layout.cues, likelihoods, strict=True):
            if likely < LIKELY:
                continue
            sides = both = edges.sides(cue)
            if places.quotations.tags(cue) or edges.is_before_speaker(cue):
                sides = sides[1:] or sides
            elif places.quotations.follows(cue) or places.promised(cue) is not None:
                sides = sides[:1]
            stretch = best_stretch(edges, sides, scores)
            if stretch is not None and (end := unreported.end(cue, stretch.first, stretch.after)) < stretch.after:
                stretch = best_stretch(edges, both[:1], scores) if end <= stretch.first else stretch._replace(after=end)
            if stretch is not None and unreported.is_anothers(cue, stretch.first):
                continue
            if stretch is not None and not places.is_about(cue, stretch.after):
                if begins_another(layout, cue_words(page.language).joiners, stretch.first):
                    continue
                after = stretch.after if stretch.first < cue.after else cut_at(joined, stretch.first, stretch.after)
                first = max(owners.behind(cue, stretch.first, after), places.promised(cue) or 0)
                first = places.with_subject(cue, first)
                result.append(Reported(cue, *trimmed_words(layout.tokens, first, after), likely))
        return result

    def _likely(self, places: CuePlaces, cue: Found[Cue]) -> float:
        if places.rules_out(cue):
            return 0.0
        likely = self.models.reporting.probability(places.features(cue))
        sure = places.quotations.tags(cue) or places.promised(cue) is not None
        sure = sure or places.issuers.holds(cue) or places.subjects.tells_paper(cue)
        return max(likely, TAGGED) if sure else likely

    def _speaker(
        self, candidates: SpeakerCandidates, cue: Found[Cue], content: tuple[int, int], spoken: Spoken | None
    ) -> tuple[Candidate | None, bool]:
        """The likeliest speaker, and whether it is likely enough to be named."""
        found = candidates.find(cue, content, spoken)
        if not found:
            return None, False
        scores = [self.models.speakers.score(candidate.features) for candidate in found]
        top = max(scores)
        best = found[scores.index(top)]
        parts = [exp(SHARPER * (score - top)) for score in scores]
        share = sum(part for candidate, part in zip(found, parts, strict=True) if candidate.actors == best.actors)
        least = UNSURE_PERSON if candidates.persons & set(best.actors) else UNSURE
        return best, share >= least * sum(parts)

    def _capacity(self, page: Page, layout: Layout, cue: Found[Cue]) -> str | None:
        """What the speaker speaks as: "với tư cách Chủ tịch ASEAN 2020", in the cue's sentence before it."""
        words = layout.sentence_words[layout.tokens[cue.first].sentence]
        first = max(words.start, cue.first - CAPACITY_REACH)
        tokens = layout.tokens[first : cue.first]
        for found in self.capacities.find(tokens):
            if not found.value:
                return page.text[tokens[found.first].start : tokens[found.after - 1].end]
            ends = (index for index in range(found.after, len(tokens)) if tokens[index].text in ",;:)-–—" or layout.cue[first + index])
            after = next(ends, len(tokens))
            if after > found.after:
                return page.text[tokens[found.after].start : tokens[after - 1].end]
        return None


def best_stretch(edges: ContentEdges, sides: list[Side], scores: ContentScores) -> Stretch | None:
    """The likeliest content on either side of a cue; None where nothing stands there."""
    best: Stretch | None = None
    for side in sides:
        kind = side.anchor.side, side.anchor.kind
        ends = [(end.at, scores.end(side.anchor, end), edges.features.closing(end)) for end in side.ends]
        for start in side.starts:
            opens = edges.features.opening(start)
            opening = scores.start(side.anchor, start)
            for at, ending, closes in ends:
                if at <= start.at:
                    continue
                score = opening + ending + scores.stretch(StretchKind(*kind, bucket(at - start.at), opens, closes))
                if best is None or score > best.score:
                    first, after = trimmed_words(edges.tokens, start.at, at)
                    if first < after and not is_name(edges.layout, first, after):
                        best = Stretch(first, after, score)
    return best


def joined_cues(edges: ContentEdges, likelihoods: list[float]) -> list[int]:
    """The words ("and") before cues that go on with the speaker of the cue before, outside quotation marks, in order."""
    layout, joiners = edges.layout, edges.words.joiners
    return [
        cue.first - 1
        for cue, likely in zip(layout.cues, likelihoods, strict=True)
        if likely >= JOINED and cue.first > 1 and not layout.quoted[cue.first] and layout.tokens[cue.first - 1].folded in joiners
    ]


def begins_another(layout: Layout, joiners: Collection[str], first: int) -> bool:
    """Whether the words reported would begin with the next verb's "and": in "rejected the charge, and stressed that ..." they don't."""
    for joiner in joiners:
        words = joiner.split()
        after = first + len(words)
        if after < len(layout.cue) and layout.cue[after] is not None and [t.folded for t in layout.tokens[first:after]] == words:
            return True
    return False


def cut_at(joined: list[int], first: int, after: int) -> int:
    """Where the words reported end: in "condemned the attack and urged restraint" those condemned end before "and"."""
    place = bisect_right(joined, first)
    return joined[place] if place < len(joined) and joined[place] + 1 < after else after


def is_direct(layout: Layout, first: int, after: int) -> bool:
    """Whether the words stand in quotation marks as a whole; a clause partly quoted is not direct."""
    if not (layout.quoted[first] and layout.quoted[after - 1] and first and layout.tokens[first - 1].text in QUOTES):
        return False
    return any(token.text in QUOTES for token in layout.tokens[after : after + 3]) or after == len(layout.tokens)


def same_statement(one: Statement, other: Statement) -> bool:
    """Whether two cues report the same words of the same speaker ("nói và nhấn mạnh ...")."""
    return one.speaker == other.speaker and one.evidence.start == other.evidence.start and one.evidence.end == other.evidence.end


def load_models() -> StatementModels:
    """The models that ship with Comity."""
    return StatementModels(**load_weights("statements"))
