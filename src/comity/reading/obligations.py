"""Who is bound by an undertaking, or asks for one.

In come a stretch and its statement; out come those who may be bound or ask, each with features, so that a trained model picks.
"""

from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from comity.reading.content_features import MARKS
from comity.reading.mentions import Mention
from comity.reading.signatories import Subject, is_nameless
from comity.reading.subject_words import Kind
from comity.reading.undertaking_places import Stretch
from comity.reading.undertaking_subjects import UNTOLD, Standing
from comity.reading.undertakings import Undertakings
from comity.records import Act, ActorId, Force, Statement

NEAR = 8
"""Words from the ground's or stretch's beginning in which its subject stands ("Mỹ tiếp tục duy trì", "Canberra will remain")."""
BEFORE = 30
"""Words before the ground in which somebody it may be by is named."""
MOST_NAMED = 3
OWN_WORDS = 6
UNKNOWN = frozenset({Kind.UNKNOWN})
NOT_NAMED = UNKNOWN | {Kind.DESCRIBED, Kind.PEOPLE}
"""Subjects of a verb by which nobody named before is bound, and those who leave no room for a "we" either."""


class Party(NamedTuple):
    """Whom a commitment may be by, with what speaks for it."""

    actors: tuple[ActorId, ...]
    features: list[str]
    apart: bool = False
    """Whether they are named before the words reported, or not named for them at all, and did not speak them."""
    barred: bool = False
    """Whether it is by nobody rather than by them, where they are likeliest."""


def parties(undertakings: Undertakings, stretch: Stretch, modal: str, force: Force) -> list[Party]:
    """The statement's speaker, or where no statement holds the words who spoke before them; those who stand before the words reported, at
    their head, or at the head of the undertaking, names joined to each other as one; those for whom "we" may stand; and nobody. What "I"
    undertake in a turn of a transcript is by whoever has the turn alone, what "we" do by the state that one speaks for."""
    scene = _Scene(undertakings, stretch, modal, force)
    if (own := scene.own_turn()) is not None:
        return [own]
    if scene.is_asked and scene.speaker:
        return [scene.speaking()]
    if (doer := scene.told_doer()) is not None:
        return [doer]
    ground = stretch.ground
    seen: set[tuple[ActorId, ...]] = set()
    result = [scene.nobody()]
    if scene.speaker:
        result.append(scene.speaking())
        seen.add(scene.speaker)
    if ground.earlier is not None and ground.earlier.speaker and ground.earlier.speaker not in seen:
        result.append(scene.spoke_before(ground.earlier))
        seen.add(ground.earlier.speaker)
    unknown = undertakings.others_speak_from(ground, UNKNOWN)
    others = undertakings.others_speak_from(ground, NOT_NAMED)
    for name, indexes in (
        ("g", range(ground.first, stretch.first)),
        ("u", range(stretch.first, min(stretch.after, stretch.first + NEAR))),
        ("p", range(ground.first - 1, max(others, ground.first - BEFORE) - 1, -1)),
    ):
        for place, (index, subject) in enumerate(() if scene.is_own else _subjects(undertakings, indexes), start=1):
            mention = undertakings.layout.mention[index]
            if mention is None or undertakings.is_forbidden(subject.after) or undertakings.is_done_to(subject.after):
                continue
            if name != "p" and (scene.is_asked or undertakings.is_object(subject.first, subject.after, indexes.start)):
                continue
            if subject.actors not in seen and not (name != "p" and undertakings.is_about(mention, subject.first)):
                seen.add(subject.actors)
                result.append(scene.named(name, place, subject, mention))
    issued = undertakings.signatories.speaking or undertakings.signatories.speaks_itself
    for kind, actors in () if unknown or (others and not issued) else scene.unnamed():
        if actors and actors not in seen:
            seen.add(actors)
            result.append(scene.standing_for(kind, actors))
    not_bound = undertakings.not_bound(stretch)
    return [party for party in result if scene.may_be(party) and (not party.actors or not not_bound.issuperset(party.actors))]


