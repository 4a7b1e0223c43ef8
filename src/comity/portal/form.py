"""What a form brings, made plain: texts in NFC with one kind of line end and no zero bytes; and a form kept while somebody signs in."""

import unicodedata
from collections.abc import Iterable
from typing import Any, cast

import msgspec
from litestar import Request
from litestar.datastructures import UploadFile
from msgspec import Struct

from comity.portal.guard import scope_of
from comity.portal.rights import rule_for

PROOF = "proof"
"""The field that proves a form to be from a page of ours."""
NEVER_KEPT = (PROOF, "password", "again", "new", "code", "secret", "kept", "kept_path")
READ = "comity.form"
"""Where the request keeps its form."""
MOST_KEPT = 300_000
"""Characters of a form that are carried through signing in."""


class File(Struct, frozen=True):
    """A file that was sent."""

    name: str
    content: bytes


class Form:
    """The fields of one form."""

    def __init__(self, pairs: Iterable[tuple[str, Any]], files: tuple[File, ...] = ()) -> None:
        self.pairs = [(name, plain(value)) for name, value in pairs if isinstance(value, str)]
        self.files = files

    def text(self, name: str) -> str:
        """The first value of a field, without blanks around it; empty where there is none."""
        return next((value.strip() for key, value in self.pairs if key == name), "")

    def typed(self, name: str) -> str:
        """The same as it was typed, as a password must be."""
        return next((value for key, value in self.pairs if key == name), "")

    def every(self, name: str) -> list[str]:
        return [value for key, value in self.pairs if key == name]

    def number(self, name: str) -> int | None:
        text = self.text(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


class Kept(Struct, frozen=True):
    """A form that waits for its sender to sign in: where it goes, and its fields. Files can't wait."""

    path: str
    fields: tuple[tuple[str, str], ...]

    def written(self) -> str:
        """As one hidden field of the sign-in form."""
        return msgspec.json.encode(self.fields).decode()


async def form_of(request: Request[Any, Any, Any]) -> Form:
    """The form of a request, read once."""
    scope = scope_of(request)
    if READ not in scope:
        pairs = [(str(name), value) for name, value in (await request.form()).items()]
        files = [File(value.filename, await value.read()) for _, value in pairs if isinstance(value, UploadFile) and value.filename]
        scope[READ] = Form(pairs, tuple(files))
    return cast("Form", scope[READ])


def keep(path: str, form: Form) -> Kept | None:
    """A form to be sent again, None where there is nothing to keep or too much."""
    fields = tuple((name, value) for name, value in form.pairs if name not in NEVER_KEPT and value)
    rule = rule_for("POST", path)
    if not fields or rule is None or rule.role is None or sum(len(value) for _, value in fields) > MOST_KEPT:
        return None
    return Kept(path, fields)


def kept_in(form: Form) -> Kept | None:
    """What a sign-in form carries; None where it carries nothing, or what is no form of ours."""
    path, written = form.text("kept_path"), form.text("kept")
    if not path or not written:
        return None
    try:
        fields = msgspec.json.decode(written, type=list[tuple[str, str]])
    except msgspec.MsgspecError:
        return None
    return keep(path, Form(fields)) if is_here(path) else None


def is_here(path: str) -> bool:
    """Whether an address to go on to is one of this portal: `//evil.example` and `/\\evil.example` are not."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path


def plain(value: str) -> str:
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", ""))
