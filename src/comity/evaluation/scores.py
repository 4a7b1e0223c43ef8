"""Precision, recall and F1 of readings against gold, by kind. What counts as right is told kind by kind, below and in docs/accuracy.md.

Outside the main article nothing counts. A reading comes as the record that `comity read --format jsonl` writes.
"""

import re
from collections.abc import Callable, Sequence

from comity.evaluation.counts import Scores
from comity.evaluation.gold import GoldDocument, Place, places_of
from comity.evaluation.mistakes import Errors, Mistake
from comity.evaluation.sameness import figures, fold_id, one_holds_the_other, overlap, same_actor, same_day, share_of_parties, surface
from comity.evaluation.sheet import Record, Sheet, matched, tally

SENTENCE_END = re.compile(r"[.!?…]\s|\n\s*\n")
WINDOW = 120
"""Two triggers that begin within so many characters stand in the same sentence, near enough."""


def score_document(gold: GoldDocument, reading: Record, scores: Scores) -> Errors:
    """Add one document's counts to `scores`; return what was missed and wrong."""
    sheet = Sheet(gold=gold, reading=reading, scores=scores, errors=Errors())
    for correct in (_actors, _offices, _statements, _events, _commitments, _named, _progress, _dates, _themes, _related):
        correct(sheet)
    return sheet.errors


def _actors(sheet: Sheet) -> None:
    """Distinct words of a type; a name that stands only inside a longer gold name is free either way."""
    text = sheet.gold.text

    def kind(record: Record) -> str:
        return "organisation" if (record.get("id") or "").lower() == "eu" else record.get("type", "")

    gold = {(surface(r["quote"]), kind(r)): r["id"] for r in sheet.gold.records.get("actors", [])}
    found: dict[tuple[str, str], str] = {}
    for record in sheet.found("actors"):
        found.setdefault((surface(record["words"]), kind(record)), record.get("id") or "")
    longer = [
        p for k in ("actors", "instruments", "mechanisms") for r in sheet.gold.records.get(k, []) for p in places_of(text, r["quote"])
    ]
    nested = _Nested(text, longer)
    free = {k for k in gold if k not in found and nested(k[0])} | {k for k in found if k not in gold and nested(k[0])}
    gold = {k: v for k, v in gold.items() if k not in free}
    found = {k: v for k, v in found.items() if k not in free}
    hit = gold.keys() & found.keys()
    sheet.scores.add("actors", len(hit), len(gold), len(found))
    sheet.scores.add("actors.id", sum(same_actor(gold[k], found[k]) for k in hit), len(gold), len(found))
    for name in ("person", "state", "organisation"):
        sheet.scores.add(f"actors.{name}", *(sum(k[1] == name for k in keys) for keys in (hit, gold, found)))
    sheet.errors.missed["actors"] = [Mistake(k[0], f"{k[1]} {v}") for k, v in gold.items() if k not in hit]
    sheet.errors.wrong["actors"] = [Mistake(k[0], f"{k[1]} {v}") for k, v in found.items() if k not in hit]
    sheet.errors.wrong["actors.id"] = [Mistake(k[0], f"{found[k]}, not {gold[k]}") for k in hit if not same_actor(gold[k], found[k])]


class _Nested:
    """Whether words stand only inside longer gold names."""

    def __init__(self, text: str, longer: list[Place]) -> None:
        self.text, self.longer = text, longer

    def __call__(self, words: str) -> bool:
        places = places_of(self.text, words)
        return bool(places) and all(any(a <= s and e <= b and b - a > e - s for a, b in self.longer) for s, e in places)


def _offices(sheet: Sheet) -> None:
    """The same person, and one title holds the other."""
    gold = _distinct(sheet.gold.records.get("offices", []), lambda r: r["quote"])
    found = _distinct(sheet.found("offices"), lambda r: r["words"])

    def right(a: Record, b: Record) -> float:
        x, y = surface(a["quote"]).lower(), surface(b["words"]).lower()
        return float(same_actor(a["person"], b.get("person") or "") and (x in y or y in x))

    tally(sheet, "offices", gold, found, right, lambda r: f"{r.get('person')} of {r.get('of')}")


def _distinct(records: Sequence[Record], words: Callable[[Record], str]) -> list[Record]:
    return list({(fold_id(r.get("person")), surface(words(r)).lower()): r for r in records}.values())


