"""Bodies of two parties that work together: what a source says of them and what reports count stay apart; copies count once."""

import pytest

from comity.knowledge import load_knowledge, load_pack
from comity.publishing.network_chart import draw_network
from comity.records import EventReport, EventType
from comity.register import Register
from comity.register.together import count_together, events_together
from comity.tracking.network import Network, build_network
from made import document, reading, register_of

PACK = load_pack("asean-un")
KNOWLEDGE = load_knowledge((PACK,))


def met(text: str, day: str, source: tuple[str, ...], target: tuple[str, ...], publisher: str = "Gazette"):
    told = document(text, day, title=text[:20], publisher=publisher)
    event = EventReport(evidence=told.evidence(0, 10), type=EventType.CONSULT, source=source, target=target, when=day)
    return reading(told, events=[event])


@pytest.fixture(scope="module")
def register(tmp_path_factory) -> Register:
    with register_of(tmp_path_factory.mktemp("network")) as register:
        writer = register.writer()
        writer.add(
            met(
                "Officials of the two bodies talked of maritime security in the port city for a day.",
                "2020-05-04",
                ("AHA-CENTRE",),
                ("OCHA",),
            )
        )
        writer.add(
            met(
                "The relief centre and the office for humanitarian affairs met again about storms.",
                "2021-06-07",
                ("OCHA",),
                ("AHA-CENTRE",),
            )
        )
        writer.add(met("Two states met about trade and tariffs, and no body of either party was there.", "2021-06-08", ("VNM",), ("LAO",)))
        yield register


def pair_of(network: Network, a: str, b: str):
    return next((pair for pair in network.pairs if (pair.a, pair.b) == (a, b)), None)


def test_ties_come_from_the_pack_and_reports_from_the_register(register):
    pair = pair_of(build_network(PACK, KNOWLEDGE, register.view()), "AHA-CENTRE", "OCHA")
    assert pair.ties
    assert pair.ties[0].source
    assert dict(pair.reports) == {2020: 1, 2021: 1}


def test_a_tie_without_a_report_counts_nothing(register):
    network = build_network(PACK, KNOWLEDGE, register.view())
    silent = [pair for pair in network.pairs if not pair.counted]
    assert silent
    assert all(pair.ties for pair in silent)


def test_a_year_leaves_only_what_was_counted_in_it(register):
    network = build_network(PACK, KNOWLEDGE, register.view(), year=2020)
    assert [(pair.a, pair.b, pair.counted) for pair in network.pairs] == [("AHA-CENTRE", "OCHA", 1)]
    assert network.years == (2021, 2020)


def test_a_theme_keeps_the_ties_whose_words_name_it(register):
    network = build_network(PACK, KNOWLEDGE, register.view(), theme="women-peace-security")
    assert pair_of(network, "ACW", "UN-WOMEN")
    assert not pair_of(network, "AHA-CENTRE", "OCHA")


def test_a_pair_opens_into_its_reports_whoever_acted(register):
    total, found = (
        count_together(register.view(), "OCHA", "AHA-CENTRE"),
        events_together(register.view(), "OCHA", "AHA-CENTRE", limit=5),
    )
    assert total == 2
    assert [one.finding.when for one in found] == ["2021-06-07", "2020-05-04"]


def test_the_drawing_has_no_body_without_a_curve(register):
    chart = draw_network(build_network(PACK, KNOWLEDGE, register.view()))
    assert {node.actor for node in chart.left} == {curve.pair.a for curve in chart.curves}
    assert {node.actor for node in chart.right} == {curve.pair.b for curve in chart.curves}
    assert chart.curves[-1].pair.counted == 2


def test_every_body_stands_on_one_side(register):
    network = build_network(PACK, KNOWLEDGE, register.view())
    assert not {pair.a for pair in network.pairs} & {pair.b for pair in network.pairs}


def test_another_partnership_has_a_network_of_its_own(register):
    pack = load_pack("asean-us")
    network = build_network(pack, load_knowledge((pack,)), register.view())
    assert set(network.parties) == set(pack.partnership.parties[:2])
