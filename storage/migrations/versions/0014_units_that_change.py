"""A unit's name and parent hold from a day to a day, and an import of units can be taken back"""

from collections.abc import Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op

from storage.db.types import UtcDateTime

revision = "0014"
down_revision = "0016"
branch_labels = None
depends_on = None

Part: TypeAlias = "sa.Column[Any] | sa.ForeignKeyConstraint"
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEPT = "id, code, level, valid_from, valid_to, sample"


def upgrade() -> None:
    op.create_table(
        "unit_version",
        sa.Column("unit_id", NUMBER, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parent_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_version_unit_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_version_parent_id")),
        sa.PrimaryKeyConstraint("unit_id", "valid_from", name=op.f("pk_unit_version")),
    )
    op.create_index(op.f("ix_unit_version_parent_id"), "unit_version", ["parent_id"])
    op.execute(
        "INSERT INTO unit_version (unit_id, valid_from, name, parent_id) "
        "SELECT id, valid_from, name, parent_id FROM unit"
    )
    _rebuild_unit("", KEPT)
    op.create_table(
        "unit_import",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("files", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_import")),
    )
    op.drop_table("unit_change")  # nothing has ever written a row of it
    _create_unit_change(is_nullable=False, more=(sa.Column("import_id", NUMBER, nullable=True), _ref("import_id")))
    op.create_index(op.f("ix_unit_change_to_unit_id"), "unit_change", ["to_unit_id"])


def downgrade() -> None:
    op.drop_table("unit_change")
    _create_unit_change(is_nullable=True, more=())
    op.drop_table("unit_import")
    newest = "(SELECT {column} FROM unit_version WHERE unit_id = unit.id ORDER BY valid_from DESC LIMIT 1)"
    names = (f"{newest.format(column=column)} AS {column}" for column in ("name", "parent_id"))
    _rebuild_unit(", name, parent_id", ", ".join((KEPT, *names)))
    op.drop_table("unit_version")


def _create_unit_change(*, is_nullable: bool, more: Sequence[Part]) -> None:
    op.create_table(
        "unit_change",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_unit_id", NUMBER, nullable=False),
        sa.Column("to_unit_id", NUMBER, nullable=is_nullable),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("resolution", sa.String(), nullable=False),
        *more,
        _ref("from_unit_id"),
        _ref("to_unit_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_change")),
    )
    op.create_index(op.f("ix_unit_change_from_unit_id"), "unit_change", ["from_unit_id"])


def _ref(column: str) -> sa.ForeignKeyConstraint:
    table = "unit_import" if column == "import_id" else "unit"
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_unit_change_{column}"))


def _rebuild_unit(more: str, select: str) -> None:
    """Give `unit` other columns.

    It is filled anew under its own name, because everything refers to it: SQLite drops no column that has a foreign
    key. What refers to it is checked when all is in place.
    """
    if op.get_bind().dialect.name == "sqlite":
        op.execute("PRAGMA defer_foreign_keys = ON")
        op.execute(f"CREATE TEMPORARY TABLE unit_kept AS SELECT {select} FROM unit")  # noqa: S608 (the names above)
        op.drop_table("unit")
        _create_unit(with_names=bool(more))
        op.execute(f"INSERT INTO unit ({KEPT}{more}) SELECT {KEPT}{more} FROM unit_kept")  # noqa: S608 (as above)
        op.execute("DROP TABLE unit_kept")
    elif more:
        op.add_column("unit", sa.Column("name", sa.String(), nullable=True))
        op.add_column("unit", sa.Column("parent_id", NUMBER, nullable=True))
        op.create_foreign_key(op.f("fk_unit_parent_id"), "unit", "unit", ["parent_id"], ["id"])
        op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"])
        op.execute(
            f"UPDATE unit SET name = made.name, parent_id = made.parent_id FROM (SELECT {select} FROM unit) AS made "  # noqa: S608 (as above)
            "WHERE made.id = unit.id"
        )
        op.alter_column("unit", "name", nullable=False)
    else:
        op.drop_column("unit", "name")
        op.drop_column("unit", "parent_id")


def _create_unit(*, with_names: bool) -> None:
    named: Sequence[Part] = (
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parent_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
    )
    op.create_table(
        "unit",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        *(named if with_names else ()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", "valid_from", name=op.f("uq_unit_code_valid_from")),
    )
    op.create_index(op.f("ix_unit_code"), "unit", ["code"])
    if with_names:
        op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"])
