"""the language that a chat subscribed in"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("chat", sa.Column("spoken", sa.String(length=16), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("chat", "spoken")
