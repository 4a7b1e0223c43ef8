"""Trains the models of `comity.tracking.sdg` and writes `comity/tracking/models/sdg.msgpack`.

    python tools/train_sdg.py FOLDER

FOLDER is the folder of real documents beside the project, or any folder in it; its `corpus/sdg/` holds `texts-train.csv` (texts, each
with a goal) and `aurora_queries/` (Aurora Universities Network, CC BY 4.0, doi:10.5281/zenodo.3817443: their terms are used, not their
text). Besides, the names of the goals and targets teach, in both languages. The public benchmark is never read. Prints what five-fold
cross-validation finds.
"""

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from lxml import etree
from numpy.typing import NDArray

from comity.knowledge import load_knowledge
from comity.knowledge.folded import fold
from comity.languages import load_words
from comity.tracking.concepts import ConceptWords
from comity.tracking.products import Floats
from comity.tracking.sdg import GoalWords, goal_scores, shared_features
from comity.tracking.sdg_model import GOALS, MODEL, SdgModel, terms_in, word_values

LEAST_TEXTS = 3
"""A term must stand in so many texts or term groups."""
LEAST = 0.15
FOLDS = 5
GROUP = 8
SURER = 1.6
"""By which the log odds are stretched, so that the probabilities are as high as they are right (cross-validated)."""
"""Query terms are shown together in groups, like a short text."""
AID_WEIGHT = 0.6
TERM_ROUNDS = 6
QUOTED = re.compile(r'"([^"]+)"')


class Example(NamedTuple):
    text: str
    language: str
    goal: int
    weight: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder.resolve()
    corpus = next(place / "corpus" / "sdg" for place in (folder, *folder.parents) if (place / "corpus" / "sdg").is_dir())
    labelled, aids = (
        list(read_labelled(corpus / "texts-train.csv")),
        [*query_examples(corpus / "aurora_queries"), *name_examples(), *term_examples()],
    )
    cross_validate(labelled, aids)
    model = train([*labelled, *aids])
    MODEL.write_bytes(msgspec.msgpack.encode(model))
    print(f"{MODEL}: {MODEL.stat().st_size:,} bytes")


def read_labelled(path: Path) -> Iterator[Example]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from (Example(row["text"], "en", int(row["sdg"]) - 1, 1.0) for row in csv.DictReader(file))


def query_examples(folder: Path) -> Iterator[Example]:
    for goal in range(1, GOALS + 1):
        lines = [node.text or "" for node in etree.parse(folder / f"query_SDG{goal}.xml").iter("{*}query-line")]
        terms = list(dict.fromkeys(term.strip("* ") for line in lines for term in QUOTED.findall(line)))
        for start in range(0, len(terms), GROUP):
            yield Example(" . ".join(terms[start : start + GROUP]), "en", goal - 1, AID_WEIGHT)


def name_examples() -> Iterator[Example]:
    for goal in load_knowledge(()).sdgs.values():
        for words in (*[{language: names[0] for language, names in goal.names.items()}], *(target.words for target in goal.targets)):
            yield from (Example(text, language, int(goal.id) - 1, AID_WEIGHT) for language, text in words.items())


def term_examples() -> Iterator[Example]:
    """The terms of the goals in both languages, a few together and in another order each time, like short texts."""
    chance = np.random.default_rng(3)
    for language in ("en", "vi"):
        for goal, terms in load_words(language, "sdg", GoalWords).goals.items():
            for _ in range(TERM_ROUNDS):
                chosen = chance.choice(terms, size=min(GROUP, len(terms)), replace=False)
                yield Example(" . ".join(chosen), language, int(goal) - 1, AID_WEIGHT)


def cross_validate(labelled: Sequence[Example], aids: Sequence[Example]) -> None:
    """Whether the goal given is the first, or among those named; and how many are named. The shared model alone stands for Vietnamese."""
    order = np.random.default_rng(1).permutation(len(labelled))
    right: Counter[str] = Counter()
    for turn in range(FOLDS):
        model = train([*(labelled[index] for place, index in enumerate(order) if place % FOLDS != turn), *aids])
        for place, index in enumerate(order):
            if place % FOLDS == turn:
                for name, scores in (
                    ("both models", goal_scores(labelled[index].text, "en", model)),
                    ("shared model alone", shared_scores(labelled[index].text, model)),
                ):
                    right[f"{name}: first"] += int(scores.argmax() == labelled[index].goal)
                    for least in (0.15, 0.2, 0.25, 0.3):
                        right[f"{name}: named at {least}"] += int(scores[labelled[index].goal] >= least)
                        right[f"{name}: goals named at {least}"] += int((scores >= least).sum())
    for name, count in right.items():
        print(f"{name}: {count / len(labelled):.3f}")


def shared_scores(text: str, model: SdgModel) -> Floats:
    odds = shared_features(text, "en", model.concepts) @ model.shared_table[:-1] + model.shared_table[-1]
    powers = np.exp(odds - odds.max())
    scores: Floats = powers / powers.sum()
    return scores


def balanced(examples: Sequence[Example]) -> list[Example]:
    """The examples so weighed that every goal counts the same: only 4 of the labelled texts are about goal 17."""
    total = Counter[int]()
    for example in examples:
        total[example.goal] += round(100 * example.weight)
    mean = sum(total.values()) / len(total)
    return [example._replace(weight=example.weight * mean / total[example.goal]) for example in examples]


def train(examples: Sequence[Example]) -> SdgModel:
    examples = balanced(examples)
    english = [example for example in examples if example.language == "en"]
    folded = [fold(example.text) for example in english]
    counts = Counter(term for text in folded for term in terms_in(text))
    terms = sorted(term for term, count in counts.items() if count >= LEAST_TEXTS)
    rarity = np.array([np.log((len(english) + 1) / (counts[term] + 1)) + 1 for term in terms], dtype=np.float16)
    concepts = sorted(load_words("en", "concepts", ConceptWords).concepts)
    empty = SdgModel(terms, rarity.tobytes(), b"", concepts, b"", LEAST)
    words = np.zeros((len(english), len(terms)), dtype=np.float32)
    values = word_values(folded, empty)
    words[values.text, values.term] = values.value
    shared = np.array([shared_features(example.text, example.language, concepts) for example in examples])
    return msgspec.structs.replace(
        empty, words=fit(words, english, penalty=3e-5).tobytes(), shared=fit(shared, examples, penalty=3e-4).tobytes()
    )


def fit(x: Floats, examples: Sequence[Example], *, penalty: float, steps: int = 100, rate: float = 0.1) -> NDArray[np.float16]:
    """A softmax regression by gradient descent (Adam); the last row is the bias."""
    goals = np.eye(GOALS, dtype=np.float32)[[example.goal for example in examples]]
    share = np.array([example.weight for example in examples], dtype=np.float32)[:, None]
    share /= share.sum()
    values = np.zeros((x.shape[1] + 1, GOALS), dtype=np.float32)
    first, second = np.zeros_like(values), np.zeros_like(values)
    for step in range(1, steps + 1):
        odds = x @ values[:-1] + values[-1]
        powers = np.exp(odds - odds.max(axis=1, keepdims=True))
        off = (powers / powers.sum(axis=1, keepdims=True) - goals) * share
        slope = np.concatenate([x.T @ off + penalty * values[:-1], off.sum(axis=0)[None]])
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope * slope
        values -= rate * (1 - 0.95 * step / steps) * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return (values * SURER).astype(np.float16)


if __name__ == "__main__":
    main()
