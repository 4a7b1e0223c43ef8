"""How programs get a list: a part of it as JSON, as JSON lines or as CSV, with the address of the part after it in `next` and `Link`.

Rows are structs, or records of other rooms with the names of their fields.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

from litestar import Request, Response
from litestar.params import QueryParameter
from msgspec import Struct

from comity.portal.addresses import step_of
from comity.portal.asking import query_in
from comity.portal.downloads import MEDIA, Format, csv_rows, csv_table, json_lines
from comity.portal.listing import Key, Part, part_of

T = TypeVar("T", bound=Struct)
E = TypeVar("E")
After = Annotated[str | None, QueryParameter(description="The cursor of the part before; `next` has it.")]
Limit = Annotated[int, QueryParameter(ge=1, le=500, description="How many at most.")]
As = Annotated[Format, QueryParameter(name="format", description="json, jsonl or csv.")]
Asked = Request[Any, Any, Any]


class Listed(Struct, Generic[T], frozen=True, kw_only=True):
    """A part of a list of `total` records; `next` is the address of the part after it."""

    items: list[T]
    total: int
    next: str | None


def listed(
    rows: Sequence[T],
    shape: type[T],
    key: Callable[[T], Key],
    request: Asked,
    after: str | None,
    limit: int,
    form: Format,
    newest_first: bool = False,
) -> Response[Any]:
    """The part asked for of a short list, in the form asked for."""
    part = part_of(rows, key, after=after, limit=limit, newest_first=newest_first)
    return in_form(part, lambda row: row, shape, request, form)


def in_form(part: Part[E], row_of: Callable[[E], T], shape: type[T], request: Asked, form: Format) -> Response[Any]:
    """A part of a list as rows, in the form asked for."""
    rows = [row_of(entry) for entry in part.entries]
    headers, following = _onward(request, part.after)
    if form is Format.JSON:
        return Response(Listed(items=rows, total=part.total, next=following), headers=headers)
    content = json_lines(rows) if form is Format.JSONL else csv_table(rows, shape)
    return Response(content, media_type=MEDIA[form], headers=headers)


def records(
    rows: Sequence[Mapping[str, Any]],
    fields: Sequence[str],
    request: Asked,
    form: Format,
    *,
    after: str | None = None,
    beside: Mapping[str, Any],
    named: str = "items",
) -> Response[Any]:
    """A part of a list of records, with what stands `beside` them in JSON; as lines and tables the records alone."""
    headers, following = _onward(request, after)
    if form is Format.JSON:
        return Response({named: rows, "next": following, **beside}, headers=headers)
    content = json_lines(rows) if form is Format.JSONL else csv_rows(rows, fields)
    return Response(content, media_type=MEDIA[form], headers=headers)


def whole(record: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], fields: Sequence[str], form: Format) -> Response[Any]:
    """A record, or as lines and tables the rows that it is about."""
    if form is Format.JSON:
        return Response(record)
    return Response(json_lines(rows) if form is Format.JSONL else csv_rows(rows, fields), media_type=MEDIA[form])


def _onward(request: Asked, after: str | None) -> tuple[dict[str, str], str | None]:
    """The header and the address that lead to the part after this one."""
    if not after:
        return {}, None
    kept = [(name, value) for name, value in query_in(request.scope["query_string"]) if name != "after"]
    following = f"{'/'.join(step_of(step) for step in request.scope['path'].split('/'))}?{urlencode([*kept, ('after', after)])}"
    return {"Link": f'<{following}>; rel="next"'}, following
