"""Claims over time: what counts as one claim, how it is dated, and which sentence proves it."""

from pathlib import Path

from msgspec.structs import replace

from comity.knowledge.aims import Claim as Typed
from comity.records import Bound, ProgressVerb, Reading
from comity.tracking.ledger import Claim, DatedBy, build_ledgers
from made import claim, document, reading, register_of, small_pack

DONE = ProgressVerb.COMPLETED


def claims_of(folder: Path, *readings: Reading, plan: str = "plan-one") -> tuple[Claim, ...]:
    with register_of(folder, *readings) as register:
        return next(ledger.claims for ledger in build_ledgers(small_pack(), register.view()) if ledger.plan.id == plan)


def told(text: str, words: str, published: str | None = "2020-09-16", **fields) -> Reading:
    of = document(text, published)
    return reading(of, progress=[claim(of, words, **fields)])


def fraction(text: str, published: str = "2020-09-16", **fields) -> Reading:
    return told(text, "97 of 103", published, **{"numerator": 97, "denominator": 103, "verb": DONE, **fields})


def test_a_claim_has_its_sentence_its_figure_and_its_lines(tmp_path: Path):
    text = "The council met. It noted that 97 of 103\tlines were completed. Then it closed."
    (found,) = claims_of(tmp_path, fraction(text, as_of="2020-09-15"))
    passage = found.sources[0].passage
    assert passage.text == "It noted that 97 of 103 lines were completed."
    assert passage.words == "97 of 103"
    assert found.done
    assert found.done.lines
    assert (found.when, found.dated_by, found.verb, found.done.lines.low) == ("2020-09-15", DatedBy.AS_OF, DONE, 97)


def test_a_figure_without_a_date_of_its_own_has_that_of_its_document(tmp_path: Path):
    (found,) = claims_of(tmp_path, fraction("97 of 103 lines"))
    assert (found.when, found.dated_by) == ("2020-09-16", DatedBy.PUBLISHED)


def test_an_undated_figure_comes_last(tmp_path: Path):
    claims = claims_of(tmp_path, told("80 % of it", "80 %", None, percent=80.0), fraction("97 of 103 lines"))
    assert [found.when for found in claims] == ["2020-09-16", None]
    assert claims[1].dated_by is DatedBy.NOTHING


def test_the_same_figure_for_the_same_time_is_one_claim_of_several_sources(tmp_path: Path):
    (found,) = claims_of(
        tmp_path,
        fraction("The council counted 97 of 103 lines.", "2020-09-16", as_of="2020-09-15"),
        fraction("A year ago 97 of 103 lines were ready, the ministers recalled.", "2021-10-01", as_of="2020-09"),
        fraction("Press round-up: 97 of 103 lines.", "2020-09-17"),
    )
    assert found.when == "2020-09-15"
    assert [source.document.published for source in found.sources] == ["2020-09-16", "2020-09-17", "2021-10-01"]


def test_a_percentage_that_rounds_the_fraction_is_the_same_claim(tmp_path: Path):
    of = document("They did 97 of 103 lines, or 94.2 %.")
    claims = [claim(of, "97 of 103", numerator=97, denominator=103, verb=DONE), claim(of, "94.2 %", percent=94.2, verb=DONE)]
    (found,) = claims_of(tmp_path, reading(of, progress=claims))
    assert found.figure.numerator == 97
    assert len(found.sources) == 1


def test_another_time_bound_or_verb_is_another_claim(tmp_path: Path):
    claims = claims_of(
        tmp_path,
        fraction("97 of 103 lines", as_of="2020-09"),
        fraction("97 of 103 lines again", as_of="2021-03"),
        fraction("over 97 of 103 lines", as_of="2020-09", bound=Bound.OVER),
        fraction("97 of 103 lines addressed", as_of="2020-09", verb=ProgressVerb.ADDRESSED),
    )
    assert len(claims) == 4


def test_near_copies_are_one_source(tmp_path: Path):
    words = "The council of the two unions noted on Tuesday that 97 of 103 lines of the plan had been completed ahead of the yearly meeting"
    (found,) = claims_of(tmp_path, fraction(f"{words}.", "2020-09-16"), fraction(f"{words} in autumn.", "2020-09-17"))
    (source,) = found.sources
    assert [copy.published for copy in source.copies] == ["2020-09-17"]


def test_the_text_goes_before_the_headline(tmp_path: Path):
    of = document("97 of 103 ready\n\nThe council counted 97 of 103 lines as done.", title="97 of 103 ready")
    claims = [claim(of, "97 of 103"), claim(of, "97 of 103 lines")]
    claims = [type(one)(evidence=one.evidence, subject="plan-one", numerator=97, denominator=103) for one in claims]
    (found,) = claims_of(tmp_path, reading(of, progress=claims))
    assert found.sources[0].passage.text.startswith("The council")


def test_a_figure_on_another_plan_is_not_in_the_ledger(tmp_path: Path):
    other = told("80 % of the road map", "80 %", percent=80.0, subject="road-map")
    assert claims_of(tmp_path, other, told("70 % of plan two", "70 %", percent=70.0, subject="plan-two")) == ()


def test_claims_are_in_the_order_of_time(tmp_path: Path):
    claims = claims_of(
        tmp_path,
        told("90 % in May", "90 %", percent=90.0, as_of="2020-05"),
        told("80 % in 2017", "80 %", percent=80.0, as_of="2017-11"),
        fraction("97 of 103 lines"),
    )
    assert [found.when for found in claims] == ["2017-11", "2020-05", "2020-09-16"]


def test_what_people_typed_into_the_pack_stands_in_the_ledger(tmp_path: Path):
    typed = Typed(
        id="arabic-page",
        subject="plan-one",
        source="https://gazette.example/ar/plan",
        words={"en": "nearly all of it is done", "vi": "gần như đã xong"},
        percent=90.0,
        verb="completed",
        as_of="2020-10",
        claimant=("UN",),
    )
    pack = replace(small_pack(), claims=(typed, replace(typed, id="other", subject="no-plan")))
    with register_of(tmp_path, fraction("97 of 103 lines")) as register:
        ledger = build_ledgers(pack, register.view())[0]
    assert [claim.sources[0].typed_in for claim in ledger.claims] == [None, "arabic-page"]
    claim = ledger.claims[1]
    assert (claim.when, claim.verb, claim.claimants, claim.figure.percent) == ("2020-10", DONE, ("UN",), 90.0)
    assert claim.sources[0].said["vi"] == "gần như đã xong"
    assert claim.sources[0].document.source == "https://gazette.example/ar/plan"
