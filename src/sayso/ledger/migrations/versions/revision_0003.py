"""What people judge, in full: changes and groups, the chained history, tombstones, and search over texts."""

import sqlalchemy as sa
from alembic import op

from sayso.ledger import history

revision = "0003"
down_revision = "0002"


def _judgements() -> None:
    op.add_column("judgements", sa.Column("change", sa.Text))
    op.add_column("judgements", sa.Column("groups", sa.Text))
    told = "judgement_id, target, target_id, verdict, words, who, made_on, why, change, groups"
    reason = "a judgement is never changed or deleted: withdraw it, and make another one"
    op.execute("DROP TRIGGER judgements_update")
    op.execute(
        f"CREATE TRIGGER judgements_update BEFORE UPDATE OF {told} ON judgements "
        f"BEGIN SELECT RAISE(ABORT, '{reason}'); END"
    )


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text),
        sa.Column("salt", sa.Text),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("chain", sa.Text, nullable=False),
    )
    op.create_table(
        "tombstones",
        sa.Column("tombstone_id", sa.Integer, primary_key=True),
        sa.Column("salt", sa.Text, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("purged_on", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("emptied", sa.Text, nullable=False),
        sa.Column("finished", sa.Boolean, nullable=False),
    )
    for table, columns in (
        ("history", ""),
        ("tombstones", " OF tombstone_id, salt, mark, who, purged_on, why, emptied"),
    ):
        for name, event in (("update", f"UPDATE{columns}"), ("delete", "DELETE")):
            op.execute(
                f"CREATE TRIGGER {table}_{name} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'the rows of {table} are never changed or deleted'); END"
            )


def _search() -> None:
    # The index is of a view, not of the table: rows of a table without a number of its own may be numbered
    # anew when the file is packed.
    op.create_table(
        "search_rows",
        sa.Column("row", sa.Integer, primary_key=True),
        sa.Column("report_id", sa.Text, sa.ForeignKey("reports.report_id"), nullable=False, unique=True),
    )
    op.execute(
        "CREATE VIEW searched AS SELECT search_rows.row AS row, reports.text AS text "
        "FROM search_rows JOIN reports ON reports.report_id = search_rows.report_id"
    )
    op.execute(
        "CREATE VIRTUAL TABLE search USING fts5(text, content='searched', content_rowid='row', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute(
        "CREATE TRIGGER reports_searched AFTER INSERT ON reports BEGIN "
        "INSERT INTO search_rows(report_id) VALUES (new.report_id); "
        "INSERT INTO search(rowid, text) SELECT row, new.text FROM search_rows "
        "WHERE report_id = new.report_id; END"
    )
    op.execute("INSERT INTO search_rows(report_id) SELECT report_id FROM reports ORDER BY report_id")
    op.execute("INSERT INTO search(search) VALUES ('rebuild')")


def upgrade() -> None:
    """Judgements that were made before stand in the history as if they were made now, in their order."""
    _judgements()
    _history()
    _search()
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT * FROM judgements ORDER BY made_on, judgement_id"))
    for row in map(dict, rows.mappings().all()):
        history.append(connection, "judged", row["judgement_id"], history.judged(row))
        if row["withdrawn_on"] is not None:
            told = history.withdrawn(row["judgement_id"], row["withdrawn_on"])
            history.append(connection, "withdrawn", row["judgement_id"], told)
