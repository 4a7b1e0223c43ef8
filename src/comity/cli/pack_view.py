"""A pack on the screen: the head, then a table for each part that it holds, each label in one language or in two columns."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.rule import Rule
from rich.table import Table

from comity.errors import BadInputError
from comity.knowledge import Instrument, Knowledge, Pack, Plan
from comity.knowledge.words import label
from comity.languages import languages, load_words
from comity.records import LanguageCode

UNCONFIRMED = "?"
PARAPHRASE = "~"


def show_pack(pack: Pack, knowledge: Knowledge, *, lang: LanguageCode | None, console: Console) -> None:
    """Print the whole pack; `lang` None shows the pack's languages side by side. Raises BadInputError."""
    if lang and lang not in languages():
        raise BadInputError(f"Comity speaks {', '.join(languages())}, not {lang!r}; give one of these.")
    view = _View(pack, knowledge, lang, console)
    view.head()
    view.instruments()
    view.mechanisms()
    for plan in pack.plans:
        view.plan(plan)
    view.ties()
    view.areas()
    view.visions()
    view.alignments()
    view.claims()


class _View:
    """Knows the languages shown, and the words for titles and columns."""

    def __init__(self, pack: Pack, knowledge: Knowledge, lang: LanguageCode | None, console: Console) -> None:
        self._pack, self._knowledge, self._console = pack, knowledge, console
        self._shown = (lang,) if lang else pack.partnership.languages
        self._say = load_words(lang or "en", "pack_labels", dict[str, str])

    def head(self) -> None:
        head = self._pack.partnership
        self._console.print(Rule(" / ".join(escape(label(head.names, one)) for one in self._shown), align="left"))
        facts = {
            "id": head.id,
            "parties": ", ".join(head.parties),
            "since": head.since or "",
            "framework": head.framework or "",
            "folder": self._pack.folder,
        }
        for key, value in facts.items():
            self._console.print(f"{self._say[key]}: {escape(value)}", soft_wrap=True)
        for role in head.roles:
            when = " - ".join(filter(None, (role.since, role.until)))
            self._console.print(f"{role.actor}: {escape(self._both(role.role))} {when}".rstrip(), soft_wrap=True)

    def instruments(self) -> None:
        rows = [
            (
                one.date or "",
                one.id,
                one.kind,
                *self._labels({"en": (one.name,), **self._named(one.names)}),
                one.status or "",
                self._relations(one),
            )
            for one in sorted((self._knowledge.instruments[one.id] for one in self._pack.instruments), key=lambda one: one.date or "9")
        ]
        self._table("instruments", ("date", "id", "kind", *self._name_columns("name"), "status", "relations"), rows)

    def mechanisms(self) -> None:
        rows = []
        for own in self._pack.mechanisms:
            one = self._knowledge.mechanisms[own.id]
            last = one.sittings[-1] if one.sittings else None
            names = self._labels({"en": (one.name,), **self._named(one.names)})
            sat = f"{last.date}{f' ({last.number})' if last.number else ''}" if last else ""
            rows.append((one.id, *names, self._both(one.level), self._both(one.cadence), str(len(one.sittings)), sat))
        columns = ("id", *self._name_columns("name"), "level", "cadence", "sittings", "last")
        self._table("mechanisms", columns, rows)

    def plan(self, plan: Plan) -> None:
        count = sum(len(section.lines) for section in plan.sections)
        total = "?" if plan.lines_total is None else str(plan.lines_total)
        title = self._say["plan"].format(name=self._both(plan.names), period=plan.period, known=count, total=total)
        rows = []
        for section in plan.sections:
            rows.append((section.id, *(f"[bold]{name}[/bold]" for name in self._labels(section.names)), ""))
            for line in section.lines:
                mark = PARAPHRASE if line.wording == "paraphrase" else ""
                rows.append((f"{line.number or line.id}{mark}", *self._labels(line.words), ", ".join(line.responsible)))
        self._table(title, ("line", *self._name_columns("words"), "responsible"), rows)
        if any(line.wording == "paraphrase" for section in plan.sections for line in section.lines):
            self._console.print(self._say["paraphrase"])

    def ties(self) -> None:
        rows = [
            (f"{actor.id}{'' if tie.confirmed else UNCONFIRMED}", ", ".join(tie.with_), *self._labels(tie.on))
            for actor in self._pack.actors
            for tie in actor.ties
        ]
        self._table("ties", ("actor", "with", *self._name_columns("on")), rows)
        if any(not tie.confirmed for actor in self._pack.actors for tie in actor.ties):
            self._console.print(self._say["unconfirmed"])

    def areas(self) -> None:
        areas = [(str(area.number or ""), area.id, *self._labels(area.names)) for area in self._pack.priority_areas]
        self._table("priority_areas", ("number", "id", *self._name_columns("name")), areas)
        flagships = [
            (f"{one.id}{'' if one.confirmed else UNCONFIRMED}", one.area or "", *self._labels(one.names)) for one in self._pack.flagships
        ]
        self._table("flagships", ("id", "area", *self._name_columns("name")), flagships)

    def visions(self) -> None:
        for vision in self._pack.visions:
            rows = [(f"{one.id}{'' if one.confirmed else UNCONFIRMED}", *self._labels(one.names)) for one in vision.elements]
            self._table(self._both(vision.names), ("id", *self._name_columns("name")), rows)

    def alignments(self) -> None:
        rows = [
            (
                f"{row.plan} {row.line}" if row.line else row.plan or "",
                ", ".join(row.sdgs),
                ", ".join(row.elements),
                ", ".join(row.areas),
                self._say[row.by],
            )
            for row in self._pack.alignments
        ]
        self._table("alignments", ("line", "sdgs", "elements", "areas", "by"), rows)

    def claims(self) -> None:
        rows = [
            (
                one.id,
                one.subject,
                one.as_of or "",
                f"{one.numerator or ''}/{one.denominator or ''}".strip("/"),
                *self._labels(one.words),
                one.source,
            )
            for one in self._pack.claims
        ]
        self._table("claims", ("id", "subject", "as_of", "figure", *self._name_columns("words"), "source"), rows)

    def _table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        rows = list(rows)
        if not rows:
            return
        table = Table(
            title=escape(f"{self._say[title]} ({len(rows)})" if title in self._say else title),
            title_justify="left",
            show_lines=False,
            pad_edge=False,
        )
        for column in columns:
            table.add_column(self._say.get(column, column), overflow="fold")
        for row in rows:
            table.add_row(*(cell if cell.startswith("[bold]") else escape(cell) for cell in row))
        self._console.print(table)

    def _name_columns(self, key: str) -> tuple[str, ...]:
        return (self._say[key],) if len(self._shown) == 1 else tuple(f"{self._say[key]} ({one})" for one in self._shown)

    def _labels(self, words: object) -> tuple[str, ...]:
        return tuple(label(words, one) for one in self._shown)

    def _both(self, words: object) -> str:
        return " / ".join(dict.fromkeys(filter(None, self._labels(words))))

    @staticmethod
    def _named(names: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """The English name is the entry's own."""
        return {language: listed for language, listed in names.items() if language != "en"}

    def _relations(self, one: Instrument) -> str:
        parts = {"implements": one.implements, "succeeds": one.succeeds}
        return ", ".join(f"{self._say[key]} {value}" for key, value in parts.items() if value)
