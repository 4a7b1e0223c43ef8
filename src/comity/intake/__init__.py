"""From bytes to a Document: the right text, its language, its date, and the main article told from teasers."""

from comity.intake.documents import Unreadable, document_from_text, documents_from_bytes, open_document, open_documents
from comity.intake.fields import Fields, fields_of
from comity.intake.known import Given, Known

__all__ = [
    "Fields",
    "Given",
    "Known",
    "Unreadable",
    "document_from_text",
    "documents_from_bytes",
    "fields_of",
    "open_document",
    "open_documents",
]
