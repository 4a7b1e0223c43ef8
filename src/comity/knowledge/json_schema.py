"""The JSON Schema of a pack's files, made from the structs, for editors that check YAML while it is written."""

import json
from typing import Any

import msgspec

from comity.knowledge.schema import KnowledgeFile

TITLE = "A file of a Comity pack"


def pack_schema() -> str:
    """The schema as JSON text, the same bytes each time."""
    schema = {"title": TITLE, **_relaxed(msgspec.json.schema(KnowledgeFile))}
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _relaxed(schema: Any) -> Any:
    """Comity reads every scalar as the text it is written as, so where a text belongs, `2016` may stand without quotes."""
    if isinstance(schema, list):
        return [_relaxed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "string" and not {"enum", "const"} & set(schema):
        return {**schema, "type": ["string", "number"]}
    return {key: _relaxed(part) for key, part in schema.items()}
