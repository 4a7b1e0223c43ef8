"""What a person types into a search box, understood: words, "exact phrases", -without, begin*. Any text is safe, none is an error.

The terms are then written for the database below. Only letters and digits of the typed text ever reach it.
"""

import re

from msgspec import Struct

from comity.knowledge.folded import fold
from comity.register.words import without_marks, words_of

PIECE = re.compile(r'(-?)"([^"]*)"?|(-?)([^\s"]+)')


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


def fts5_query(terms: tuple[Term, ...], kind: str) -> str:
    """For SQLite: `kind : "document" AND plain : "an" NOT plain : "tap"`."""
    wanted = [f'kind : "{kind}"', *(_fts5(term) for term in terms if not term.without)]
    unwanted = [f" NOT {_fts5(term)}" for term in terms if term.without]
    return f"({' AND '.join(wanted)})" + "".join(unwanted)


def ts_query(terms: tuple[Term, ...]) -> str:
    """For PostgreSQL: `'an' & ('=hàng' <-> '=hải') & !('tap')`; empty where all is wanted."""
    return " & ".join(("!" if term.without else "") + _ts(term) for term in terms)


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
