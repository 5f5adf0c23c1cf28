"""publishers, in the order in which they are believed; and one index fewer, which PostgreSQL took for a better one"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publisher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=128), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("counts", sa.String(length=256), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publisher")),
        sa.UniqueConstraint("slug", name=op.f("uq_publisher_slug")),
    )

    op.drop_index("ix_fact_latest", table_name="fact")


def downgrade() -> None:
    op.create_index("ix_fact_latest", "fact", ["region_id", "metric", "period_end"], unique=False)
    op.drop_table("publisher")
    op.execute("DELETE FROM shipped WHERE file = 'sources.csv'")  # so that a start which has the table fills it again
