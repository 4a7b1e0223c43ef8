"""Links, line status and rates on the screen. What people decided is bold, what the program suggests is dim."""

from rich.table import Table
from rich.text import Text

from comity.cli.screen import print_json, screen, tell
from comity.knowledge import Knowledge, Pack
from comity.publishing.labels import Labels
from comity.publishing.line_record import link_address, link_record
from comity.publishing.rate_sentences import agreement_sentence, link_words, rate_sentences, theme_names
from comity.register import LinkPage, LinkView, View
from comity.tracking.passages import Passages
from comity.tracking.plan_links import PlanLinks
from comity.tracking.rates import By, agreement
from comity.tracking.status import LineState, PlanStatus, evidence_of
from comity.tracking.track import linker_version

SHOWN = 160


def write_links(page: LinkPage, of_plan: PlanLinks | None) -> None:
    """A page of links as JSON, with the least score of the line and why."""
    line = page.links[0].link.target if page.links else None
    record = {
        "links": [link_record(found) for found in page.links],
        "next": page.next,
        "least_score": of_plan.least_of(line) if of_plan and line else None,
    }
    print_json(record)


def show_links(page: LinkPage, of_plan: PlanLinks | None, view: View, labels: Labels) -> None:
    """Each link with its sentence, its document, its score and its address."""
    words, console = _words(labels), screen()
    if not page.links:
        console.print(words["nothing"])
        return
    passages = Passages(view)
    table = Table(box=None, pad_edge=False, show_header=False)
    for found in page.links:
        passage = passages.around(found.link.evidence)
        sentence = Text(passage.text)
        sentence.stylize("bold", passage.start, passage.end)
        told = [words[f"state_{found.state}"], words[f"status_{found.shows}"], ", ".join(found.link.words)]
        head = f"{found.document.publisher or labels.say('unknown_publisher')}: {found.document.title or found.document.name}"
        sentence.append(f"\n{' · '.join(part for part in told if part)}\n{head}\n{link_address(found)}", "dim")
        table.add_row(labels.date(found.dated), labels.number(found.link.score), found.link.target, sentence)
    console.print(table)
    if of_plan:
        tell(least_sentence(of_plan, page.links[0].link.target, labels))
    if page.next:
        tell(words["next"].format(page=page.next))


def least_sentence(of_plan: PlanLinks, line: str, labels: Labels) -> str:
    """From which score on links to a line are suggested, and which verdicts moved that."""
    least = of_plan.least_of(line)
    key = "least_usual" if least.value == least.usual else "least_moved"
    fields = {name: labels.number(getattr(least, name)) for name in least.__struct_fields__}
    return _words(labels)[key].format(line=line, **fields)


def show_plan(status: PlanStatus, links: PlanLinks, knowledge: Knowledge, labels: Labels) -> None:
    """The lines of a plan, then the rates, then how far coders agree."""
    words, console = _words(labels), screen()
    table = Table(pad_edge=False)
    for key, width in (
        ("line", 12),
        ("words", 44),
        ("status", 16),
        ("by_suggestions", 16),
        ("accepted", 6),
        ("suggested", 6),
        ("last", None),
    ):
        table.add_column(words[key], max_width=width, overflow="fold")
    for state in status.lines:
        table.add_row(*_row(state, links, words, labels))
    console.print(table)
    key = "not_by_date" if status.above is None else "above"
    above = "" if status.above is None else labels.number(status.above)
    console.print(words[key].format(as_of=labels.date(status.as_of), above=above), soft_wrap=True)
    for sentence in rate_sentences(status, labels, (By.PLAN, By.PILLAR, By.SECTION, By.THEME, By.YEAR), theme_names(knowledge, labels)):
        console.print(sentence, markup=False, soft_wrap=True)
    for one in agreement(status.lines):
        console.print(agreement_sentence(one, labels), markup=False)


def show_unlinked(view: LinkView, pack: Pack, labels: Labels) -> None:
    """A remark where documents came in that are not linked yet."""
    done, total = view.count_linked(pack.partnership.id, linker_version(pack))
    if done < total:
        tell(_words(labels)["unlinked"].format(n=labels.number(total - done), total=labels.number(total)))


def _row(state: LineState, links: PlanLinks, words: dict[str, str], labels: Labels) -> tuple[Text | str, ...]:
    told = Text(words[f"status_{state.status}"], style="bold" if state.decided or state.accepted else "")
    if state.decided:
        told.append("\n" + words["decided"].format(who=state.decided.who), "dim")
    elif state.carried_to:
        told.append("\n" + words["carried_to"].format(lines=", ".join(state.carried_to)), "dim")
    found = evidence_of(links, state)
    last = Text("")
    if found:
        last = Text(f"{labels.date(found.dated)}: {_short(found.link.evidence.quote)}", style="" if state.accepted else "dim")
    line = state.line.words.get(labels.language) or next(iter(state.line.words.values()), "")
    by_suggestions = Text(words[f"status_{state.suggested.status}"], style="dim")
    counts = (labels.number(state.accepted), labels.number(state.suggestions))
    return Text(state.line.number or state.line.id), Text(_short(line)), told, by_suggestions, *counts, last


def _words(labels: Labels) -> dict[str, str]:
    return link_words(labels.language)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else flat[:SHOWN].rsplit(" ", 1)[0] + " …"
