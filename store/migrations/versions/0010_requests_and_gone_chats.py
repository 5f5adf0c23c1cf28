"""which request an alert is of; since when a chat is gone; indexes by which old alerts and deliveries are found"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_GONE = sa.text("ended_at IS NOT NULL")
_OVER = sa.text("state IN ('failed', 'set aside', 'skipped')")


def upgrade() -> None:
    op.add_column("alert", sa.Column("request", sa.String(length=16), nullable=False, server_default=""))
    op.create_index(op.f("ix_alert_earlier_id"), "alert", ["earlier_id"])
    op.add_column("chat", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE chat SET ended_at = CURRENT_TIMESTAMP WHERE state <> 'active'")  # its time begins now
    op.create_index("ix_chat_ended_at", "chat", ["ended_at"], postgresql_where=_GONE, sqlite_where=_GONE)
    # Made while their chat was being deleted, which earlier versions allowed: nobody can be sent these.
    op.execute(
        "DELETE FROM delivery WHERE state IN ('pending', 'held')"
        " AND NOT EXISTS (SELECT 1 FROM chat WHERE chat.id = delivery.chat_id)"
    )
    op.create_index("ix_delivery_over", "delivery", ["alert_id"], postgresql_where=_OVER, sqlite_where=_OVER)


def downgrade() -> None:
    op.drop_index("ix_delivery_over", table_name="delivery")
    op.drop_index("ix_chat_ended_at", table_name="chat")
    op.drop_column("chat", "ended_at")
    op.drop_index(op.f("ix_alert_earlier_id"), table_name="alert")
    op.drop_column("alert", "request")
