"""Between midnight and seven in the morning the day in UTC is still yesterday; the officer's today counts."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from storage import tables as t
from storage.db.database import Database
from tests.conversation import town


def test_today_is_the_officers_day_before_seven_in_the_morning(database: Database) -> None:
    home = town(database)
    home.now = datetime(2026, 11, 22, 19, 55, tzinfo=UTC)  # Monday 23 November, 02:55, in Gò Vấp
    officer = home.joined("propagandist", "P10-KP05")
    officer.reports(day="hôm nay")
    found = database.read(lambda db: db.execute(select(t.activity.c.last_day, t.activity.c.week)).all())
    assert [tuple(row) for row in found] == [(date(2026, 11, 23), "2026-W48")]
