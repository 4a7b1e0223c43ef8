"""Charts as SVG, drawn with Altair (Vega-Lite) by vl-convert: no browser, no network, no fonts fetched.

In: rows of plain values and the words to label them with, in one language. Out: a `Drawing`, a chart's description as data, and its SVG in
the colours of the light or the dark page. Both libraries are imported when the first chart is drawn (0.6 s and 80 MB, measured), so that
nothing else waits for them. Colours are told apart by colour-blind readers (Okabe and Ito, 2008), and never without a shape or a word.
"""

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from comity.publishing.timeline import BOTTOM, LEFT, RIGHT, TOP

if TYPE_CHECKING:
    import altair

FONT = "Be Vietnam Pro, system-ui, Segoe UI, Roboto, Noto Sans, DejaVu Sans, sans-serif"
ZIGZAG = "M-1,0.3L-0.5,-0.3L0,0.3L0.5,-0.3L1,0.3"
WIDE = 500
"""A chart less wide has its key in one column."""

FEW = 5
"""A scale of less has a mark for each number: of so few, halves would be marked too, and called by the next number."""

FAINT = "33"
"""A fifth, behind a colour."""

LINES = "split(datum.label, '\\n')"
"""A name that is given on several lines stands so."""

PLOT, UNDER, ROW, LINE = BOTTOM - TOP, 48, 17, 13
"""Of a ledger, in pixels: the height of its plot, which stands where the timeline's does, so that a page knows the place of each claim;
under it the years, and the names of who says so, in rows of two, and a further line of a name."""

AT_LEFT = {"orient": "none", "legendX": 6 - LEFT, "legendY": PLOT + 34, "labelFontSize": 12, "titleFontSize": 12}
"""The key of a ledger on a phone begins at the edge of the picture."""


class Look(Struct, frozen=True, kw_only=True):
    """The colours of a page."""

    ink: str
    quiet: str
    rule: str
    claimed: str
    counted: str
    suggested: str
    conflict: str
    paper: str
    series: tuple[str, ...]


LOOKS = {
    "light": Look(
        ink="#1d2327",
        quiet="#566068",
        rule="#d9dcd8",
        claimed="#41566b",
        counted="#0f6e6a",
        suggested="#8a5a00",
        conflict="#a8123a",
        paper="#fdfdfb",
        series=("#0072b2", "#b35900", "#007a5a", "#a8467f", "#3d8fc2", "#7a6a00", "#4d4d4d"),
    ),
    "dark": Look(
        ink="#e6e8e4",
        quiet="#a3adb4",
        rule="#343b40",
        claimed="#a9c1d9",
        counted="#58c4bb",
        suggested="#e2b04f",
        conflict="#ff8aa3",
        paper="#14181b",
        series=("#56b4e9", "#e69f00", "#2bbf94", "#e29ac6", "#9ad0f5", "#f0e442", "#c9c9c9"),
    ),
}
HALF = 60
"""A bar that ends later than this percent has its words before it, others behind it."""
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right")
SERIES = len(SHAPES)
"""So many series have a colour and a shape of their own."""


class Drawing(Struct, frozen=True, kw_only=True, tag=True):
    """What a chart shows; the rows' keys are those of its kind in this module."""

    kind: str
    rows: tuple[dict[str, Any], ...]
    words: dict[str, str]
    order: tuple[str, ...] = ()
    width: int = 920
    height: int = 300

    @property
    def hash(self) -> str:
        """The same for the same chart, another for any other."""
        return blake2b(msgspec.json.encode(self, order="deterministic"), digest_size=12).hexdigest()


def draw(drawing: Drawing, look: str) -> bytes:
    """The SVG in the colours of the `light` or the `dark` page."""
    import vl_convert

    spec = KINDS[drawing.kind](drawing, LOOKS[look]).to_dict()
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])).encode()


def series_of(names: Sequence[str], others: str) -> tuple[str, ...]:
    """The names that get a series of their own, the first ones, and the one name for all others."""
    distinct = list(dict.fromkeys(names))
    return tuple(distinct) if len(distinct) <= SERIES else (*distinct[: SERIES - 1], others)


def key_height(names: Sequence[str], *, columns: int) -> int:
    """What the key of these names takes under a chart, with its title and some space where it stands in one column."""
    lines = [max(1 + name.count("\n") for name in names[row : row + columns]) for row in range(0, len(names), columns)]
    return ROW * (len(lines) + (1 if columns > 1 else 2)) + LINE * (sum(lines) - len(lines))


