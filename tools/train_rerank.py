"""Trains the second look of `comity.tracking.second_look` and writes `comity/tracking/models/rerank.msgpack`.

    python tools/train_rerank.py FOLDER

FOLDER is the folder of real documents beside the project, or any folder in it. Needs `comity[rerank]`, and `links.msgpack` as
`tools/train_links.py` has just written it. As there, clauses of the corpora teach which concepts a text shows: once without the words that
show them, some with; so do the lessons by concept and the terms. Then ties, whether a clause fits, and trust, from the same clauses and
suggestions and from the sentences for single lines, with the columns of the second look beside those of the table. Prints what
cross-validation finds. Reads 18,000 texts: ten minutes.
"""

import argparse
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec
import numpy as np
from link_clauses import Example, clause_examples
from link_fitting import fit_many, on_one_thread
from link_gold import Lesson, corpus_in, fresh, held_back, lessons_by_concept, lessons_of_lines, state_of_judged
from link_reader import Fold, folds
from link_report import Found, by_document, report, report_held_back
from link_rows import Row, fit_heads, rows_of
from link_taught import NOTHING, LeftOut, remember
from link_trust import fit_trust, learned_from, no_trust, report_trust, suggestions, told_of
from train_links import SHOWN, TIMES, as_new, material_in, with_heads, with_trust

from comity.knowledge import load_knowledge
from comity.knowledge.folded import Folded
from comity.languages import load_words
from comity.tracking.clause_view import name_matcher
from comity.tracking.concepts import ConceptWords, load_concepts
from comity.tracking.link_model import Neighbours, load_link_model, neighbours, weighing_of_concepts
from comity.tracking.products import Floats
from comity.tracking.second_look import MODEL, TOGETHER, Encoder, SecondLook, SecondModel, make_encoder

LEAST = 0.45
OTHERS = 800
"""Clauses about nothing of ours that the model keeps, in each language."""
TERM_WEIGHT, LESSON_WEIGHT = 2.0, 4.0
PENALTY = 10.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keep-table", action="store_true", help="leave the table of concepts as it is: a quarter of the time")
    told = parser.parse_args()
    on_one_thread()
    corpus, encoder = corpus_in(told.folder), remembering(make_encoder())
    model, second = load_link_model(), kept_look(encoder) if told.keep_table else learn_to_look(list(clause_examples(corpus)), encoder)
    judged = learned_from(suggestions())
    material = material_in(corpus)
    parts = [without_concepts(fold) for fold in folds(material)]
    memory = remember([gold for part in parts for gold in (*part.judged, *part.lessons)], second)
    second = SecondLook(encoder, msgspec.structs.replace(second.model, taught=memory.taught))
    rows = [row for left_out in (memory.of_document, memory.of_pack) for part in parts for row in every_row(part, second, left_out)]
    fitted = partial(fit_heads, penalty=PENALTY)
    found, half = by_document(rows, fitted), len(rows) // TIMES
    report_all(rows[:half], found[:half])
    print("\nThe same, as for a pack that nobody judged clauses of:\n")
    report_all(rows[half:], found[half:])
    whole = with_heads(second.model, fitted(rows), no_trust())
    report_held_back(list(rows_of([*held_back(), *fresh(corpus)], model, second)), whole.weighing, (LEAST, SHOWN))
    unseen = msgspec.structs.replace(whole, taught=memory.without({one.document for one in judged}))
    suggested = told_of(judged, corpus, as_new(model, material), SecondLook(encoder, unseen))
    report_trust(suggested)
    whole = msgspec.structs.replace(with_trust(whole, fit_trust(suggested)), learned_from=state_of_judged())
    MODEL.write_bytes(msgspec.msgpack.encode(whole))
    print(f"{MODEL}: {MODEL.stat().st_size:,} bytes")


def remembering(encoder: Encoder) -> Encoder:
    """The encoder, which reads no text twice."""
    known: dict[str, Floats] = {}

    def encode(texts: Sequence[str]) -> Floats:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        for start in range(0, len(new), TOGETHER):
            part = new[start : start + TOGETHER]
            known.update(zip(part, encoder(part), strict=True))
        return np.array([known[text] for text in texts], dtype=np.float32)

    return encode


def kept_look(encoder: Encoder) -> SecondLook:
    """The second look that is there."""
    kept = msgspec.msgpack.decode(MODEL.read_bytes(), type=SecondModel)
    return SecondLook(encoder, msgspec.structs.replace(kept, weighing=msgspec.structs.replace(kept.weighing, least=LEAST)))


