"""Words are held against a plan's lines where their document speaks of the partnership, and their sentence of the line's matter."""

from pathlib import Path

import pytest

import made
from comity.knowledge import Pack, load_knowledge, load_pack
from comity.knowledge.folded import Folded
from comity.records import Act, LinkKind, Span, Statement
from comity.register import LinkState
from comity.tracking.clause_view import name_matcher
from comity.tracking.partnership_scope import PartnershipScope
from comity.tracking.track import track
from made import document, reading

SAID = "combat trafficking in persons"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("asean-un")


def heard(pack: Pack, text: str, language: str = "en", title: str = ""):
    knowledge = load_knowledge((pack,))
    names, whole = name_matcher(knowledge), Folded(text)
    return PartnershipScope(knowledge, pack).heard(whole, names.find(whole), language, names.find(Folded(title)))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ASEAN called on all to keep to the UN Convention on the Law of the Sea.", "en"),
        ("ASEAN recalled the UN Charter.", "en"),
        ("ASEAN kêu gọi tuân thủ Công ước Liên hợp quốc về Luật Biển.", "vi"),
        ("ASEAN nhắc lại các nghị quyết của Liên hợp quốc.", "vi"),
        ("Norway and Peru met.", "en"),
    ],
)
def test_a_paper_that_bears_its_name_is_not_the_party(pack: Pack, text: str, language: str):
    assert heard(pack, text, language) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ASEAN and the United Nations met.", "en"),
        ("ASEAN và Liên hợp quốc họp ở Jakarta.", "vi"),
        ("UNODC trained officers of ASEAN.", "en"),
    ],
)
def test_parties_and_their_bodies_are_heard(pack: Pack, text: str, language: str):
    assert heard(pack, text, language) is not None


def test_the_title_counts_for_the_partnership_and_others_against_it(pack: Pack):
    text = "ASEAN and the United Nations met. "
    ours = heard(pack, text, title="ASEAN and the United Nations meet")
    theirs = heard(pack, text + "Japan and India signed. Japan thanked India. ", title="Japan and India sign")
    assert ours is not None
    assert theirs is not None
    assert ours.title > theirs.title
    assert ours.rival_share < theirs.rival_share


def test_a_sentence_is_found_around_a_clause(pack: Pack):
    text = "ASEAN and the U.N. met. They will fight piracy, hunger and disease. The guests left."
    found = heard(pack, text)
    assert found is not None
    start = text.index("hunger")
    sentence = found.sentence(Span(start, start + 6), len(text))
    assert text[sentence.start : sentence.end].strip() == "They will fight piracy, hunger and disease."


def kinds_of(folder: Path, pack: Pack, text: str, title: str) -> set[LinkKind]:
    of = document(text, title=title)
    start = text.index(SAID)
    said = Statement(evidence=of.evidence(start, start + len(SAID)), speaker=("ASEAN",), cue=None, act=Act.AGREE)
    with made.register_of(folder, reading(of, statements=[said])) as register:
        track(register, pack)
        found = register.links().in_document(of.id)
        assert all(one.state in (LinkState.SUGGESTED, LinkState.HELD_BACK) for one in found)
        return {one.link.kind for one in found}


def test_what_is_of_another_partnership_is_tied_to_goals_alone(tmp_path: Path, pack: Pack):
    ours = f"The ministers of ASEAN and the United Nations agreed to {SAID}."
    theirs = f"Norway and Peru agreed to {SAID}. Peru thanked Norway."
    (tmp_path / "ours").mkdir()
    (tmp_path / "theirs").mkdir()
    assert LinkKind.LINE in kinds_of(tmp_path / "ours", pack, ours, "ASEAN and the United Nations")
    assert kinds_of(tmp_path / "theirs", pack, theirs, "Norway and Peru") == {LinkKind.GOAL}
