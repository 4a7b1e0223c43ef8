"""Knowledge that lasts: one file that holds documents, what was read in them, and which of them are copies of one another."""

from comity.register.open import Register, open_register
from comity.register.view import DocumentHead, Found, View
from comity.register.writer import Added, Writer

__all__ = ["Added", "DocumentHead", "Found", "Register", "View", "Writer", "open_register"]
