"""Which partnership a register is of: the pack that a command names, or else the one it was built with, which the register keeps."""

from pathlib import Path
from typing import TYPE_CHECKING

from comity.cli.options import DEFAULT_PACK

if TYPE_CHECKING:
    from comity.knowledge import Pack
    from comity.register import Register


def pack_of(named: str | None, register: "Register") -> "Pack":
    """The pack that was named, or else the one that the register was built with. Raises KnowledgeError."""
    from comity.errors import KnowledgeError
    from comity.knowledge import load_pack

    kept = None if named else register.pack()
    try:
        return load_pack(named or kept or DEFAULT_PACK)
    except KnowledgeError as fault:
        if kept is None:
            raise
        raise KnowledgeError(f"{register.name} was built with the pack {kept}; name a pack with --pack. {fault}") from fault


def begun_with(named: str | None, register: "Register") -> "Pack":
    """The same for what adds documents: a register that is new keeps it, and one from before packs were kept keeps what is named."""
    pack = pack_of(named, register)
    if register.pack() is None and (named or next(register.documents(), None) is None):
        register.keep_pack(_address(pack))
    return pack


def _address(pack: "Pack") -> str:
    """What finds the pack again from any folder: its name, or where its folder lies."""
    from comity.knowledge import pack_folder, pack_names

    folder = Path(pack.folder).resolve()
    if folder.name in pack_names() and pack_folder(folder.name).resolve() == folder:
        return folder.name
    return str(folder)
