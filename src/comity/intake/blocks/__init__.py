"""A file to a flat sequence of blocks, whatever its format."""

from comity.intake.blocks.block import Block, Kind
from comity.intake.blocks.read import BlockFile, read_blocks

__all__ = ["Block", "BlockFile", "Kind", "read_blocks"]
