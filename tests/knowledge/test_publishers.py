"""Which publishers are bodies that speak for themselves."""

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
