"""A form is begun with the places of the day; an interview ends on the form with which it began."""

from dataclasses import replace

from sqlalchemy import Connection, insert, select, update

from bot.library import Library
from storage import tables as t
from storage.conversation import interviews
from storage.directory.units import directory_changed, unit_tree
from tests.conversation import Officer, Town


def versions(gv: Town) -> list[str]:
    query = select(t.form.c.version).where(t.form.c.form_id == "activity_report").order_by(t.form.c.id)
    return gv.database.read(lambda db: list(db.scalars(query)))


def renames(gv: Town, code: str, name: str) -> None:
    """The ward is called so from its beginning on."""

    def job(db: Connection) -> None:
        unit = select(t.unit.c.id).where(t.unit.c.code == code).scalar_subquery()
        db.execute(update(t.unit_version).where(t.unit_version.c.unit_id == unit).values(name=name))
        directory_changed(db)

    gv.database.write(job).result()


def test_a_report_is_begun_in_the_version_that_holds_the_units_of_the_day(gv: Town) -> None:
    gv.joined("propagandist", "P10-KP05").says("báo cáo")
    gv.joined("propagandist", "P10-KP06").says("báo cáo")
    assert len(versions(gv)) == 1
    renames(gv, "P11", "Phường Mới")
    gv.joined("propagandist", "P10-KP07").says("báo cáo")
    assert len(versions(gv)) == 2
    assert all(version.startswith("4.") for version in versions(gv))


def is_asked_where(officer: Officer, text: str) -> None:
    """Report in one line, and take the first choice of what is asked until that is the place."""
    officer.says(text)
    for _ in range(4):
        if "Tổ chức ở đâu?" not in officer.text:
            officer.presses(officer.choices[0].id)
    officer.sees("Tổ chức ở đâu?")


def test_an_interview_ends_on_the_places_with_which_it_began(gv: Town) -> None:
    officer = gv.joined("agency", "CQ-LDTBXH")
    is_asked_where(officer, "báo cáo hôm qua tập huấn nữ 30 nam 15")
    renames(gv, "P11", "Phường Mới")
    officer.says("Phường 11")
    officer.sees("Nơi tổ chức: Phường 11")
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu")
    is_asked_where(officer, "báo cáo hôm nay tập huấn nữ 30 nam 15")
    officer.says("Phường Mới")
    officer.sees("Nơi tổ chức: Phường Mới")


def test_another_process_finds_the_version_that_this_one_published(gv: Town) -> None:
    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo")
    gv.world = replace(gv.world, forms=Library(gv.world.plan))
    renames(gv, "P11", "Phường Mới")
    officer.taps("Buổi sinh hoạt")
    officer.sees("Hoạt động nào?")


def test_every_process_comes_to_the_same_version(gv: Town) -> None:
    def names(library: Library) -> str:
        return gv.database.read(lambda db: library.current("activity_report", unit_tree(db).on(gv.now.date())).version)

    assert names(Library(gv.world.plan)) == names(Library(gv.world.plan))


def test_an_interview_of_an_older_version_ends_on_its_own_questions(gv: Town) -> None:
    older = gv.world.plan.forms["activity_report"]
    source = "\n".join(
        line for line in older.source.splitlines() if "place_unit" not in line or line.startswith("Where")
    ).replace("| 4 |", "| 3 |")

    def published(db: Connection) -> None:
        values = {"form_id": older.id, "version": "3", "hash": "3", "source": source, "csvs": dict(older.csvs)}
        db.execute(insert(t.form).values(**values, published_at=gv.now))

    officer = gv.joined("propagandist", "P10-KP05")
    officer.says("báo cáo")
    gv.database.write(published).result()
    gv.database.write(lambda db: db.execute(update(t.interview).values(form_version="3"))).result()
    form = gv.database.read(lambda db: interviews.form_source(db, older.id, "3"))
    assert form is not None
    officer.taps("Buổi sinh hoạt")
    officer.taps("Nói chuyện: gia đình")
    officer.says("hôm nay")
    officer.taps("Người dân")
    officer.says("nữ 30 nam 15")
    assert "Nơi tổ chức" not in officer.labels
    officer.taps("Gửi báo cáo")
    officer.sees("Đã lưu")
