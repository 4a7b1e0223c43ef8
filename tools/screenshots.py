"""Pictures of the pages from the demo: `python tools/screenshots.py [--out FOLDER] [--every FOLDER] [--only WORD] [--view WORD]`.

Into `--out` go the pictures of the README and the manual. Into `--every` goes every page of the portal and the report, in every language,
width and scheme, for looking over; with `--only`, those whose name has the word in it, with `--view` those of some views (`vi-390`,
`dark`). Needs Chromium.
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

from screenshot_pages import PLAN, Way, inside, public_pages

from comity.languages import languages

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
TOP = {"x": 0, "y": 0, "width": 1180, "height": 1330}
"""The part of the report that the README shows: the plans at a glance and the chart."""

TALL = 6000
SHOWN = {
    "portal-overview": ("/en", 1180, "light", 1330),
    "portal-line": (f"/en/plans/{PLAN}/lines/P1-A-03", 1180, "light", 1100),
    "portal-statements": ("/vi/statements?actor=ASEAN&actor=UN", 1180, "dark", 1000),
    "portal-phone": (f"/vi/plans/{PLAN}/ledger", 390, "light", 1600),
}
"""The portal's pictures in the manual and the README: page, width, scheme, height."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=PICTURES, help="where the pictures of the README go")
    parser.add_argument("--every", type=Path, metavar="FOLDER", help="where every page goes, in every language, width and scheme")
    parser.add_argument("--only", default="", metavar="WORD", help="of every page, only those with this in their name")
    parser.add_argument("--view", default="", metavar="WORD", help="of every view (`vi-390-dark`), only those with this in their name")
    arguments = parser.parse_args()
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium-headless-shell") or shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        print("Chromium is not there; install it (Debian: apt-get install chromium).", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = Path(folder)
        comity("demo", "--home", folder)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        if not arguments.only and not arguments.view:
            for_readme(browser, home, arguments.out)
        if arguments.every:
            every_page(browser, home, arguments.every, arguments.only, arguments.view)
        browser.close()
    return 0


def comity(*command: str) -> None:
    subprocess.run([sys.executable, "-m", "comity", *command], check=True, env={**os.environ}, stdout=subprocess.DEVNULL)


def for_readme(browser: Any, home: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with opened(browser, width=1180, scheme="light") as page:
        page.goto((home / "report.en.html").as_uri())
        shoot(page, out / "report.png", TOP)
    with portal(home) as (address, _):
        for name, (path, width, scheme, height) in SHOWN.items():
            with opened(browser, width=width, scheme=scheme) as page:
                page.goto(address + path)
                shoot(page, out / f"{name}.png", {"x": 0, "y": 0, "width": width, "height": height})


def every_page(browser: Any, home: Path, out: Path, only: str, of_view: str) -> None:
    """Pages that anybody may see, then those of people who work in the portal, who sign in for each width and scheme anew."""
    out.mkdir(parents=True, exist_ok=True)
    every = ((language, width, scheme) for language in languages() for width in WIDTHS for scheme in SCHEMES)
    views = [view for view in every if of_view in "-".join(map(str, view))]
    pages = public_pages(home / "register.sqlite")
    with portal(home) as (address, _):
        for language, width, scheme in views:
            reports = [("report", (home / f"report.{language}.html").as_uri())]
            places = [*reports, *((name, f"{address}/{language}{path}") for name, path in pages.items())]
            with opened(browser, width=width, scheme=scheme) as page:
                for name, place in places:
                    if only in name:
                        page.goto(place)
                        shoot(page, out / f"{name}-{language}-{width}-{scheme}.png", whole(width))
    for language, width, scheme in views:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(home / "register.sqlite", folder)
            with portal(Path(folder), "--accounts") as (address, first), opened(browser, width=width, scheme=scheme) as page:
                for name in inside(Way(page, address, language, first), Path(folder) / "register.sqlite"):
                    if only in name:
                        shoot(page, out / f"{name}-{language}-{width}-{scheme}.png", whole(width))


@contextmanager
def portal(home: Path, *options: str) -> Iterator[tuple[str, str]]:
    """The address of the portal over the demo, while it runs, and with accounts that of the first invitation."""
    command = [sys.executable, "-m", "comity", "serve", "--home", str(home), "--port", "0", "--workers", "1", *options]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        found = (re.search(r"(http://[\d.]+:\d+)(\S*/invitation/\S+)?", line) for line in server.stdout)
        address = next(one.group(1) for one in found if one)
        first = next(one.group(2) for one in found if one and one.group(2)) if options else ""
        yield address, first
    finally:
        server.terminate()
        server.wait()


@contextmanager
def opened(browser: Any, *, width: int, scheme: str) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    yield context.new_page()
    context.close()


def whole(width: int) -> dict[str, int]:
    return {"x": 0, "y": 0, "width": width, "height": TALL}


def shoot(page: Any, picture: Path, clip: dict[str, int]) -> None:
    """One picture of the top part of a page."""
    page.evaluate("document.fonts.ready")
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.screenshot(path=picture, full_page=True, clip={**clip, "height": min(clip["height"], tall)})


if __name__ == "__main__":
    sys.exit(main())
