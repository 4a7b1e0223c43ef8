"""What a text is about, as far as it tells whether a trigger reports an event: what the headline names is told, the rest may be background.

In: a scene. Out: features for a trigger, a type and its parties: whether headline and lead have the word, its kind or the type, how much of
the headline stands in the sentence, how many triggers of the type the text has, and how much the text names the parties.
"""

from bisect import bisect_right
from collections import Counter

from comity.reading.event_parties import Party
from comity.reading.event_scene import Scene, Trigger
from comity.records import EventType

LEAD = 3
"""The first sentences, the headline among them."""
OVERLAPS = (0.2, 0.35, 0.5, 0.7)
COUNTS, REPEATS, SHARES = (2, 4, 7, 11, 16), (2, 3, 5, 8), (0.1, 0.2, 0.35, 0.5)
NAMED = (0.0, 0.2, 0.4, 0.7, 1.0)
FIRST_SURE, SECOND_SURE = (0.2, 0.4, 0.6, 0.8, 0.9), (0.2, 0.4, 0.6, 0.8)
"""Bounds of buckets."""


class Topic:
    """Looks once over all triggers of a text."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._end = scene.headline.end if scene.headline else 0
        headline = [trigger for trigger in scene.triggers if trigger.start < self._end]
        self._words = {trigger.word for trigger in headline}
        self._kin = {trigger.kin for trigger in headline if trigger.kin}
        self._kinds = {kind for trigger in headline for kind, _ in trigger.types}
        self._lead = {trigger.word for trigger in scene.triggers if trigger.sentence < LEAD}
        self._of_kind = Counter(kind for trigger in scene.triggers for kind, _ in trigger.types)
        self._of_word = Counter(trigger.word for trigger in scene.triggers)
        self._named = {word for word in scene.words[: scene.token_at(self._end)] if word[0].isalnum()}
        self._overlaps: dict[int, int] = {}

    def features(self, trigger: Trigger, kind: EventType, parties: list[Party]) -> list[str]:
        share = bisect_right(SHARES, self._of_kind[kind] / len(self._scene.triggers))
        named = [self._scene.prominence(party.actor) for party in parties[:2]]
        first, second = [*(party.probability for party in parties[:2]), 0.0, 0.0][:2]
        features = [
            f"kinds#{bisect_right(COUNTS, self._of_kind[kind])}", f"kindshare{share}", f"{kind}share{share}",
            f"words#{bisect_right(REPEATS, self._of_word[trigger.word])}",
            f"named{bisect_right(NAMED, max(named, default=-1.0))}", f"bothnamed{bisect_right(NAMED, min(named, default=-1.0))}",
            f"sure1{bisect_right(FIRST_SURE, first)}", f"sure2{bisect_right(SECOND_SURE, second)}n{min(3, len(parties))}",
        ]  # fmt: skip
        if trigger.start >= self._end:
            features += [
                f"headw{trigger.word in self._words}", f"headq{trigger.kin in self._kin}", f"headk{kind in self._kinds}",
                f"leadw{trigger.word in self._lead}", f"headline{self._end > 0}", f"headshare{self._overlap(trigger.sentence)}",
            ]  # fmt: skip
        return features

    def _overlap(self, sentence: int) -> int:
        """How much of the headline's words the sentence has."""
        known = self._overlaps.get(sentence)
        if known is None:
            span = self._scene.page.sentences[sentence]
            words = self._scene.words[self._scene.token_at(span.start) : self._scene.token_at(span.end)]
            share = len(self._named.intersection(words)) / max(1, len(self._named))
            known = self._overlaps[sentence] = bisect_right(OVERLAPS, share)
        return known
