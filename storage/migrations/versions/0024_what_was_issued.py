"""Documents that were issued, with their frozen figures, and who got a week's summary"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import Id, UtcDateTime

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None


WAITS = sa.text("state = 'draft'")
STANDS = sa.text("state = 'issued'")


def upgrade() -> None:
    op.create_table(
        "issued_document",
        sa.Column("id", Id, primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("unit_id", Id, sa.ForeignKey("unit.id"), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("units_of", sa.Date(), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("recipe", sa.JSON(), nullable=False),
        sa.Column("as_of", UtcDateTime(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("person_id", Id, sa.ForeignKey("person.id"), nullable=True),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("replaces", Id, sa.ForeignKey("issued_document.id"), nullable=True),
        sa.Column("corrected_by", sa.String(), nullable=False),
    )
    op.create_index("ix_issued_document_key", "issued_document", ["key"], unique=True)
    op.create_index(
        "ix_issued_document_replaces",
        "issued_document",
        ["replaces"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )
    op.create_index(
        "ix_issued_document_draft", "issued_document", ["person_id"], sqlite_where=WAITS, postgresql_where=WAITS
    )
    op.create_index("ix_issued_document_unit_period", "issued_document", ["unit_id", "period"])
    op.create_table(
        "issued_receipt",
        sa.Column("document_id", Id, sa.ForeignKey("issued_document.id"), primary_key=True),
        sa.Column("person_id", Id, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_issued_receipt_person_id", "issued_receipt", ["person_id"])


def downgrade() -> None:
    op.drop_table("issued_receipt")
    op.drop_table("issued_document")
