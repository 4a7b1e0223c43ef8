"""Trains the theme model on a folder of gold documents: `python tools/train_themes.py GOLD_DIR [--out FILE]`.

Prints the scores of a cross-validation (no document is scored by a model that has seen it) with and without words, then writes
`src/comity/reading/models/themes.msgpack` from all documents.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from linear_training import Row, fit, part_of
from msgspec import Struct

from comity.evaluation import load_gold
from comity.intake import document_from_text
from comity.knowledge import load_knowledge
from comity.reading.page import Page, sentence_words
from comity.reading.themes import Shown, ThemeModel, ThemeTerms, likely_themes, page_words, sign_features
from comity.reading.weights import MODELS, weight_bytes
from comity.records import ThemeId

FOLDS = 5
SIGN_PENALTY, WORD_PENALTY = 1.0, 6.0
RARE_THEME, RARE_WORD = 6, 4
"""Words are learnt for themes of so many documents and from words of so many documents, at least."""
WORD_SHARE = 0.4
"""How much the words' log odds count beside those of the terms."""
LEAST = 0.01
THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45)


class Example(Struct):
    name: str
    language: str
    shown: dict[ThemeId, Shown]
    words: set[str]
    themes: frozenset[ThemeId]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path, default=MODELS / "themes.msgpack")
    args = parser.parse_args()
    examples = read_examples(args.gold)
    best = max((cross_validate(examples, with_words), with_words) for with_words in (False, True))
    (_, threshold), with_words = best
    model = train(examples, threshold, with_words)
    args.out.parent.mkdir(exist_ok=True)
    args.out.write_bytes(model_bytes(model))
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.2f} MB, {'with' if with_words else 'without'} words, threshold {threshold}")


def read_examples(folder: Path) -> list[Example]:
    knowledge = load_knowledge()
    terms: dict[str, ThemeTerms] = {}
    examples = []
    for gold in load_gold(folder):
        document = document_from_text(gold.text, name=gold.name, language=gold.language or None)
        if document.language not in terms:
            terms[document.language] = ThemeTerms(knowledge, document.language)
        page = Page(document, sentence_words(document.language))
        examples.append(Example(gold.name, document.language, terms[document.language].shown(page), page_words(page), gold.themes))
    return examples


def cross_validate(examples: Sequence[Example], with_words: bool) -> tuple[float, float]:
    """Print F1 by threshold; return the best F1 and its threshold."""
    folds = [train([e for e in examples if part_of(e.name, FOLDS) != fold], 0.0, with_words) for fold in range(FOLDS)]
    results = []
    for threshold in THRESHOLDS:
        counts: Counter[str] = Counter()
        for example in examples:
            model = folds[part_of(example.name, FOLDS)]
            found = {theme for theme, _ in likely_themes(example.shown, example.words, ThemeModel(model.signs, model.words, threshold))}
            for group in ("all", example.language):
                counts[f"{group} right"] += len(found & example.themes)
                counts[f"{group} total"] += len(found) + len(example.themes)
        f1 = {group: 2 * counts[f"{group} right"] / counts[f"{group} total"] for group in ("all", "vi", "en") if counts[f"{group} total"]}
        print(
            f"{'words' if with_words else 'terms'} threshold {threshold:.2f}  "
            + "  ".join(f"{group} {value:.3f}" for group, value in f1.items())
        )
        results.append((f1["all"], threshold))
    return max(results)


def train(examples: Sequence[Example], threshold: float, with_words: bool) -> ThemeModel:
    """How themes show is learnt for all together; words are learnt theme by theme on top, where a theme has documents enough."""
    rows: list[Row] = []
    counts = Counter(theme for example in examples for theme in example.themes)
    documents = Counter(word for example in examples for word in example.words)
    learnt = {theme for theme, count in counts.items() if count >= RARE_THEME} if with_words else set()
    common = {word for word, count in documents.items() if count >= RARE_WORD}
    word_weights: dict[str, dict[ThemeId, float]] = {}
    for example in examples:
        rows += [(features, theme in example.themes) for theme, features in sign_features(example.shown).items()]
    signs = fit(rows, penalty=SIGN_PENALTY)
    for theme in sorted(learnt):
        model = fit([(sorted(example.words & common), theme in example.themes) for example in examples], penalty=WORD_PENALTY)
        for word, weight in model.weights.items():
            word_weights.setdefault(word, {})[theme] = WORD_SHARE * weight
    return ThemeModel(signs, word_weights, threshold)


def model_bytes(model: ThemeModel) -> bytes:
    tables: dict[str, dict[str, float]] = {"signs": model.signs.weights, "at": {"theme": model.threshold}}
    for word, weights in model.words.items():
        for theme, weight in weights.items():
            if abs(weight) >= LEAST:
                tables.setdefault(f"words:{theme}", {})[word] = weight
    return weight_bytes(tables)


if __name__ == "__main__":
    main()
