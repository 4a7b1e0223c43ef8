"""What actors, plans and meetings are called in a language: by the pack and the world knowledge, else as the documents call them."""

from comity.knowledge import Knowledge, Mechanism, Plan
from comity.knowledge.schema import Names
from comity.publishing.labels import Labels
from comity.records import ActorId, LanguageCode
from comity.register import View
from comity.tracking.meetings import Meeting

GROUP = "group:"
LONG = 30
"""A longer name gives way to the acronym where texts use it so: ASEAN, not Association of Southeast Asian Nations."""


class Naming:
    """Names in one language. `view` gives the names of those that no YAML knows."""

    def __init__(self, knowledge: Knowledge, labels: Labels, view: View | None = None) -> None:
        self._knowledge = knowledge
        self._labels = labels
        self._view = view
        self._found: dict[ActorId, str] = {}

    def actor(self, actor: ActorId) -> str:
        """The actor's label; a group's words; a person as the documents write the name."""
        if actor not in self._found:
            self._found[actor] = self._name(actor)
        return self._found[actor]

    def actors(self, actors: tuple[ActorId, ...]) -> str:
        """Several names in a row: "ASEAN and the UN"."""
        names = list(dict.fromkeys(self.actor(actor) for actor in actors))
        if len(names) < 2:
            return "".join(names)
        return self._labels.say("list_and", all=", ".join(names[:-1]), last=names[-1])

    def plan(self, plan: Plan) -> str:
        return plan.short.get(self._labels.language) or first_name(plan.names, self._labels.language) or plan.id

    def mechanism(self, mechanism: Mechanism) -> str:
        return first_name(mechanism.names, self._labels.language) or mechanism.name

    def meeting(self, meeting: Meeting) -> str:
        name = self.mechanism(meeting.mechanism)
        number = meeting.sitting.number
        return self._labels.say("meeting_numbered", name=name, number=number) if number else name

    def place(self, meeting: Meeting) -> str:
        """Where it sat; a word such as `online` in the language's own."""
        place = meeting.sitting.place or ""
        return self._labels.say(f"place_{place}") if self._labels.has(f"place_{place}") else place

    def _name(self, actor: ActorId) -> str:
        if (known := self._knowledge.actors.get(actor)) and (name := first_name(known.names, self._labels.language)):
            return actor if len(name) > LONG and actor in known.names.get(self._labels.language, ()) else name
        if actor.startswith(GROUP):
            return actor.removeprefix(GROUP).replace("-", " ")
        return (self._view.actor_surface(actor) if self._view else None) or actor


def first_name(names: Names, language: LanguageCode) -> str | None:
    """The label in a language, else in any."""
    if chosen := names.get(language) or next((names[other] for other in sorted(names) if names[other]), ()):
        return chosen[0]
    return None
