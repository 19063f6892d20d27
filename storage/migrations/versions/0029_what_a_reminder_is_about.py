"""A reminder is known by what it is about, which stays when its moment is moved"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from periods.days import local_day
from storage.db.types import Id, UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

DUE = sa.table(
    "due",
    sa.column("id", Id),
    sa.column("rule", sa.String()),
    sa.column("about", sa.Date()),
    sa.column("occurrence", UtcDateTime()),
    sa.column("person_id", Id),
)
ISSUED = sa.table("issued_document", sa.column("id", Id), sa.column("key", sa.String()))
WEEKLY = ("weekly_nudge", "weekly_summary", "silent_neighbourhoods", "quiet_neighbourhoods", "action_month_monday")
YEARLY = ("action_month_opening", "action_month_closing")
OLD_KEY, NEW_KEY = "uq_due_rule_occurrence_person_id", "uq_due_rule_about_person_id"
OLD_NAME, NEW_NAME = "before_5_november", "deadlines"


def about(rule: str, moment: datetime) -> date:
    """A week's Monday, a year's first day, or the day itself."""
    day = local_day(moment)
    if rule in WEEKLY:
        return day - timedelta(days=day.weekday())
    return date(day.year, 1, 1) if rule in YEARLY else day


def upgrade() -> None:
    with op.batch_alter_table("due") as batch:
        batch.add_column(sa.Column("about", sa.Date(), nullable=True))
        batch.drop_constraint(OLD_KEY, type_="unique")
    _say_what_they_are_about()
    _rename(OLD_NAME, NEW_NAME)
    with op.batch_alter_table("due") as batch:
        batch.alter_column("about", existing_type=sa.Date(), nullable=False)
        batch.create_unique_constraint(NEW_KEY, ["rule", "about", "person_id"])
        batch.create_index("ix_due_occurrence", ["rule", "occurrence"])
    _change_keys(lambda rule, moment: about(rule, datetime.fromisoformat(moment)).isoformat())


def _say_what_they_are_about() -> None:
    """Fill the column, a moment at a time. Of two rows that are about the same now the later one is forgotten."""
    db = op.get_bind()
    known: set[tuple[str, date]] = set()
    for rule, moment in db.execute(sa.select(DUE.c.rule, DUE.c.occurrence).distinct().order_by(DUE.c.occurrence)).all():
        here, day = sa.and_(DUE.c.rule == rule, DUE.c.occurrence == moment), about(rule, moment)
        if (rule, day) in known:
            said = sa.select(DUE.c.person_id).where(DUE.c.rule == rule, DUE.c.about == day)
            db.execute(sa.delete(DUE).where(here, DUE.c.person_id.in_(said)))
        known.add((rule, day))
        db.execute(sa.update(DUE).where(here).values(about=day))


def _rename(before: str, after: str) -> None:
    op.get_bind().execute(sa.update(DUE).where(DUE.c.rule == before).values(rule=after))


def _change_keys(changed: Callable[[str, str], str]) -> None:
    """Change what a summary's occurrence is called in its key: rule, occurrence, unit."""
    db = op.get_bind()
    for row, key in db.execute(sa.select(ISSUED.c.id, ISSUED.c.key).where(ISSUED.c.key.is_not(None))).all():
        rule, moment, unit = key.split("|")
        new = f"{rule}|{changed(rule, moment)}|{unit}"
        db.execute(sa.update(ISSUED).where(ISSUED.c.id == row).values(key=new))


def downgrade() -> None:
    _rename(NEW_NAME, OLD_NAME)
    with op.batch_alter_table("due") as batch:
        batch.drop_index("ix_due_occurrence")
        batch.drop_constraint(NEW_KEY, type_="unique")
        batch.drop_column("about")
        batch.create_unique_constraint(OLD_KEY, ["rule", "occurrence", "person_id"])
    _change_keys(lambda _rule, day: f"{day}T07:30+07:00")
