"""The picture of the README from the demo's report: `python tools/screenshots.py [--out FOLDER]`. Needs Chromium and playwright.

With `--all`, every language, width and scheme too, for looking over.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from comity.languages import languages

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
TOP = {"x": 0, "y": 0, "width": 1180, "height": 1330}
"""The part of the page that the README shows: the plans at a glance and the chart."""

TALL = 6000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=PICTURES, help="where the pictures go")
    parser.add_argument("--all", action="store_true", help="every language, width and scheme as well")
    arguments = parser.parse_args()
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        print("Chromium is not there; install it (Debian: apt-get install chromium).", file=sys.stderr)
        return 2
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        subprocess.run([sys.executable, "-m", "comity", "demo", "--home", home], check=True, env={**os.environ}, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        shoot(browser, Path(home) / "report.en.html", arguments.out / "report.png", width=1180, scheme="light", clip=TOP)
        for language in languages() if arguments.all else ():
            for width in WIDTHS:
                for scheme in SCHEMES:
                    picture = arguments.out / f"report-{language}-{width}-{scheme}.png"
                    clip = {"x": 0, "y": 0, "width": width, "height": TALL}
                    shoot(browser, Path(home) / f"report.{language}.html", picture, width=width, scheme=scheme, clip=clip)
        browser.close()
    return 0


def shoot(browser: Any, page: Path, picture: Path, *, width: int, scheme: str, clip: dict[str, int]) -> None:
    """One picture of a part of a page."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    opened = context.new_page()
    opened.goto(page.as_uri())
    opened.screenshot(path=picture, full_page=True, clip=clip)
    context.close()


if __name__ == "__main__":
    sys.exit(main())
