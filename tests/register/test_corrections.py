"""A corrected finding is listed, counted, searched and told by what the person said, everywhere, until it is taken back; views as of days
before the decision say what was read."""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from comity.records import (
    Act,
    ActorMention,
    ActorType,
    Commitment,
    EventReport,
    EventType,
    Force,
    InstrumentMention,
    Statement,
    Status,
)
from comity.register import Action, Narrow, OfDecision, OfFinding, Register, View, Wanted, open_register
from comity.register.backend import engine_of
from comity.register.derived import derive
from comity.register.due import next_due
from comity.register.named import named_like
from comity.register.occurrences import event_reports
from comity.register.together import count_together, together
from made import claim, document, reading

TEXT = "Viet Nam welcomed the plan of the union. Japan met Laos. They promised rice by 2025. 97 of the 103 lines of Plan One are done."
OF = document(TEXT, "2020-09-16")
QUOTES = {
    "statements": "the plan of the union",
    "events": "met",
    "commitments": "rice by 2025",
    "actors": "Japan",
    "instruments": "Plan One",
}
BEFORE, DURING, AFTER = "2024-01-31", "2024-02-15", "2024-03-15"


def evidence(words: str) -> Any:
    return OF.evidence(TEXT.index(words), TEXT.index(words) + len(words))


def subject(kind: str) -> OfFinding:
    words = evidence(QUOTES.get(kind, "97 of the 103 lines"))
    return OfFinding(kind, OF.id, words.start, words.end)


FOUND = reading(
    OF,
    actors=[
        ActorMention(evidence=evidence("Viet Nam"), type=ActorType.STATE, actor="VNM"),
        ActorMention(evidence=evidence("Japan"), type=ActorType.STATE, actor="JPN"),
    ],
    statements=[Statement(evidence=evidence("the plan of the union"), speaker=("VNM",), cue=evidence("welcomed"), act=Act.WELCOME)],
    events=[EventReport(evidence=evidence("met"), type=EventType.CONSULT, source=("JPN",), target=("LAO",), when="2020-09-15")],
    commitments=[Commitment(evidence=evidence("rice by 2025"), by=("JPN", "LAO"), force=Force.PLEDGED, due="2025")],
    instruments=[InstrumentMention(evidence=evidence("Plan One"), name="Plan One", instrument="plan-one")],
    progress=[claim(OF, "97 of the 103 lines", numerator=97, denominator=103)],
)
CORRECTIONS: dict[str, dict[str, Any]] = {
    "statements": {"speaker": ["IDN", "MYS"], "act": "criticise"},
    "events": {"source": ["CHN"], "when": "2020-10-01", "type": "AID", "status": "scheduled"},
    "commitments": {"by": ["LAO"], "due": "2026-01-01", "force": "agreed"},
    "progress": {"subject": "plan-two", "numerator": 96, "claimant": ["UN"]},
    "actors": {"actor": "KOR"},
    "instruments": {"instrument": "plan-two", "name": "Plan Two"},
}


def speakers(view: View) -> list[tuple[str, ...]]:
    return [found.finding.speaker for found in view.statements()]


REPORTED = [(("JPN",), "2020-09-15", Status.HAPPENED)]
AMENDED = [(("CHN",), "2020-10-01", Status.SCHEDULED)]
Ask = Callable[[View], Any]

