"""What a person may ask of their data: another name, and to be forgotten; figures stay, the person does not."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, Text, func, literal_column, or_, select

from conversation import turn
from storage import tables as t
from storage.db.database import Database
from storage.delivery import pulled
from storage.directory import consents, personal, persons
from tests.conversation import Officer, Town
from tests.sweeping import sweep

NAME = "Trần Thị Bông Trang"


@pytest.fixture
def officer(gv: Town) -> Officer:
    found = gv.joined("propagandist", "P10-KP05", channel="telegram")
    found.says(f"/toi {NAME}")
    return found


def holding(database: Database, words: str) -> set[str]:
    """The tables that hold these words anywhere."""

    def look(table: str) -> bool:
        columns = [column.cast(Text).contains(words) for column in t.metadata.tables[table].c]
        return bool(database.read(lambda db: db.scalar(select(func.count(literal_column("1"))).where(or_(*columns)))))

    return {table for table in t.metadata.tables if look(table)}


def forgets(officer: Officer) -> None:
    officer.presses("forget")
    officer.taps("Xóa tất cả")


def test_a_name_is_corrected_in_one_message(officer: Officer) -> None:
    officer.sees(f"Từ nay ở đây anh/chị là {NAME}")
    officer.taps("Thông tin của tôi")
    officer.sees(f"Anh/chị là {NAME}")


@pytest.mark.parametrize("name", ["12", "0903 000 111", "?!", "ă" * 61])
def test_what_is_no_name_changes_nothing(officer: Officer, name: str) -> None:
    officer.says(f"/toi {name}")
    officer.sees("chưa đọc được tên này", "/toi Nguyễn Thị Lan")
    officer.says("/toi")
    officer.sees(f"Anh/chị là {NAME}")


def test_nothing_is_deleted_before_the_person_has_read_what_goes_and_what_stays(officer: Officer) -> None:
    officer.says("/toi")
    officer.taps("Xóa thông tin của tôi")
    officer.sees("Xóa ngay", "Giữ lại", "lời mời mới")
    assert [choice.word for choice in officer.choices] == ["xóa", ""]
    officer.taps("Không, giữ lại")
    officer.sees(f"Anh/chị là {NAME}")


def test_a_forgotten_person_leaves_their_units_figures_and_nothing_else(gv: Town, officer: Officer) -> None:
    officer.reports(women=30, men=15)
    officer.photographs()
    officer.says("hủy")
    officer.taps("Đúng, dừng lại")
    officer.presses("forget")
    officer.says("xóa")
    officer.sees("Đã xóa mọi thông tin")

    assert holding(gv.database, NAME) == set()
    rows = {table: count(gv.database, table) for table in ("submission", "attachment", "interview")}
    assert rows == {"submission": 1, "attachment": 0, "interview": 1}
    secretariat = gv.joined("secretariat", "GV")
    secretariat.says("tóm tắt")
    secretariat.sees("1 hoạt động", "30 nữ")

    officer.says("báo cáo")
    officer.sees("mã mời")


def test_after_a_day_nothing_says_whose_phone_took_a_reports_photo(gv: Town, officer: Officer) -> None:
    officer.says("báo cáo")
    for label in ("Buổi sinh hoạt", "Nói chuyện: gia đình", "Hôm nay", "Người dân"):
        officer.taps(label)
    officer.says("nữ 30 nam 15")
    officer.photographs()
    officer.taps("Gửi báo cáo")
    forgets(officer)
    gv.later(days=2)
    gv.database.write(lambda db: sweep(db, gv.now)).result()
    assert count(gv.database, "attachment") == 1
    assert holding(gv.database, officer.account) == {"inbox"}  # keys of messages, for a month
    gv.later(days=30)
    for _ in range(2):  # what has no address any more keeps none
        gv.database.write(lambda db: sweep(db, gv.now)).result()
    assert holding(gv.database, officer.account) == set()
    officer.says("báo cáo")
    officer.sees("mã mời")


def test_a_message_that_was_set_aside_loses_its_words(
    gv: Town, officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = gv.joined("propagandist", "P10-KP06", channel="telegram")
    with monkeypatch.context() as broken:
        broken.setattr(turn, "respond", lambda *_: 1 / 0)
        officer.says("chuyện riêng của tôi")
        other.says("chuyện riêng của người khác")
    forgets(officer)
    kept = gv.database.read(lambda db: db.scalars(select(t.inbox.c.account).where(t.inbox.c.body.is_not(None))).all())
    assert kept == [other.account]


def test_what_the_bot_says_next_has_an_id_that_no_page_has_seen(gv: Town, officer: Officer) -> None:
    newest = gv.database.read(pulled.newest)
    forgets(officer)
    assert gv.database.read(pulled.newest) > newest


def test_no_code_of_theirs_lets_anybody_in_afterwards(gv: Town, officer: Officer) -> None:
    officer.says("/ketnoi")
    code = officer.text.splitlines()[1]
    forgets(officer)
    other = gv.stranger(channel="web")
    other.says(code)
    other.sees("đã được dùng rồi")
    gv.later(days=1)
    other.says("báo cáo")
    other.sees("mã mời")


def test_a_consent_that_was_withdrawn_can_be_given_again(db: Connection) -> None:
    moments = [datetime(2026, 11, day, tzinfo=UTC) for day in (18, 19, 20)]
    person = persons.add_person(db, "Lan", "vi", moments[0])
    consents.agree(db, person, "reporting", "1", moments[0])
    personal.forget(db, person, moments[1])
    assert not consents.has_agreed(db, person, "reporting", "1")
    for _ in range(2):
        consents.agree(db, person, "reporting", "1", moments[2])
    assert consents.has_agreed(db, person, "reporting", "1")
    assert db.execute(select(t.consent.c.given_at, t.consent.c.withdrawn_at)).all() == [(moments[2], None)]


def test_the_ward_is_asked_to_find_somebody_else_and_not_told_the_name(gv: Town, officer: Officer) -> None:
    chair = gv.joined("ward_chair", "P10")
    elsewhere = gv.joined("ward_chair", "P11")
    forgets(officer)
    assert gv.notices(elsewhere) == []
    (notice,) = gv.notices(chair)
    assert "Cán bộ của Khu phố 5, Phường 10 đã thôi dùng bot" in notice.text
    assert NAME not in notice.text
    chair.presses("invite_make:propagandist:P10-KP05:1")
    chair.sees("Khu phố 5", "Dùng cho 1 người")


def test_a_reminder_that_waited_for_them_is_not_sent(gv: Town, officer: Officer) -> None:
    mine = select(t.account.c.person_id).where(t.account.c.external_id == officer.account)
    due = {
        "rule": "weekly",
        "rule_version": "1",
        "occurrence": gv.now,
        "about": gv.now.date(),
        "useful_until": gv.now,
        "created_at": gv.now,
        "state": "waiting",
        "reason": "",
    }
    gv.database.write(lambda db: db.execute(t.due.insert().values(person_id=mine.scalar_subquery(), **due))).result()
    forgets(officer)
    assert count(gv.database, "due") == 0


def count(database: Database, table: str) -> int:
    return database.read(
        lambda db: int(db.execute(select(func.count()).select_from(t.metadata.tables[table])).scalar_one())
    )
