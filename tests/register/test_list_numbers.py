"""How many entries a list has, and by what, is what the list itself holds."""

from collections import Counter

import pytest
from listed import readings

from comity.register import Narrow, Total, lists


def test_counts_by_what_findings_and_documents_are(register_of):
    with register_of(*readings(30)) as register:
        view = register.view()
        statements = list(view.statements())
        assert view.counts("statements", "act") == Counter(str(found.finding.act) for found in statements)
        assert view.counts("statements", "actor") == Counter(actor for found in statements for actor in found.finding.speaker)
        assert view.counts("statements", "theme") == Counter(theme for found in statements for theme in found.themes)
        some = Narrow(publisher="Courier", between=("2020", None))
        courier = [f for f in statements if f.document.publisher == "Courier" and (f.document.published or "") >= "2020"]
        for by, value in (("act", lambda f: [str(f.finding.act)]), ("actor", lambda f: f.finding.speaker), ("theme", lambda f: f.themes)):
            assert view.counts("statements", by, some) == Counter(one for found in courier for one in value(found))
        with_thailand = [found for found in statements if "THA" in found.finding.speaker]
        for by, value in (("act", lambda f: [str(f.finding.act)]), ("actor", lambda f: f.finding.speaker), ("theme", lambda f: f.themes)):
            told = Counter(one for found in with_thailand for one in value(found))
            assert view.counts("statements", by, Narrow(actor="THA")) == told
            assert view.counts("statements", by, Narrow(actor="THA", between=("2019", None))).keys() <= told.keys()
        assert view.counts("statements", "year") == Counter((found.document.published or "")[:4] for found in statements)
        assert view.counts("documents", "year") == {"": 6, "2019": 6, "2020": 12, "2021": 6}
        assert view.counts("documents", "publisher", Narrow(theme="maritime")) == {"Courier": 15}
        assert view.counts("documents", "theme") == {"maritime": 15}
        assert list(view.counts("documents", "publisher")) == ["Courier", "Gazette"]


NARROWED = [
    {**who, **when, **by}
    for who in ({}, {"actor": "THA"}, {"theme": "maritime"}, {"act": "commit"}, {"actor": "VNM", "act": "commit"})
    for when in ({}, {"between": ("2020", None)}, {"between": ("2019", "2020-01")})
    for by in ({}, {"publisher": "Courier"}, {"publisher": "Courier", "language": "en"}, {"language": "vi"}, {"publisher": ""})
]


def test_numbers_are_those_of_the_lists(register_of):
    """Most are told by tags, in whichever order these are looked up, some by counting."""
    with register_of(*readings(15)) as register:
        view = register.view()
        for given in NARROWED[::4]:
            narrow = Narrow(**given)
            statements = list(view.statements(**given))
            assert view.count_of("statements", narrow) == len(statements), given
            for by, value in (("year", "published"), ("publisher", "publisher"), ("language", "language")):
                told = Counter((getattr(found.document, value) or "")[: 4 if by == "year" else None] for found in statements)
                assert view.counts("statements", by, narrow) == told, (given, by)
            if "act" not in given:
                documents = list(view.documents(**given))
                assert view.count_of("documents", narrow) == len(documents), given
                assert view.counts("documents", "year", narrow) == Counter((head.published or "")[:4] for head in documents)


def test_long_lists_are_told_to_be_long(register_of, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lists, "COUNTED", 3)
    with register_of(*readings(30)) as register:
        view = register.view()
        said = len(list(view.statements()))
        assert view.count_up_to("statements") == Total(said)
        assert view.count_up_to("statements", Narrow(publisher="Courier")).more is False
        assert view.count_up_to("statements", Narrow(actor="VNM", act="commit", between=("2019", None))) == Total(3, more=True)
        assert view.count_up_to("statements", Narrow(actor="VNM", document=view.newest("statements", 1)[0].document.id)).more is False
