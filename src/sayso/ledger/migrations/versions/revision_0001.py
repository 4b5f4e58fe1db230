"""The first schema: reports, codings, views, judgements, runs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _text(name: str, *arguments: sa.ForeignKey, nullable: bool = False, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, *arguments, nullable=nullable, primary_key=key)


def _facts() -> None:
    op.create_table(
        "reports",
        _text("report_id", key=True),
        _text("text_id"),
        _text("text"),
    )
    op.create_table(
        "codings",
        _text("coding_id", key=True),
        _text("report_id", sa.ForeignKey("reports.report_id")),
        sa.Column("active", sa.Boolean, nullable=False),
        _text("coder"),
        _text("version"),
        _text("codebook"),
        _text("codebook_sha256"),
        _text("gazetteer_sha256", nullable=True),
        _text("header"),
        _text("aggregates"),
        _text("dropped"),
        _text("warnings"),
    )
    op.create_index(
        "one_active_coding", "codings", ["report_id"], unique=True, sqlite_where=sa.text("active")
    )
    op.create_table(
        "mentions",
        _text("coding_id", sa.ForeignKey("codings.coding_id"), key=True),
        _text("mention_id", key=True),
        sa.Column("position", sa.Integer, nullable=False),
        _text("words"),
        _text("record"),
    )
    op.create_index("mentions_by_id", "mentions", ["mention_id"])
    op.create_table(
        "statements",
        _text("coding_id", sa.ForeignKey("codings.coding_id"), key=True),
        _text("statement_id", key=True),
        _text("words"),
        _text("record"),
    )
    op.create_index("statements_by_id", "statements", ["statement_id"])
    op.create_table(
        "statement_mentions",
        _text("coding_id", key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        _text("statement_id"),
        _text("mention_id"),
        _text("differs", nullable=True),
        sa.ForeignKeyConstraint(
            ["coding_id", "statement_id"], ["statements.coding_id", "statements.statement_id"]
        ),
        sa.ForeignKeyConstraint(["coding_id", "mention_id"], ["mentions.coding_id", "mentions.mention_id"]),
    )


def _people_and_runs() -> None:
    op.create_table(
        "judgements",
        _text("judgement_id", key=True),
        _text("target"),
        _text("target_id"),
        _text("verdict"),
        _text("words"),
        _text("who"),
        _text("made_on"),
        _text("why", nullable=True),
        _text("withdrawn_on", nullable=True),
    )
    op.create_index("judgements_by_target", "judgements", ["target_id"])
    op.create_table(
        "runs",
        sa.Column("run_id", sa.Integer, primary_key=True),
        _text("made_on"),
        _text("version"),
        _text("codebook"),
        _text("codebook_sha256"),
        _text("settings"),
        _text("counts"),
    )


def _views() -> None:
    op.create_table(
        "lineages",
        _text("lineage_id", key=True),
        sa.Column("position", sa.Integer, nullable=False),
    )
    op.create_table(
        "lineage_reports",
        _text("report_id", key=True),
        _text("lineage_id", sa.ForeignKey("lineages.lineage_id")),
        sa.Column("position", sa.Integer, nullable=False),
    )
    op.create_table(
        "lineage_pairs",
        _text("lineage_id", sa.ForeignKey("lineages.lineage_id"), key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        _text("a"),
        _text("b"),
        sa.Column("score", sa.Float, nullable=False),
    )
    op.create_table(
        "incidents",
        _text("incident_id", key=True),
        _text("event_type"),
        _text("sub_event_type"),
        _text("earliest", nullable=True),
        _text("latest", nullable=True),
        _text("attribution_status"),
        sa.Column("disputed", sa.Boolean, nullable=False),
        sa.Column("is_background", sa.Boolean, nullable=False),
        _text("record"),
    )
    op.create_table(
        "incident_mentions",
        _text("mention_id", key=True),
        _text("incident_id", sa.ForeignKey("incidents.incident_id")),
        sa.Column("position", sa.Integer, nullable=False),
    )
    op.create_table(
        "incident_terms",
        _text("kind", key=True),
        _text("term", key=True),
        _text("incident_id", sa.ForeignKey("incidents.incident_id"), key=True),
    )
    op.create_table(
        "redirects",
        _text("former_id", key=True),
        _text("incident_id", sa.ForeignKey("incidents.incident_id"), nullable=True),
    )


def _refuse(table: str, event: str, reason: str) -> None:
    name = f"{table}_{event.split(maxsplit=1)[0].lower()}"
    op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{reason}'); END")


def _triggers() -> None:
    for table in ("reports", "mentions", "statements", "statement_mentions"):
        reason = f"the rows of {table} are never changed or deleted: add another coding, or a judgement"
        _refuse(table, "UPDATE", reason)
        _refuse(table, "DELETE", reason)
    made_by = "coder, version, codebook, codebook_sha256, gazetteer_sha256"
    made = "header, aggregates, dropped, warnings"
    reason = "a coding is never changed or deleted: add another one, and that becomes the active one"
    _refuse("codings", f"UPDATE OF coding_id, report_id, {made_by}, {made}", reason)
    _refuse("codings", "DELETE", reason)
    reason = "a judgement is never changed or deleted: withdraw it, and make another one"
    told = "judgement_id, target, target_id, verdict, words, who, made_on, why"
    _refuse("judgements", f"UPDATE OF {told}", reason)
    _refuse("judgements", "DELETE", reason)
    op.execute(
        "CREATE TRIGGER judgements_withdrawn BEFORE UPDATE OF withdrawn_on ON judgements "
        "WHEN old.withdrawn_on IS NOT NULL "
        "BEGIN SELECT RAISE(ABORT, 'a judgement is withdrawn only once'); END"
    )


def upgrade() -> None:
    """From an empty database."""
    _facts()
    _people_and_runs()
    _views()
    _triggers()