SURFACES: list[tuple[str, Ask, Any, Any]] = [
    ("statements", speakers, [("VNM",)], [("IDN", "MYS")]),
    ("statements", lambda v: len(list(v.statements(actor="VNM"))), 1, 0),
    ("statements", lambda v: len(list(v.statements(actor="IDN"))), 0, 1),
    ("statements", lambda v: len(list(v.statements(act="criticise"))), 0, 1),
    ("statements", lambda v: len(list(v.statements(act="criticise", document=OF.id))), 0, 1),
    ("statements", lambda v: v.count_of("statements", Narrow(actor="MYS")), 0, 1),
    ("statements", lambda v: v.count_of("statements", Narrow(actor="VNM")), 1, 0),
    ("statements", lambda v: v.counts("statements", "actor"), {"VNM": 1}, {"IDN": 1, "MYS": 1}),
    ("statements", lambda v: v.counts("statements", "act"), {"welcome": 1}, {"criticise": 1}),
    ("statements", lambda v: v.counts("statements", "act", Narrow(publisher="Gazette")), {"welcome": 1}, {"criticise": 1}),
    ("statements", lambda v: v.counts("statements", "actor", Narrow(publisher="Gazette")), {"VNM": 1}, {"IDN": 1, "MYS": 1}),
    ("statements", lambda v: len(v.search(Wanted(kind="statements", words="plan", actor="VNM")).hits), 1, 0),
    ("statements", lambda v: len(v.search(Wanted(kind="statements", words="plan", actor="IDN")).hits), 0, 1),
    ("statements", lambda v: len(v.search(Wanted(kind="statements", act="criticise")).hits), 0, 1),
    ("statements", lambda v: v.search(Wanted(kind="statements")).hits[0].finding.speaker, ("VNM",), ("IDN", "MYS")),
    ("statements", lambda v: len(v.search(Wanted(kind="statements")).hits[0].decisions), 0, 1),
    ("statements", lambda v: v.facets(Wanted(kind="statements")).actors, {"VNM": 1}, {"IDN": 1, "MYS": 1}),
    ("statements", lambda v: v.facets(Wanted(kind="statements")).acts, {"welcome": 1}, {"criticise": 1}),
    ("statements", lambda v: [found.finding.act for found in v.newest("statements", 3)], ["welcome"], ["criticise"]),
    ("statements", lambda v: [len(found.decisions) for found in v.findings("statements")], [0], [1]),
    ("events", lambda v: len(list(v.events(actor="JPN"))), 1, 0),
    ("events", lambda v: len(list(v.events(actor="CHN", type="AID"))), 0, 1),
    ("events", lambda v: v.counts("events", "act"), {"CONSULT": 1}, {"AID": 1}),
    ("events", lambda v: [(r.source, r.when, r.status) for r in event_reports(v)], REPORTED, AMENDED),
    ("events", lambda v: len(event_reports(v, "2020-09-30", "2020-10-02")), 0, 1),
    ("events", lambda v: [(one.a, one.b) for one in together(v, ["JPN", "CHN"], ["LAO"])], [("JPN", "LAO")], [("CHN", "LAO")]),
    ("events", lambda v: count_together(v, "CHN", "LAO"), 0, 1),
    ("commitments", lambda v: len(list(v.commitments(by="JPN"))), 1, 0),
    ("commitments", lambda v: len(list(v.commitments(force="agreed", due_after="2026"))), 0, 1),
    ("commitments", lambda v: len(list(v.commitments(due_before="2025-12-31"))), 1, 0),
    ("commitments", lambda v: [found.finding.due for found in next_due(v, "2024-01-01", limit=5)], ["2025"], ["2026-01-01"]),
    ("progress", lambda v: [found.finding.numerator for found in v.claims("plan-two")], [], [96]),
    ("progress", lambda v: [found.finding.claimant for found in v.claims(["plan-one", "plan-two"])], [()], [("UN",)]),
    ("progress", lambda v: len(v.search(Wanted(kind="progress", actor="UN")).hits), 0, 1),
    ("actors", lambda v: [one.actor for one in v.mentions()], ["JPN", "VNM"], ["KOR", "VNM"]),
    ("actors", lambda v: v.named("KOR") and v.named("KOR").mentions, None, 1),
    ("actors", lambda v: [one.actor for one in named_like(v, "apan", limit=5)], ["JPN"], ["KOR"]),
    ("actors", lambda v: len(list(v.documents(actor="JPN"))), 1, 0),
    ("actors", lambda v: len(list(v.documents(actor="KOR"))), 0, 1),
    ("actors", lambda v: len(v.search(Wanted(words="rice", actor="KOR")).hits), 0, 1),
    ("actors", lambda v: len(v.search(Wanted(words="rice", actor="JPN")).hits), 1, 0),
    ("instruments", lambda v: v.count_of("documents", Narrow(instrument="plan-two")), 0, 1),
    ("instruments", lambda v: len(v.search(Wanted(words="rice", instrument="Plan Two")).hits), 0, 1),
]


def told(view: View, *, corrected: bool) -> list[tuple[int, Any]]:
    """The surfaces that say something else than expected, by their place in the table."""
    answers = ((number, ask(view), after if corrected else before) for number, (_, ask, before, after) in enumerate(SURFACES))
    return [(number, answer) for number, answer, expected in answers if answer != expected]


