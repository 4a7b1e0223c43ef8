"""A real browser for the tests that need one: Chromium of this machine, driven by playwright."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest


def missing(what: str) -> None:
    """Skips the test with the reason, or fails it where browsers are demanded (COMITY_REQUIRE_BROWSER)."""
    if os.environ.get("COMITY_REQUIRE_BROWSER"):
        pytest.fail(f"COMITY_REQUIRE_BROWSER is set and {what} is not there")
    pytest.skip(f"{what} is not there")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
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
