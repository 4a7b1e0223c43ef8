"""A chart as an SVG under an address that changes with what it shows."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from comity.portal.desk import Desk
from comity.portal.threaded import threaded

YEAR = "private, max-age=31536000, immutable"


@get("/{language:str}/charts/{name:str}", include_in_schema=False)
@threaded
def chart_picture(desk: NamedDependency[Desk], name: FromPath[str]) -> Response[bytes]:
    svg = desk.charts.svg(name)
    if svg is None:
        raise NotFoundException
    return Response(svg, media_type="image/svg+xml", headers={"Cache-Control": YEAR})
