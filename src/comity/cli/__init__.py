"""The command line: reads files, builds registers, shows what they say. Results go to standard output, all else to standard error."""

import gc
import os
import sys

from comity.cli.app import app
from comity.cli.screen import tell
from comity.errors import ComityError

BAD_INPUT = 2
OBJECTS = 500_000
"""New objects after which Python looks for those that only hold each other. Models and grammars are a million that stay to the end: to go
through them at every 700 new ones took a fifth of a short command's time."""


def main() -> None:
    """Runs the command. A fault that is the user's to mend is one sentence and exit code 2."""
    gc.set_threshold(OBJECTS)
    try:
        app()
    except ComityError as error:
        tell(str(error))
        sys.exit(BAD_INPUT)
    except BrokenPipeError:  # the reader of our output (`| head`) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    finally:
        gc.freeze()  # Python looks through all of them again as it ends: a sixth of a short command's time
