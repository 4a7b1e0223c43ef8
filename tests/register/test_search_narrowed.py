"""A search with any words and filters finds what a plain look through the whole register finds, each hit once, on however many pages."""

import random
from collections import Counter
from typing import Any

import pytest
from msgspec import Struct

from comity.records import (
    Act,
    ActorMention,
    ActorType,
    Commitment,
    Force,
    InstrumentMention,
    OfficeMention,
    Reading,
    Statement,
    ThemeMention,
)
from comity.register import Action, Found, OfFinding, Register, Wanted, open_register, search
from comity.register.words import Sentences, words_of
from made import document, reading

ACTORS = ("VNM", "LAO", "tran-thi-lan")
WORDS = ("hợp tác", "biển Đông", "hợp đồng", "maritime security", "plastic pollution", "tác động")
FILTERS: dict[str, tuple[str, ...]] = {
    "actor": ACTORS,
    "theme": ("maritime", "plastic"),
    "act": ("affirm", "commit"),
    "instrument": ("plan-one", "Plan One"),
    "office": ("UNION", "Minister"),
    "publisher": ("Gazette", "Courier", "nobody"),
    "language": ("vi", "en"),
    "since": ("2019", "2020-02"),
    "until": ("2020", "2019-06-30"),
}


def some_readings(seed: int, reader: str = "1+test") -> list[Reading]:
    return [_reading(number, random.Random(f"{seed} {number} {reader}"), reader) for number in range(14)]


def _reading(number: int, chance: random.Random, reader: str) -> Reading:
    same = random.Random(number)  # a second reader reads the same texts
    sentences = [f"Minister {same.choice(WORDS)} {same.choice(WORDS)} w{same.randrange(99)}." for _ in range(6)]
    of = document(
        f"Number {number}. " + " ".join(sentences),
        (None, "2019", "2019-05", "2020-01-30", "2021-03-01")[number % 5],
        publisher=(None, "Gazette", "Courier")[number % 3],
        language=("vi", "en")[number % 2],
    )
    places = [of.evidence(of.text.index(sentence), of.text.index(sentence) + len(sentence) - 1) for sentence in sentences]
    some = of.evidence(0, 6)
    return reading(
        of,
        reader,
        actors=[ActorMention(evidence=some, type=ActorType.STATE, actor=actor) for actor in chance.sample(ACTORS, 2)],
        offices=[OfficeMention(evidence=of.evidence(of.text.index("Minister"), of.text.index("Minister") + 8), person="lan", of=served)]
        if (served := chance.choice((None, "UNION")))
        else [],
        instruments=[InstrumentMention(evidence=some, name="Plan One", instrument=chance.choice((None, "plan-one")))] * (number % 2),
        themes=[ThemeMention(evidence=some, theme="maritime", score=0.5)] * chance.randrange(2),
        statements=[
            Statement(evidence=one, speaker=tuple(chance.sample(ACTORS, 2)), cue=None, act=chance.choice(list(Act)[:3]))
            for one in places[:4]
        ],
        commitments=[Commitment(evidence=one, by=(chance.choice(ACTORS),), force=Force.PLEDGED) for one in places[3:]],
    )


def any_search(chance: random.Random) -> Wanted:
    kind = chance.choice(("document", "statements", "commitments"))
    able = [name for name in FILTERS if name != "act" or kind == "statements"]
    filters = {name: chance.choice(FILTERS[name]) for name in chance.sample(able, chance.choice((0, 1, 1, 2)))}
    words = chance.choice(("", *WORDS, "hop tac", "hợp biển", '"hợp tác"', "hợp -biển", "minister mari*"))
    return Wanted(words=words, kind=kind, **filters)


def paged(register: Register, wanted: Wanted, size: int) -> list[tuple[str, int, int]]:
    found, after = [], None
    while True:
        page = register.view().search(wanted, limit=size, after=after)
        found += [(hit.document.id, hit.start, hit.end) for hit in page.hits]
        if (after := page.next) is None:
            return found


class Looked(Struct):
    """All that one document holds."""

    head: Any
    text: str
    mentions: dict[str, list[Any]]
    said: dict[str, list[Found]]


def looked_through(register: Register) -> list[Looked]:
    """Every document with all its findings, one after another."""
    view = register.view()
    return [
        Looked(
            head,
            view.document(head.id).text,
            {kind: [one.finding for one in view.findings_in(kind, head.id)] for kind in ("actors", "themes", "instruments", "offices")},
            {kind: view.findings_in(kind, head.id) for kind in ("statements", "commitments")},
        )
        for head in view.documents()
    ]


