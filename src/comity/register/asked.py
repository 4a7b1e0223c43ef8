"""What a person types into a search box, understood: words, "exact phrases", -without, begin*. Any text is safe, none is an error.

The terms are then written for the database below. Only letters and digits of the typed text ever reach it.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.register.words import without_marks, words_of

PIECE = re.compile(r'(-?)"([^"]*)"?|(-?)([^\s"]+)')


Signs = Sequence[Sequence[str]]


class Term(Struct, frozen=True):
    """Words that stand one behind the other. `exact` are looked for with their diacritics; a `prefix` is the beginning of its last word."""

    words: tuple[str, ...]
    exact: bool
    without: bool = False
    prefix: bool = False


def terms_of(typed: str) -> tuple[Term, ...]:
    """`an ninh "hàng hải" -tập trận` gives four terms, one of them two words long, one to be without."""
    terms = []
    for match in PIECE.finditer(fold(typed)):
        minus, phrase, other_minus, word = match.groups()
        found = words_of(phrase if word is None else word)
        if found:
            exact = any(part != without_marks(part) for part in found)
            prefix = word is not None and word.endswith("*")
            terms.append(Term(tuple(found), exact, without=bool(minus or other_minus), prefix=prefix))
    return tuple(terms)


def as_one(terms: tuple[Term, ...]) -> Term | None:
    """All the words that must stand in a text as one phrase, without diacritics; None where there are not several."""
    wanted = [term for term in terms if not term.without]
    if len(wanted) < 2 or any(term.prefix for term in wanted[:-1]):
        return None
    words = tuple(without_marks(word) for term in wanted for word in term.words)
    return Term(words, exact=False, prefix=wanted[-1].prefix)


def fts5_query(terms: tuple[Term, ...], signs: Signs, phrase: Term | None = None, *, together: bool = True) -> str:
    """For SQLite: `(kind : "statements") AND plain : "an" NOT plain : "tap"`. `signs` are alternatives, one of each must be there; `phrase`
    too, or not where the words are not to stand together."""
    needed = [f"({' OR '.join(f'kind : {one}' for one in several)})" for several in signs]
    wanted = [*needed, *(_fts5(term) for term in terms if not term.without)]
    unwanted = [_fts5(term) for term in terms if term.without]
    if phrase is not None:
        (wanted if together else unwanted).append(_fts5(phrase))
    return f"({' AND '.join(wanted)})" + "".join(f" NOT {one}" for one in unwanted)


def ts_query(terms: tuple[Term, ...], signs: Signs, phrase: Term | None = None, *, together: bool = True) -> str:
    """For PostgreSQL: `('#statements') & ('an') & ('=hàng' <-> '=hải') & !('tap')`; empty where all is wanted."""
    parts = ["(" + " | ".join(f"'#{one}'" for one in several) + ")" for several in signs]
    parts += [("!" if term.without else "") + _ts(term) for term in terms]
    if phrase is not None:
        parts.append(("" if together else "!") + _ts(phrase))
    return " & ".join(parts)


def marks_in(text: str, terms: tuple[Term, ...]) -> list[tuple[int, int]]:
    """Where words that were asked for stand in a text, in order."""
    exact = fold(text)
    plain = without_marks(exact)
    found = {match.span() for term in terms if not term.without for match in _pattern(term).finditer(exact if term.exact else plain)}
    return sorted(found)


def _pattern(term: Term) -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(term.words) + ("" if term.prefix else r"(?![^\W_])"))


def _fts5(term: Term) -> str:
    return f'{"exact" if term.exact else "plain"} : "{" ".join(term.words)}"' + (" *" if term.prefix else "")


def _ts(term: Term) -> str:
    lexemes = [f"'{'=' if term.exact else ''}{word}'" for word in term.words]
    return "(" + " <-> ".join([*lexemes[:-1], lexemes[-1] + (":*" if term.prefix else "")]) + ")"
