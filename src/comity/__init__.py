"""Comity: the working memory of an international partnership.

    import comity

    reading = comity.read("...", published="2020-01-31")
    for claim in reading.progress:
        print(claim.percent, claim.evidence.quote)

    with comity.open_register("partnership.sqlite") as register:
        register.writer().add(reading)

Nothing heavy is loaded before it is used.
"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from comity.intervals import IsoDate
    from comity.knowledge import Pack
    from comity.reading import Reader
    from comity.records import LanguageCode, Reading
    from comity.register import Register
    from comity.tracking.sdg import GoalFound

__all__ = ["__version__", "load_pack", "open_register", "read", "sdg"]
__version__ = "0.1.0"


def read(
    text: str, *, published: "IsoDate | None" = None, language: "LanguageCode | None" = None, pack: "Pack | str | None" = None
) -> "Reading":
    """Everything that is found in a text, each finding with the words that prove it.

    `published` (`2020-01-31`) settles dates such as "30 January"; `language` is `vi` or `en` where it should not be guessed; `pack` is the
    partnership whose actors, instruments and plans are known beside the world's, by default all that ship with Comity. The knowledge is
    loaded at the first call. Raises BadInputError where the text is empty or in another language.
    """
    from comity.intake import document_from_text

    document = document_from_text(text, published=published, language=language)
    return _reader(pack if pack is None or isinstance(pack, str) else pack.folder).read(document)


def open_register(url: "str | Path", *, create: bool = True) -> "Register":
    """The register at a path or `sqlite:///` URL, made where there is none; with `create=False` a missing one raises RegisterError.

    Use it in a `with` block. `register.writer().add(reading)` adds, `register.view()` answers.
    """
    from comity.register import open_register

    return open_register(url, create=create)


def load_pack(pack: "str | Path") -> "Pack":
    """The pack that ships under a name (`asean-un`), or the one in a folder. Raises KnowledgeError with file, line and field."""
    from comity.knowledge import load_pack

    return load_pack(pack)


def sdg(text: str, *, language: "LanguageCode | None" = None) -> "tuple[GoalFound, ...]":
    """The Sustainable Development Goals a text is about, the surest first, each with its probability, the words that count and the nearest
    targets; none where none is sure enough. Raises BadInputError where the text is empty or in a language that isn't read."""
    from comity.tracking.sdg import sdg

    return sdg(text, language=language)


@cache
def _reader(pack: str | None) -> "Reader":
    """The reader for a pack's name or folder; the same knowledge always makes the same reader, so one is enough."""
    from comity.knowledge import load_knowledge
    from comity.reading import Reader

    return Reader(load_knowledge(None if pack is None else (load_pack(pack),)))
