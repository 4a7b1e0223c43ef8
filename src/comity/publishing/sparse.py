"""A struct as plain values without the fields that only hold their default: what a person would write by hand."""

from typing import Any

import msgspec
from msgspec import NODEFAULT, Struct

ALWAYS = ("wording",)
"""Whether words are official is said of every line."""


def sparse(value: Any) -> Any:
    """Structs become dicts, tuples lists; required fields stay even where they are empty."""
    if isinstance(value, Struct):
        fields = msgspec.structs.fields(value)
        return {
            field.encode_name: sparse(content)
            for field in fields
            if (content := getattr(value, field.name)) != _default(field) or field.required or field.name in ALWAYS
        }
    if isinstance(value, dict):
        return {key: sparse(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [sparse(part) for part in value]
    return msgspec.to_builtins(value)


def _default(field: Any) -> Any:
    return field.default_factory() if field.default_factory is not NODEFAULT else field.default
