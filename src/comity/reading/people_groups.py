"""People without a name who speak together as a group: "The | workers described", "labor leaders".

In come a page's layout, the language's words for such people and the word at which one stands; out comes the group as a mention, with an id
made from the word, where no group was named there already.
"""

from collections.abc import Container

from comity.reading.layout import Layout
from comity.reading.mentions import Form, Mention
from comity.records import GROUP, ActorType


def group_at(layout: Layout, groups: Container[str], index: int) -> Mention | None:
    """The group whose word stands there; None where it is no group's, or whoever is named there is one."""
    named, token = layout.mention[index], layout.tokens[index]
    if named is not None:
        return named if named.form is Form.GROUP else None
    if token.folded not in groups:
        return None
    return Mention(
        start=token.start,
        end=token.end,
        outer_start=token.start,
        outer_end=token.end,
        actors=(f"{GROUP}{token.folded}",),
        type=ActorType.ORGANISATION,
        form=Form.GROUP,
    )