class _Scene:
    """What is known of an undertaking when it is asked whom it is by."""

    def __init__(self, undertakings: Undertakings, stretch: Stretch, modal: str, force: Force) -> None:
        self.undertakings, self.stretch, self.modal, self.force = undertakings, stretch, modal, force
        self.statement = stretch.ground.statement
        self.act = str(self.statement.act) if self.statement is not None else "none"
        self.speaker = self.statement.speaker if self.statement is not None else ()
        self.owner = _owner(undertakings, stretch)
        self.turn = undertakings.turns.of(undertakings.layout.tokens[stretch.first].sentence)
        self.doer = undertakings.doers.of(stretch) if force is Force.PLEDGED else UNTOLD

    def own_turn(self) -> Party | None:
        """Whoever has the turn in which "I" or "we" undertake something outside quotation marks, or whose speech the
        text is; nobody where nobody known is that."""
        words = set(self.owner.split())
        quoted = self.undertakings.layout.quoted[self.stretch.first]
        if quoted or not words & (self.undertakings.we | self.undertakings.me):
            return None
        if self.turn is None:
            return Party((), ["t"]) if self.undertakings.signatories.speaks_alone and not self.speaker else None
        states = self.undertakings.signatories.states(self.turn.speaker) if words & self.undertakings.we else ()
        return Party(states or self.turn.speaker, ["t"])

    def told_doer(self) -> Party | None:
        """Who stands as subject before its word for the future; nobody where that bears no name and no statement tells of it ("The
        partnership | will support ...": whoever spoke or was named before does not promise it)."""
        named = self.doer.named
        if named is not None and self.statement is not None and len(named.actors) > 1:
            return None  # "he promised that | both sides | will cooperate" is his
        if named is not None and not (self.undertakings.is_forbidden(named.after) or self.undertakings.is_done_to(named.after)):
            return Party(named.actors, ["n"])
        return Party((), ["n"]) if self.doer.standing is Standing.OTHER and self.statement is None else None

    @property
    def is_asked(self) -> bool:
        """Whether it is what somebody asks or proposes by the verb that tells it, so that it is his and nobody's whom he names in it: of
        1,457 such undertakings of the training documents whose speaker is known 1,389 are."""
        asks = self.statement is not None and self.statement.act in (Act.PROPOSE, Act.REQUEST)
        return asks and self.force in (Force.PROPOSED, Force.REQUESTED)

    @property
    def is_own(self) -> bool:
        """Whether "we" of a quotation undertake it, so that nobody whom they name does: "Nga đã vi phạm, và | chúng tôi | sẽ ngừng"."""
        words = set(self.owner.split())
        return bool(self.undertakings.layout.quoted[self.stretch.first]) and bool(words & (self.undertakings.we | self.undertakings.me))

    def may_be(self, party: Party) -> bool:
        """Nameless groups are no "we" of a text in which others speak: "Our experts will meet. | We will hold ..."; in a meeting's own
        text "we" are nobody whom the sentence before names."""
        signatories = self.undertakings.signatories
        if not party.actors or party.actors == self.speaker:
            return True
        if signatories.of_meeting and party.features[0] == "p" and party.actors != signatories.issuers and self._is_ours():
            return False
        nameless = all(map(is_nameless, party.actors))
        return not (nameless and signatories.issuers and self.undertakings.we.intersection(self.owner.split()))

    def _is_ours(self) -> bool:
        """Whether "we" stand before the undertaking in its sentence."""
        tokens, first = self.undertakings.layout.tokens, self.stretch.first
        before = takewhile(lambda token: token.sentence == tokens[first].sentence, (tokens[i] for i in range(first - 1, -1, -1)))
        return any(token.folded in self.undertakings.we for token in before)

    def nobody(self) -> Party:
        within, has = self.statement is not None, bool(self.speaker)
        return Party((), ["z", f"za {self.act} {within and has}", f"zm {self.modal}", f"zf {self.force} {within} {has}"])

    def speaking(self) -> Party:
        act, force, owner = self.act, self.force, self.owner
        signatories = self.undertakings.signatories
        kind = signatories.kind(self.speaker)
        features = ["s", f"sa {act}", f"sm {self.modal} {act}", f"sf {force}", f"sfa {force} {act}", f"so {owner}", f"sof {owner} {force}"]
        features += [f"sk {kind} {force}", f"sko {kind} {owner}", f"skm {kind} {self.modal}"]
        return Party(self.speaker, features)

    def spoke_before(self, earlier: Statement) -> Party:
        ago = self.stretch.ground.ago
        near = [f"ca {earlier.act} {min(ago, 4)}", f"cd {min(ago, 6)}", f"ct {earlier.direct}"]
        return Party(earlier.speaker, ["c", *near, f"cm {self.modal}", f"cf {self.force}", f"co {self.owner}"], apart=True)

    def unnamed(self) -> Iterator[tuple[str, tuple[ActorId, ...]]]:
        """Those for whom "we" may stand: the states of who speaks, those who issue the text, and the state that most named there serve."""
        signatories, earlier = self.undertakings.signatories, self.stretch.ground.earlier
        yield "S", signatories.states(self.speaker)
        yield "C", signatories.states(earlier.speaker) if earlier is not None else ()
        if self.turn is None and not self.is_own:  # nobody issues what is spoken
            yield "I", signatories.issuers
            yield "D", signatories.state

    def standing_for(self, kind: str, actors: tuple[ActorId, ...]) -> Party:
        act, force, owner = self.act, self.force, self.owner
        direct, size = self.statement is not None and self.statement.direct, min(len(actors), 2)
        about = f"{bool(self.speaker)} {direct}"
        signatories = self.undertakings.signatories
        speaks = signatories.kind(self.speaker)
        return Party(
            actors,
            [
                kind,
                f"{kind}n {size}",
                f"{kind}a {act}",
                f"{kind}m {self.modal} {act}",
                f"{kind}f {force} {size}",
                f"{kind}fa {force} {act}",
                f"{kind}o {owner}",
                f"{kind}od {owner} {about}",
                f"{kind}on {owner} {size} {force}",
                f"{kind}s {about} {size}",
                f"{kind}w {signatories.speaks_itself} {size} {bool(self.speaker)}",
                f"{kind}wo {signatories.speaks_itself} {owner} {bool(self.speaker)}",
                f"{kind}k {speaks} {force}",
                f"{kind}ko {speaks} {owner}",
                f"{kind}km {speaks} {self.modal}",
            ],
            apart=True,
        )

    def named(self, name: str, place: int, subject: Subject, mention: Mention) -> Party:
        layout, act, force, has = self.undertakings.layout, self.act, self.force, bool(self.speaker)
        first, after = subject.first, subject.after
        following = layout.tokens[after].folded if after < len(layout.tokens) else ""
        before = layout.tokens[first - 1].folded if first else ""
        acts = _act_behind(self.undertakings, after)
        heads = first in (self.stretch.ground.first, self.stretch.first)
        return Party(
            subject.actors,
            [
                name,
                f"{name}J {min(len(subject.actors), 3)} {force}",
                f"{name}N {self.undertakings.governs(self.stretch, after)} {force}",
                f"{name}a {act} {place}",
                f"{name}t {mention.type} {act}",
                f"{name}o {bool(set(mention.actors) & set(self.speaker))} {act}",
                f"{name}m {self.modal} {act}",
                f"{name}f {following}",
                f"{name}b {before}",
                f"{name}i {heads} {act}",
                f"{name}s {has}",
                f"{name}F {force} {place}",
                f"{name}Ft {force} {mention.type} {has}",
                f"{name}A {acts} {force}",
                f"{name}Ai {acts} {heads} {force}",
                f"{name}Ab {acts} {before}",
                f"{name}O {self.owner}",
                f"{name}G {mention.form} {force}",
            ],
            apart=name == "p",
            barred=self._is_barred(name, subject.actors),
        )

    def _is_barred(self, name: str, actors: tuple[ActorId, ...]) -> bool:
        """What "we" do is promised by none that is named but those for whom "we" may stand, and nothing by one alone who is only named
        before the words: of 17 such on documents nobody had looked at 12 were another's."""
        if self.doer.standing is Standing.WE and actors not in (others for _, others in self.unnamed()):
            return True
        return name == "p" and len(actors) == 1 and not is_nameless(actors[0])


