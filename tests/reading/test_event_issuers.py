"""Who "we" and "I" are in the events of a text that tells it."""

import pytest
from given import given_mentions, page_of

from comity.reading.event_candidates import Candidate
from comity.reading.event_issuers import with_issuers
from comity.reading.event_parties import Party, choose
from comity.reading.mentions import Form
from comity.records import ActorType, LanguageCode

WHO: dict[str, str | list[str]] = {"PER": "Peru", "NOR": ["Norway", "Na Uy"], "IRN": "Iran", "LAO": "Lào"}


@pytest.mark.parametrize(
    ("language", "text", "issuers"),
    [
        ("en", "We, the Governments of Peru and Norway, met. We sanctioned Iran. “We will not yield,” Iran said.", [("PER", "NOR")] * 2),
        ("en", "Peru and Norway met. We sanctioned Iran.", []),
        ("vi", "Chúng tôi, Chính phủ Na Uy và Lào, đã họp. Hôm nay chúng tôi trừng phạt Iran.", [("NOR", "LAO")] * 2),
    ],
)
def test_we_are_those_who_issue_the_text(language: LanguageCode, text: str, issuers: list[tuple[str, ...]]) -> None:
    page = page_of(text, language)
    mentions = given_mentions(page, WHO)
    found = with_issuers(page, mentions, mentions)
    assert [one.actors for one in found.all if one.form is Form.PRONOUN] == issuers
    assert set(mentions.all) <= set(found.all)


@pytest.mark.parametrize(
    ("language", "text", "who"),
    [
        (
            "en",
            "PRESIDENT SILVA:  Today I visited the port. Ana Silva said: “I came early.”\n\nMR. BERG:  I've met her.",
            ["ana-silva", "ole-berg"],
        ),
        ("en", "MODERATOR:  I met them.\n\nPRESIDENT SILVA:  They met.", []),
        ("en", "I visited the port. Ana Silva and Ole Berg met.", []),
        ("vi", "Ole Berg:  Hôm nay tôi đã thăm cảng.\n\nAna Silva:  Các bên đã họp.", ["ole-berg"]),
    ],
)
def test_i_am_whoever_has_the_turn(language: LanguageCode, text: str, who: list[str]) -> None:
    page = page_of(text, language)
    mentions = given_mentions(page, {"ana-silva": ["Ana Silva", "SILVA"], "ole-berg": ["Ole Berg", "BERG"]})
    found = with_issuers(page, mentions, mentions)
    assert [actor for one in found.all if one.form is Form.PRONOUN for actor in one.actors] == who


def test_those_whom_one_word_stands_for_take_part_together() -> None:
    page = page_of("We, the Governments of Peru and Norway, met.", "en")
    word, *_ = with_issuers(page, mentions := given_mentions(page, WHO), mentions).all
    we = Candidate(word, True, ())
    parties = [Party(actor, ActorType.STATE, chance, we) for actor, chance in (("PER", 0.9), ("NOR", 0.04), ("LAO", 0.04))]
    assert [party.actor for party in choose(parties)] == ["PER", "LAO", "NOR"]
