"""An Office file (DOCX, XLSX) is looked at before it is opened: one that is encrypted, has macros, or is a bomb is refused."""

import io
import zipfile
import zlib

import docx.exceptions
import docx.opc.exceptions
import lxml.etree

from comity.errors import BadInputError
from comity.settings import megabytes_limit

OLD_OFFICE = b"\xd0\xcf\x11\xe0"
UNPACKED_TIMES = 10
"""An Office file may unpack to ten times the limit on files; ordinary ones unpack to less than the limit."""
FAULTS = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    RecursionError,
    SyntaxError,
    EOFError,
    NotImplementedError,
    zlib.error,
    zipfile.BadZipFile,
    lxml.etree.LxmlError,
    docx.exceptions.PythonDocxError,
    docx.opc.exceptions.OpcError,
)
"""What python-docx and openpyxl are known to raise on broken files."""
XML, HEAD = (".xml", ".rels"), 4096
"""Parts that are XML, and the bytes at their beginning in which a document type is looked for: an Office file has none (ECMA-376, part 2:
"DTD declarations shall not be used"), an XML bomb needs one."""
MACROS = ("vbaproject.bin", "vbadata.xml")


def checked_office(content: bytes, name: str) -> zipfile.ZipFile:
    """The file as an opened ZIP. Raises BadInputError."""
    if content.startswith(OLD_OFFICE):
        raise BadInputError(
            f"{name}: is encrypted, or in an old Office format; open it with its password and save it as .docx or .xlsx without one."
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BadInputError(f"{name}: is no whole Office file ({error}); open it in its program and save it again.") from error
    unpacked = sum(member.file_size for member in members)
    if unpacked > UNPACKED_TIMES * megabytes_limit():
        limit = UNPACKED_TIMES * megabytes_limit() // 1_000_000
        raise BadInputError(
            f"{name}: would unpack to {unpacked / 1e6:.0f} MB, more than the limit of {limit} MB; "
            "save only the plan in a file of its own, or raise the limit with COMITY_MAX_MB."
        )
    if any(member.filename.lower().rsplit("/", 1)[-1] in MACROS for member in members):
        raise BadInputError(f"{name}: has macros in it, and is not opened; save it as .docx or .xlsx, without macros.")
    if any(member.flag_bits & 1 for member in members):
        raise BadInputError(f"{name}: is encrypted; save it without a password.")
    if any(_declares(archive, member) for member in members if member.filename.lower().endswith(XML)):
        raise BadInputError(
            f"{name}: declares entities of its own, as an XML bomb does, and is not opened; open it in its program and save it again."
        )
    return archive


def _declares(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a part has a document type of its own, in whatever encoding."""
    try:
        with archive.open(member) as part:
            return b"<!doctype" in part.read(HEAD).replace(b"\0", b"").lower()
    except FAULTS:
        return False  # a broken part is told of by whoever reads it
