"""What lists, maps, timelines and pages of actors are drawn from, without reading whole records."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _text(name: str, *, nullable: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable, primary_key=key)


def _number(name: str, *, nullable: bool = False, key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=nullable, primary_key=key)


def upgrade() -> None:
    """Views hold nothing of their own: the words by which incidents are found are made anew."""
    op.drop_table("incident_terms")
    op.create_table(
        "listing",
        _number("listing_id", key=True),
        sa.Column(
            "incident_id", sa.Text, sa.ForeignKey("incidents.incident_id"), nullable=False, unique=True
        ),
        _text("day", nullable=True),
        _text("earliest", nullable=True),
        _text("latest", nullable=True),
        _text("event_type"),
        _text("sub_event_type"),
        _text("attribution_status"),
        sa.Column("disputed", sa.Boolean, nullable=False),
        sa.Column("is_background", sa.Boolean, nullable=False),
        sa.Column("is_part", sa.Boolean, nullable=False),
        _text("place", nullable=True),
        _text("admin1", nullable=True),
        _text("country", nullable=True),
        sa.Column("lat", sa.Float),
        sa.Column("lon", sa.Float),
        _text("precision", nullable=True),
        _number("killed", nullable=True),
        _number("voices"),
    )
    op.create_table(
        "incident_terms",
        _text("kind", key=True),
        _text("term", key=True),
        _number("listing_id", key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("listing_by_day", "listing", ["day", "incident_id"])
    op.create_index("terms_by_listing", "incident_terms", ["listing_id"])
    op.create_table(
        "attributions",
        _number("listing_id", key=True),
        _number("number", key=True),
        _text("actor"),
        _text("actor_key"),
        _text("stance"),
        _text("speaker"),
        _text("speaker_key"),
        sa.Column("hedged", sa.Boolean, nullable=False),
        sa.Column("answered", sa.Boolean, nullable=False),
    )
    op.create_index("attributions_by_actor", "attributions", ["actor_key"])
    op.create_index("attributions_by_speaker", "attributions", ["speaker_key"])
    op.create_table(
        "private_names",
        _number("listing_id", key=True),
        _text("name", key=True),
        _text("report_id", key=True),
    )
    op.execute(
        "CREATE VIRTUAL TABLE incident_words USING fts5("
        "words, content='', detail='none', tokenize='unicode61 remove_diacritics 2')"
    )
