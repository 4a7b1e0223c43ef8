"""Why a finding was made: the words it rests on, and the entry of which data file, or which model, made something of them."""

from comity.reading.why.explainer import Explainer, Whys
from comity.reading.why.grounds import Ground

__all__ = ["Explainer", "Ground", "Whys"]
