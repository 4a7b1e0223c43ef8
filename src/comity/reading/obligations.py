"""Who is bound by an undertaking, or asks for one, and how binding it is.

In come a stretch and its statement; out come features for each force, and those who may be bound or ask, each with features, so that
trained models pick.
"""

from typing import NamedTuple

from comity.reading.layout import Layout
from comity.reading.undertakings import Stretch
from comity.records import ActorId

NEAR = 8
"""Words from the ground's or stretch's beginning in which its subject stands ("Mỹ tiếp tục duy trì", "Canberra will remain")."""


class Party(NamedTuple):
    """Whom a commitment may be by, with what speaks for it."""

    actors: tuple[ActorId, ...]
    features: list[str]


def force_features(layout: Layout, stretch: Stretch, modal: str) -> list[str]:
    """What speaks for a force, without the force."""
    statement = stretch.ground.statement
    act = str(statement.act) if statement is not None else "none"
    cue = statement.cue.quote.lower() if statement is not None and statement.cue is not None else ""
    word = layout.tokens[stretch.first].folded
    before = layout.tokens[stretch.first - 1].folded if stretch.first else ""
    mention = next((m for m in layout.mention[stretch.first : stretch.first + 3] if m is not None), None)
    own = "" if mention is None or statement is None else str(bool(set(mention.actors) & set(statement.speaker)))
    size = min(len(statement.speaker), 2) if statement is not None else 0
    return [
        "1",
        f"a {act}",
        f"c {cue}",
        f"ca {cue} {act}",
        f"m {modal} {act}",
        f"w {word}",
        f"b {before}",
        f"ba {before} {act}",
        f"o {own} {act}",
        f"n {size} {act}",
    ]


def parties(layout: Layout, stretch: Stretch, modal: str) -> list[Party]:
    """The statement's speaker, or where no statement holds the words who spoke before them; those who stand at the head of the words
    reported or of the undertaking; and nobody."""
    statement = stretch.ground.statement
    act = str(statement.act) if statement is not None else "none"
    speaker = statement.speaker if statement is not None else ()
    result = [Party((), ["z", f"za {act} {statement is not None and bool(speaker)}", f"zm {modal}"])]
    if speaker:
        result.append(Party(speaker, ["s", f"sa {act}", f"sm {modal} {act}"]))
    seen = {speaker}
    earlier = stretch.ground.earlier
    if earlier is not None and earlier.speaker:
        ago = stretch.ground.ago
        result.append(
            Party(earlier.speaker, ["c", f"ca {earlier.act} {min(ago, 4)}", f"cm {modal}", f"cd {min(ago, 6)}", f"ct {earlier.direct}"])
        )
        seen.add(earlier.speaker)
    for name, first, after in (
        ("g", stretch.ground.first, stretch.first),
        ("u", stretch.first, min(stretch.after, stretch.first + NEAR)),
        ("p", max(0, stretch.ground.first - 30), stretch.ground.first),
    ):
        previous = None
        place = 0
        for index in range(first, after):
            mention = layout.mention[index]
            if mention is None or mention is previous:
                continue
            previous = mention
            place += 1
            if mention.actors in seen or place > 3:
                continue
            seen.add(mention.actors)
            own = bool(set(mention.actors) & set(speaker))
            following = layout.tokens[index + 1].folded if index + 1 < len(layout.tokens) else ""
            before = layout.tokens[index - 1].folded if index else ""
            features = [
                name,
                f"{name}a {act} {place}",
                f"{name}t {mention.type} {act}",
                f"{name}o {own} {act}",
                f"{name}m {modal} {act}",
                f"{name}f {following}",
                f"{name}b {before}",
                f"{name}i {index == first} {act}",
                f"{name}s {bool(speaker)}",
            ]
            result.append(Party(mention.actors, features))
    return result
