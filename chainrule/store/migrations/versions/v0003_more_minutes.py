"""Minutes that are given while an exam is sat, for whom results wait, and to whom something was done."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column, Double, Text, text, true

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the columns; what is there already was given before, holds results as it did, and names nobody."""
    op.add_column("accommodations", Column("more", Double(), nullable=False, server_default=text("0")))
    op.add_column("accommodations", Column("held", Boolean(), nullable=False, server_default=true()))
    op.add_column("audits", Column("whom", Text(), nullable=False, server_default=""))
    op.create_index("ix_audits_whom", "audits", ["whom"])
