"""`comity contradictions`: where documents say what can't both be right, or what later ones overtook."""

from comity.cli import options
from comity.cli.line_list import opened, show_lines
from comity.cli.screen import print_json


def contradictions(
    as_of: options.AsOfOption = None,
    register: options.RegisterOption = None,
    pack: options.PackOption = None,
    lang: options.LanguageOption = "en",
    format: options.PaperFormatOption = options.PaperFormat.SCREEN,
    home: options.HomeOption = None,
) -> None:
    """Hold documents against each other: dates, planned and held, adopted and signed, partners, counts, records, offices."""
    import msgspec

    from comity.cli.days import day_of
    from comity.publishing.contradiction_record import in_all_languages
    from comity.tracking.contradictions import contradictions as all_contradictions
    from comity.tracking.occurrences import telling_occurrences

    with opened(register, home, pack, lang) as of:
        found = all_contradictions(of.view, of.knowledge, telling_occurrences(of.view, of.knowledge, today=day_of(as_of)))
        lines, spoken = [of.writer.contradiction(one) for one in found], in_all_languages(of.knowledge, of.view)
        if format is options.PaperFormat.SCREEN:
            lead = of.labels.say("contradictions_lead")
            show_lines(of, "contradictions", lines, count="conflicts", empty="no_conflicts", title="contradictions_title", lead=lead)
            return
        print_json(
            [
                {
                    **msgspec.to_builtins(one),
                    "sentence": line.text,
                    "about": line.about,
                    "reason": {code: say.say(one) for code, say in spoken.items()},
                }
                for one, line in zip(found, lines, strict=True)
            ]
        )
