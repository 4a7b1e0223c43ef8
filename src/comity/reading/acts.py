"""What a speaker does by a statement: the cue says most ("kêu gọi" requests), the words reported the rest ("khẳng định ... sẽ" commits).

In come a cue and the words it reports; out come features for each of the eight acts, from which a trained model picks one.
"""

from functools import cache
from itertools import pairwise

from comity.reading.content_features import bucket
from comity.reading.cues import Cue, Found, cue_words
from comity.reading.layout import Layout
from comity.reading.page import Page
from comity.reading.weights import LinearModel
from comity.records import Act, ActorId, LanguageCode

ACTS = tuple(Act)
FIRST_WORDS = 6
MOST_WORDS = 40
HOPES, DEMANDS = "hopes", "demands"
"""Stand among the features where the speaker only hopes, and where what he does is to repeat a demand ("reiterated | their demand to")."""
DEMAND_WORDS = 3
"""Words in which such a demand is named."""
SURE = 1.0
"""Least lead of criticism over the next act where the cue does not say it. Of 34 statements of random documents with less 15 are
criticism and 14 are the next act: who did not criticise is spared, and no score changes."""


def act_features(
    page: Page, layout: Layout, cue: Found[Cue], content: tuple[int, int], speaker: tuple[ActorId, ...], *, direct: bool
) -> list[str]:
    """What speaks for an act, without the act."""
    tokens = layout.tokens
    first, after = content
    words = [token.folded for token in tokens[first : min(after, first + MOST_WORDS)]]
    form = " ".join(token.folded for token in tokens[cue.first : cue.after])
    kind = f"{cue.value.act}"
    futures = _futures(page.language)
    future = next((f"{word} {bucket(index)}" for index, word in enumerate(words) if word in futures), "")
    subject = next((layout.mention[index] for index in range(first, min(after, first + 8)) if layout.mention[index] is not None), None)
    own = "" if subject is None else "own" if set(subject.actors) & set(speaker) else subject.type
    before = tokens[cue.first - 1].folded if cue.first else ""
    result = [
        "1",
        f"k {kind}",
        f"f {form}",
        f"b {before} {kind}",
        f"kd {kind} {direct}",
        f"u {future}",
        f"uk {future[:5]} {kind}",
        f"uf {future[:4]} {form}",
        f"uo {future[:4]} {own} {kind}",
        f"o {own} {kind}",
        f"n {min(len(speaker), 2)} {kind}",
        f"l {bucket(after - first)} {kind}",
    ]
    if cue.value.hopes:
        result.append(HOPES)
    if any(f" {demand} " in f" {' '.join(words[:DEMAND_WORDS])} " for demand in cue_words(page.language).demands):
        result.append(DEMANDS)
    result += [f"w {word}" for word in dict.fromkeys(words)]
    result += [f"p {one} {two}" for one, two in dict.fromkeys(pairwise(words))]
    result += [f"1{index} {word}" for index, word in enumerate(words[:2])]
    result += [f"1k {kind} {word}" for word in words[:FIRST_WORDS]]
    return result


class ActWeights:
    """The act model's weights by feature, one for each act, so that a feature is looked up once."""

    def __init__(self, model: LinearModel) -> None:
        columns = {act.value: column for column, act in enumerate(ACTS)}
        self._rows: dict[str, list[float]] = {}
        for key, weight in model.weights.items():
            act, _, feature = key.partition("|")
            self._rows.setdefault(feature, [0.0] * len(ACTS))[columns[act]] = weight

    def likeliest(self, features: list[str]) -> Act:
        """The act whose weights sum highest; where the cue is no word of criticism, that only where nothing else is nearly as likely, and
        no pledge where the speaker only hopes ("bày tỏ hy vọng ASEAN sẽ")."""
        rows = [row for row in map(self._rows.get, features) if row is not None]
        sums = [sum(column) for column in zip(*rows, strict=True)]
        if not sums:
            return Act.AFFIRM
        likely = sorted(zip(sums, ACTS, strict=True), key=lambda one: -one[0])
        (_, act), (second, other) = [one for one in likely if one[1] is not Act.COMMIT or HOPES not in features][:2]
        if act in (Act.COMMIT, Act.AFFIRM) and DEMANDS in features:
            return Act.REQUEST
        unsure = act is Act.CRITICISE and max(sums) - second < SURE and f"k {Act.CRITICISE.value}" not in features
        return other if unsure else act


@cache
def _futures(language: LanguageCode) -> frozenset[str]:
    return frozenset(cue_words(language).futures)
