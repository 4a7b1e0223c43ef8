"""Years of a heading stay on one line, and what a heading says stays what it is."""

import pytest
from markupsafe import Markup

from comity.publishing.unbroken import unbroken


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Plan of Action 2016-2020", 'Plan of Action <span class="years">2016-2020</span>'),
        ("2016–2020 and 2021–2025", '<span class="years">2016–2020</span> and <span class="years">2021–2025</span>'),
        ("A & B 2016-2020 <b>", 'A &amp; B <span class="years">2016-2020</span> &lt;b&gt;'),
        ("Nothing of years", "Nothing of years"),
        ("A/2016-2020/7, 12016-2020, 2016-2020-1", "A/2016-2020/7, 12016-2020, 2016-2020-1"),
        ("", ""),
    ],
)
def test_years_in_one_piece(words, shown):
    assert unbroken(words) == shown


def test_what_has_none_is_escaped_like_any_text():
    assert not isinstance(unbroken("<b>"), Markup)
