"""What a desk asks of a register: events, contradictions, undertakings, briefings, digests; in both languages, and with bad input."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity.cli import main
from comity.cli.app import app
from comity.languages import languages
from comity.records import Commitment, EventReport, EventType, Force, Status
from made import PARTNERSHIP, document, reading, register_of

COUNCIL = "Yearly Council of the Two Unions"
RUNNER = CliRunner()


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("briefs")
    plan = document(
        "They will meet on ships on 23 January 2020, and will train nurses for ships by June 2020.", "2020-01-02", publisher="Herald"
    )
    held = document("They met on ships on Thursday.", "2020-01-31", source="https://gazette.example/ships")
    event = {"type": EventType.CONSULT, "source": ("ASEAN", "UN"), "mechanism": COUNCIL}
    nurses = plan.text.index("train nurses")
    with register_of(
        folder,
        reading(
            plan,
            events=[EventReport(evidence=plan.evidence(10, 14), when="2020-01-23", status=Status.SCHEDULED, **event)],
            commitments=[Commitment(evidence=plan.evidence(nurses, len(plan.text) - 1), by=("UN",), force=Force.PLEDGED, due="2020-06")],
        ),
        reading(held, events=[EventReport(evidence=held.evidence(5, 8), when="2020-01-30", **event)]),
    ) as opened:
        return str(opened.name)


def run(register: str, *arguments: str) -> str:
    done = RUNNER.invoke(app, [*arguments, "--register", register, "--pack", str(PARTNERSHIP)], env={"COLUMNS": "180"})
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "arguments",
    [
        ("events", "--since", "2020"),
        ("contradictions",),
        ("due", "--before", "2020-12-31", "--as-of", "2020-12-31"),
        ("brief", "ships", "--for", "VNM", "--as-of", "2020-12-31"),
        ("digest", "--since", "2001", "--as-of", "2020-12-31"),
    ],
)
def test_each_command_shows_its_sources(register: str, arguments: tuple[str, ...], language: str):
    shown = run(register, *arguments, "--lang", language)
    assert "Herald" in shown or "Gazette" in shown
    assert "2020" in shown
    assert not re.search(r"\{\w+\}|None", shown)


def test_events_as_json(register: str):
    (one,) = json.loads(run(register, "events", "--format", "json"))
    assert (one["state"], one["planned"], one["when"], one["families"]) == ("moved", "2020-01-23", "2020-01-30", 2)


def test_contradictions_have_both_sides(register: str):
    (one,) = json.loads(run(register, "contradictions", "--format", "json"))
    assert (one["kind"], one["a"]["says"], one["b"]["says"]) == ("moved", "2020-01-23", "2020-01-30")
    shown = run(register, "contradictions")
    assert "They will meet on ships" in shown
    assert "They met on ships" in shown


@pytest.mark.parametrize(("as_of", "standing"), [("2020-02-01", "open"), ("2020-06-10", "due"), ("2020-09-01", "late")])
def test_an_undertaking_by_the_day(register: str, as_of: str, standing: str):
    (one,) = json.loads(run(register, "due", "--before", "2020-12-31", "--as-of", as_of, "--format", "json"))
    assert (one["standing"], one["suggested"], one["due"]) == (standing, True, "2020-06")


@pytest.mark.parametrize("ending", ["html", "docx", "txt", "json"])
def test_a_briefing_as_a_file(register: str, tmp_path: Path, ending: str):
    file = tmp_path / "a folder" / f"brief.{ending}"
    run(register, "brief", "ships", "-o", str(file))
    assert file.stat().st_size > 500
    assert not list(file.parent.glob("*.part"))


@pytest.mark.parametrize(
    ("ending", "told"), [("html", b"<!doctype html>"), ("docx", b"word/document.xml"), ("eml", b"\nSubject: "), ("txt", b"====")]
)
def test_a_digest_is_of_the_kind_that_its_file_is_named_for(register: str, tmp_path: Path, ending: str, told: bytes):
    """A page of plain text named `week.html` runs together in a browser."""
    file = tmp_path / f"week.{ending}"
    run(register, "digest", "--since", "2001", "-o", str(file))
    assert told in file.read_bytes()


def test_a_mail_to_the_team(register: str, tmp_path: Path):
    file = tmp_path / "week.eml"
    run(register, "digest", "--since", "2001", "--format", "mail", "--to", "team@example.org", "-o", str(file))
    assert b"To: team@example.org\r\n" in file.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("events", "--since", "last week"), "is no date"),
        (("due", "--before", "2020-13"), "is no date"),
        (("brief", "ships", "--for", "Nobody"), "is nobody that Comity knows"),
        (("digest", "--since", "2020/2021"), "is no date"),
        (("digest", "--since", "2020", "--to", "a@b\nBcc: c@d"), "is no mail address"),
        (("brief", "ships", "-o", "/proc/no/brief.html"), "can't be written"),
        (("brief", "ships", "-o", "brief.pdf"), "its ending names no format; let it end in .html"),
        (("digest", "--since", "2020", "-o", "week.pdf"), "its ending names no format; let it end in .html"),
        (("report", "-o", "report.pdf"), "a report is a web page; name a file that ends in .html or .htm"),
        (("brief", "  "), "A briefing is on something"),
    ],
)
def test_bad_input_is_one_sentence(
    register: str, arguments: tuple[str, ...], sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.argv", ["comity", *arguments, "--register", register, "--pack", str(PARTNERSHIP)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    shown = capsys.readouterr().err
    assert sentence in " ".join(shown.split())
    assert "Traceback" not in shown
