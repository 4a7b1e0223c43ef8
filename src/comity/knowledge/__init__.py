"""What is known before reading: actors, instruments, mechanisms, themes and plans as data, and the matcher that finds their names."""

from comity.knowledge.load import Knowledge, knowledge_version, load_knowledge, load_pack, pack_folder, pack_names
from comity.knowledge.schema import Actor, Instrument, Mechanism, Pack, Plan, Theme

__all__ = [
    "Actor",
    "Instrument",
    "Knowledge",
    "Mechanism",
    "Pack",
    "Plan",
    "Theme",
    "knowledge_version",
    "load_knowledge",
    "load_pack",
    "pack_folder",
    "pack_names",
]
