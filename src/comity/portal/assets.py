"""The style sheet, the script and the font: small files of our own, each under an address that changes with its content."""

import hashlib
from functools import cache
from pathlib import Path

from msgspec import Struct

from comity.publishing.report import TEMPLATES as REPORT

STATIC = Path(__file__).parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


class Asset(Struct, frozen=True):
    content: bytes
    media_type: str


@cache
def assets() -> dict[str, Asset]:
    """All files by the last step of their address. The font's names are written into the style sheet."""
    fonts = {_name(path.name, path.read_bytes()): path for path in sorted((STATIC / "fonts").glob("*.woff2"))}
    style = "".join(path.read_text(encoding="utf-8") for path in (REPORT / "report.css", STATIC / "portal.css", STATIC / "work.css"))
    for address, path in fonts.items():
        style = style.replace(f"url({path.name})", f"url({address})")
    files = {address: path.read_bytes() for address, path in fonts.items()}
    for name, content in (
        ("portal.css", style.encode()),
        ("reader.js", (STATIC / "reader.js").read_bytes()),
        ("work.js", (STATIC / "work.js").read_bytes()),
        ("icon.svg", (STATIC / "icon.svg").read_bytes()),
    ):
        files[_name(name, content)] = content
    return {address: Asset(content, TYPES[Path(address).suffix]) for address, content in files.items()}


@cache
def asset_addresses() -> dict[str, str]:
    """`{"portal.css": "/static/portal.1a2b3c4d.css", ...}`."""
    return {f"{stem}{Path(address).suffix}": f"/static/{address}" for address in assets() for stem in [address.split(".")[0]]}


def _name(name: str, content: bytes) -> str:
    path = Path(name)
    return f"{path.stem}.{hashlib.sha256(content).hexdigest()[:8]}{path.suffix}"