def _statements(sheet: Sheet) -> None:
    """Contents share at least half of their union; a headline's statements are free either way."""
    gold, found = sheet.golds("statements"), sheet.found("statements")
    pairs = matched(gold, found, lambda a, b: v if (v := overlap(a["place"], b["place"])) >= 0.5 else 0.0)
    title = sheet.gold.text.find("\n")
    taken_gold, taken_found = {i for i, _ in pairs}, {j for _, j in pairs}
    missed = [i for i, r in enumerate(gold) if i not in taken_gold and r["place"][1] > title]
    wrong = [j for j, r in enumerate(found) if j not in taken_found and r["place"][1] > title]
    of_gold, of_found = len(pairs) + len(missed), len(pairs) + len(wrong)
    speaker = {(i, j) for i, j in pairs if share_of_parties(gold[i]["speaker"], found[j].get("speaker", [])) >= 0.5}
    act = {(i, j) for i, j in pairs if gold[i]["act"] == found[j].get("act")}
    for kind, right in (
        ("statements", len(pairs)),
        ("statements.speaker", len(speaker)),
        ("statements.act", len(act)),
        ("statements.full", len(speaker & act)),
    ):
        sheet.scores.add(kind, right, of_gold, of_found)
    sheet.note("statements", [gold[i] for i in missed], [found[j] for j in wrong], lambda r: f"{r['speaker']} {r['cue']} {r['act']}")
    sheet.note_other("statements.speaker", gold, found, [pair for pair in pairs if pair not in speaker], "speaker")
    sheet.note_other("statements.act", gold, found, [pair for pair in pairs if pair not in act], "act")
    _addressing(sheet, gold, found, [(i, j) for i, j in pairs if "addressee" in gold[i]])


def _addressing(sheet: Sheet, gold: Sequence[Record], found: Sequence[Record], pairs: Sequence[tuple[int, int]]) -> None:
    """Of the statements found, where gold says it: each addressee, and the occasion, right where its words overlap those of gold. One that
    gold takes from an earlier sentence is free."""
    if not pairs:
        return
    to = [(set(gold[i]["addressee"]), set(found[j].get("addressee", []))) for i, j in pairs]
    counts = (sum(map(len, sides)) for sides in ([a & b for a, b in to], [a for a, _ in to], [b for _, b in to]))
    sheet.scores.add("statements.addressee", *counts)
    sheet.note_other("statements.addressee", gold, found, [p for p, (a, b) in zip(pairs, to, strict=True) if a != b], "addressee")
    at = [(i, j) for i, j in pairs if gold[i]["occasion"] is None or _one_sentence(sheet.gold.text, gold[i]["occasion"], gold[i]["place"])]
    of_gold, of_found = ({p for p in at if side[p[number]].get("occasion")} for number, side in enumerate((gold, found)))
    right = {p for p in of_gold & of_found if overlap(gold[p[0]]["occasion"], _place(found[p[1]]["occasion"])) > 0}
    sheet.scores.add("statements.occasion", len(right), len(of_gold), len(of_found))
    sheet.note_other("statements.occasion", gold, found, sorted((of_gold | of_found) - right), "occasion")


def _place(record: Record) -> Place:
    return record["start"], record["end"]


def _one_sentence(text: str, one: Place, other: Place) -> bool:
    first, second = sorted((one, other))
    return not SENTENCE_END.search(text[first[1] : second[0]])


def _events(sheet: Sheet) -> None:
    """The same type, triggers in one window, at least half of the parties; `.when`: and the same date, where gold has one."""
    gold, found = sheet.golds("events"), sheet.found("events")

    def near(a: Record, b: Record) -> bool:
        return bool(a["type"] == b.get("type")) and abs(a["place"][0] - b["place"][0]) <= WINDOW

    def right(a: Record, b: Record) -> float:
        if not near(a, b):
            return 0.0
        share = share_of_parties(a["source"] + a["target"], [*b.get("source", []), *b.get("target", [])])
        return share if share >= 0.5 else 0.0

    pairs = tally(sheet, "events", gold, found, right, lambda r: f"{r['type']} {r['source']} > {r['target']} {r['when']}")
    typed = matched(gold, found, lambda a, b: float(near(a, b)))
    sheet.scores.add("events.type", len(typed), len(gold), len(found))
    of_gold, of_found = {i for i, _ in typed}, {j for _, j in typed}
    sheet.note(
        "events.type",
        [r for i, r in enumerate(gold) if i not in of_gold],
        [r for j, r in enumerate(found) if j not in of_found],
        lambda r: str(r["type"]),
    )
    dated = [(i, j) for i, j in pairs if gold[i].get("when")]
    same = [(i, j) for i, j in dated if same_day(gold[i]["when"], found[j].get("when"))]
    sheet.scores.add("events.when", len(same), len(dated), len(dated))
    sheet.note_other("events.when", gold, found, [pair for pair in dated if pair not in same], "when")


