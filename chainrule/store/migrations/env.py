"""Run by Alembic: applies the versions on the connection that `chainrule.store.versions` gives."""

from __future__ import annotations

from alembic import context

from chainrule.store.versions import TABLE

context.configure(connection=context.config.attributes["connection"], version_table=TABLE)
with context.begin_transaction():  # within the caller's, which commits
    context.run_migrations()
