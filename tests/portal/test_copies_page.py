"""A copy's page says what stands otherwise in it than in the release it is a copy of, and underlines it in the text."""

from collections.abc import Iterator

import httpx
import pytest
from lxml import html as trees
from served import portal_over, serving

from comity.languages import languages
from comity.portal.words import Words
from comity.publishing.labels import Labels
from made import document, reading, register_of

RELEASE = """The committee of the two unions held its yearly meeting online on Tuesday, pledging to take the partnership forward.
Ambassador Lan and her counterpart chaired the event. The meeting noted
that 97 of the lines in the plan had been completed as of this month.
Most lines on security and trade were finished ahead of time, above all in relief, equality and the narrowing of gaps. The two sides agreed
to end the draft of the new plan in time for the meeting of ministers. The visitors voiced support for the chair's work on health."""
COPY = RELEASE.replace("97 of the lines", "79 of the lines").replace(" her counterpart", " her colleague")


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[httpx.Client]:
    both = [document(RELEASE, "2020-09-15", title="Release"), document(COPY, "2020-09-16", title="Copy", publisher="Daily")]
    with (
        register_of(tmp_path_factory.mktemp("copies"), *map(reading, both)) as register,
        serving(portal_over(register)) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


@pytest.mark.parametrize("language", languages())
def test_a_copy_lists_and_underlines_what_it_has_otherwise(client, language):
    words = Words(Labels(language))
    tree = trees.fromstring(client.get(f"/{language}/documents/{document(COPY).id}").text)
    (part,) = tree.xpath("//*[@id='differences']")
    assert words.count("differences", 2) in part.text_content()
    rows = [[cell.text_content().strip() for cell in row] for row in part.xpath(".//tbody/tr")]
    assert [words.say("difference_figure"), "97", "79"] in rows
    underlined = [piece.text_content() for piece in tree.xpath("//*[contains(@class, 'k-differs')]")]
    assert underlined == ["colleague", "79"]


def test_each_side_opens_at_its_words(client):
    tree = trees.fromstring(client.get(f"/en/documents/{document(COPY).id}").text)
    for link in tree.xpath("//*[@id='differences']//a/@href"):
        page = trees.fromstring(client.get(link).text)
        (here,) = page.xpath(f"//*[@id='{link.partition('#')[2]}']")
        assert "k-asked" in here.get("class")


def test_the_release_itself_has_no_such_list(client):
    assert 'id="differences"' not in client.get(f"/en/documents/{document(RELEASE).id}").text
