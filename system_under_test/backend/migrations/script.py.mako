"""${message}."""

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
phase = "expand"  # or "contract": what only the newest version of the service can live with


def upgrade() -> None:
    """${message}."""


def downgrade() -> None:
    """Undo it."""
