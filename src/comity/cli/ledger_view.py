"""An overview on the screen: each plan's claims with small bars, what does not fit, what is newest."""

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from comity.cli.screen import screen
from comity.knowledge import Knowledge
from comity.publishing.acts import act_key
from comity.publishing.labels import Labels
from comity.publishing.naming import Naming
from comity.publishing.sentences import Sentences
from comity.register import Register
from comity.tracking import Overview
from comity.tracking.bounds import Done
from comity.tracking.judgements import JudgementKind
from comity.tracking.ledger import Claim, PlanLedger
from comity.tracking.overview import Quoted

BAR = 20
NARROW = 120
"""A terminal of fewer columns shows half a bar and the number of sources instead of their names."""

WHO, LEAST = 4, 15
"""The column of who says so, and how wide it is at least, so that no word of it ("Representatives") is cut in two."""

NEWEST = 3
UNTIED = 8


def show_newest(overview: Overview, knowledge: Knowledge, register: Register, labels: Labels) -> None:
    """The newest statements, undertakings and meetings."""
    naming = Naming(knowledge, labels, register.view())
    _show_newest(screen(), overview, Sentences(overview.pack, labels, naming), naming, labels)


def show_ledgers(overview: Overview, knowledge: Knowledge, register: Register, labels: Labels) -> None:
    """How far each plan has come, the sentences that say so, and what does not fit."""
    console = screen()
    naming = Naming(knowledge, labels, register.view())
    sentences = Sentences(overview.pack, labels, naming)
    names = overview.pack.partnership.names
    console.print(Rule(Text(str((names.get(labels.language) or names[min(names)])[0]), style="bold"), align="left"))
    console.print(counts_line(overview, labels))
    plans = zip(overview.ledgers, overview.conflicts, overview.verbs, overview.judgements, strict=True)
    for ledger, conflicts, verbs, judgements in plans:
        console.print()
        _show_plan(console, ledger, sentences, naming, labels)
        for conflict in conflicts:
            console.print(Text.assemble(("/\\/ " + labels.say("conflict") + ": ", "bold red"), sentences.conflict(conflict)))
        for judgement in judgements:
            if judgement.kind is not JudgementKind.AGREE:
                console.print(Text(sentences.judgement(judgement), style="dim"))
        if verbs:
            console.print(Text(sentences.verbs(verbs), style="dim"))
    if overview.untied:
        _show_untied(console, overview, sentences, labels)
    if overview.moved:
        console.print()
        for moved in overview.moved:
            console.print(Text.assemble(("/\\/ ", "bold red"), sentences.moved(moved)))


def counts_line(overview: Overview, labels: Labels) -> str:
    """ "36 documents (34 sources) · 52 meetings · 210 statements ..." """
    documents = labels.count("documents", overview.documents_total)
    parts = [f"{documents} ({labels.count('sources_once', overview.sources)})", labels.count("meetings", len(overview.meetings))]
    return " · ".join([*parts, *(labels.count(kind, number) for kind, number in overview.counts.items())])


def bar(done: Done | None, size: int = BAR) -> Text:
    """A small bar: what is surely done, then what may be."""
    if done is None:
        return Text("")
    low, high = round(float(done.low) * size), round(float(done.high) * size)
    return Text.assemble(("━" * low, "bold"), ("╌" * (high - low), ""), ("·" * (size - high), "dim"))