def _ledger(drawing: Drawing, look: Look) -> "altair.LayerChart":
    """Claims over time. Rows: number, day, percent, stands (where its circle stands), low, high, who, conflict. Words: who, counted
    (with `counted` as its value) and line; `from` and `to` are the days, `floor`
    the least percent."""
    import altair as alt

    words = drawing.words
    shown = alt.Data(values=list(drawing.rows))
    day = alt.X(
        "day:T",
        title=None,
        scale=alt.Scale(domain=[words["from"], words["to"]], nice=False, type="utc"),
        axis=alt.Axis(format="%Y", tickCount="year", grid=False),
    )
    span = alt.Scale(domain=[float(words["floor"]), 100], nice=False, zero=False)
    percents = alt.Axis(values=list(range(int(words["floor"]), 101, 10)), labelExpr="datum.value + ' %'")

    def at(field: str) -> "altair.Y":
        """Without a title in any layer: those that have none are called by their fields, all in a row."""
        return alt.Y(field, scale=span, axis=percents, title=None)

    names, many = list(drawing.order), len(drawing.order)
    key = alt.Legend(labelExpr=LINES)
    series = alt.Color("who:N", title=words["who"], scale=alt.Scale(domain=names, range=list(look.series[:many])), legend=key)
    shape = alt.Shape("who:N", title=words["who"], scale=alt.Scale(domain=names, range=list(SHAPES[:many])), legend=key)
    base = alt.Chart(shown)
    whisker = base.mark_rule(strokeWidth=1.5).encode(x=day, y=at("low:Q"), y2="high:Q", color=series)
    ends = [
        base.mark_tick(thickness=1.5, size=11, orient="horizontal").encode(x=day, y=at(f"{end}:Q"), color=series) for end in ("low", "high")
    ]
    aside = base.mark_rule(strokeDash=[2, 2], color=look.quiet).encode(x=day, y=at("percent:Q"), y2="stands:Q")
    points = base.mark_point(filled=True, size=190, opacity=1).encode(x=day, y=at("stands:Q"), color=series, shape=shape)
    numbers = base.mark_text(fontSize=13, fontWeight=600, dx=15, color=look.ink).encode(x=day, y=at("stands:Q"), text="number:N")
    fought = base.transform_filter("datum.conflict").mark_point(
        shape=ZIGZAG, filled=False, size=130, strokeWidth=2, xOffset=32, stroke=look.conflict, opacity=1
    )
    layers = [whisker, *ends, aside, points, numbers, fought.encode(x=day, y=at("stands:Q"))]
    if "counted" in words:
        own = alt.Chart(alt.Data(values=[{"at": float(words["counted"]), "line": words["line"]}]))
        layers.append(own.mark_rule(strokeWidth=3, color=look.counted).encode(y=at("at:Q")))
        layers.append(
            own.mark_text(align="left", dy=-8, fontWeight=600, color=look.counted).encode(x=alt.value(6), y=at("at:Q"), text="line:N")
        )
    inner = {"width": drawing.width - LEFT - RIGHT, "height": PLOT, "autosize": {"type": "none"}}
    around = {"left": LEFT, "right": RIGHT, "top": TOP, "bottom": drawing.height - TOP - PLOT}
    return _dressed(alt.layer(*layers), look, _key(drawing) | (AT_LEFT if drawing.width < WIDE else {})).properties(**inner, padding=around)


def _bars(drawing: Drawing, look: Look) -> "altair.LayerChart":
    """Of each plan what is claimed (from, to) beside what is counted. Rows: plan, kind (a word of `order`: claimed, counted, suggested),
    low, high, text, and brief for where there is little room."""
    import altair as alt

    base = alt.Chart(alt.Data(values=list(drawing.rows)))
    plan = alt.Y("plan:N", title=None, sort=None, axis=alt.Axis(labelLimit=260, labelExpr=LINES))
    across = alt.X(
        "low:Q",
        title=drawing.words["share"],
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(labelExpr="datum.value + ' %'", tickCount=6 if drawing.width >= WIDE else 3),
    )
    beside = alt.YOffset("kind:N", sort=list(drawing.order))
    bars = base.mark_bar(minBandSize=4, strokeWidth=1.5).encode(
        x=across,
        x2="high:Q",
        y=plan,
        yOffset=beside,
        fill=_by_kind(alt.Fill, drawing, [f"{look.claimed}{FAINT}", look.counted, "transparent"]),
        stroke=_by_kind(alt.Stroke, drawing, [look.claimed, look.counted, look.suggested]),
        strokeDash=_by_kind(alt.StrokeDash, drawing, [[1, 0], [1, 0], [2, 3]]),
    )
    behind = base.transform_filter(alt.datum.high < HALF).mark_text(align="left", dx=6, color=look.ink)
    before = base.transform_filter(alt.datum.high >= HALF).mark_text(align="right", dx=-6, color=look.ink)
    told = "text:N" if drawing.width >= WIDE else "brief:N"
    named = [
        behind.encode(x="high:Q", y=plan, yOffset=beside, text=told),
        before.encode(x="low:Q", y=plan, yOffset=beside, text=told),
    ]
    return _dressed(_fitted(alt.layer(bars, *named), drawing), look, _key(drawing))


