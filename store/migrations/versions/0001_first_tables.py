"""first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=128), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("table_name", sa.String(length=32), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_row", ["table_name", "row_id"], unique=False)

    op.create_table(
        "conversation",
        sa.Column("chat_id", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "person_id", name=op.f("pk_conversation")),
    )
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conversation_at"), ["at"], unique=False)

    op.create_table(
        "region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("iso", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["region.id"], name=op.f("fk_region_parent_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint("iso", name=op.f("uq_region_iso")),
        sa.UniqueConstraint("slug", name=op.f("uq_region_slug")),
    )
    with op.batch_alter_table("region", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_region_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "shipped",
        sa.Column("file", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("file", name=op.f("pk_shipped")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("url", sa.String(length=512), nullable=False),
        sa.Column("published", sa.Date(), nullable=False),
        sa.Column("announced_by", sa.String(length=256), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("name", "url", "published", "announced_by", name=op.f("uq_source_name")),
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_name"), ["name"], unique=False)

    op.create_table(
        "vendor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("founded", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["vendor.id"], name=op.f("fk_vendor_parent_id_vendor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vendor")),
        sa.UniqueConstraint("slug", name=op.f("uq_vendor_slug")),
    )
    with op.batch_alter_table("vendor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vendor_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(length=16), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("bound", sa.String(length=1), nullable=False),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("certainty", sa.String(length=16), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_fact_region_id_region")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_fact_source_id_source")),
        sa.ForeignKeyConstraint(["superseded_by_id"], ["fact.id"], name=op.f("fk_fact_superseded_by_id_fact")),
        sa.ForeignKeyConstraint(["vendor_id"], ["vendor.id"], name=op.f("fk_fact_vendor_id_vendor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
    )
    with op.batch_alter_table("fact", schema=None) as batch_op:
        batch_op.create_index("ix_fact_latest", ["region_id", "metric", "period_end"], unique=False)
        batch_op.create_index("ix_fact_region", ["region_id", "metric", "period", "vendor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fact_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_fact_superseded_by_id"), ["superseded_by_id"], unique=False)
        batch_op.create_index("ix_fact_vendor", ["vendor_id", "metric", "region_id", "period_start"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=256), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("bound", sa.String(length=1), nullable=False),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=16), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("period_end", sa.Date(), nullable=False),
        sa.Column("keywords", sa.String(length=512), nullable=False),
        sa.Column("certainty", sa.String(length=16), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_milestone_region_id_region")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_milestone_source_id_source")),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"], ["milestone.id"], name=op.f("fk_milestone_superseded_by_id_milestone")
        ),
        sa.ForeignKeyConstraint(["vendor_id"], ["vendor.id"], name=op.f("fk_milestone_vendor_id_vendor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_period_start"), ["period_start"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_region_id"), ["region_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_superseded_by_id"), ["superseded_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestone_vendor_id"), ["vendor_id"], unique=False)

    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=96), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["vendor_id"], ["vendor.id"], name=op.f("fk_product_vendor_id_vendor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("slug", name=op.f("uq_product_slug")),
    )
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_product_vendor_id"), ["vendor_id"], unique=False)

    op.create_table(
        "alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=128), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("ambiguous", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(vendor_id IS NOT NULL AND region_id IS NULL AND product_id IS NULL)"
            " OR (vendor_id IS NULL AND region_id IS NOT NULL AND product_id IS NULL)"
            " OR (vendor_id IS NULL AND region_id IS NULL AND product_id IS NOT NULL)",
            name=op.f("ck_alias_one_owner"),
        ),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_alias_product_id_product")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_alias_region_id_region")),
        sa.ForeignKeyConstraint(["vendor_id"], ["vendor.id"], name=op.f("fk_alias_vendor_id_vendor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alias")),
        sa.UniqueConstraint("text", "vendor_id", "region_id", "product_id", name=op.f("uq_alias_text")),
    )
    with op.batch_alter_table("alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alias_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alias_region_id"), ["region_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alias_vendor_id"), ["vendor_id"], unique=False)

    op.create_table(
        "launch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("date_text", sa.String(length=10), nullable=False),
        sa.Column("date_start", sa.Date(), nullable=True),
        sa.Column("date_end", sa.Date(), nullable=True),
        sa.Column("certainty", sa.String(length=16), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_launch_product_id_product")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_launch_region_id_region")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_launch_source_id_source")),
        sa.ForeignKeyConstraint(["superseded_by_id"], ["launch.id"], name=op.f("fk_launch_superseded_by_id_launch")),
        sa.ForeignKeyConstraint(["vendor_id"], ["vendor.id"], name=op.f("fk_launch_vendor_id_vendor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_launch")),
    )
    with op.batch_alter_table("launch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_launch_date_start"), ["date_start"], unique=False)
        batch_op.create_index(batch_op.f("ix_launch_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_launch_region_id"), ["region_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_launch_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_launch_superseded_by_id"), ["superseded_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_launch_vendor_id"), ["vendor_id"], unique=False)

    op.create_table(
        "news",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vendor_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=512), nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("keywords", sa.String(length=1024), nullable=False),
        sa.Column("certainty", sa.String(length=16), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_news_product_id_product")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_news_region_id_region")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_news_source_id_source")),
        sa.ForeignKeyConstraint(["superseded_by_id"], ["news.id"], name=op.f("fk_news_superseded_by_id_news")),
        sa.ForeignKeyConstraint(["vendor_id"], ["vendor.id"], name=op.f("fk_news_vendor_id_vendor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news")),
    )
    with op.batch_alter_table("news", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_news_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_news_region_id"), ["region_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_news_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_news_superseded_by_id"), ["superseded_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_news_topic"), ["topic"], unique=False)
        batch_op.create_index(batch_op.f("ix_news_vendor_id"), ["vendor_id"], unique=False)


def downgrade() -> None:

    with op.batch_alter_table("news", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_news_vendor_id"))
        batch_op.drop_index(batch_op.f("ix_news_topic"))
        batch_op.drop_index(batch_op.f("ix_news_superseded_by_id"))
        batch_op.drop_index(batch_op.f("ix_news_source_id"))
        batch_op.drop_index(batch_op.f("ix_news_region_id"))
        batch_op.drop_index(batch_op.f("ix_news_product_id"))

    op.drop_table("news")
    with op.batch_alter_table("launch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_launch_vendor_id"))
        batch_op.drop_index(batch_op.f("ix_launch_superseded_by_id"))
        batch_op.drop_index(batch_op.f("ix_launch_source_id"))
        batch_op.drop_index(batch_op.f("ix_launch_region_id"))
        batch_op.drop_index(batch_op.f("ix_launch_product_id"))
        batch_op.drop_index(batch_op.f("ix_launch_date_start"))

    op.drop_table("launch")
    with op.batch_alter_table("alias", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alias_vendor_id"))
        batch_op.drop_index(batch_op.f("ix_alias_region_id"))
        batch_op.drop_index(batch_op.f("ix_alias_product_id"))

    op.drop_table("alias")
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_product_vendor_id"))

    op.drop_table("product")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestone_vendor_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_superseded_by_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_source_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_region_id"))
        batch_op.drop_index(batch_op.f("ix_milestone_period_start"))

    op.drop_table("milestone")
    with op.batch_alter_table("fact", schema=None) as batch_op:
        batch_op.drop_index("ix_fact_vendor")
        batch_op.drop_index(batch_op.f("ix_fact_superseded_by_id"))
        batch_op.drop_index(batch_op.f("ix_fact_source_id"))
        batch_op.drop_index("ix_fact_region")
        batch_op.drop_index("ix_fact_latest")

    op.drop_table("fact")
    with op.batch_alter_table("vendor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vendor_parent_id"))

    op.drop_table("vendor")
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_source_name"))

    op.drop_table("source")
    op.drop_table("shipped")
    with op.batch_alter_table("region", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_region_parent_id"))

    op.drop_table("region")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conversation_at"))

    op.drop_table("conversation")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_row")

    op.drop_table("audit")