def _subjects(undertakings: Undertakings, indexes: range) -> Iterator[tuple[int, Subject]]:
    """Each of the first subjects among the words, with a word of it."""
    previous, count = None, 0
    for index in indexes:
        subject = undertakings.signatories.subject_at(index)
        if subject is not None and subject is not previous:
            yield index, subject
            count += 1
            if count == MOST_NAMED:
                return
        previous = subject if subject is not None else previous


def _act_behind(undertakings: Undertakings, index: int) -> str:
    """What follows somebody's name: a word for the future, one for the past, a verb, or none of them."""
    layout = undertakings.layout
    for near in range(index, min(index + 2, len(layout.tokens))):
        if undertakings.modal[near]:
            return "m"
        if undertakings.past_counts[near + 1] > undertakings.past_counts[near]:
            return "p"
        if undertakings.verb_counts[near + 1] > undertakings.verb_counts[near]:
            return "v"
        if layout.tokens[near].text in MARKS or layout.mention[near] is not None:
            break
    return ""


def _owner(undertakings: Undertakings, stretch: Stretch) -> str:
    """The words near the undertaking's head that tell whose it is: "their commitment to", "we will", "chúng tôi sẽ"."""
    tokens = undertakings.layout.tokens
    for index in range(min(stretch.first + 1, len(tokens) - 1), max(stretch.ground.first, stretch.first - OWN_WORDS) - 1, -1):
        pair = f"{tokens[index - 1].folded} {tokens[index].folded}" if index > stretch.ground.first else ""
        for words in (pair, tokens[index].folded):
            if words in undertakings.owners:
                return words
    return ""