def learn_to_look(drawn: Sequence[Example], encoder: Encoder) -> SecondLook:
    """The second look with its table of concepts; pairs, fits and trust are still empty."""
    learned = lessons_by_concept()
    words = load_words("en", "concepts", ConceptWords)
    of_lines = sorted(words.concepts)
    names = [*of_lines, *sorted(words.elsewhere)]
    column = {name: number for number, name in enumerate(names)}
    means = {language: encoder([text for text, spoken, _, _ in drawn if spoken == language]).mean(axis=0) for language in ("en", "vi")}
    backgrounds = {language: mean.astype(np.float32).tobytes() for language, mean in means.items()}
    none = np.zeros(0, dtype=np.float32)
    untold = weighing_of_concepts(none, none, none, near=Neighbours(b"", 1, 1.0, 0, 0), least=LEAST)
    empty = SecondModel(names, backgrounds, untold, NOTHING)
    examples = [*_unnamed([*term_examples(), *lesson_examples(learned)]), *drawn]
    vectors = np.zeros((len(examples), len(means["en"])), dtype=np.float32)
    for language in means:
        rows = [row for row, example in enumerate(examples) if example[1] == language]
        vectors[rows] = empty.centred(encoder([examples[row][0] for row in rows]), language)
    shown = np.zeros((len(examples), len(names) + 1), dtype=np.float32)
    for row, (_, _, concepts, _) in enumerate(examples):
        shown[row, [column[name] for name in concepts]] = 1
        shown[row, -1] = float(not concepts.isdisjoint(of_lines))
    table, bias, usual = fit_many(vectors, shown, np.array([weight for *_, weight in examples], dtype=np.float32))
    near = neighbours(*(vectors[rows] for rows in _kinds(len(examples) - len(drawn), learned, drawn)))
    weighing = weighing_of_concepts(table, bias, usual, near=near, least=LEAST)
    return SecondLook(encoder, msgspec.structs.replace(empty, weighing=weighing))


def _kinds(before: int, learned: Sequence[Lesson], drawn: Sequence[Example]) -> tuple[list[int], list[int], list[int]]:
    """The places of the lessons about a concept, of those about nothing, and of clauses that show none, as many in each language. The
    lessons stand before the clauses that were drawn."""
    first = before - len(learned)
    fitting = [first + number for number, lesson in enumerate(learned) if lesson.concept is not None]
    nothing = [first + number for number, lesson in enumerate(learned) if lesson.concept is None]
    others: list[int] = []
    for language in ("en", "vi"):
        others += [before + number for number, (_, spoken, shown, _) in enumerate(drawn) if spoken == language and not shown][:OTHERS]
    return fitting, nothing, others


def term_examples() -> Iterator[Example]:
    for language in ("en", "vi"):
        words = load_words(language, "concepts", ConceptWords)
        for concept, terms in {**words.concepts, **words.elsewhere}.items():
            for term in terms:
                text = term.replace("*", "")
                yield text, language, {concept, *load_concepts(language)[0].find(Folded(text))}, TERM_WEIGHT


def lesson_examples(learned: Sequence[Lesson]) -> Iterator[Example]:
    for one in learned:
        shown = set() if one.concept is None else {one.concept, *load_concepts(one.language)[0].find(Folded(one.text))}
        yield one.text, one.language, shown, LESSON_WEIGHT


def _unnamed(examples: Sequence[Example]) -> Iterator[Example]:
    """Without the names, as clauses are read; what is a name alone stays."""
    names = name_matcher(load_knowledge())
    for text, language, shown, weight in examples:
        letters = list(text)
        for match in names.find(Folded(text)):
            letters[match.start : match.end] = " " * (match.end - match.start)
        yield " ".join("".join(letters).split()) or text, language, shown, weight


def without_concepts(fold: Fold) -> Fold:
    """Of the lessons the sentences for single lines alone: the others teach which concepts a text shows."""
    texts = {lesson.text for lesson in lessons_of_lines()}
    return fold._replace(lessons=[gold for gold in fold.lessons if gold.text in texts])


def every_row(part: Fold, second: SecondLook, left_out: LeftOut) -> Iterator[Row]:
    """The rows that are learned from."""
    for golds in (part.judged, part.lessons):
        yield from (row._replace(weight=1 / TIMES) for row in rows_of(golds, part.model, second, left_out))


def report_all(rows: Sequence[Row], found: Sequence[Found]) -> None:
    for least in (LEAST, SHOWN):
        report(rows, found, least)


if __name__ == "__main__":
    main()
