"""`comity evaluate`: the reader held against gold documents."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from comity.cli.screen import remarks


def evaluate(
    folder: Annotated[Path, typer.Argument(help="A folder of DOC.txt beside DOC.json, annotated by the reading guide (docs/reading.md).")],
    errors: Annotated[
        str,
        typer.Option("--errors", metavar="KIND", help="List what was missed and wrong of a kind: statements, actors, statements.act ..."),
    ] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many lines of errors to show.")] = 60,
) -> None:
    """Score the reader on annotated documents: precision, recall and F1 by kind and language."""
    from comity.evaluation.run import evaluate as run
    from comity.evaluation.run import score_table, worst_errors
    from comity.knowledge import load_knowledge
    from comity.reading import Reader

    with ExitStack() as stack:
        evaluation = run(folder, Reader(load_knowledge()), _progress(stack))
    typer.echo("\n".join(worst_errors(evaluation, errors, limit)) if errors else score_table(evaluation))


def _progress(stack: ExitStack) -> Callable[[int, int], None]:
    """A bar on a terminal, nothing elsewhere; gives the function to call after each document."""
    if not (console := remarks()).is_terminal:
        return lambda done, total: None
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    bar = stack.enter_context(Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console, transient=True))
    task = bar.add_task("")
    return lambda done, total: bar.update(task, completed=done, total=total)
