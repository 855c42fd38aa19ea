"""What Alembic runs: migrations on the connection, and in the transaction, that the program hands over."""

from alembic import context

from app.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite changes few things of a table in place; batches copy the table, row by row, without losing any.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
