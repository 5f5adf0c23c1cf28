"""updates from Telegram, each taken once"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incoming",
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("holder", sa.String(length=64), nullable=False),
        sa.Column("held_until", sa.Float(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "update_id", "digest", name=op.f("pk_incoming")),
    )
    op.create_index("ix_incoming_received_at", "incoming", ["received_at"], unique=False)
    op.create_index(
        "ix_incoming_open",
        "incoming",
        ["held_until"],
        unique=False,
        postgresql_where=sa.text("body IS NOT NULL"),
        sqlite_where=sa.text("body IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("incoming")
