"""What is tracked, for programs: line status, the sentences of a line, search, network, alignment; faults as records."""

from collections.abc import Iterator

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from served import QUICK, serving

from comity.knowledge import load_knowledge, load_pack
from comity.portal.app import create_portal
from comity.portal.desk import Desk
from comity.records import Act, Statement
from comity.tracking.track import track
from made import document, reading, register_of

PACK = load_pack("asean-un")
KNOWLEDGE = load_knowledge((PACK,))
PLAN, LINE = "asean-un-poa-2016-2020", "P1-A-03"
WORDS = "the two sides would train more peacekeepers and raise the share of women among them"


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[httpx.Client]:
    with register_of(tmp_path_factory.mktemp("api")) as register:
        told = document(f"ASEAN and the United Nations met. The minister said {WORDS}.", "2018-05-04", title="Peacekeepers")
        start = told.text.index(WORDS)
        said = Statement(evidence=told.evidence(start, start + len(WORDS)), speaker=("VNM",), cue=None, act=Act.COMMIT)
        register.writer().add(reading(told, statements=[said]))
        track(register, PACK)
        desk = Desk(register, PACK, KNOWLEDGE)
        with (
            serving(create_portal(register, PACK, KNOWLEDGE, desk=desk, hasher=QUICK)) as address,
            httpx.Client(base_url=address, timeout=60) as client,
        ):
            yield client


def test_status_gives_every_line_and_rates_with_their_denominator(client):
    found = client.get(f"/api/v1/plans/{PLAN}/status").json()
    assert len(found["lines"]) == found["lines_known"] == 22
    line = next(one for one in found["lines"] if one["id"] == LINE)
    assert line["status"] == "no-evidence"
    assert line["links"]["suggested"] == 1
    assert found["rates"]
    assert all(rate["denominator"] and rate["counts_as_done"] and rate["as_of"] for rate in found["rates"])


def test_the_sentences_of_a_line_come_with_why_and_where(client):
    assert client.get(f"/api/v1/plans/{PLAN}/lines/{LINE}/links").json()["links"] == []
    (link,) = client.get(f"/api/v1/plans/{PLAN}/lines/{LINE}/links", params={"state": "suggested"}).json()["links"]
    assert link["words"]
    assert link["quote"] in WORDS
    text = client.get(f"/api/v1/documents/{link['document']['id']}").json()["text"]
    assert text[link["start"] : link["end"]] == link["quote"]


def test_search_marks_the_words_in_the_snippet(client):
    (hit,) = client.get("/api/v1/search", params={"q": "peacekeepers", "kind": "statements"}).json()["items"]
    assert [hit["snippet"][start:end] for start, end in hit["marks"]] == ["peacekeepers"]
    assert hit["finding"]["speaker"] == ["VNM"]


def test_network_and_alignment_tell_their_sides(client):
    assert client.get("/api/v1/network").json()["parties"] == list(PACK.partnership.parties)
    cells = client.get("/api/v1/alignment").json()["cells"]
    assert cells
    assert all(cell["clauses"] for cell in cells)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/api/v1/plans/{PLAN}/lines/{LINE}/links?state=odd", 400),
        (f"/api/v1/plans/{PLAN}/lines/none/links", 404),
        ("/api/v1/plans/none/status", 404),
        ("/api/v1/search?kind=odd", 400),
        ("/api/v1/search?q=a&after=odd", 400),
        ("/api/v1/alignment?vision=none", 404),
        ("/api/v1/network?year=soon", 400),
    ],
)
def test_what_can_t_be_answered_is_told_as_a_record(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.json()["error"]


TYPED = st.text(max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=TYPED, kind=st.sampled_from(["document", "statements", "events", "x"]), since=TYPED, actor=TYPED, after=TYPED)
def test_whatever_is_typed_into_a_search_is_answered(client, q, kind, since, actor, after):
    asked = {name: value for name, value in (("q", q), ("kind", kind), ("since", since), ("actor", actor), ("after", after)) if value}
    assert client.get("/api/v1/search", params=asked).status_code in (200, 400)