def _commitments(sheet: Sheet) -> None:
    """Spans share at least half of their union; `.by`: and the same who."""
    gold, found = sheet.golds("commitments"), sheet.found("commitments")
    pairs = tally(
        sheet,
        "commitments",
        gold,
        found,
        lambda a, b: v if (v := overlap(a["place"], b["place"])) >= 0.5 else 0.0,
        lambda r: f"{r['by']} {r['force']}",
    )
    by = {(i, j) for i, j in pairs if share_of_parties(gold[i]["by"], found[j].get("by", [])) >= 0.5}
    sheet.scores.add("commitments.by", len(by), len(gold), len(found))
    sheet.note_other("commitments.by", gold, found, [pair for pair in pairs if pair not in by], "by")


def _named(sheet: Sheet) -> None:
    """Instruments and mechanisms: distinct words, and one holds the other with at least half of its length."""
    for kind in ("instruments", "mechanisms"):
        gold = {surface(r["quote"]).lower(): r for r in sheet.gold.records.get(kind, [])}
        found = {surface(r["words"]).lower(): r for r in sheet.found(kind)}
        gold_rows = [{**gold[k], "key": k} for k in sorted(gold)]
        found_rows = [{**found[k], "key": k} for k in sorted(found)]
        tally(sheet, kind, gold_rows, found_rows, lambda a, b: one_holds_the_other(a["key"], b["key"], least=0.5), lambda r: r["name"])


def _progress(sheet: Sheet) -> None:
    """The same figures: numerator, denominator, percentage, and whether they count what remains."""
    tally(
        sheet,
        "progress",
        sheet.gold.records.get("progress", []),
        sheet.found("progress"),
        lambda a, b: float(figures(a) == figures(b)),
        lambda r: str(figures(r)),
    )


def _dates(sheet: Sheet) -> None:
    """The same words or one inside the other; the year in a treaty's name is free; `.iso`: and the same date, where gold has one."""
    text = sheet.gold.text
    gold = {surface(r["quote"]).lower(): r for r in sheet.gold.records.get("dates", [])}
    named = [p for k in ("instruments", "mechanisms") for r in sheet.gold.records.get(k, []) for p in places_of(text, r["quote"])]
    found: dict[str, Record] = {}
    for record in sheet.found("dates"):
        key = surface(record["words"]).lower()
        if key in gold or not any(s <= record["start"] and record["end"] <= e for s, e in named):
            found.setdefault(key, record)
    gold_rows = [{**gold[k], "key": k} for k in sorted(gold)]
    found_rows = [{**found[k], "key": k} for k in sorted(found)]
    pairs = tally(
        sheet, "dates", gold_rows, found_rows, lambda a, b: one_holds_the_other(a["key"], b["key"], least=0.0), lambda r: str(r.get("iso"))
    )
    known = [(i, j) for i, j in pairs if gold_rows[i].get("iso")]
    sheet.scores.add("dates.iso", sum(gold_rows[i]["iso"] == found_rows[j].get("iso") for i, j in known), len(known), len(known))
    other = [(i, j) for i, j in known if gold_rows[i]["iso"] != found_rows[j].get("iso")]
    sheet.note_other("dates.iso", gold_rows, found_rows, other, "iso")


def _themes(sheet: Sheet) -> None:
    found = set(sheet.reading.get("themes", []))
    sheet.scores.add("themes", len(sheet.gold.themes & found), len(sheet.gold.themes), len(found))
    sheet.errors.missed["themes"] = [Mistake("", theme) for theme in sorted(sheet.gold.themes - found)]
    sheet.errors.wrong["themes"] = [Mistake("", theme) for theme in sorted(found - sheet.gold.themes)]


def _related(sheet: Sheet) -> None:
    """Characters outside the main article."""
    gold = {i for start, end in sheet.gold.related() for i in range(start, end)}
    rows = sheet.reading.get("related", [])
    found = {i for r in rows for i in range(r["start"], r["end"])}
    sheet.scores.add("related", len(gold & found), len(gold), len(found))
    text = sheet.gold.text
    sheet.errors.missed["related"] = [Mistake(text[s:e], "", (s, e)) for s, e in sheet.gold.related() if not set(range(s, e)) & found]
    sheet.errors.wrong["related"] = [
        Mistake(text[r["start"] : r["end"]], "", (r["start"], r["end"])) for r in rows if not set(range(r["start"], r["end"])) & gold
    ]
