"""A file is made by a child process, from one snapshot of the database."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.making import ChildMaker
from messages import Document
from periods.period import period_of
from reports.files.scope import Wanted
from scheduler.filing import NotMadeError, StoppedError
from storage import tables as t
from storage.db.snapshot import snapshot
from tests.conversation import SHIPPED, WEDNESDAY, Town
from tests.integration.files.reading import sheets_of

WEEK = Wanted("P10", period_of("2026-W47"), "vi")


def tell(_done: int, _whole: int) -> None:
    pass


def test_a_child_makes_the_workbook(gv: Town, database_url: str, tmp_path: Path) -> None:
    gv.joined("propagandist", "P10-KP05").reports(women=30, men=15)
    document = Document("workbook", WEEK.written(), "so.xlsx")
    text = ChildMaker(database_url, SHIPPED, tmp_path)(document, gv.now, tmp_path / "so.xlsx", tell)
    assert "1 hoạt động, 45 lượt người (30 nữ, 15 nam)" in text
    [row] = sheets_of(tmp_path / "so.xlsx")["Báo cáo"]
    assert (row["Đơn vị"], row["Lượt nữ"], row["Ngày cuối"]) == ("P10-KP05", 30, date(2026, 11, 18))


def test_a_child_that_fails_says_where_and_nothing_of_the_recipe(database_url: str, tmp_path: Path) -> None:
    document = Document("workbook", {**WEEK.written(), "unit": "Chị Lan"}, "so.xlsx")
    with pytest.raises(NotMadeError, match=r"^UnknownUnitError at [a-z_]+.py:[0-9]+$"):
        ChildMaker(database_url, SHIPPED, tmp_path)(document, WEDNESDAY, tmp_path / "so.xlsx", tell)


def test_a_child_ends_when_the_process_stops(gv: Town, database_url: str, tmp_path: Path) -> None:
    gv.joined("propagandist", "P10-KP05").reports(women=30, men=15)

    def stop(_done: int, _whole: int) -> None:
        raise StoppedError

    document = Document("workbook", WEEK.written(), "so.xlsx")
    with pytest.raises(StoppedError):
        ChildMaker(database_url, SHIPPED, tmp_path)(document, WEDNESDAY, tmp_path / "x", stop)


def test_a_snapshot_does_not_see_what_comes_later(gv: Town, database_url: str) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    reports = select(func.count()).select_from(t.activity)
    with snapshot(database_url) as db:
        assert db.scalar(reports) == 0
        officer.reports()
        assert db.scalar(reports) == 0
    with snapshot(database_url) as db:
        assert db.scalar(reports) == 1
