"""What is handed in: how and with what note, what is asked for besides, draft plans with their budgets and overlaps"""

import sqlalchemy as sa
from alembic import op

from storage.db.types import UtcDateTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _id(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, NUMBER, nullable=nullable)


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _counts(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))


def upgrade() -> None:
    op.create_table(
        "ad_hoc",
        _id("id"),
        *_words("title", "takes"),
        sa.Column("due_on", sa.Date(), nullable=False),
        _id("created_by"),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        _refers("ad_hoc", "created_by", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ad_hoc")),
    )
    with op.batch_alter_table("obligation") as batch:
        batch.add_column(_id("ad_hoc_id", nullable=True))
        batch.add_column(_id("submission_id", nullable=True))
        batch.add_column(sa.Column("how", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("note", sa.String(), nullable=False, server_default=""))
        batch.create_foreign_key(op.f("fk_obligation_ad_hoc_id"), "ad_hoc", ["ad_hoc_id"], ["id"])
        batch.create_foreign_key(op.f("fk_obligation_submission_id"), "submission", ["submission_id"], ["id"])
    _drafts()


def _drafts() -> None:
    op.create_table(
        "draft_row",
        _id("submission_id"),
        *_counts("position"),
        _id("unit_id"),
        *_counts("year"),
        *_words("content", "activity", "target_group", "form"),
        *_counts("sessions", "women", "men"),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("by_month", sa.Boolean(), nullable=False),
        _id("place_unit_id", nullable=True),
        *_words("site"),
        _id("lead_unit_id", nullable=True),
        *_words("partners", "note"),
        sa.Column("stands", sa.Boolean(), nullable=False),
        _refers("draft_row", "submission_id", "submission.id"),
        _refers("draft_row", "unit_id", "unit.id"),
        _refers("draft_row", "place_unit_id", "unit.id"),
        _refers("draft_row", "lead_unit_id", "unit.id"),
        sa.PrimaryKeyConstraint("submission_id", "position", name=op.f("pk_draft_row")),
    )
    op.create_table(
        "budget_line",
        _id("submission_id"),
        *_counts("position", "row"),
        *_words("item", "measure"),
        _id("quantity"),
        _id("rate"),
        _id("amount"),
        *_words("basis", "source"),
        _refers("budget_line", "submission_id", "submission.id"),
        sa.PrimaryKeyConstraint("submission_id", "position", name=op.f("pk_budget_line")),
    )
    op.create_table(
        "draft_overlap",
        _id("id"),
        _id("first_id"),
        *_counts("first_row"),
        _id("second_id"),
        *_counts("second_row"),
        *_words("reason", "answer"),
        _id("answered_by", nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        *_counts("revision"),
        _refers("draft_overlap", "first_id", "submission.id"),
        _refers("draft_overlap", "second_id", "submission.id"),
        _refers("draft_overlap", "answered_by", "person.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_overlap")),
        sa.UniqueConstraint(
            "first_id",
            "first_row",
            "second_id",
            "second_row",
            name=op.f("uq_draft_overlap_first_id_first_row_second_id_second_row"),
        ),
    )
    op.create_index(op.f("ix_draft_overlap_second_id"), "draft_overlap", ["second_id"])


def downgrade() -> None:
    op.drop_table("draft_overlap")
    op.drop_table("budget_line")
    op.drop_table("draft_row")
    with op.batch_alter_table("obligation") as batch:
        batch.drop_constraint(op.f("fk_obligation_submission_id"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_obligation_ad_hoc_id"), type_="foreignkey")
        for name in ("note", "how", "submission_id", "ad_hoc_id"):
            batch.drop_column(name)
    op.drop_table("ad_hoc")
