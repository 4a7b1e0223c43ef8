"""`comity status`: the ledger of a register on one screen, or as JSON."""

from datetime import UTC, datetime

from comity.cli.options import (
    Format,
    FormatOption,
    HappenedOption,
    HomeOption,
    KnownOption,
    LanguageOption,
    PackOption,
    RegisterOption,
    register_path,
)


def status(
    register: RegisterOption = None,
    pack: PackOption = None,
    known: KnownOption = None,
    happened_by: HappenedOption = None,
    lang: LanguageOption = "en",
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """Show how far each plan has come, according to whom and by Comity's own count, what conflicts, and what is newest."""
    from comity.cli import ledger_view, status_view
    from comity.cli.days import day_of
    from comity.cli.packs import pack_of
    from comity.intervals import last_day
    from comity.knowledge import load_knowledge
    from comity.publishing.labels import Labels
    from comity.publishing.line_writer import LineWriter
    from comity.register import open_register
    from comity.tracking import build_overview
    from comity.tracking.contradictions import contradictions
    from comity.tracking.occurrences import telling_occurrences
    from comity.tracking.status import plans_status

    labels = Labels(lang)
    with open_register(register_path(register, home), create=False) as opened:
        loaded = pack_of(pack, opened)
        overview = build_overview(loaded, opened.view(known=known, happened_by=happened_by))
        knowledge, day = load_knowledge((loaded,)), happened_by or known
        as_of = (last_day(day) if day else datetime.now(UTC).date()).isoformat()
        counted = plans_status(loaded.plans, opened.links(known=known, happened_by=happened_by), as_of=as_of)
        view = opened.view(known=known, happened_by=happened_by)
        against = contradictions(view, knowledge, telling_occurrences(view, knowledge, today=day_of(happened_by or known)))
        if format is Format.JSON:
            status_view.write_json(overview, counted, against, knowledge, opened, labels)
            return
        ledger_view.show_ledgers(overview, knowledge, opened, labels)
        status_view.show_contradictions(against, LineWriter(loaded, knowledge, view, labels), labels)
        status_view.show_counted(counted, loaded, knowledge, opened, labels)
        ledger_view.show_newest(overview, knowledge, opened, labels)
