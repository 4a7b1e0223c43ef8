"""The pictures of the README and the manual from the demo: `python tools/screenshots.py [--out FOLDER]`. Needs Chromium and playwright.

With `--all`, every page of the portal and the report in every language, width and scheme too, for looking over.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from comity.languages import languages

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
TOP = {"x": 0, "y": 0, "width": 1180, "height": 1330}
"""The part of the report that the README shows: the plans at a glance and the chart."""

TALL = 6000
PLAN = "asean-un-poa-2016-2020"
SHOWN = {
    "portal-overview": ("/en", 1180, "light", 1330),
    "portal-line": (f"/en/plans/{PLAN}/lines/P1-A-03", 1180, "light", 1100),
    "portal-statements": ("/vi/statements?actor=ASEAN&actor=UN", 1180, "dark", 1000),
    "portal-phone": (f"/vi/plans/{PLAN}/ledger", 390, "light", 1600),
}
"""The portal's pictures in the manual and the README: page, width, scheme, height."""

PAGES = (
    "",
    "/plans",
    f"/plans/{PLAN}",
    f"/plans/{PLAN}/ledger",
    f"/plans/{PLAN}/lines/P1-A-03",
    "/plans/asean-un-poa-2021-2025/compare",
    "/documents",
    "/statements",
    "/statements?actor=ASEAN&actor=UN",
    "/actors",
    "/actors/ASEAN",
    "/meetings",
    "/meetings/asean-un-summit",
    "/instruments",
    "/instruments/asean-charter",
    "/alignment",
    "/network",
    "/network/together?a=ASEAN&b=UN",
    "/search?q=hop+tac",
    "/brief?actor=ASEAN",
    "/events?month=2020-09",
    "/documents?as_of=2020-01-01",
    "/contradictions",
    "/digest",
    "/nowhere",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=PICTURES, help="where the pictures go")
    parser.add_argument("--all", action="store_true", help="every page, language, width and scheme as well")
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
        report = (Path(home) / "report.en.html").as_uri()
        shoot(browser, report, arguments.out / "report.png", width=1180, scheme="light", clip=TOP)
        with portal(home) as address:
            for name, (path, width, scheme, height) in SHOWN.items():
                clip = {"x": 0, "y": 0, "width": width, "height": height}
                shoot(browser, address + path, arguments.out / f"{name}.png", width=width, scheme=scheme, clip=clip)
            if arguments.all:
                shoot_all(browser, address, Path(home), arguments.out)
        browser.close()
    return 0


@contextmanager
def portal(home: str) -> Iterator[str]:
    """The address of the portal over the demo, while it runs."""
    command = [sys.executable, "-m", "comity", "serve", "--home", home, "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield next(found.group() for line in server.stdout if (found := re.search(r"http://[\d.]+:\d+", line)))
    finally:
        server.terminate()
        server.wait()


def shoot_all(browser: Any, address: str, home: Path, out: Path) -> None:
    for language in languages():
        places = {"report": (home / f"report.{language}.html").as_uri()}
        places |= {re.sub(r"\W+", "-", path or "/overview").strip("-"): f"{address}/{language}{path}" for path in PAGES}
        for name, place in places.items():
            for width in WIDTHS:
                for scheme in SCHEMES:
                    clip = {"x": 0, "y": 0, "width": width, "height": TALL}
                    shoot(browser, place, out / f"{name}-{language}-{width}-{scheme}.png", width=width, scheme=scheme, clip=clip)


def shoot(browser: Any, page: str, picture: Path, *, width: int, scheme: str, clip: dict[str, int]) -> None:
    """One picture of the top part of a page."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    opened = context.new_page()
    opened.goto(page)
    tall = opened.evaluate("document.documentElement.scrollHeight")
    opened.screenshot(path=picture, full_page=True, clip={**clip, "height": min(clip["height"], tall)})
    context.close()


if __name__ == "__main__":
    sys.exit(main())
