"""What linking compared, so that a new report is compared with what it could belong to alone."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds tables that are empty: the next linking compares everything."""
    op.create_table(
        "compared_with",
        sa.Column("turn", sa.Integer, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
    )
    op.create_table(
        "compared_reports",
        sa.Column("report_id", sa.Text, primary_key=True),
        sa.Column("coding_id", sa.Text, nullable=False),
        sa.Column("judged", sa.Text, nullable=False),
        sa.Column("text_id", sa.Text, nullable=False),
        sa.Column("published", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("runs", sa.LargeBinary, nullable=False),
        sa.Column("lineage_id", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("corrects", sa.Text),
        sa.Column("retracts", sa.Text),
    )
    op.create_table(
        "compared_mentions",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("published", sa.Text),
        sa.Column("passage", sa.Text),
        sa.Column("part_of", sa.Text),
        sa.Column("keys", sa.LargeBinary, nullable=False),
        sa.Column("same_as", sa.Text, nullable=False),
        sa.Column("incident_id", sa.Text),
    )
    op.create_table(
        "compared_facts",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("record", sa.Text, nullable=False),
    )
    op.create_table(
        "compared_pairs",
        sa.Column("a", sa.Text, primary_key=True),
        sa.Column("b", sa.Text, primary_key=True),
    )
    for index, table in (
        ("mentions_of_incident", "incident_mentions"),
        ("terms_of_incident", "incident_terms"),
        ("redirects_to_incident", "redirects"),
    ):
        op.create_index(index, table, ["incident_id"])