def _by_kind(channel: Any, drawing: Drawing, looks: list[Any]) -> Any:
    """The kinds of a chart, each with its look; the key shows them as the bars do: solid, outlined, dotted."""
    import altair as alt

    return channel("kind:N", title=None, scale=alt.Scale(domain=list(drawing.order), range=looks), sort=None)


def _months(drawing: Drawing, look: Look) -> "altair.LayerChart":
    """Events by month. Rows: month (its first day), number, kind (a word of `order`: those that happened, those planned)."""
    import altair as alt

    base = alt.Chart(alt.Data(values=list(drawing.rows)))
    months = Counter[str]()
    for row in drawing.rows:
        months[row["month"]] += row["number"]
    top = max(months.values())
    steps: dict[str, Any] = {"values": list(range(top + 1))} if top < FEW else {}
    bars = base.mark_bar(strokeWidth=1.5).encode(
        x=alt.X(
            "yearmonth(month):T",
            title=None,
            axis=alt.Axis(format="%m/%Y", labelAngle=-45, tickCount={"interval": "month", "step": 3 if drawing.width >= WIDE else 6}),
        ),
        y=alt.Y("number:Q", title=drawing.words["number"], axis=alt.Axis(tickMinStep=1, format="d", **steps)),
        fill=_by_kind(alt.Fill, drawing, [look.counted, "transparent"]),
        stroke=_by_kind(alt.Stroke, drawing, [look.counted, look.counted]),
    )
    return _dressed(_fitted(alt.layer(bars), drawing), look, _key(drawing))


def _themes(drawing: Drawing, look: Look) -> "altair.LayerChart":
    """What somebody said by theme and year: a square for each, the larger the more. Rows: theme, year, number. `order` are the themes."""
    import altair as alt

    base = alt.Chart(alt.Data(values=list(drawing.rows)))
    year = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True))
    theme = alt.Y("theme:N", title=None, sort=list(drawing.order), axis=alt.Axis(labelLimit=260, labelExpr=LINES))
    size = alt.Size(
        "number:Q", title=drawing.words["number"], scale=alt.Scale(range=[40, 900 if drawing.width >= WIDE else 300]), legend=None
    )
    circles = base.mark_circle(color=look.counted, opacity=0.35).encode(x=year, y=theme, size=size)
    numbers = base.mark_text(color=look.ink, fontSize=11 if drawing.width >= WIDE else 9).encode(x=year, y=theme, text="number:Q")
    return _dressed(_fitted(alt.layer(circles, numbers), drawing), look, _key(drawing))


KINDS = {"ledger": _ledger, "bars": _bars, "months": _months, "themes": _themes}


def _fitted(chart: "altair.LayerChart", drawing: Drawing) -> "altair.LayerChart":
    """With its axes and key in just the space that the page keeps for it."""
    return chart.properties(width=drawing.width, height=drawing.height, autosize={"type": "fit", "contains": "padding"}, padding=2)


def _key(drawing: Drawing) -> dict[str, Any]:
    """How the key under a chart is set: on a phone in one column, as names are long."""
    small = drawing.width < WIDE
    return {"orient": "bottom", "columns": 1 if small else 2, "labelLimit": 296 if small else 380}


def _dressed(chart: "altair.LayerChart", look: Look, key: dict[str, Any]) -> "altair.LayerChart":
    """With the page's type, on no ground of its own."""
    axis = {"labelColor": look.quiet, "titleColor": look.quiet, "gridColor": look.rule, "domainColor": look.rule, "tickColor": look.rule}
    legend: dict[str, Any] = {
        "labelFontSize": 13,
        "titleFontSize": 13,
        "labelColor": look.ink,
        "titleColor": look.quiet,
        "symbolOpacity": 1,
    }
    return (
        chart.properties(background="transparent")
        .configure(font=FONT)
        .configure_axis(**axis, labelFontSize=13, titleFontSize=13, titleFontWeight="normal")
        .configure_legend(**{**legend, **key})
        .configure_view(stroke=None)
        .configure_text(fontSize=12)
    )
