"""Who the actors of the readings are that came before there were identities."""

from alembic import op
from sqlalchemy import column, select, table, update

from comity.register.clock import now
from comity.register.identities import Resolver

revision = "0006"
down_revision = "0005"

documents = table("documents", column("key"), column("id"))
readings = table("readings", column("key"), column("document"))
resolutions = table("resolutions", column("reading"))
actors = table("actor_mentions", *map(column, ("reading", "number", "actor", "type", "quote")))
offices = table("office_mentions", *map(column, ("reading", "number", "person", "of")))
meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    connection = op.get_bind()
    resolver = Resolver(connection, now())
    done = set(connection.execute(select(resolutions.c.reading)).scalars())
    query = select(readings.c.key, documents.c.id).join(documents, documents.c.key == readings.c.document).order_by(readings.c.key)
    for reading, document in connection.execute(query).all():
        if reading in done:
            continue
        named = connection.execute(select(actors.c.actor, actors.c.type, actors.c.quote).where(actors.c.reading == reading)).all()
        served = connection.execute(select(offices.c.person, offices.c.of).where(offices.c.reading == reading)).all()
        resolver.resolve(reading, document, map(tuple, named), map(tuple, served))
    resolver.write()
    connection.execute(update(meta).where(meta.c.key == "schema").values(value="6"))
