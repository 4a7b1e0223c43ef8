"""The kinds of event words: which stand among the same words, so that what is learnt of "cuộc hội đàm" holds for "vòng tham vấn" too.

In: a language. Out: the number of each folded word's kind, as tools/make_event_words.py found them in texts without labels.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from comity.errors import KnowledgeError
from comity.records import LanguageCode

MODEL = Path(__file__).parent / "models" / "event_words.msgpack"


def load_kinds(language: LanguageCode) -> Mapping[str, str]:
    """The kind of each event word of a language. Raises KnowledgeError where the file is missing or broken."""
    try:
        tables = msgspec.msgpack.decode(MODEL.read_bytes(), type=dict[str, dict[str, int]])
    except (OSError, msgspec.DecodeError) as error:
        raise KnowledgeError(
            f"{MODEL}: the kinds of event words can't be read ({error}); install Comity again, or make them with tools/make_event_words.py."
        ) from error
    return {word: f"{language}{kind}" for word, kind in tables.get(language, {}).items()}


def kind_bytes(kinds: Mapping[LanguageCode, Mapping[str, int]]) -> bytes:
    """The file: languages and words in order, so that the same texts give the same file."""
    return msgspec.msgpack.encode({language: dict(sorted(words.items())) for language, words in sorted(kinds.items())})