def correct_all(register: Register) -> list[int]:
    writer = register.writer()
    return [
        writer.decide(who="Lan", action=Action.CORRECT, subject=subject(kind), value=value).number for kind, value in CORRECTIONS.items()
    ]


def test_every_surface_follows_a_correction_and_its_undoing(register_of, on):
    on("2024-01-10")
    with register_of(FOUND) as register:
        assert told(register.view(), corrected=False) == []
        on("2024-02-10")
        numbers = correct_all(register)
        assert told(register.view(), corrected=True) == []
        on("2024-03-10")
        undone = [register.writer().decide(who="Minh", action=Action.UNDO, subject=OfDecision(number)).number for number in numbers]
        assert told(register.view(), corrected=False) == []
        assert told(register.view(known=BEFORE), corrected=False) == []
        assert told(register.view(known=DURING), corrected=True) == []
        assert told(register.view(known=AFTER), corrected=False) == []
        on("2024-04-10")
        for number in undone:
            register.writer().decide(who="Minh", action=Action.UNDO, subject=OfDecision(number))
        assert told(register.view(), corrected=True) == []
        assert told(register.view(known=AFTER), corrected=False) == []


def test_a_new_reading_and_an_older_one_follow(register_of, on):
    on("2024-01-10")
    with register_of(FOUND) as register:
        on("2024-02-10")
        correct_all(register)
        on("2024-03-10")
        register.writer().add(structs.replace(FOUND, reader="2+test"))
        assert told(register.view(), corrected=True) == []
        assert told(register.view(known=BEFORE), corrected=False) == []
        assert told(register.view(known=DURING), corrected=True) == []


def test_a_rejected_finding_leaves_every_surface(register_of, on):
    on("2024-01-10")
    with register_of(FOUND) as register:
        on("2024-02-10")
        for kind in CORRECTIONS:
            register.writer().decide(who="Lan", action=Action.REJECT, subject=subject(kind), why="misread")
        view = register.view()
        assert speakers(view) == [] == event_reports(view)
        assert {kind: view.count_of(kind) for kind in ("statements", "events", "commitments", "progress")} == dict.fromkeys(
            ("statements", "events", "commitments", "progress"), 0
        )
        assert view.counts("statements", "actor") == {}
        assert view.search(Wanted(kind="statements")).hits == ()
        assert [one.actor for one in view.mentions()] == ["VNM"]
        assert told(register.view(known=BEFORE), corrected=False) == []
        rejected = register.review().in_document(OF.id, ("statements", "events"))
        assert [one.decisions[-1].action for one in rejected] == [Action.REJECT, Action.REJECT]


def test_two_corrections_of_one_finding(register_of, on):
    on("2024-01-10")
    with register_of(FOUND) as register:
        for day, speaker in (("2024-02-10", "IDN"), ("2024-03-10", "MYS")):
            on(day)
            register.writer().decide(who="Lan", action=Action.CORRECT, subject=subject("statements"), value={"speaker": [speaker]})
        seen = [speakers(register.view(known=day)) for day in (BEFORE, DURING, AFTER)]
        assert seen == [[("VNM",)], [("IDN",)], [("MYS",)]]
        register.writer().decide(who="Minh", action=Action.UNDO, subject=OfDecision(2))
        assert speakers(register.view()) == [("IDN",)]


def test_an_archive_keeps_what_was_read_and_what_counts(register_of, on, tmp_path):
    on("2024-01-10")
    with register_of(FOUND) as register, open_register(tmp_path / "other.sqlite") as other:
        on("2024-02-10")
        correct_all(register)
        register.export_to(tmp_path / "register.zip")
        other.import_from(tmp_path / "register.zip")
        assert told(other.view(), corrected=True) == []
        assert told(other.view(known=BEFORE), corrected=False) == []


def test_a_register_of_an_older_version_carries_its_corrections_out(register_of, on, monkeypatch, place: str):
    on("2024-01-10")
    with register_of(FOUND) as register:
        on("2024-02-10")
        monkeypatch.setattr("comity.register.writer.amend_documents", lambda *_: None)
        correct_all(register)
    engine, _ = engine_of(place)
    with engine.begin() as connection:
        derive(connection)
    engine.dispose()
    with open_register(place) as register:
        assert told(register.view(), corrected=True) == []
        assert told(register.view(known=BEFORE), corrected=False) == []
