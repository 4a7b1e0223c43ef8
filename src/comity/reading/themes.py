"""Themes: what a document is about, from the terms of the knowledge (`themes.yaml`) that stand in it.

In: a page. Out: one to six themes, each with the clearest place for it as evidence. How much a headline, a strong term or a theme's rank
counts is learnt (`models/themes.msgpack`, trained by tools/train_themes.py).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log2

from msgspec import Struct

from comity.knowledge import Knowledge
from comity.knowledge.folded import Folded
from comity.knowledge.matcher import Matcher
from comity.reading.page import Page
from comity.reading.weights import LinearModel, load_weights
from comity.records import LanguageCode, Span, ThemeId, ThemeMention

MOST = 6
STRONG, PLAIN = 3.0, 1.0
HEADLINE, LEAD = 4.0, 2.0
LEAD_SENTENCES = 3


class Sign(Struct, frozen=True):
    """A term of a theme; `strong` needs no second witness."""

    theme: ThemeId
    strong: bool


class Shown(Struct, frozen=True):
    """How a theme shows in a page: weighted sum, number of strong and of distinct terms, whether in headline or lead, clearest place."""

    total: float
    strong: int
    distinct: int
    headline: bool
    lead: bool
    place: Span


class ThemeModel(Struct, frozen=True):
    signs: LinearModel
    words: dict[str, dict[ThemeId, float]]
    threshold: float


class ThemeGrammar:
    """Finds the themes of a page in one language."""

    def __init__(self, knowledge: Knowledge, language: LanguageCode) -> None:
        self.themes = ThemeTerms(knowledge, language)
        self.model = load_theme_model()

    def find(self, page: Page) -> tuple[ThemeMention, ...]:
        shown = self.themes.shown(page)
        likely = likely_themes(shown, page_words(page), self.model)
        return tuple(
            ThemeMention(evidence=page.evidence(shown[theme].place.start, shown[theme].place.end), theme=theme, score=round(probability, 3))
            for theme, probability in likely
        )


class ThemeTerms:
    """The terms of all themes in one language, ready to be counted."""

    def __init__(self, knowledge: Knowledge, language: LanguageCode) -> None:
        self._matcher: Matcher[Sign] = Matcher(
            (term, Sign(theme.id, strong))
            for theme in knowledge.themes.values()
            for names, strong in ((theme.strong, True), (theme.terms, False))
            for term in names.get(language, ())
        )

    def shown(self, page: Page) -> dict[ThemeId, Shown]:
        """Every theme with a term in the page's article."""
        headline = page.headline.end if page.headline else 0
        lead = page.sentences[min(LEAD_SENTENCES, len(page.sentences)) - 1].end if page.sentences else 0
        places: dict[ThemeId, list[tuple[float, int, int, bool, str]]] = {}
        for start, end, word, signs in self._found(page):
            place = HEADLINE if start < headline else (LEAD if start < lead else 1.0)
            for sign in signs:
                weight = place * (STRONG if sign.strong else PLAIN)
                places.setdefault(sign.theme, []).append((weight, start, end, sign.strong, word))
        return {theme: _shown(found, headline, lead) for theme, found in places.items()}

    def places(self, page: Page) -> dict[ThemeId, list[tuple[int, int]]]:
        """Where each theme's terms stand, the strong ones first."""
        found = [(not sign.strong, start, end, sign.theme) for start, end, _, signs in self._found(page) for sign in signs]
        result: dict[ThemeId, list[tuple[int, int]]] = {}
        for _, start, end, theme in sorted(found):
            result.setdefault(theme, []).append((start, end))
        return result

    def _found(self, page: Page) -> Iterator[tuple[int, int, str, tuple[Sign, ...]]]:
        text = Folded(page.text, page.folded.folded.replace("\n", " "))
        for match in self._matcher.find(text):
            yield match.start, match.end, text.folded[match.start : match.end], match.values


def likely_themes(shown: dict[ThemeId, Shown], words: Iterable[str], model: ThemeModel) -> list[tuple[ThemeId, float]]:
    """The themes above the threshold, likeliest first; the likeliest one at least."""
    by_words: dict[ThemeId, float] = dict.fromkeys(shown, 0.0)
    for word in words:
        if weights := model.words.get(word):
            for theme in shown:
                if theme in weights:
                    by_words[theme] += weights[theme]
    ranked = sorted(
        ((model.signs.probability(features, plus=by_words[theme]), theme) for theme, features in sign_features(shown).items()),
        key=lambda pair: (-pair[0], pair[1]),
    )
    likely = [(theme, probability) for probability, theme in ranked if probability >= model.threshold]
    return (likely or [(theme, probability) for probability, theme in ranked[:1]])[:MOST]


def sign_features(shown: dict[ThemeId, Shown]) -> dict[ThemeId, list[str]]:
    """For each theme the features of how it shows, beside the others."""
    most = max((one.total for one in shown.values()), default=1.0)
    ranked = sorted(shown, key=lambda theme: (-shown[theme].total, theme))
    everything = sum(one.total for one in shown.values())
    return {theme: _features(theme, shown[theme], rank, most, everything) for rank, theme in enumerate(ranked)}


def page_words(page: Page) -> set[str]:
    """The distinct words of the article, and pairs of neighbours (Vietnamese words are pairs of syllables more often than not)."""
    words = [token.folded for token in page.tokens if token.folded[0].isalpha()]
    return {*words, *(f"{a} {b}" for a, b in pairwise(words))}


def load_theme_model() -> ThemeModel:
    """The trained model. Raises KnowledgeError where its file is missing or broken."""
    tables = load_weights("themes")
    words: dict[str, dict[ThemeId, float]] = {}
    for name, model in tables.items():
        if name.startswith("words:"):
            for word, weight in model.weights.items():
                words.setdefault(word, {})[name.removeprefix("words:")] = weight
    return ThemeModel(tables["signs"], words, tables["at"].weights["theme"])


def _shown(found: Sequence[tuple[float, int, int, bool, str]], headline: int, lead: int) -> Shown:
    strong = [one for one in found if one[3]]
    best = max(found, key=lambda one: (one[3], one[0], -one[1]))
    return Shown(
        total=sum(one[0] for one in found),
        strong=len(strong),
        distinct=len({one[4] for one in found}),
        headline=any(one[1] < headline for one in strong),
        lead=any(one[1] < lead for one in strong),
        place=Span(best[1], best[2]),
    )


def _features(theme: ThemeId, one: Shown, rank: int, most: float, everything: float) -> list[str]:
    share = int(5 * one.total / most)
    part = int(20 * one.total / everything)
    size = int(2 * log2(1 + one.total))
    strong = int(2 * log2(1 + one.strong))
    return [
        "bias", f"theme {theme}", f"rank {min(rank, 9)}", f"share {share}", f"part {min(part, 8)}", f"size {size}", f"strong {strong}",
        f"distinct {min(one.distinct, 8)}", f"headline {one.headline}", f"lead {one.lead}", f"rank {min(rank, 9)} strong {min(strong, 4)}",
        f"theme {theme} rank {min(rank, 5)}", f"theme {theme} strong {min(strong, 5)}", f"theme {theme} lead {one.headline or one.lead}",
    ]  # fmt: skip
