"""What leaves Comity: reading lines, reports, exchange formats."""
