"""Brings the tables of a register to this version. Each step is a file in `versions`; a step once published is never changed."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from alembic.config import Config


def migrate(connection: Connection) -> None:
    """Runs the steps that the register lacks, inside the caller's transaction: all of them or none."""
    from alembic import command

    command.upgrade(_config(connection), "head")


def mark_first(connection: Connection) -> None:
    """Tells Alembic that a register made before there were steps has the first one."""
    from alembic import command

    command.stamp(_config(connection), "0001")


def _config(connection: Connection) -> "Config":
    # Imported here: most registers are up to date, and Alembic takes a tenth of a second to load.
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
