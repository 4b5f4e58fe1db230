"""The bytes that reports were read from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds a table; reports that were read before have no bytes there."""
    op.create_table(
        "originals",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("packed", sa.LargeBinary, nullable=False),
    )
    reason = "the bytes that a report was read from are never changed or deleted"
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER originals_{event.lower()} BEFORE {event} ON originals "
            f"BEGIN SELECT RAISE(ABORT, '{reason}'); END"
        )
