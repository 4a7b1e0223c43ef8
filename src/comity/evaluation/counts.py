"""How often readings were right, by kind: precision, recall, F1."""

from msgspec import Struct, field


class Score(Struct):
    """Counts of one kind over all documents scored so far."""

    right: int = 0
    gold: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.gold + self.found) if self.right else 0.0


class Scores(Struct):
    """Scores by kind, in the order of the guide."""

    kinds: dict[str, Score] = field(default_factory=dict)

    def add(self, kind: str, right: int, gold: int, found: int) -> None:
        score = self.kinds.setdefault(kind, Score())
        score.right += right
        score.gold += gold
        score.found += found
