"""What of a mention is looked at before it is weighed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Makes the table of mentions anew, which is empty then: the next linking compares everything."""
    for table in ("compared_with", "compared_reports", "compared_facts", "compared_pairs"):
        op.execute(f"DELETE FROM {table}")  # noqa: S608 - names are ours
    op.drop_table("compared_mentions")
    op.create_table(
        "compared_mentions",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("published", sa.Text),
        sa.Column("passage", sa.Text),
        sa.Column("part_of", sa.Text),
        sa.Column("keys", sa.LargeBinary, nullable=False),
        sa.Column("traits", sa.LargeBinary, nullable=False),
        sa.Column("same_as", sa.Text, nullable=False),
        sa.Column("incident_id", sa.Text),
    )
