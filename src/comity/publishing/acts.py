"""What a statement does, as the key of its label: `act_affirm` and the other acts, and `act_denied` for a denial."""

from comity.reading.denials import denies
from comity.records import Statement


def act_key(statement: Statement) -> str:
    """The key of the words for what the speaker does."""
    return "act_denied" if denies(statement) else f"act_{statement.act}"
