"""Run by Alembic: migrate the connection that `prepare` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from monitor.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite can, once the driver keeps its hands off; see `connection`
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
