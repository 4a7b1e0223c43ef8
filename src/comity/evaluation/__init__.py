"""How well Comity reads: its readings held against gold records made by the reading guide."""

from comity.evaluation.gold import GoldDocument, load_gold
from comity.evaluation.scores import Errors, Scores, score_document

__all__ = ["Errors", "GoldDocument", "Scores", "load_gold", "score_document"]