def _show_plan(console: Console, ledger: PlanLedger, sentences: Sentences, naming: Naming, labels: Labels) -> None:
    total = ledger.plan.lines_total
    lines = labels.say("plan_lines", lines=labels.count("lines", total)) if total else labels.say("plan_lines_unknown")
    console.print(Text.assemble((naming.plan(ledger.plan), "bold"), f"  {lines}"))
    if not ledger.claims:
        console.print(f"{labels.say('plan_no_claims')} {labels.say('plan_no_claims_mend')}")
        return
    narrow = console.width < NARROW
    table = Table(box=None, pad_edge=False, header_style="dim")
    for key in ("column_date", "column_figure", "column_share", "column_means", "column_who", "column_sources"):
        whole = key == "column_share" or (narrow and key == "column_sources")
        table.add_column(escape(labels.say(key)), overflow="fold", no_wrap=whole)
    for claim in ledger.claims:
        table.add_row(
            _when(claim, labels),
            sentences.claimed(claim),
            bar(claim.done, BAR // 2 if narrow else BAR),
            sentences.means(claim),
            sentences.who(claim),
            labels.number(len(claim.sources)) if narrow else _sources(claim, sentences, labels),
        )
    if narrow:
        table.columns[WHO].width = max([LEAST, *(len(word) for claim in ledger.claims for word in sentences.who(claim).split())])
    console.print(table)
    for claim in ledger.claims:
        console.print(_sentence(claim, sentences, labels))


def _show_untied(console: Console, overview: Overview, sentences: Sentences, labels: Labels) -> None:
    """The figures that no plan of the pack has, and what may be done with them."""
    console.print()
    console.print(Text(labels.say("untied", count=labels.number(overview.untied_total)), style="bold"))
    console.print(Text(labels.say("untied_why") + " " + labels.say("untied_mend"), style="dim"))
    for quoted in overview.untied[:UNTIED]:
        figure = quoted.found.finding
        about = f" · {figure.subject_name}" if figure.subject_name else ""
        source = sentences.document(quoted.found.document)
        told = (_short(quoted, sentence=True), "italic")
        console.print(Padding(Text.assemble(sentences.figure(figure), about, ": “", told, "” ", (f"({source})", "dim")), (0, 0, 0, 2)))
    if overview.untied_total > UNTIED:
        console.print(Padding(Text(labels.say("untied_more")), (0, 0, 0, 2)))


def _sentence(claim: Claim, sentences: Sentences, labels: Labels) -> Padding:
    """The sentence that says so, its figure in bold: from a document in the reader's language where there is one."""
    own = (source for source in claim.sources if source.document.language == labels.language)
    source = next(own, claim.sources[0])
    passage = sentences.passage(source)
    told = f"({sentences.source(source)})" + (f" {source.document.source}" if source.typed_in else "")
    words = Text.assemble("“", passage.before, (passage.words, "bold"), passage.after, "” ", (told, "dim"))
    return Padding(words, (0, 0, 0, 2))


def _when(claim: Claim, labels: Labels) -> str:
    date = labels.date(claim.when)
    return f"{date} ({labels.say('by_published')})" if claim.dated_by == "published" else date


def _sources(claim: Claim, sentences: Sentences, labels: Labels) -> str:
    shown = []
    for source in claim.sources:
        copies = f" {labels.count('copies', len(source.copies))}" if source.copies else ""
        shown.append(sentences.source(source) + copies)
    return "; ".join(shown)


def _show_newest(console: Console, overview: Overview, sentences: Sentences, naming: Naming, labels: Labels) -> None:
    if not overview.documents:
        console.print(f"{labels.say('no_documents')} {labels.say('no_documents_mend')}")
    for key, quoted in (("newest_statements", overview.statements), ("newest_commitments", overview.commitments)):
        if not quoted:
            continue
        console.print()
        console.print(Text(labels.say(key), style="bold"))
        for one in quoted[:NEWEST]:
            console.print(
                Text.assemble(
                    "  ", _who(one, naming, labels), ": ", (f"“{_short(one)}”", "italic"), f" ({sentences.document(one.found.document)})"
                )
            )
    if overview.meetings:
        console.print()
        console.print(Text(labels.say("newest_meetings"), style="bold"))
        for meeting in overview.meetings[: -NEWEST - 1 : -1]:
            place = f", {naming.place(meeting)}" if meeting.sitting.place else ""
            console.print(Text(f"  {labels.date(meeting.sitting.date)}: {naming.meeting(meeting)}{place}"))


def _who(quoted: Quoted, naming: Naming, labels: Labels) -> str:
    finding = quoted.found.finding
    actors = naming.actors(finding.speaker if hasattr(finding, "speaker") else finding.by) or labels.say("no_speaker")
    if hasattr(finding, "act"):
        return labels.say("said", who=actors, act=labels.say(act_key(finding)))
    return labels.say("promised", who=actors, force=labels.say(f"force_{finding.force}"))


def _short(quoted: Quoted, limit: int = 160, *, sentence: bool = False) -> str:
    words = " ".join((quoted.passage.text if sentence else quoted.found.finding.evidence.quote).split())
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + " …"
