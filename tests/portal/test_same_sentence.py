"""Several findings of one sentence in a list: it stands once, each has its own words; what several said together names them all."""

from collections.abc import Iterator

import httpx
import pytest
from lxml import html as trees
from served import portal_over, serving

from comity.languages import languages
from comity.records import Act, Commitment, Force, Statement
from made import document, reading, register_of

SENTENCE = "The two sides welcomed the harbour, agreed on its depth and pledged to dig it. It rained."
OTHER = "Both agreed on the price of sand."


@pytest.fixture(scope="module")
def client(tmp_path_factory) -> Iterator[httpx.Client]:
    one, other = document(SENTENCE, "2020-05-02", title="Dug"), document(OTHER, "2019-05-02", title="Sand")
    both = ("ASEAN", "UN")

    def evidence(words: str):
        return one.evidence(SENTENCE.index(words), SENTENCE.index(words) + len(words))

    said = [
        Statement(evidence=evidence("the harbour"), speaker=both, cue=None, act=Act.WELCOME),
        Statement(evidence=evidence("its depth"), speaker=both, cue=None, act=Act.AGREE),
        Statement(evidence=evidence("rained"), speaker=("UN",), cue=None, act=Act.INFORM),
    ]
    made = [Commitment(evidence=evidence(words), by=both, force=Force.PLEDGED) for words in ("its depth", "to dig it")]
    sand = [Commitment(evidence=other.evidence(5, 11), by=both, force=Force.AGREED)]
    register = register_of(
        tmp_path_factory.mktemp("same"), reading(one, statements=said, commitments=made), reading(other, commitments=sand)
    )
    with register, serving(portal_over(register)) as address, httpx.Client(base_url=address, timeout=60) as client:
        yield client


def articles(client: httpx.Client, path: str) -> list[trees.HtmlElement]:
    return trees.fromstring(client.get(path).raise_for_status().text).xpath("//main//article")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("path", "quotes"),
    [
        ("commitments", ["… its depth …", "… to dig it", "Both agreed on the price of sand."]),
        ("statements?actor=UN", ["… the harbour …", "… its depth …", "It rained."]),
        ("statements?actor=UN&actor=ASEAN", ["… the harbour …", "… its depth …", "It rained.", "… the harbour …", "… its depth …"]),
    ],
)
def test_a_sentence_stands_once(client: httpx.Client, language: str, path: str, quotes: list[str]):
    shown = articles(client, f"/{language}/{path}")
    whole = "The two sides welcomed the harbour, agreed on its depth and pledged to dig it."
    texts = [" ".join(one.xpath(".//blockquote")[0].text_content().split()) for one in shown]
    first = texts.index(whole)
    assert [text if text != whole else quotes[place] for place, text in enumerate(texts)] == quotes
    assert texts.count(whole) == path.count("actor") + (path == "commitments")
    assert texts[first + 1].startswith("…")
    assert all(one.xpath(".//p[@class='source']//a[contains(@href, '/documents/')]") for one in shown)


def test_a_column_says_with_whom(client: httpx.Client):
    heads = [" ".join(one.xpath(".//h4")[0].text_content().split()) for one in articles(client, "/en/statements?actor=UN&actor=ASEAN")]
    assert heads == [
        "ASEAN, United Nations: welcomed",
        "ASEAN, United Nations: agreed",
        "informed",
        "ASEAN, United Nations: welcomed",
        "ASEAN, United Nations: agreed",
    ]
