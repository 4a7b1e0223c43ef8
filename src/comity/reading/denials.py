"""Which statements deny the words they report: "denied that the plan had been suspended" asserts nothing of the kind.

In comes a statement, out comes whether its cue is one of the languages' denials (`languages/*/cues.yaml`). The guide counts a denial as
an affirmation; whoever shows or weighs one must not.
"""

from functools import cache

from comity.knowledge.folded import fold
from comity.languages import languages
from comity.reading.cues import cue_words
from comity.records import Act, Statement


def denies(statement: Statement) -> bool:
    """Whether the speaker says that the words are not so; a person's correction of the act counts before the cue."""
    return statement.act is Act.AFFIRM and statement.cue is not None and " ".join(fold(statement.cue.quote).split()) in _denials()


@cache
def _denials() -> frozenset[str]:
    return frozenset(fold(form) for language in languages() for form in cue_words(language).denials)
