"""What actors, plans and meetings are called in a language: by the pack and the world knowledge, else as the documents call them."""

from pathlib import PurePath
from typing import Protocol

from comity.intervals import IsoDate, overlap
from comity.knowledge import Knowledge, Mechanism, Plan
from comity.knowledge.schema import Actor, Names
from comity.knowledge.words import label
from comity.publishing.labels import Labels
from comity.records import GROUP, ActorId, ActorType, LanguageCode
from comity.tracking.meetings import Meeting

LONG = 30
"""A longer name gives way to the acronym where texts use it so: ASEAN, not Association of Southeast Asian Nations."""


class Calling(Protocol):
    """What knows how documents call an actor: a register's view, or what keeps its answers."""

    def actor_surface(self, actor: ActorId) -> str | None: ...


class Headed(Protocol):
    """A document, with or without its text."""

    @property
    def title(self) -> str | None: ...
    @property
    def name(self) -> str: ...
    @property
    def id(self) -> str: ...


def called(document: Headed) -> str:
    """What a document is called: by its title, else by its file, without the folders of the machine that read it, else by its number."""
    return document.title or PurePath(document.name).name or document.id


class Naming:
    """Names in one language. `view` gives the names of those that no YAML knows."""

    def __init__(self, knowledge: Knowledge, labels: Labels, view: Calling | None = None) -> None:
        self._knowledge = knowledge
        self._labels = labels
        self._view = view
        self._found: dict[ActorId, str] = {}

    def actor(self, actor: ActorId) -> str:
        """The actor's label; a group's words; a person as the documents write the name."""
        if actor not in self._found:
            self._found[actor] = self._name(actor)
        return self._found[actor]

    def in_sentence(self, actor: ActorId) -> str:
        """The actor's name with its article, where it has one: "the Philippines"."""
        name = self.actor(actor)
        return name if actor.startswith(GROUP) else self._labels.in_sentence(name)

    def actors(self, actors: tuple[ActorId, ...]) -> str:
        """One name alone, or several in a row: "ASEAN and the United Nations"."""
        if len(set(actors)) < 2:
            return self.actor(actors[0]) if actors else ""
        names = list(dict.fromkeys(self.in_sentence(actor) for actor in actors))
        return self._labels.say("list_and", all=", ".join(names[:-1]), last=names[-1])

    def plan(self, plan: Plan) -> str:
        """Its short name; where the language has none its name, and one in another language with a mark."""
        return plan.short.get(self._labels.language) or self._label(plan.names) or self._label(plan.short) or plan.id

    def mechanism(self, mechanism: Mechanism) -> str:
        """A pack may leave a name that the world knows to the world: "Hội nghị Cấp cao Đông Á" for the East Asia Summit."""
        known = self._knowledge.mechanisms.get(mechanism.id, mechanism)
        return self._label(mechanism.names) or self._label(known.names) or mechanism.name

    def claimant(self, actor: ActorId, when: IsoDate | None) -> str:
        """A person or body; a meeting with the number of its sitting at that time: "ASEAN-UN Summit, no. 9"."""
        mechanism = self._knowledge.mechanisms.get(actor)
        if mechanism is None or actor in self._knowledge.actors:
            return self.actor(actor)
        sitting = next((s for s in mechanism.sittings if when and s.number and overlap(s.date, when)), None)
        name = self.mechanism(mechanism)
        return self._labels.say("meeting_numbered", name=name, number=sitting.number) if sitting else name

    def meeting(self, meeting: Meeting) -> str:
        name = self.mechanism(meeting.mechanism)
        number = meeting.sitting.number
        return self._labels.say("meeting_numbered", name=name, number=number) if number else name

    def place(self, meeting: Meeting) -> str:
        """Where it sat; a word such as `online` in the language's own."""
        place = meeting.sitting.place or ""
        return self._labels.say(f"place_{place}") if self._labels.has(f"place_{place}") else place

    def _name(self, actor: ActorId) -> str:
        if (known := self._knowledge.actors.get(actor)) and (name := self._known_name(known)):
            return actor if len(name) > LONG and actor in known.names.get(self._labels.language, ()) else name
        if mechanism := self._knowledge.mechanisms.get(actor):
            return self.mechanism(mechanism)
        if actor.startswith(GROUP):
            return self._group(actor.removeprefix(GROUP))
        words = self._view.actor_surface(actor) if self._view else None
        return " ".join(words.split()) if words else actor

    def _known_name(self, actor: Actor) -> str | None:
        """A person has one name in all languages; another actor's in a language that is not asked for gets a mark."""
        return first_name(actor.names, self._labels.language) if actor.type is ActorType.PERSON else self._label(actor.names)

    def _label(self, words: object) -> str:
        return label(words, self._labels.language)

    def _group(self, group: str) -> str:
        """ "UNSC-members" as the members of the body in the language's own words; "officials" and "african-leaders" likewise."""
        if self._labels.has(f"group_{group}"):
            return self._labels.say(f"group_{group}")
        for cut in (index for index, mark in enumerate(group) if mark == "-"):
            body, noun = group[:cut], group[cut + 1 :]
            if self._labels.has(f"group_of_{noun}"):
                return self._labels.say(f"group_of_{noun}", body=self.actor(body))
        return group.replace("-", " ")


def first_name(names: Names, language: LanguageCode) -> str | None:
    """The label in a language, else in any."""
    if chosen := names.get(language) or next((names[other] for other in sorted(names) if names[other]), ()):
        return chosen[0]
    return None
