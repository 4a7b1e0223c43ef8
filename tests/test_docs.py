"""Every command shown in the manual runs: the lines of the `sh` blocks of a page (`make` apart), in their order, in one folder.

A line that ends in `# exit 2` must end so; all others must succeed.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
RUN = ("comity ", "echo ", "printf ", "cp ", "mkdir ")
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands(page: Path) -> list[str]:
    lines = [line for block in BLOCK.findall(page.read_text(encoding="utf-8")) for line in block.splitlines()]
    return [line for line in lines if line.startswith(RUN)]


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.name)
def test_the_commands_of_a_page_run(page: Path, tmp_path: Path):
    environment = {
        **os.environ,
        "COMITY_HOME": str(tmp_path / "home"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    samples = ROOT / "src" / "comity" / "knowledge" / "partnerships" / "asean-un" / "samples"
    (tmp_path / "documents").symlink_to(samples)
    for line in commands(page):
        expected = 2 if line.endswith("# exit 2") else 0
        done = subprocess.run(line, check=False, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == expected, f"{line}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        assert "Traceback" not in done.stderr


def test_every_link_to_a_file_of_the_project_leads_somewhere():
    for page in [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]:
        for target in re.findall(r"\]\(([^)#:\s]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_shows_the_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in text
    assert "make test" in text
