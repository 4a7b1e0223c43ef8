"""What the register means for a partnership: the ledger of progress claims, what does not fit together, the meetings."""

from comity.tracking.overview import Overview, build_overview

__all__ = ["Overview", "build_overview"]
