"""`python -m comity` is the command `comity`."""

from comity.cli import main

main()
