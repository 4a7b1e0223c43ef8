"""The files of a pack that is begun: its head, and the instrument on which the partnership rests."""

import json
from pathlib import Path

from msgspec import Struct

from comity.errors import BadInputError
from comity.knowledge.words import Words

GUIDE = (
    "# What else a pack may hold: plans, mechanisms, actors ... `comity pack schema` and docs/packs.md tell; `comity pack check` checks.\n"
)


class Beginning(Struct, frozen=True, kw_only=True):
    """What must be known of a partnership to begin its pack. Without `framework` there is no instrument yet."""

    id: str
    names: Words
    parties: tuple[str, ...]
    since: str = ""
    framework: Words = {}


def write_pack(folder: Path, beginning: Beginning) -> list[Path]:
    """Write the files into a folder that holds no pack yet. Raises BadInputError."""
    if (folder / "pack.yaml").exists():
        raise BadInputError(f"{folder}: holds a pack already; give another folder.")
    files = {"pack.yaml": _head(beginning)}
    if beginning.framework:
        files["instruments.yaml"] = _instruments(beginning)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"{folder}: can't be written ({error.strerror or error}); check the folder and your rights to it.") from error
    return [folder / name for name in files]


def _head(beginning: Beginning) -> str:
    lines = ["partnership:", f"  id: {_quoted(beginning.id)}", "  names:"]
    lines += [f"    {language}: [{_quoted(name)}]" for language, name in beginning.names.items()]
    lines += [f"  parties: [{', '.join(_quoted(party) for party in beginning.parties)}]"]
    if beginning.since:
        lines += [f"  since: {_quoted(beginning.since)}"]
    if beginning.framework:
        lines += [f"  framework: {_framework_id(beginning)}"]
    return "\n".join([*lines, "  languages: [en, vi]", GUIDE])


def _instruments(beginning: Beginning) -> str:
    lines = ["instruments:", f"- id: {_framework_id(beginning)}", f"  name: {_quoted(beginning.framework['en'])}", "  kind: declaration"]
    lines += ["  names:", *(f"    {language}: [{_quoted(name)}]" for language, name in beginning.framework.items())]
    lines += [f"  parties: [{', '.join(_quoted(party) for party in beginning.parties)}]"]
    if beginning.since:
        lines += [f"  date: {_quoted(beginning.since)}"]
    return "\n".join([*lines, ""])


def _framework_id(beginning: Beginning) -> str:
    return f"{beginning.id}-framework"


def _quoted(text: str) -> str:
    """As YAML and JSON both read it; plain where that is plain."""
    return text if text.replace("-", "").isalnum() and text.isascii() else json.dumps(text, ensure_ascii=False)
