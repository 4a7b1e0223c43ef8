"""The command line: reads files, builds registers, shows what they say. Results go to standard output, all else to standard error."""

import os
import sys

from comity.cli.app import app
from comity.cli.screen import tell
from comity.errors import ComityError

BAD_INPUT = 2


def main() -> None:
    """Runs the command. A fault that is the user's to mend is one sentence and exit code 2."""
    try:
        app()
    except ComityError as error:
        tell(str(error))
        sys.exit(BAD_INPUT)
    except BrokenPipeError:  # the reader of our output (`| head`) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
