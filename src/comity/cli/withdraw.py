"""`comity withdraw`: a document is taken out of what counts, for a reason; `comity decide undo NUMBER` brings it back."""

from typing import Annotated

import typer

from comity.cli.options import HomeOption, RegisterOption, register_path
from comity.cli.screen import tell


def withdraw(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="The document, by its id.")],
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who decides.")],
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, which its page shows.")],
    instead: Annotated[str | None, typer.Option("--instead", metavar="DOCUMENT", help="The document that counts in its place.")] = None,
    register: RegisterOption = None,
    home: HomeOption = None,
) -> None:
    """Withdraw a document: nothing found in it counts any more, and views of earlier days still show it."""
    from comity.register import Action, open_register
    from comity.register.withdrawals import INSTEAD, OfDocument

    value = {INSTEAD: instead} if instead else {}
    with open_register(register_path(register, home), create=False) as opened:
        taken = opened.writer().decide(who=who, action=Action.WITHDRAW, subject=OfDocument(document), value=value, why=why)
    tell(f"{taken.number}  {taken.hash}")
