"""The description of what programs may ask (OpenAPI 3.1), finished: an example of each question with its answer, the forms of lists, faults
as they are told, and what a token is for.

The examples are in `api_examples.json`. A test asks each of them and holds the answer against it; `python tests/portal/exemplary.py`
writes them anew.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from litestar import Request
from litestar.openapi.plugins import JsonRenderPlugin
from msgspec import Struct

EXAMPLES = Path(__file__).parent / "api_examples.json"
JSON = "application/json"
FORMS = {
    "text/csv": "A heading and one record a line; a list in a cell is divided by semicolons.",
    "application/x-ndjson": "One record a line.",
}
FAULTS = {
    "400": (
        "What was asked can't be meant; the sentence says what can.",
        "'yesterday' is no date; give one such as 2020-01-30, 2020-01 or 2020.",
    ),
    "404": ("It is not there.", "The address may be mistyped, or the document was taken out of the register."),
    "410": ("It was here; `to` says where it went.", "This document was withdrawn on 3 March 2021 by Lan."),
    "429": (
        "Too much was asked in a minute; `Retry-After` says how many seconds to wait.",
        "You asked more than this portal answers in a minute.",
    ),
    "503": ("The register is being written by another program; `Retry-After` says when to ask again.", "Wait a little and try again."),
}
"""What each status means, with a sentence as it comes in `error`."""
TOKEN_FAULTS = {
    "401": ("No token, or one that has ended.", "Your session is over, or you have not signed in yet."),
    "403": ("The token's scope or its person's role is not enough.", "Your account may not do this."),
}
OVERTAKEN = {"409": ("Somebody decided about it since `seen`; `since` has what they decided.", "Somebody decided about this meanwhile.")}
ERROR = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"], "title": "Fault"}


class Example(Struct, frozen=True, kw_only=True):
    """A question at `ask`, whose path fits `path`, and its answer, in which long lists are cut short. `sent` is what goes with a POST."""

    method: str
    path: str
    ask: str
    answer: Any
    sent: Any = None


class Described(JsonRenderPlugin):
    """Gives the description out."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return super().render(request, described(openapi_schema))


@cache
def examples() -> tuple[Example, ...]:
    """All examples, in the order of the description."""
    return msgspec.json.decode(EXAMPLES.read_bytes(), type=tuple[Example, ...]) if EXAMPLES.is_file() else ()


def described(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The description with all that the application's own lacks."""
    paths = {
        path: {method: _operation(method, path, one) if isinstance(one, dict) else one for method, one in item.items()}
        for path, item in schema["paths"].items()
    }
    tokens = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "Made under one's name in the portal; its scope is read, write or admin.",
        }
    }
    components = schema.get("components", {})
    return {**schema, "paths": paths, "components": {**components, "securitySchemes": tokens}}


def _operation(method: str, path: str, one: Mapping[str, Any]) -> dict[str, Any]:
    shown = [example for example in examples() if (example.method, example.path) == (method, path)]
    parameters = [{**parameter, **_value_of(parameter, shown)} for parameter in one.get("parameters", ())]
    has_forms = any(parameter["name"] == "format" for parameter in parameters)
    faults = {**FAULTS, **(TOKEN_FAULTS if method == "post" else {}), **(OVERTAKEN if path.endswith("/decisions") else {})}
    answered = {code: _answered(told, shown, has_forms=has_forms) for code, told in one["responses"].items() if code.startswith("2")}
    not_changed = {} if method == "post" else {"304": {"description": "Not changed since the answer whose `ETag` came as `If-None-Match`."}}
    finished = {**one, "responses": {**answered, **not_changed, **{code: _fault(*fault) for code, fault in faults.items()}}}
    if parameters:
        finished["parameters"] = parameters
    if method == "post":
        finished["security"] = [{"token": []}]
        finished["requestBody"] = _sent(one["requestBody"], shown)
    return finished


def _value_of(parameter: Mapping[str, Any], shown: list[Example]) -> dict[str, Any]:
    """What the first example gives for a parameter, where it gives something."""
    values = (value for example in shown for name, value in _given(example) if name == parameter["name"])
    value = next(values, None)
    return {} if value is None else {"example": value}


def _given(example: Example) -> Iterator[tuple[str, str]]:
    path, _, query = example.ask.partition("?")
    for step, value in zip(example.path.split("/"), path.split("/"), strict=True):
        if step.startswith("{"):
            yield step.strip("{}"), value
    for pair in query.split("&") if query else ():
        name, _, value = pair.partition("=")
        yield name, value


def _answered(told: Mapping[str, Any], shown: list[Example], *, has_forms: bool) -> dict[str, Any]:
    as_json = {**told.get("content", {}).get(JSON, {"schema": {"type": "object"}})}
    if shown:
        as_json["examples"] = {f"example-{place}": {"summary": one.ask, "value": one.answer} for place, one in enumerate(shown, 1)}
    others = {media: {"schema": {"type": "string", "description": says}} for media, says in FORMS.items()} if has_forms else {}
    headers = {"ETag": {"description": "Send it back as `If-None-Match`.", "schema": {"type": "string"}}}
    return {**told, "headers": {**told.get("headers", {}), **headers}, "content": {JSON: as_json, **others}}


def _fault(says: str, sentence: str) -> dict[str, Any]:
    return {"description": says, "content": {JSON: {"schema": ERROR, "example": {"error": sentence}}}}


def _sent(body: Mapping[str, Any], shown: list[Example]) -> dict[str, Any]:
    given = next((example.sent for example in shown if example.sent is not None), None)
    content = {media: {**told, **({} if given is None else {"example": given})} for media, told in body["content"].items()}
    return {**body, "content": content}
