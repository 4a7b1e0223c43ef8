"""`comity read --explain`: what each finding rests on, on the screen in both languages and in JSON."""

import json

import pytest
from test_commands import Home, home, shared_home, words  # noqa: F401  (fixtures)

TEXT = b"Prime Minister Ana Kovac met Foreign Minister Samir Fahmy in Geneva. She said Croatia would give $2 million by 2025.\n"
CALL = ("read", "-", "--explain", "--language", "en", "--published", "2020-06-01")


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", ["cue “said” languages/en/cues.yaml:", "trigger “met”", "party “Ana Kovac”: ana-kovac", "weighed most:"]),
     ("vi", ["từ dẫn “said” languages/en/cues.yaml:", "từ báo sự kiện “met”", "bên tham gia “Ana Kovac”: ana-kovac", "nặng nhất:"])],
)  # fmt: skip
def test_the_screen_says_what_each_finding_rests_on(home: Home, language: str, told: list[str]) -> None:  # noqa: F811
    done = home.run(*CALL, "--lang", language, stdin=TEXT)
    assert done.returncode == 0
    for line in told:
        assert line in words(done.stdout)


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_json_has_the_grounds_beside_each_finding(home: Home, form: str) -> None:  # noqa: F811
    read = json.loads(home.run(*CALL, "--format", form, stdin=TEXT).stdout)
    record = read[0] if form == "json" else read
    event = record["events"][0]
    assert event["why"][0] == {
        "by": "trigger", "quote": "met", "start": event["start"], "end": event["end"], "entry": "met",
        "place": event["why"][0]["place"], "key": "triggers.CONSULT.mutual",
    }  # fmt: skip
    assert all(finding["why"] for kind in ("actors", "statements", "theme_evidence") for finding in record[kind])


def test_a_table_has_them_too(home: Home) -> None:  # noqa: F811
    assert "languages/en/events.yaml" in home.run(*CALL, "--format", "table", stdin=TEXT).stdout


def test_who_does_not_ask_gets_none(home: Home) -> None:  # noqa: F811
    plain = home.run("read", "-", "--format", "jsonl", "--language", "en", stdin=TEXT).stdout
    assert '"why"' not in plain
