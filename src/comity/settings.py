"""Limits and places, each with the environment variable that changes it. Read when asked for, never at import.

`NUMBERS` is the table of all limits but the portal's own: what is written there is what holds, what the docs show and what a message names.
"""

import os
from pathlib import Path

from msgspec import Struct

from comity.errors import BadInputError


class Number(Struct, frozen=True):
    """A whole number that a variable sets, from `low` to `high`; `says` is its line in the manual."""

    default: int
    low: int
    high: int
    says: str


NUMBERS = {
    "COMITY_MAX_MB": Number(20, 1, 4096, "the largest single document that is read, in megabytes"),
    "COMITY_MAX_COLLECTION_MB": Number(
        4000, 1, 1_000_000, "the largest collection (JSON lines, CSV, all of an archive unpacked), in megabytes"
    ),
    "COMITY_MAX_MEMBERS": Number(20_000, 1, 10_000_000, "the most files in one archive, with the archives in it"),
    "COMITY_MAX_RATIO": Number(200, 10, 100_000, "how many times its packed size a file in an archive may unpack to"),
    "COMITY_MAX_DEPTH": Number(3, 1, 20, "how deep archives and mails may lie in one another"),
    "COMITY_MAX_PAGES": Number(3_000, 1, 100_000, "the most pages of a PDF"),
    "COMITY_OCR_SECONDS": Number(600, 1, 86_400, "how long the OCR of one scanned PDF may take, in seconds"),
    "COMITY_WEB_SECONDS": Number(30, 1, 3_600, "how long one page or feed may take to arrive, in seconds"),
    "COMITY_WEB_MB": Number(10, 1, 4096, "the largest page or feed that is fetched, in megabytes, unpacked"),
    "COMITY_WEB_REDIRECTS": Number(5, 0, 20, "how many redirects are followed"),
    "COMITY_FEED_ENTRIES": Number(1_000, 1, 1_000_000, "the most entries of a feed, or addresses of a sitemap, that are looked at"),
    "COMITY_FEED_PAGES": Number(200, 1, 100_000, "the most pages fetched for one feed in one round; the next round goes on"),
    "COMITY_FEED_MAPS": Number(50, 1, 10_000, "the most sitemaps fetched through one sitemap index"),
    "COMITY_EVENTS_AT_ONCE": Number(
        20_000,
        1,
        100_000_000,
        "the most event reports that are put together for one answer, where the register does not keep what they tell",
    ),
    "COMITY_FEED_PAUSE": Number(1, 0, 3_600, "seconds between two pages of one host"),
}


def limit_of(name: str) -> int:
    """The value of a limit of `NUMBERS`. Raises BadInputError where its variable holds anything but such a number."""
    return number_of(name, NUMBERS[name])


def number_of(name: str, limit: Number) -> int:
    """What the variable `name` sets within a limit, else the limit's default. Raises BadInputError where it holds no such number."""
    text = os.environ.get(name, "").strip()
    if not text:
        return limit.default
    if not text.isascii() or not text.isdigit() or not limit.low <= int(text) <= limit.high:
        raise BadInputError(f"{name} is {text!r}; give a whole number from {limit.low} to {limit.high}.")
    return int(text)


def megabytes_limit() -> int:
    """Largest document file that is read, in bytes."""
    return limit_of("COMITY_MAX_MB") * 1_000_000


def collection_limit() -> int:
    """Largest collection of documents in one file that is read, in bytes."""
    return limit_of("COMITY_MAX_COLLECTION_MB") * 1_000_000


def home() -> Path:
    """The data folder: `COMITY_HOME`, or `.comity` in the user's home folder."""
    named = os.environ.get("COMITY_HOME")
    return Path(named).expanduser() if named else Path.home() / ".comity"


def pack_folders() -> list[Path]:
    """Folders that are packs or hold packs: `COMITY_PACKS`, several divided as in PATH."""
    return [Path(part).expanduser() for part in os.environ.get("COMITY_PACKS", "").split(os.pathsep) if part.strip()]


def allowed_hosts() -> tuple[str, ...]:
    """The hosts, with all below them, that pages are fetched from: `COMITY_ALLOWED_HOSTS`, divided by commas. Empty: any public one."""
    return _names("COMITY_ALLOWED_HOSTS")


def local_hosts() -> tuple[str, ...]:
    """Hosts (or `host:port`) that may lie in the local network, such as an intranet's: `COMITY_LOCAL_HOSTS`, divided by commas."""
    return _names("COMITY_LOCAL_HOSTS")


def ocr_languages() -> str:
    """The languages OCR looks for, as Tesseract names them: `COMITY_OCR_LANGUAGES`."""
    return os.environ.get("COMITY_OCR_LANGUAGES", "").strip() or "vie+eng"


def may_rerank() -> bool:
    """Whether the second look of the extra `comity[rerank]` is used where it is installed: not with `COMITY_RERANK=off`. Raises
    BadInputError where it is neither `on` nor `off`."""
    told = os.environ.get("COMITY_RERANK", "").strip().lower() or "on"
    if told not in ("on", "off"):
        raise BadInputError(f"COMITY_RERANK is {told!r}; give on or off.")
    return told == "on"


def _names(variable: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in os.environ.get(variable, "").split(",") if part.strip())
