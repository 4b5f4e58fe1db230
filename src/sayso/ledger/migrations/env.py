"""Run by alembic: the migrations over the one connection, and inside the transaction, that we hand over."""

from alembic import context

# render_as_batch: SQLite cannot alter most of a table; a batch copies it. A copied table loses its triggers,
# so a revision that touches a table which has some creates them again.
context.configure(
    connection=context.config.attributes["connection"], render_as_batch=True, transactional_ddl=True
)
with context.begin_transaction():
    context.run_migrations()
