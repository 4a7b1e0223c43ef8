"""A plan goes out to every format and comes back the same; the pack's YAML too."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.errors import BadInputError
from comity.knowledge import Plan
from comity.knowledge.schema import Indicator, KnowledgeFile, Line, Pillar, Section
from comity.knowledge.yaml_nodes import parse_yaml
from comity.publishing.plan_files import FORMATS, plan_bytes, read_plan
from comity.publishing.plan_yaml import plan_path, plan_yaml

LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp"))
TEXTS = st.text(LETTERS | st.sampled_from("\n\t=+-@'\"|,;:_x0041_ ế"), min_size=1, max_size=30).filter(str.strip)
IDS = st.from_regex(r"[A-Za-z][A-Za-z0-9.-]{0,8}", fullmatch=True)
WORDS = st.dictionaries(st.sampled_from(("en", "vi")), TEXTS, max_size=2)
LISTS = st.lists(TEXTS, max_size=3).map(tuple)
NAMES = st.dictionaries(st.sampled_from(("en", "vi")), st.lists(TEXTS, min_size=1, max_size=3).map(tuple), max_size=2)
MAYBE = st.none() | TEXTS
INDICATORS = st.builds(Indicator, words=WORDS, baseline=MAYBE, target=MAYBE, source=MAYBE)
PILLARS = st.builds(Pillar, id=IDS, names=NAMES)
LINES = st.builds(
    Line, id=IDS, words=WORDS, wording=st.sampled_from(("official", "paraphrase")), number=MAYBE, lead=WORDS, place=MAYBE, themes=LISTS,
    responsible=LISTS, note=MAYBE, source=MAYBE, numbering=st.sampled_from(("published", "assigned")),
    due=st.none() | st.just("2028-06"), indicators=st.lists(INDICATORS, max_size=2).map(tuple),
)  # fmt: skip
SECTIONS = st.builds(
    Section, id=IDS, names=NAMES, above=NAMES, pillar=st.none() | IDS, source=MAYBE, lines=st.lists(LINES, max_size=3).map(tuple)
)
PLANS = st.builds(
    Plan, id=IDS, period=st.just("2026/2030"), names=NAMES, short=WORDS, lines_total_source=MAYBE,
    lines_total=st.none() | st.integers(0, 999), pillars=st.lists(PILLARS, max_size=2).map(tuple),
    sections=st.lists(SECTIONS, max_size=3, unique_by=lambda section: section.id).map(tuple),
)  # fmt: skip
PLAN = Plan(
    id="poa",
    period="2026/2030",
    names={"en": ("Plan",)},
    short={"en": "Plan"},
    sections=(
        Section(id="A", names={"en": ("Trade",)}, lines=(Line(id="poa-1", number="1", words={"en": "=SUM(1)"}, wording="official"),)),
    ),
)


@pytest.mark.parametrize("suffix", FORMATS)
@given(plan=PLANS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_out_and_back(suffix: str, plan: Plan, tmp_path: Path):
    path = tmp_path / f"plan{suffix}"
    path.write_bytes(plan_bytes(plan, suffix))
    assert read_plan(path) == plan


@given(plan=PLANS)
@settings(max_examples=100, deadline=None)
def test_the_packs_file_holds_the_plan(plan: Plan):
    assert parse_yaml(plan_yaml(plan, remark="From a file."), KnowledgeFile, name="plan.yaml").plans == (plan,)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_plan_gives_the_same_bytes(suffix: str):
    assert plan_bytes(PLAN, suffix) == plan_bytes(PLAN, suffix)


def test_a_spreadsheet_runs_no_words():
    rows = list(csv.reader(io.StringIO(plan_bytes(PLAN, ".csv").decode("utf-8-sig"))))
    assert any("'=SUM(1)" in row for row in rows)
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_a_file_of_another_making_is_no_export(tmp_path: Path):
    path = tmp_path / "other.csv"
    path.write_text("No,Action line\n1,Meet\n", encoding="utf-8")
    assert read_plan(path) is None


def test_an_unknown_section_is_named(tmp_path: Path):
    header, *rows = csv.reader(io.StringIO(plan_bytes(PLAN, ".csv").decode("utf-8-sig")))
    rows[-1][header.index("section")] = "B"
    path = tmp_path / "plan.csv"
    path.write_text("\n".join(",".join(row) for row in [header, *rows]), encoding="utf-8")
    with pytest.raises(BadInputError, match="line 'poa-1' is in section 'B'"):
        read_plan(path)


def test_a_row_that_a_person_added(tmp_path: Path):
    header, *rows = csv.reader(io.StringIO(plan_bytes(PLAN, ".csv").decode("utf-8-sig")))
    added = {"row": "line", "number": "1(a)", "words [en]": "Meet"}
    path = tmp_path / "plan.csv"
    path.write_text("\n".join(",".join(row) for row in [header, *rows, [added.get(column, "") for column in header]]), encoding="utf-8")
    plan = read_plan(path)
    assert plan is not None
    assert [(line.id, line.words) for line in plan.sections[0].lines][1:] == [("poa-1.a", {"en": "Meet"})]


def test_a_plan_described_elsewhere_is_not_written_twice(tmp_path: Path):
    (tmp_path / "plans.yaml").write_text(plan_yaml(PLAN), encoding="utf-8")
    with pytest.raises(BadInputError, match=r"plans\.yaml: describes the plan 'poa' already"):
        plan_path(tmp_path, "poa")
    (tmp_path / "plans.yaml").unlink()
    (tmp_path / "plan-poa.yaml").write_text(plan_yaml(PLAN), encoding="utf-8")
    assert plan_path(tmp_path, "poa").name == "plan-poa.yaml"


def test_control_characters_are_named():
    broken = Plan(id="poa", period="2026", names={"en": ("Pl\x01an",)}, short={})
    with pytest.raises(BadInputError, match="control character"):
        plan_bytes(broken, ".xlsx")
