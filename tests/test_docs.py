"""Every command shown in the manual runs: the lines of the `sh` blocks of a page (`make` apart), in their order, in one folder.

A line that ends in `# exit 2` must end so; all others must succeed. Most pages build the sample documents into a register first: that is
done once, and a page's own line is run on a copy of what it made, which reads nothing again.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from made import READY

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
RUN = ("comity ", "echo ", "printf ", "cp ", "mkdir ")
BUILDING = re.compile(r"comity build documents --register (\S+)(?: --pack asean-un)?")
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands(page: Path) -> list[str]:
    lines = [line for block in BLOCK.findall(page.read_text(encoding="utf-8")) for line in block.splitlines()]
    return [line for line in lines if line.startswith(RUN)]


class Desk:
    """A folder in which the commands of a page are typed: as a fresh clone is for the README, which has no `documents` before its own
    commands put them there; with the sample documents for the others."""

    def __init__(self, folder: Path, program: Path, page: Path) -> None:
        self.folder = folder
        self._environment = {
            **os.environ,
            "COMITY_HOME": str(folder / "home"),
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        }
        if page.name == "README.md":
            (folder / "src").symlink_to(ROOT / "src")
        else:
            (folder / "documents").symlink_to(READY)

    def type(self, line: str) -> None:
        done = subprocess.run(
            line, check=False, shell=True, cwd=self.folder, env=self._environment, capture_output=True, text=True, timeout=120
        )
        expected = 2 if line.endswith("# exit 2") else 0
        assert done.returncode == expected, f"{line}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.name)
def test_the_commands_of_a_page_run(page: Path, tmp_path: Path, samples_built: Path, program: Path) -> None:
    """`comity demo` finds the register of the home, which has read the same documents; that it reads them is tested in test_commands.py."""
    shutil.copytree(samples_built, tmp_path / "home")
    desk = Desk(tmp_path, program, page)
    for line in commands(page):
        if (building := BUILDING.fullmatch(line)) and not (register := tmp_path / building[1]).exists():
            shutil.copy(samples_built / "register.sqlite", register)
        desk.type(line)


def test_every_link_to_a_file_of_the_project_leads_somewhere():
    for page in [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]:
        for target in re.findall(r"\]\(([^)#:\s]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_shows_the_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in text
    assert "make test" in text
