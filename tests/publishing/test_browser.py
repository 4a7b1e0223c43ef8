"""The report in a real browser: quiet console, no requests, no sideways scrolling, in every language, light and dark."""

from pathlib import Path

import pytest

from comity.languages import languages
from small_register import filled, page_of, small_knowledge

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    with filled(folder) as register:
        knowledge = small_knowledge()
        paths = {language: folder / f"report.{language}.html" for language in languages()}
        for language, path in paths.items():
            path.write_text(page_of(register, language, knowledge), encoding="utf-8")
    return paths


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", languages())
def test_the_page_is_quiet_and_fits(browser, reports, language, width, scheme):
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    noise: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(reports[language].as_uri())
    assert noise == []
    assert requests == [reports[language].as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == {"light": "rgb(253, 253, 251)", "dark": "rgb(20, 24, 27)"}[scheme]
    page.context.close()


def test_tables_keep_their_first_column_on_a_phone(browser, reports):
    page = browser.new_context(viewport={"width": 390, "height": 900}).new_page()
    page.goto(reports["vi"].as_uri())
    table = page.locator("section#ledger .scroll:has(table)").first
    first = table.locator("tbody th[scope=row]").first
    before = first.bounding_box()
    table.evaluate("box => box.scrollLeft = 200")
    assert table.evaluate("box => box.scrollLeft") > 0
    assert first.bounding_box()["x"] == before["x"]
    page.context.close()
