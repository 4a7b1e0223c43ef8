"""What the pages are put together from: words, addresses, the laid-out document, the tree of instruments, lists in parts, the command."""

import re
import string
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import BadInputError
from comity.knowledge import Instrument
from comity.languages import HERE, languages, load_words
from comity.portal import words as portal_words
from comity.portal.addresses import Addresses, id_of
from comity.portal.desk import FRESH, SLOW, STALE, Desk
from comity.portal.listing import part_of
from comity.portal.pages.instruments import tree_of
from comity.portal.reading_room import NOTED, Aside, Paragraph, lay_out
from comity.portal.words import PortalFile, Words, portal_file
from comity.publishing.labels import LabelFile, Labels
from comity.records import Act, EventType, Span, Statement
from comity.register import Action, OfFinding
from comity.register.rows import STRUCTS
from made import document, reading, small_pack
from small_register import filled, small_knowledge

TEMPLATES = Path(portal_words.__file__).parent / "templates"


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.fixture(params=languages())
def words(request) -> PortalFile:
    return portal_file(request.param)


def test_every_language_has_the_same_words_with_the_same_fields(words):
    english = portal_file("en")
    assert {key: fields(text) for key, text in words.words.items()} == {key: fields(text) for key, text in english.words.items()}
    assert set(words.counted) == set(english.counted)
    assert all("other" in forms for forms in words.counted.values())


def test_the_portal_says_nothing_twice(words):
    shared = load_words("en", "labels", LabelFile)
    assert not {*words.words, *words.counted} & {*shared.words, *shared.counted}


def test_every_word_that_a_page_asks_for_is_there():
    text = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
    known = Words(Labels("en"))
    counted = {*portal_file("en").counted, *load_words("en", "labels", LabelFile).counted}
    assert [key for key in set(re.findall(r"""say\("([\w-]+)"\s*[,)]""", text)) if not known.has(key)] == []
    assert [key for key in set(re.findall(r"""count\("([\w-]+)",""", text)) if key not in counted] == []


def test_every_value_has_its_word():
    known = Words(Labels("en"))
    keys = [*(f"event_{type.value}" for type in EventType), *(f"{name}_{kind}" for kind in NOTED for name in ("letter", "one", "kind"))]
    assert [key for key in [*keys, *(f"kind_{kind}" for kind in STRUCTS)] if not known.has(key)] == []


@given(st.text(min_size=1).filter(lambda text: "\x00" not in text))
def test_any_id_is_one_step_of_a_path(id):
    from urllib.parse import unquote

    id = id.encode("utf-8", "replace").decode()
    steps = Addresses("en").actor(id).split("/")
    assert len(steps) == 4
    assert id_of(unquote(steps[-1])) == id


def test_an_office_in_the_reader_s_language():
    assert Words(Labels("vi")).title("secretary-general") == "tổng thư ký"
    assert Words(Labels("vi")).title("no-such-office") == "no such office"


def test_the_pieces_of_a_page_are_its_text():
    text = "One said this. Two said that.\nThree said so.\nRelated: another story\nThe end."
    start = text.index("Related")
    of = document(text, related=(Span(start, start + len("Related: another story")),))
    said = [Statement(evidence=of.evidence(9, 28), speaker=("A",), cue=None, act=Act.AFFIRM)]
    said.append(Statement(evidence=of.evidence(15, 40), speaker=("B",), cue=None, act=Act.INFORM))
    parts = lay_out(of, {"statements": said})
    assert ["".join(piece.text for piece in part.pieces) for part in parts if isinstance(part, Paragraph)] == [
        "One said this. Two said that.",
        "Three said so.",
        "The end.",
    ]
    assert [part.texts for part in parts if isinstance(part, Aside)] == [("Related: another story",)]
    first = parts[0]
    assert isinstance(first, Paragraph)
    assert [note.number for note in first.notes] == [1, 2]
    assert [(piece.text, piece.notes) for piece in first.pieces if piece.notes] == [
        ("this. ", (1,)),
        ("Two said that", (1, 2)),
        (".", (2,)),
    ]


def test_wrapped_lines_stay_one_paragraph():
    line = "the meeting went on for a long time and nobody wanted to leave it"
    of = document(f"At first\n{line}\n{line}\n{line}\n{line} and ended.\n\nNext came lunch.")
    assert len(lay_out(of, {})) == 2


def test_the_tree_holds_each_instrument_once_even_in_a_ring():
    made = [
        Instrument(id=id, name=id, kind="plan", implements=up) for id, up in (("a", None), ("b", "a"), ("c", "d"), ("d", "c"), ("e", "c"))
    ]

    def ids(branches):
        return [id for branch in branches for id in [branch.instrument.id, *ids(branch.below)]]

    assert sorted(ids(tree_of(made))) == ["a", "b", "c", "d", "e"]


@given(st.lists(st.integers(0, 99), unique=True), st.integers(1, 7), st.booleans())
def test_parts_of_a_list_are_the_list(numbers, limit, newest_first):
    seen, after = [], None
    while True:
        part = part_of(numbers, lambda n: (f"{n:03}",), after=after, limit=limit, newest_first=newest_first)
        seen += part.entries
        after = part.after
        if after is None:
            break
    assert seen == sorted(numbers, reverse=newest_first)


def test_a_broken_cursor_is_told():
    with pytest.raises(BadInputError, match="begin again"):
        part_of([1], lambda n: (str(n),), after="!", limit=5, newest_first=False)


def test_no_language_of_people_stands_in_the_templates():
    for path in TEMPLATES.glob("*.html"):
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|&\w+;", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert set(re.findall(r"[^\W\d_]{2,}", text)) <= {"api"}, path.name


def test_the_languages_folder_is_where_words_come_from():
    assert {path.parent.name for path in HERE.glob("*/portal.yaml")} == set(languages())


def test_a_large_register_is_looked_at_ahead_of_whoever_asks(tmp_path):
    now = [0.0]
    with filled(tmp_path) as register:
        desk = Desk(register, small_pack(), small_knowledge(), clock=lambda: now[0], today=lambda: date(2020, 12, 1))
        first = desk.snapshot()
        first.took = SLOW
        now[0] = FRESH
        register.writer().add(reading(document("One more.", "2020-11-01")))
        assert desk.snapshot() is first
        for _ in range(200):
            time.sleep(0.02)
            if desk.snapshot() is not first:
                break
        second = desk.snapshot()
        assert second is not first
        assert "overview" in vars(second)
        second.took, now[0] = SLOW, now[0] + STALE
        register.writer().add(reading(document("And another.", "2020-11-02")))
        assert desk.snapshot() is not second


def test_as_long_as_nothing_changes_nothing_is_counted_anew(tmp_path):
    now, day = [0.0], [date(2020, 12, 1)]
    with filled(tmp_path) as register:
        desk = Desk(register, small_pack(), small_knowledge(), clock=lambda: now[0], today=lambda: day[0])
        first = desk.snapshot()
        assert first.counts("statements", "actor") is first.counts("statements", "actor")
        now[0] += 100 * STALE
        assert desk.snapshot() is first
        claim = next(iter(register.view().claims("plan-one")))
        place = OfFinding("progress", claim.document.id, claim.finding.evidence.start, claim.finding.evidence.end)
        register.writer().decide(subject=place, who="Lan", action=Action.REJECT)
        now[0] += FRESH
        second = desk.snapshot()
        assert second is not first
        day[0], now[0] = date(2020, 12, 2), now[0] + FRESH
        assert desk.snapshot() is not second
