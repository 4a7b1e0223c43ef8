"""`comity families`: documents that are copies of one release, what the copies changed, and documents that may be one in two languages."""

from comity.cli.options import Format, FormatOption, HomeOption, KnownOption, LanguageOption, RegisterOption, register_path
from comity.cli.screen import print_json, screen, tell

DIFFERENCES = 3


def families(
    known: KnownOption = None,
    register: RegisterOption = None,
    lang: LanguageOption = "en",
    format: FormatOption = Format.TABLE,
    home: HomeOption = None,
) -> None:
    """List copies of one release with what they changed, and what may be one release in two languages, for a person to decide."""
    from rich.text import Text

    from comity.publishing.changed_copies import ChangedSentences, changed_record
    from comity.publishing.labels import Labels
    from comity.register import open_register
    from comity.register.copies import changed_copies_of, families_of
    from comity.register.translations import translations

    labels = Labels(lang)
    copies = ChangedSentences(labels)
    with open_register(register_path(register, home), create=False) as opened:
        view = opened.view(known=known)
        found = [(named, changed_copies_of(view, named)) for named in families_of(view)]
        proposed = translations(view)
    if format is Format.JSON:
        told = [{"named": named.id, "copies": [{"id": one.copy.id, **changed_record(one)} for one in several]} for named, several in found]
        print_json({"families": told, "suggested": proposed})
        return
    console = screen()
    for named, several in found:
        console.print(Text(copies.document(named), style="bold"), soft_wrap=True)
        for one in several:
            console.print(Text(f"  {copies.document(one.copy)}"), soft_wrap=True)
            for said in copies.say(one, DIFFERENCES):
                console.print(Text(f"    {said}", style="dim"), soft_wrap=True)
    for pair in proposed:
        console.print(Text(f"? {copies.document(pair.first)}\n  {copies.document(pair.second)}"), soft_wrap=True)
        console.print(Text(f"    {copies.shared(pair)}  family {pair.first.id} {pair.second.id}", style="dim"), soft_wrap=True)
    if not found and not proposed:
        tell(copies.words.none)
    if proposed:
        tell(copies.words.decide)