def scanned(documents: list[Looked], wanted: Wanted) -> list[tuple[str, int, int]]:
    """The same by going through all documents and findings."""
    found = []
    for one in documents:
        head, text = one.head, one.text
        if not _document_fits(wanted, head, one.mentions):
            continue
        if wanted.kind == "document":
            if _named(wanted, one.mentions) and _about(wanted, one.mentions) and _says(text, wanted.words):
                found.append((head.id, 0, len(text)))
            continue
        for told in one.said[wanted.kind]:
            finding = told.finding
            start, end = Sentences(text).around(finding.evidence.start, finding.evidence.end)
            taking_part = finding.speaker if wanted.kind == "statements" else finding.by
            fits = wanted.actor in (None, *taking_part) and wanted.theme in (None, *told.themes)
            if fits and wanted.act in (None, getattr(finding, "act", None)) and _says(text[start:end], wanted.words):
                found.append((head.id, start, end))
    return sorted(found)


def _document_fits(wanted: Wanted, head: Any, mentions: dict[str, list[Any]]) -> bool:
    day = head.published
    return (
        wanted.publisher in (None, head.publisher)
        and wanted.language in (None, head.language)
        and (wanted.since is None or (day is not None and day + "~" >= wanted.since))
        and (wanted.until is None or (day is not None and day <= f"{wanted.until}-12-31"[:10]))
        and (wanted.instrument is None or any(wanted.instrument in (one.instrument, one.name) for one in mentions["instruments"]))
        and (wanted.office is None or any(wanted.office in (one.of, one.evidence.quote) for one in mentions["offices"]))
    )


def _named(wanted: Wanted, mentions: dict[str, list[Any]]) -> bool:
    return wanted.actor is None or any(one.actor == wanted.actor for one in mentions["actors"])


def _about(wanted: Wanted, mentions: dict[str, list[Any]]) -> bool:
    return wanted.theme is None or any(one.theme == wanted.theme for one in mentions["themes"])


def _says(text: str, typed: str) -> bool:
    from comity.register.asked import marks_in, terms_of

    terms = terms_of(typed)
    assert words_of(text)
    return all(bool(marks_in(text, (term,))) for term in terms if not term.without) and not any(
        marks_in(text, (_wanted(term),)) for term in terms if term.without
    )


def _wanted(term: Any) -> Any:
    from msgspec.structs import replace

    return replace(term, without=False)


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of a large register, as small as this one."""
    monkeypatch.setattr(search, "SCORED", 3)
    monkeypatch.setattr(search, "BLOCK", 16)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.usefixtures("small_parts")
def test_a_search_finds_what_a_plain_look_finds(register_of, seed: int):
    chance = random.Random(seed)
    with register_of(*some_readings(seed)) as register:
        if seed:
            register.writer().add_all(some_readings(seed, "2+test")[:7])
        if seed == 2:
            correct_some(register, chance)
        found_any, whole = 0, looked_through(register)
        for _ in range(25):
            wanted = any_search(chance)
            found, there = paged(register, wanted, chance.choice((13, 50))), scanned(whole, wanted)
            assert sorted(found) == there, wanted
            facets = register.view().facets(wanted)
            assert (facets.total, facets.more, sum(facets.languages.values())) == (len(there), False, len(there))
            found_any += bool(there)
        assert found_any > 5


def correct_some(register: Register, chance: random.Random) -> None:
    """What a person corrected is found by what it says now."""
    statements = list(register.view().statements())
    for one in chance.sample(statements, 5):
        about = OfFinding("statements", one.document.id, one.finding.evidence.start, one.finding.evidence.end)
        value = {"speaker": [chance.choice(ACTORS)], "act": "commit"}
        register.writer().decide(who="Lan", action=Action.CORRECT, subject=about, value=value)


def test_sentences_in_which_the_words_stand_together_come_first(register_of):
    texts = ["biển và hợp tác", "hợp nhất, tác động", "hợp tác", "tác hợp"]
    readings = []
    for number, text in enumerate(texts):
        of = document(f"{text} {number}", language="vi")
        readings.append(reading(of, statements=[Statement(evidence=of.evidence(0, len(text)), speaker=("VNM",), cue=None, act=Act.AFFIRM)]))
    with register_of(*readings) as register:
        hits = register.view().search(Wanted(words="hợp tác", kind="statements")).hits
        assert [hit.finding.evidence.quote for hit in hits] == ["hợp tác", "biển và hợp tác", "tác hợp", "hợp nhất, tác động"]
        assert [hit.score for hit in hits] == [2, 2, 1, 1]


def test_many_hits_are_counted_as_far_as_is_told(register_of, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(search, "COUNTED", 5)
    with register_of(*some_readings(1)) as register:
        facets = register.view().facets(Wanted(words="minister"))
        assert (facets.total, facets.more) == (5, True)
        assert sum(facets.years.values()) == 5


def test_pages_stay_in_place_while_documents_are_added(place: str):
    with open_register(place) as register:
        writer, view, wanted = register.writer(), register.view(), Wanted(words="minister", kind="statements")
        writer.add_all(some_readings(1))
        whole = paged(register, wanted, 500)
        first = view.search(wanted, limit=10)
        writer.add_all([one for one in some_readings(9) if one.document.id not in {hit[0] for hit in whole}])
        second = view.search(wanted, limit=500, after=first.next)
        assert Counter([(hit.document.id, hit.start, hit.end) for page in (first, second) for hit in page.hits]) == Counter(whole)
