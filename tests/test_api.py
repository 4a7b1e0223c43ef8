"""The three names that programs import."""

import subprocess
import sys
from pathlib import Path

import comity


def test_read_a_text():
    reading = comity.read("The council met on 30 January.", published="2020-01-31", language="en")
    assert (reading.document.published, reading.document.language) == ("2020-01-31", "en")
    for date in reading.dates:
        assert reading.document.text[date.evidence.start : date.evidence.end] == date.evidence.quote


def test_read_with_a_pack_and_keep_it(tmp_path: Path):
    reading = comity.read("ASEAN met.", pack=comity.load_pack("asean-un"))
    with comity.open_register(tmp_path / "register.sqlite") as register:
        register.writer().add(reading)
        assert register.view().count_documents() == 1


def test_importing_comity_loads_nothing_heavy():
    script = "import comity, sys; print({'sqlalchemy', 'typer', 'yaml', 'ahocorasick', 'jinja2'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_what_is_public():
    assert comity.__all__ == ["__version__", "load_pack", "open_register", "read", "sdg"]


def test_the_goals_of_a_text_come_with_the_words_that_count():
    (first, *_) = comity.sdg("The ministers agreed to widen access to clean energy and solar power for rural households.")
    assert first.goal == "7"
    assert "energy" in first.words
