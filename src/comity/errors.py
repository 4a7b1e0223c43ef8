"""Everything that can be the user's to mend. The edge (command line, API, page) prints the sentence; nothing else does."""


class ComityError(Exception):
    """One clear sentence that names the file or thing, the place in it, and the mend."""


class BadInputError(ComityError):
    """A document, folder or option that can't be used as it is."""


class KnowledgeError(ComityError):
    """A fault in a YAML file of the world knowledge, a language or a pack; the sentence gives file, line and field."""


class RegisterError(ComityError):
    """A register that can't be opened or written: newer version, locked, full disk, not a register."""


class RegisterBusyError(RegisterError):
    """A register that another program is writing just now: the same works a little later."""
