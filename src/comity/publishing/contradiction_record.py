"""A contradiction as one JSON object: its kind, the reason in every language, both sides, and what a decision on it names."""

from collections.abc import Mapping
from typing import Any

from comity.knowledge import Knowledge
from comity.languages import languages
from comity.publishing.contradiction_sentences import ContradictionSentences
from comity.publishing.labels import Labels
from comity.publishing.naming import Naming
from comity.records import LanguageCode
from comity.register import View
from comity.register.decisions import address_of
from comity.tracking.contradiction import Contradiction, Side


def contradiction_record(one: Contradiction, sentences: Mapping[LanguageCode, ContradictionSentences]) -> dict[str, Any]:
    """{"kind", "about", "certain", "accepted", "reason": {"en", "vi"}, "a", "b"}; `b` is null where a knowledge file is the other side."""
    return {
        "kind": one.kind,
        "about": address_of(one.about),
        "subject": one.subject,
        "certain": one.certain,
        "accepted": one.accepted,
        "reason": {language: writer.say(one) for language, writer in sentences.items()},
        "a": _side(one.a),
        "b": _side(one.b) if one.b else None,
    }


def in_all_languages(knowledge: Knowledge, view: View) -> dict[LanguageCode, ContradictionSentences]:
    """What writes the reasons in each language."""
    spoken = [Labels(code) for code in languages()]
    return {labels.language: ContradictionSentences(knowledge, labels, Naming(knowledge, labels, view)) for labels in spoken}


def _side(side: Side) -> dict[str, Any]:
    document = side.document
    return {
        "document": {"id": document.id, "title": document.title, "publisher": document.publisher, "published": document.published},
        "says": side.says,
        "quote": side.evidence.quote,
        "start": side.evidence.start,
        "end": side.evidence.end,
    }
