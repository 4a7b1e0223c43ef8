"""Charts: SVG under addresses of their own in both schemes, a table and a sentence beside each, drawn when asked for."""

import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest
from lxml import etree
from lxml import html as trees
from served import portal_over, serving

from comity.languages import languages
from comity.publishing.charts import KINDS, LOOKS, SERIES, Drawing, draw, key_height, series_of
from comity.publishing.timeline import BOTTOM, LEFT, TOP, WIDTH
from comity.records import Act, EventReport, EventType, Statement
from made import document, reading, register_of
from small_register import readings

SAID = "ASEAN affirmed that peacekeeping matters. The two sides met on 10 October 2020 in Jakarta."
SVG = "{http://www.w3.org/2000/svg}"
FIELDS = {"low", "high", "percent", "stands", "number", "day", "month", "kind", "who", "text", "theme", "year", "brief"}
"""What the rows of charts are made of; an axis without a name of its own would be called so."""

PAGES = ("/plans", "/plans/plan-one/ledger", "/actors/ASEAN", "/events?month=2020-10")


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[httpx.Client]:
    one = document(SAID, "2020-10-11", title="Told")
    start, met = SAID.index("peacekeeping"), SAID.index("met")
    said = [Statement(evidence=one.evidence(start, start + 20), speaker=("ASEAN",), cue=None, act=Act.AFFIRM)]
    events = [
        EventReport(evidence=one.evidence(met, met + 3), type=EventType.CONSULT, source=("ASEAN",), target=("UN",), when="2020-10-10")
    ]
    folder = tmp_path_factory.mktemp("charts")
    with (
        register_of(folder, *readings(), reading(one, statements=said, events=events)) as register,
        serving(portal_over(register)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        yield client


def picture(client: httpx.Client, page: str) -> tuple[str, str, trees.HtmlElement]:
    tree = trees.fromstring(client.get(page).text)
    (figure,) = tree.xpath("//figure[.//picture]")
    return figure.xpath(".//img/@src")[0], figure.xpath(".//source/@srcset")[0], figure


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("page", PAGES)
def test_a_chart_has_a_picture_for_each_scheme_a_sentence_and_its_size(client, language, page):
    light, dark, figure = picture(client, f"/{language}{page}")
    (shown,) = figure.xpath(".//img")
    assert shown.get("alt") == figure.xpath(".//figcaption")[0].text_content().strip() != ""
    for address in (light, dark):
        answer = client.get(address)
        assert answer.headers["content-type"] == "image/svg+xml"
        assert "immutable" in answer.headers["cache-control"]
        drawn = etree.fromstring(answer.content)
        assert drawn.tag == f"{SVG}svg"
        assert (drawn.get("width"), drawn.get("height")) == (shown.get("width"), shown.get("height"))
        assert not FIELDS & {word.strip(",") for text in drawn.iter(f"{SVG}text") for word in (text.text or "").split()}
        assert b"style=" not in answer.content
        assert b"<script" not in answer.content
    assert client.get(light).content != client.get(dark).content


def test_a_table_beside_it_says_the_same(client):
    tree = trees.fromstring(client.get("/en/events?month=2020-10").text)
    rows = [[cell.text_content().strip() for cell in row] for row in tree.xpath("//details//tbody/tr")]
    assert ["October 2020", "1", "0"] in rows
    tree = trees.fromstring(client.get("/en/actors/ASEAN").text)
    (table,) = tree.xpath("//details//table")
    assert "2020" in table.text_content()


def test_each_claim_of_the_ledger_is_a_place_that_leads_to_its_sentence(client):
    _, _, figure = picture(client, "/en/plans/plan-one/ledger")
    spots = figure.xpath(".//*[local-name()='svg'][not(contains(@class, 'only-narrow'))]//*[local-name()='a']")
    assert [spot.get("href") for spot in spots] == [f"#claim-{number}" for number in range(1, len(spots) + 1)]
    for spot in spots:
        (circle,) = spot.xpath(".//*[local-name()='circle']")
        assert LEFT <= float(circle.get("cx")) <= WIDTH
        assert TOP - 20 <= float(circle.get("cy")) <= BOTTOM


@pytest.mark.parametrize("name", ["none.light.svg", "x", "x.light", "..%2f..%2fetc", "0" * 24 + ".grey.svg"])
def test_a_chart_that_no_page_offers_is_not_there(client, name):
    assert client.get(f"/en/charts/{name}").status_code == 404


def test_what_a_document_says_is_text_in_a_chart_and_never_markup():
    hostile = "<script>alert(1)</script>&\"'"
    drawing = Drawing(
        kind="themes", rows=({"theme": hostile, "year": "2020", "number": 3},), words={"number": hostile}, order=(hostile,), height=90
    )
    svg = draw(drawing, "light")
    assert b"<script" not in svg
    etree.fromstring(svg)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_chart_is_drawn_the_same(kind, look):
    rows = {
        "ledger": {"number": 1, "day": "2019-11-03", "percent": 90, "stands": 90, "low": 90, "high": 100, "who": "A", "conflict": True},
        "bars": {"plan": "One", "kind": "A", "low": 0, "high": 40, "text": "4 of 10", "brief": "4/10"},
        "months": {"month": "2020-01-01", "number": 3, "kind": "A"},
        "themes": {"theme": "A", "year": "2020", "number": 3},
    }
    words = {"from": "2019-01-01", "to": "2020-01-01", "floor": "50", "who": "Who", "share": "Share", "number": "Events"}
    order = {"bars": ("A", "B", "C"), "months": ("A", "B")}.get(kind, ("A",))
    drawing = Drawing(kind=kind, rows=(rows[kind],), words=words, order=order)
    assert draw(drawing, look) == draw(drawing, look)


@pytest.mark.parametrize(("width", "columns"), [(328, 1), (920, 2)])
def test_a_long_name_stands_whole_in_the_key(width, columns):
    name = "the Standing Conference of Harbour Masters and\nPilots of the Northern and the Southern Shore, no. 12"
    row = {"number": 1, "day": "2019-11-03", "percent": 90, "stands": 90, "low": 90, "high": 100, "who": name, "conflict": False}
    words = {"from": "2019-01-01", "to": "2020-01-01", "floor": "50", "who": "Who"}
    height = 400 + key_height((name,), columns=columns)
    told = draw(Drawing(kind="ledger", rows=(row,), words=words, order=(name,), width=width, height=height), "light").decode()
    assert [line in told for line in name.split("\n")] == [True, True]
    assert key_height((name,), columns=columns) > key_height(("short",), columns=columns)


def test_a_scale_of_few_has_each_number_once():
    rows = ({"month": "2020-01-01", "number": 1, "kind": "A"}, {"month": "2020-10-01", "number": 1, "kind": "B"})
    drawn = etree.fromstring(draw(Drawing(kind="months", rows=rows, words={"number": "Events"}, order=("A", "B")), "light"))
    labels = [text.text for text in drawn.iter(f"{SVG}text")]
    assert [label for label in labels if label in ("0", "1", "2")] == ["0", "1"]


def test_the_key_shows_what_is_suggested_as_dotted_as_the_bar_is():
    rows = ({"plan": "One", "kind": "C", "low": 0, "high": 40, "text": "4 of 10", "brief": "4/10"},)
    drawn = etree.fromstring(draw(Drawing(kind="bars", rows=rows, words={"share": "Share"}, order=("A", "B", "C")), "light"))
    dotted = [path for path in drawn.iter(f"{SVG}path") if path.get("stroke-dasharray") == "2,3"]
    assert [path.get("fill") for path in dotted] == [None, None]  # as their group has it, which is not filled


def test_more_names_than_shapes_share_the_last_one():
    names = [str(number) for number in range(SERIES + 3)]
    assert series_of(names[:SERIES], "others") == tuple(names[:SERIES])
    assert series_of(names, "others") == (*names[: SERIES - 1], "others")


def test_nothing_of_the_drawing_is_imported_before_a_chart_is_asked_for():
    command = "import sys, comity.portal.app; print({'altair', 'vl_convert'} & sys.modules.keys())"
    told = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"
