"""Which publishers are bodies that speak for themselves, and for which state."""

import pytest

from comity.knowledge.publishers import publisher_kinds


@pytest.mark.parametrize(
    ("publisher", "source", "official"),
    [
        ("ASEAN Secretariat", None, True),
        ("bộ ngoại giao", None, True),
        (None, "https://press.un.org/en/2020/sc14093.doc.htm", True),
        ("asean.org", None, True),
        (None, "https://www.mofa.gov.vn/a", True),
        (None, "https://www.mfa.go.th/a", True),
        (None, "https://www.state.gov/a", True),
        (None, "https://www.go.com/a", False),
        (None, "https://gov.example.com/a", False),
        (None, "https://notasean.org/a", False),
        ("Báo Bến Cảng", "https://papers.example/a", False),
        ("Gazette", "http://[broken", False),
        ("", "", False),
        (None, None, False),
    ],
)
def test_official_publishers(publisher: str | None, source: str | None, official: bool):
    assert publisher_kinds().is_official(publisher, source) is official


@pytest.mark.parametrize(
    ("publisher", "source", "state"),
    [
        (None, "https://www.state.gov/a", "USA"),
        (None, "https://www.mofa.gov.vn/a", "VNM"),
        ("www.gov.uk", None, "GBR"),
        ("https://papers.example", "https://en.kremlin.ru/a", "RUS"),
        (None, "https://gov.example.com/a", None),
        (None, "https://press.un.org/a", None),
        ("The Gov", None, None),
        (None, None, None),
    ],
)
def test_whose_own_page_it_is(publisher: str | None, source: str | None, state: str | None):
    assert publisher_kinds().state(publisher, source) == state
