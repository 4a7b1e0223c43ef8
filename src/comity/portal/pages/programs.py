"""What programs may ask, as a page for people: each address with what it gives, an example and its answer. It needs no other site."""

from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from msgspec import Struct

from comity.portal.api_described import Example, described, examples
from comity.portal.visit import Visit


class Address(Struct, frozen=True, kw_only=True):
    """One address of the interface. `asks` are its parameters with what they mean, `answer` is the example's as text."""

    method: str
    path: str
    summary: str
    asks: tuple[tuple[str, str], ...]
    example: Example | None
    answer: str
    sent: str

    @property
    def id(self) -> str:
        """Its place in the page."""
        return "-".join([self.method, *(step.strip("{}") for step in self.path.split("/")[3:] or ["index"])])


@get("/{language:str}/programs", sync_to_thread=True, include_in_schema=False)
def programs_page(visit: NamedDependency[Visit], request: Request[Any, Any, Any]) -> Response[str]:
    schema = described(request.app.openapi_schema.to_schema())
    shown = {(one.method, one.path): one for one in reversed(examples())}
    found = [
        _address(method, path, operation, shown.get((method, path)))
        for path, item in schema["paths"].items()
        for method, operation in item.items()
    ]
    return visit.page("programs.html", section="programs", addresses=sorted(found, key=lambda one: (one.path, one.method)))


def _address(method: str, path: str, operation: dict[str, Any], example: Example | None) -> Address:
    parameters = operation.get("parameters", ())
    return Address(
        method=method,
        path=path,
        summary=str(operation.get("summary", "")),
        asks=tuple((one["name"], one.get("description", "")) for one in parameters),
        example=example,
        answer=_text(example.answer) if example else "",
        sent=_text(example.sent) if example and example.sent is not None else "",
    )


def _text(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
