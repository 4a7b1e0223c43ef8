"""The report says what Comity counts itself, and only that nothing is counted while nobody decided anything."""

from html import unescape
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity.cli.app import app
from comity.languages import languages
from comity.publishing.labels import Labels
from made import SAMPLES

LINE = "line:asean-un-poa-2016-2020:P1-A-03"
COUNTED = {"en": "1 of the 22 lines known here completed", "vi": "1 trên 22 dòng có ở đây đã hoàn thành"}


def run(*arguments: object) -> None:
    done = CliRunner().invoke(app, [*map(str, arguments)])
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("language", languages())
def test_the_report_counts_what_people_decided(tmp_path: Path, language: str):
    register, page = tmp_path / "r.sqlite", tmp_path / "report.html"
    run("build", SAMPLES / "2020-09-16-council.en.md", "--register", register)
    run("report", "-o", page, "--register", register, "--lang", language)
    before, nothing = unescape(page.read_text()), Labels(language).say("counted_nothing")
    assert nothing in before
    assert COUNTED[language] not in before
    run("decide", "set-status", LINE, "--set", "status=completed", "--who", "Lan", "--register", register)
    run("report", "-o", page, "--register", register, "--lang", language)
    after = unescape(page.read_text())
    assert COUNTED[language] in after
    assert nothing not in after
