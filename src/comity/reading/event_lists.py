"""Those who take part in an event and are named in one list: "met with his counterparts from | Peru, Malta and Chile", "the foreign
ministers of | Peru, Malta and Chile met".

In: a scene, a trigger, and those told to take part on one side. Out: who else stands in a list of like names with one of them: with the
first name, which is part of a title ("the ministers of | Peru"), and with those that a model thought less likely than the others. Two
that stand right behind the trigger are such a list too. In the documents the models learn from 12 of 16 actors of longer lists took part,
where the event was one at all, and 7 of 9 of pairs.
"""

from collections.abc import Collection, Iterator, Sequence

from comity.reading.event_scene import Scene, Trigger
from comity.reading.mentions import Form, Mention
from comity.records import ActorId, ActorType

LEAST = 3
"""So many names make a list."""
PAIR, BESIDE = 2, 2
"""So many, joined by a word, are a list too where no more words stand between the trigger and it: "hosted | Peru and Malta"."""
NAMED = (Form.NAME, Form.TITLE)
COMMAS = ","


def in_list_with(scene: Scene, trigger: Trigger, told: Collection[ActorId], others: Collection[ActorId] = ()) -> tuple[ActorId, ...]:
    """Who is not told yet and stands in a list with somebody who is, none of it among the `others`."""
    if not told:
        return ()
    here = scene.named_in(trigger.sentence)
    if len(here) < PAIR:
        return ()
    stood_for = {*told, *(scene.state_of(actor) for actor in told)}
    added: list[ActorId] = []
    for names in _lists(scene, here):
        if len(names) < LEAST and not _is_pair_behind(scene, trigger, names):
            continue
        actors = [actor for mention in names for actor in mention.actors]
        known = sum(actor in told for actor in actors)
        if known and not any(actor in others for actor in actors) and (2 * known >= len(actors) or _is_next_to(scene, trigger, names)):
            added += (actor for actor in actors if actor not in stood_for)
    return tuple(dict.fromkeys(added))


def _is_next_to(scene: Scene, trigger: Trigger, names: Sequence[Mention]) -> bool:
    """Whether no other event stands between a trigger and a list."""
    first, last = names[0].outer_start, names[-1].outer_end
    stretch = (trigger.end, first) if first >= trigger.end else (last, trigger.start)
    return not scene.triggers_within(*stretch)


def _is_pair_behind(scene: Scene, trigger: Trigger, names: Sequence[Mention]) -> bool:
    return _by_a_word(scene, *names) and 0 <= scene.token_at(names[0].outer_start) - trigger.after <= BESIDE


def _lists(scene: Scene, named: Sequence[Mention]) -> Iterator[Sequence[Mention]]:
    """The longest stretches of names of one kind with nothing but commas and "and" between."""
    run: list[Mention] = []
    for mention in named:
        if mention.form not in NAMED or (mention.nested and _is_of_a_name(mention, named)):
            continue
        if run and not mention.nested and _is_like(run[-1], mention) and _goes_on(scene, run, mention):
            run.append(mention)
            continue
        if len(run) >= PAIR:
            yield run
        run = [mention]
    if len(run) >= PAIR:
        yield run


def _is_of_a_name(nested: Mention, named: Sequence[Mention]) -> bool:
    """Whether a name stands inside a longer one or its title: "the | French president Marie Durand", not "the ministers of | Peru"."""
    return any(
        one is not nested and not one.nested and one.form is Form.NAME and one.outer_start <= nested.start and nested.end <= one.outer_end
        for one in named
    )


def _is_like(one: Mention, other: Mention) -> bool:
    return (one.type is ActorType.PERSON) is (other.type is ActorType.PERSON)


def _goes_on(scene: Scene, run: Sequence[Mention], mention: Mention) -> bool:
    """Whether a name goes on with a list; behind "and" a comma ends it: "despite | Peru and Malta, | Chile refused"."""
    if not _joined(scene, run[-1], mention):
        return False
    return len(run) < PAIR or _by_a_word(scene, run[-1], mention) or not _by_a_word(scene, run[-2], run[-1])


def _by_a_word(scene: Scene, one: Mention, other: Mention) -> bool:
    gap = scene.words[scene.token_at(one.outer_end) : scene.token_at(other.outer_start)]
    return any(scene.lexicon.classes.get(word) == "with_" for word in gap)


def _joined(scene: Scene, one: Mention, other: Mention) -> bool:
    gap = scene.text.folded[one.outer_end : other.outer_start]
    words = gap.replace(COMMAS, " ").split()
    return bool(gap.strip()) and all(scene.lexicon.classes.get(word) == "with_" or word in scene.lexicon.definite for word in words)
