"""Documents of no partnership: told apart by the parties' own names alone, and tied to goals as if all names in them were known."""

import pytest

from comity.knowledge import load_knowledge, load_pack
from comity.knowledge.folded import Folded
from comity.languages import languages
from comity.register import ToLink, Unlinked
from comity.tracking.aims import AimLinker
from comity.tracking.clause_view import Clauses, name_matcher, names_known
from comity.tracking.embedding import load_table
from comity.tracking.goals_alone import GoalsAlone
from comity.tracking.partnership_scope import PartnershipScope

PACK = load_pack("asean-un")
KNOWLEDGE = load_knowledge((PACK,))
NAMED = list(names_known(KNOWLEDGE))
NAMES = name_matcher(KNOWLEDGE)
SCOPE = PartnershipScope(KNOWLEDGE, PACK)
GOALS = GoalsAlone(AimLinker(KNOWLEDGE), NAMES)

OF_WHOM = (
    ("ASEAN and the United Nations agreed to fight human trafficking.", "en", True, True),
    ("The ASEAN Secretariat thanked UNICEF for its work in schools.", "en", True, True),
    ("ASEAN wrote to the press on clean energy.", "en", False, False),
    ("The United Nations sent a field hospital to the islands.", "en", False, False),
    ("ASEAN recalled the United Nations Convention on the Law of the Sea.", "en", False, True),
    ("ASEAN và Liên hợp quốc cùng chống buôn bán người.", "vi", True, True),
    ("ASEAN và Tổ chức Y tế Thế giới cùng chống dịch.", "vi", True, True),
    ("Liên hợp quốc kêu gọi giúp đỡ người tị nạn.", "vi", False, False),
)
"""What a text names: all parties, and whether that may be by their names alone."""

TOLD = (
    ("en", "The ministers of health will fight infectious diseases in the U.S. The next day they spoke of clean energy."),
    ("en", "They thanked the Centers for Disease Control and Prevention, called for schools for girls, and promised to protect forests."),
    ("en", "The U.S. Coast Guard will train sailors and protect the sea, and strengthen the rule of law in the Department of Health."),
    ("vi", "Hai bên nhất trí hợp tác chống biến đổi khí hậu, thúc đẩy năng lượng sạch và bảo vệ quyền trẻ em tại Liên hợp quốc."),
)


@pytest.mark.parametrize(("text", "language", "ours", "may_be"), OF_WHOM)
def test_who_is_not_named_is_seen_by_the_parties_shortest_names(text: str, language: str, ours: bool, may_be: bool):
    whole = Folded(text)
    heard = SCOPE.heard(whole, NAMES.find(whole), language, [])
    assert (heard is not None, SCOPE.may_be_heard(text)) == (ours, may_be)


@pytest.mark.parametrize("other", ["ASEAN", "the United Nations"])
def test_no_name_of_a_party_is_missed_among_the_shortest(other: str):
    heard = 0
    for name, _ in NAMED:
        text = f"Today ({name}) met {other}."
        whole = Folded(text)
        if SCOPE.heard(whole, NAMES.find(whole), "en", []) is not None:
            heard += 1
            assert SCOPE.may_be_heard(text), name
    assert heard > 400


@pytest.mark.parametrize(("language", "text"), TOLD)
def test_goals_are_those_of_the_clauses_of_the_whole_text(language: str, text: str):
    filled = f"{text} Nothing else was told that day. " * 3
    findings = [ToLink("statements", number, start, start + len(text)) for number, start in enumerate((0, len(text) + 35))]
    (found,) = GOALS.of([Unlinked(reading=1, document="d", text=filled, language=language, published=None, findings=findings)])
    whole = Folded(filled)
    clauses = Clauses(whole, NAMES.find(whole), language, load_table())
    assert [goals for _, goals in found] == AimLinker(KNOWLEDGE).goals([clauses.at(piece.span.start, piece.span.end) for piece, _ in found])
    assert any(goals and goals.best for _, goals in found)
    assert all(piece.findings for piece, _ in found)


def test_what_shows_nothing_is_left_out_and_a_strange_language_says_nothing():
    text = "It rained without end that week. They promised to protect the forests."
    findings = [ToLink("statements", 0, 0, 31), ToLink("statements", 1, 33, 69)]
    (told, strange) = GOALS.of(
        [
            Unlinked(reading=number, document="d", text=text, language=language, published=None, findings=findings)
            for number, language in enumerate(("en", "fr"))
        ]
    )
    assert "fr" not in languages()
    assert ([(piece.span.start, len(piece.findings)) for piece, _ in told], strange) == ([(33, 1)], [])
