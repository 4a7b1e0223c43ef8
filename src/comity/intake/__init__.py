"""From bytes to a Document: the right text, its language, its date, and the main article told from teasers."""

from comity.intake.documents import Unreadable, document_from_text, open_document, open_documents

__all__ = ["Unreadable", "document_from_text", "open_document", "open_documents"]
