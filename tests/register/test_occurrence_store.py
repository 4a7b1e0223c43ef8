"""What happened is kept the same in both databases, with what documents say that others may contradict."""

from datetime import date

import pytest

from comity.intake import document_from_text
from comity.knowledge import Knowledge
from comity.reading import Reader
from comity.register import open_register
from comity.register.occurrence_rows import Kept, Wished
from comity.tracking.contradictions import contradictions
from comity.tracking.kept_occurrences import are_kept
from comity.tracking.occurrence_pages import occurrence_page
from comity.tracking.occurrence_update import update_occurrences
from comity.tracking.occurrences import occurrences, telling_occurrences

TODAY = date(2021, 12, 31)
TEXTS = (
    (
        "2020-01-10",
        "The ASEAN-UN Summit will be held on 23 January 2020 in Ha Noi, the ministry of Viet Nam said. ASEAN works with 30 UN bodies.",
    ),
    ("2020-01-31", "The ASEAN-UN Summit was held on 30 January 2020 in Ha Noi. ASEAN works with 34 UN bodies, the chair said."),
    ("2020-02-02", "On 30 January 2020 Viet Nam and Indonesia met in Ha Noi and signed an agreement on fisheries."),
    ("2020-02-03", "Viet Nam and Indonesia met on 30 January 2020 to speak of fish and ships."),
)


@pytest.mark.parametrize("size", [1, 4])
def test_kept_as_put_together_on_the_spot(place: str, reader: Reader, knowledge: Knowledge, size: int):
    readings = [reader.read(document_from_text(text, published=day, name=day, language="en")) for day, text in TEXTS]
    with open_register(place) as register:
        view = register.view()
        for start in range(0, len(readings), size):
            register.writer().add_all(readings[start : start + size])
            spot = occurrences(view, knowledge, today=TODAY)
            against = contradictions(view, knowledge, spot)
            update_occurrences(register, knowledge)
        assert update_occurrences(register, knowledge) == 0
        assert are_kept(view, knowledge, TODAY)
        assert spot
        assert occurrences(view, knowledge, today=TODAY) == spot
        assert contradictions(view, knowledge, telling_occurrences(view, knowledge, today=TODAY)) == against
        page = occurrence_page(view, knowledge, Wished(actor="VNM", since="2020-01", until="2020-01", dated=True), today=TODAY)
        assert page.entries == tuple(one for one in spot if "VNM" in one.parties and one.when)[: len(page.entries)]
        assert Kept(view).whereabouts(int(spot[0].id, 16)) == int(spot[0].id, 16)
