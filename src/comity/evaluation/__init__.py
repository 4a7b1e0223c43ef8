"""How well Comity reads: its readings held against gold records made by the reading guide."""

from comity.evaluation.counts import Scores
from comity.evaluation.gold import GoldDocument, load_gold
from comity.evaluation.mistakes import Errors
from comity.evaluation.scores import score_document

__all__ = ["Errors", "GoldDocument", "Scores", "load_gold", "score_document"]
