"""A real browser for the tests that need one: Chromium of this machine, driven by playwright."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first that is there. All draw pages with the same code; the one without windows, profiles and updates opens a page in a quarter of
the processor time (.2 seconds, not .9)."""


def missing(what: str) -> None:
    """Skips the test with the reason, or fails it where browsers are demanded (COMITY_REQUIRE_BROWSER)."""
    if os.environ.get("COMITY_REQUIRE_BROWSER"):
        pytest.fail(f"COMITY_REQUIRE_BROWSER is set and {what} is not there")
    pytest.skip(f"{what} is not there")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        missing("Chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()
