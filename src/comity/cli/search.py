"""`comity search`: documents and findings by their words, best first, narrowed by who, what, when and where."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from comity.cli.options import Format, FormatOption, HappenedOption, HomeOption, KnownOption, LanguageOption, RegisterOption, register_path
from comity.cli.screen import print_json, screen, tell

if TYPE_CHECKING:
    from comity.publishing.labels import Labels
    from comity.register import Facets, Hit, Hits
    from comity.register.copies import Changed


class Kind(StrEnum):
    DOCUMENT = "document"
    STATEMENT = "statement"
    EVENT = "event"
    COMMITMENT = "commitment"
    PROGRESS = "progress"
    SLIP = "slip"


DIFFERENCES = 2
"""So many differences of a copy are told below a hit."""

KINDS = {Kind.STATEMENT: "statements", Kind.EVENT: "events", Kind.COMMITMENT: "commitments", Kind.SLIP: "slips"}


def search(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS...", help='Words; "an exact phrase"; begin*. With or without diacritics.')
    ] = None,
    register: RegisterOption = None,
    kind: Annotated[Kind, typer.Option("--kind", help="What is looked for.")] = Kind.DOCUMENT,
    actor: Annotated[str | None, typer.Option("--actor", metavar="ID", help="Who takes part, such as VNM or ASEAN.")] = None,
    theme: Annotated[str | None, typer.Option("--theme", metavar="ID", help="What the words name, or the document is about.")] = None,
    act: Annotated[str | None, typer.Option("--act", metavar="ACT", help="What a statement does, such as welcome.")] = None,
    mechanism: Annotated[str | None, typer.Option("--mechanism", metavar="ID", help="The meeting or forum named.")] = None,
    instrument: Annotated[str | None, typer.Option("--instrument", metavar="ID", help="The declaration or plan named.")] = None,
    office: Annotated[
        str | None, typer.Option("--office", metavar="BODY|TITLE", help="Somebody with this title, or who serves this body.")
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Published then or later.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Published then or before.")] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Published by.")] = None,
    language: Annotated[str | None, typer.Option("--language", metavar="vi|en", help="Written in.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Hits on a page.")] = 20,
    after: Annotated[str | None, typer.Option("--after", metavar="PAGE", help="The next page, as the page before named it.")] = None,
    known: KnownOption = None,
    happened_by: HappenedOption = None,
    lang: LanguageOption = "en",
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Search the register by words, in Vietnamese and English."""
    from comity.languages import load_words
    from comity.publishing.labels import Labels
    from comity.register import Wanted, open_register
    from comity.register.copies import changed_from_named

    labels = Labels(lang)
    sentences = load_words(lang, "register_labels", dict[str, str])
    wanted = Wanted(
        words=" ".join(_quoted(word) for word in words or ()),
        kind=KINDS.get(kind, kind.value),
        actor=actor,
        theme=theme,
        act=act,
        mechanism=mechanism,
        instrument=instrument,
        office=office,
        publisher=publisher,
        language=language,
        since=since,
        until=until,
    )
    with open_register(register_path(register, home), create=False) as opened:
        view = opened.view(known=known, happened_by=happened_by)
        hits, facets = view.search(wanted, limit=limit, after=after), view.facets(wanted)
        heads = {hit.document.id: hit.document for hit in hits.hits}
        changed = {id: one for id in heads if (one := changed_from_named(view, id))}
    if format is Format.JSON:
        _show_json(hits, facets, changed)
    else:
        _show_table(hits, facets, changed, labels, sentences)


def _quoted(word: str) -> str:
    """An argument with spaces in it was quoted in the shell: `comity search "an ninh" biển` looks for the phrase."""
    return f'"{word}"' if " " in word.strip() and '"' not in word else word


def _show_json(hits: "Hits", facets: "Facets", changed: "dict[str, Changed]") -> None:
    record = {"hits": [_record(hit, changed.get(hit.document.id)) for hit in hits.hits], "next": hits.next, "facets": facets}
    print_json(record)


def _record(hit: "Hit", changed: "Changed | None") -> dict[str, Any]:
    import msgspec

    from comity.publishing.changed_copies import changed_record
    from comity.publishing.overview_record import decision_records

    finding = None if hit.finding is None else msgspec.to_builtins(hit.finding)
    return {
        "document": msgspec.to_builtins(hit.document),
        "kind": hit.kind,
        "start": hit.start,
        "end": hit.end,
        "snippet": hit.snippet.text,
        "marks": hit.snippet.marks,
        "score": hit.score,
        "address": _address(hit),
        "finding": finding,
        "decisions": decision_records(hit.decisions),
        "changed": changed_record(changed) if changed else None,
    }


def _address(hit: "Hit") -> str | None:
    """As `comity decide` takes it."""
    if hit.finding is None:
        return None
    return f"{hit.kind}:{hit.document.id}:{hit.finding.evidence.start}-{hit.finding.evidence.end}"


def _show_table(hits: "Hits", facets: "Facets", changed: "dict[str, Changed]", labels: "Labels", sentences: dict[str, str]) -> None:
    from rich.table import Table
    from rich.text import Text

    from comity.publishing.changed_copies import ChangedSentences
    from comity.publishing.sentences import decided

    console, copies = screen(), ChangedSentences(labels)
    if not hits.hits:
        console.print(sentences["nothing"])
        return
    table = Table(box=None, pad_edge=False, show_header=False)
    for hit in hits.hits:
        snippet = Text(hit.snippet.text)
        for start, end in hit.snippet.marks:
            snippet.stylize("bold", start, end)
        head = f"{hit.document.publisher or labels.say('unknown_publisher')}: {hit.document.title or hit.document.name or hit.document.id}"
        if address := _address(hit):
            snippet.append(f"\n{address}", "dim")
        for said in decided(hit.decisions, labels):
            snippet.append(f"\n{said}", "italic")
        if copy := changed.get(hit.document.id):
            for said in (f"{copies.head(copy)}.", *copies.say(copy, DIFFERENCES)):
                snippet.append(f"\n{said}", "dim italic")
        table.add_row(labels.date(hit.document.published), Text(head), snippet)
    console.print(table)
    tell(sentences["hits_more" if facets.more else "hits"].format(n=labels.number(facets.total)))
    if hits.next:
        tell(sentences["next"].format(page=hits.next))
