"""Two indexes hold more, so that an actor's page is made from them alone: an actor leads to the findings it takes part in, and a reading to
its document's day, without a look at the rows (which lie behind the text)."""

from alembic import op
from sqlalchemy import column, table, update

revision = "0017"
down_revision = "0016"

meta = table("meta", column("key"), column("value"))


def upgrade() -> None:
    op.create_index("ix_parties_taking", "parties", ["actor", "kind", "reading", "number"])
    op.drop_index("ix_parties_actor", "parties")
    op.drop_index("ix_documents_reading", "documents")
    op.create_index("ix_documents_reading", "documents", ["reading", "published"])
    op.get_bind().execute(update(meta).where(meta.c.key == "schema").values(value="17"))
