"""Options that narrow an answer or add to a decision: each changes what is printed as it says."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from comity.cli.app import app
from comity.records import Act, ActorMention, ActorType, InstrumentMention, OfficeMention, Statement
from made import document, reading, register_of

RUNNER = CliRunner()
SAID = "The Director said that the harbour will be mapped under the River Treaty."


@pytest.fixture
def register(tmp_path: Path) -> str:
    """Two documents of two publishers that both tell of a harbour; in the first a person with an office says it, and names a treaty."""
    first, second = document(SAID, "2020-01-01"), document("Harbours of the coast were mapped.", "2020-02-01", publisher="The Herald")
    start = SAID.index("the harbour")
    told = reading(
        first,
        actors=[ActorMention(evidence=first.evidence(0, 12), type=ActorType.PERSON, actor="lan")],
        offices=[OfficeMention(evidence=first.evidence(4, 12), person="lan", of="UNDP")],
        instruments=[
            InstrumentMention(evidence=first.evidence(SAID.index("River"), len(SAID) - 1), name="River Treaty", instrument="river")
        ],
        statements=[Statement(evidence=first.evidence(start, len(SAID) - 1), speaker=("lan",), cue=None, act=Act.COMMIT)],
    )
    with register_of(tmp_path, told, reading(second)) as there:
        return str(there.name)


def run(register: str, *arguments: str) -> Result:
    return RUNNER.invoke(app, [*arguments, "--register", register])


def hits(register: str, *arguments: str) -> dict[str, Any]:
    done = run(register, "search", *arguments, "--format", "json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("narrowed", "day"),
    [
        (("--publisher", "The Herald"), "2020-02-01"),
        (("--instrument", "river"), "2020-01-01"),
        (("--office", "UNDP"), "2020-01-01"),
        (("--actor", "lan"), "2020-01-01"),
        (("--until", "2020-01"), "2020-01-01"),
    ],
)
def test_a_search_is_narrowed(register: str, narrowed: tuple[str, ...], day: str):
    assert len(hits(register, "harbour*")["hits"]) == 2
    assert [hit["document"]["published"] for hit in hits(register, "harbour*", *narrowed)["hits"]] == [day]


def test_a_theme_that_nothing_names_finds_nothing(register: str):
    assert hits(register, "harbour*", "--theme", "no-such-theme")["hits"] == []


def test_a_page_of_hits_says_where_the_next_begins(register: str):
    page = hits(register, "harbour*", "--limit", "1")
    after = hits(register, "harbour*", "--limit", "1", "--after", page["next"])
    assert {page["hits"][0]["document"]["id"], after["hits"][0]["document"]["id"]} == {
        hit["document"]["id"] for hit in hits(register, "harbour*")["hits"]
    }
    assert after["next"] is None


def test_a_withdrawn_document_names_the_one_that_counts_instead(register: str):
    first, second = (hits(register, words)["hits"][0]["document"]["id"] for words in ("treaty", "coast"))
    assert run(register, "withdraw", first, "--who", "Lan", "--why", "A draft.", "--instead", second).exit_code == 0
    assert hits(register, "treaty")["hits"] == []
    (taken,) = json.loads(run(register, "decisions", "--format", "json").stdout)
    assert second in taken["value"].values()


def test_a_hash_noted_earlier_is_looked_for_in_the_chain(register: str):
    id = hits(register, "treaty")["hits"][0]["document"]["id"]
    noted = run(register, "withdraw", id, "--who", "Lan", "--why", "A draft.").stderr.split()[-1]
    assert run(register, "verify", "--head", noted).exit_code == 0
    assert run(register, "verify", "--head", "0" * 64).exit_code == 1


def test_only_decisions_whose_finding_is_gone_are_unfitting(register: str):
    hit = hits(register, "mapped", "--kind", "statement")["hits"][0]
    at = hit["finding"]["evidence"]
    done = run(register, "decide", "reject", f"statements:{at['document']}:{at['start']}-{at['end']}", "--who", "Lan", "--why", "no")
    assert done.exit_code == 0, done.output
    assert len(json.loads(run(register, "decisions", "--format", "json").stdout)) == 1
    assert json.loads(run(register, "decisions", "--unfitting", "--format", "json").stdout) == []
