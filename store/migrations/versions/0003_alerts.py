"""alerts: chats, subscriptions, what happened, deliveries, and who may send them"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("happened", sa.String(length=16), nullable=False),
        sa.Column("table_name", sa.String(length=32), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("earlier_row_id", sa.Integer(), nullable=True),
        sa.Column("earlier_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["earlier_id"], ["alert.id"], name=op.f("fk_alert_earlier_id_alert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    op.create_index(op.f("ix_alert_recorded_at"), "alert", ["recorded_at"], unique=False)
    op.create_index("ix_alert_row", "alert", ["table_name", "row_id", "happened"], unique=True)
    op.create_table(
        "chat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=128), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=8), nullable=False),
        sa.Column("digest_hour", sa.Integer(), nullable=False),
        sa.Column("next_digest_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_to", sa.Integer(), nullable=True),
        sa.Column("reminders", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat")),
        sa.UniqueConstraint("address", name=op.f("uq_chat_address")),
    )
    op.create_index(
        "ix_chat_next_digest_at",
        "chat",
        ["next_digest_at"],
        unique=False,
        postgresql_where=sa.text("next_digest_at IS NOT NULL"),
        sqlite_where=sa.text("next_digest_at IS NOT NULL"),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "delivery",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.String(length=256), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("alert_id", "chat_id", "thread_id", name=op.f("pk_delivery")),
    )
    op.create_index(
        "ix_delivery_chat",
        "delivery",
        ["chat_id"],
        unique=False,
        postgresql_where=sa.text("state IN ('pending', 'held')"),
        sqlite_where=sa.text("state IN ('pending', 'held')"),
    )
    op.create_index(
        "ix_delivery_claimed",
        "delivery",
        ["claimed_by"],
        unique=False,
        postgresql_where=sa.text("state = 'claimed'"),
        sqlite_where=sa.text("state = 'claimed'"),
    )
    op.create_index(
        "ix_delivery_due",
        "delivery",
        ["due_at", "alert_id"],
        unique=False,
        postgresql_where=sa.text("state = 'pending'"),
        sqlite_where=sa.text("state = 'pending'"),
    )
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("kinds", sa.Integer(), nullable=False),
        sa.Column("least_certainty", sa.String(length=16), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"], name=op.f("fk_subscription_chat_id_chat")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_subscription_product_id_product")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_subscription_region_id_region")),
        sa.ForeignKeyConstraint(["vendor_id"], ["vendor.id"], name=op.f("fk_subscription_vendor_id_vendor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
    )
    op.create_index(op.f("ix_subscription_chat_id"), "subscription", ["chat_id"], unique=False)
    op.create_index("ix_subscription_match", "subscription", ["vendor_id", "region_id"], unique=False)


def downgrade() -> None:

    op.drop_index("ix_subscription_match", table_name="subscription")
    op.drop_index(op.f("ix_subscription_chat_id"), table_name="subscription")
    op.drop_table("subscription")
    op.drop_index(
        "ix_delivery_due",
        table_name="delivery",
        postgresql_where=sa.text("state = 'pending'"),
        sqlite_where=sa.text("state = 'pending'"),
    )
    op.drop_index(
        "ix_delivery_claimed",
        table_name="delivery",
        postgresql_where=sa.text("state = 'claimed'"),
        sqlite_where=sa.text("state = 'claimed'"),
    )
    op.drop_index(
        "ix_delivery_chat",
        table_name="delivery",
        postgresql_where=sa.text("state IN ('pending', 'held')"),
        sqlite_where=sa.text("state IN ('pending', 'held')"),
    )
    op.drop_table("delivery")
    op.drop_table("lease")
    op.drop_index(
        "ix_chat_next_digest_at",
        table_name="chat",
        postgresql_where=sa.text("next_digest_at IS NOT NULL"),
        sqlite_where=sa.text("next_digest_at IS NOT NULL"),
    )
    op.drop_table("chat")
    op.drop_index("ix_alert_row", table_name="alert")
    op.drop_index(op.f("ix_alert_recorded_at"), table_name="alert")
    op.drop_table("alert")
