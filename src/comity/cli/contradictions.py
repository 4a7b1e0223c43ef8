"""`comity contradictions`: where documents say what can't both be right, or what later ones overtook."""

import sys

from comity.cli.options import (
    DEFAULT_PACK,
    AsOfOption,
    HomeOption,
    LanguageOption,
    PackOption,
    PaperFormat,
    PaperFormatOption,
    RegisterOption,
    register_path,
)


def contradictions(
    as_of: AsOfOption = None,
    register: RegisterOption = None,
    pack: PackOption = DEFAULT_PACK,
    lang: LanguageOption = "en",
    format: PaperFormatOption = PaperFormat.SCREEN,
    home: HomeOption = None,
) -> None:
    """Hold documents against each other: dates, planned and held, adopted and signed, partners, counts, records, offices."""
    import msgspec

    from comity.cli.days import day_of
    from comity.cli.paper import show_paper
    from comity.knowledge import load_knowledge, load_pack
    from comity.publishing.contradiction_record import in_all_languages
    from comity.publishing.labels import Labels
    from comity.publishing.line_writer import LineWriter
    from comity.publishing.lines import Paper, Part, Section
    from comity.register import open_register
    from comity.tracking.contradictions import contradictions as all_contradictions
    from comity.tracking.occurrences import telling_occurrences

    labels = Labels(lang)
    loaded = load_pack(pack)
    knowledge = load_knowledge((loaded,))
    with open_register(register_path(register, home), create=False) as opened:
        view = opened.view()
        found = all_contradictions(view, knowledge, telling_occurrences(view, knowledge, today=day_of(as_of)))
        writer = LineWriter(loaded, knowledge, view, labels)
        lines, spoken = tuple(writer.contradiction(one) for one in found), in_all_languages(knowledge, view)
    if format is PaperFormat.JSON:
        records = [
            {
                **msgspec.to_builtins(one),
                "sentence": line.text,
                "about": line.about,
                "reason": {code: say.say(one) for code, say in spoken.items()},
            }
            for one, line in zip(found, lines, strict=True)
        ]
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(records), indent=2) + b"\n")
        return
    title = labels.count("conflicts", len(lines))
    section = Section(id="contradictions", title=title, parts=(Part(lines=lines),), empty=labels.say("no_conflicts"))
    lead = (labels.say("contradictions_lead"),)
    show_paper(Paper(language=lang, title=labels.say("contradictions_title"), lead=lead, sections=(section,), foot=""), labels)
