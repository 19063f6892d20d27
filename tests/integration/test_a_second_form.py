"""A form without an activity goes the whole way: begun, put aside, reviewed, sent, corrected, approved, withdrawn.

What is particular to activity reports stands in two tables (`services.projections`, `handlers.reports.digests`); a form
that is in neither is listed, shown and changed by the very same code.
"""

import pytest
from sqlalchemy import Connection, func, select

from channels.zalo.render import pages
from conversation.turn import queue
from handlers.context import Turn
from handlers.reports import digests, interviewing
from interview import Form, load_form, start
from locales import texts
from services import projections
from storage import tables as t
from storage.conversation import interviews
from storage.conversation.turns import known_sender
from tests.conversation import Officer, Town

SURVEY = """
| survey |
| | type | name | label | required | appearance |
| | integer | homes | Đã thăm bao nhiêu hộ? | yes | |
| | text | wish | Bà con mong gì nhất? | yes | |
| | text | note | Ghi chú | | on-review |
| settings |
| | form_title | version |
| | Phiếu thăm hộ | 1 |
"""

MEETING = """
| survey |
| | type | name | label | required | parameters |
| | range | mood | Bà con hài lòng mấy điểm? | yes | start=0 end=3 |
| | dateTime | met | Họp lúc nào? | yes | |
| settings |
| | form_title | version |
| | Phiếu họp dân | 1 |
"""


def published(gv: Town, form_id: str, source: str) -> Form:
    form = load_form(source, form_id=form_id)
    gv.database.write(lambda db: interviews.publish_form(db, form, gv.now)).result()
    return form


@pytest.fixture
def survey(gv: Town) -> Form:
    return published(gv, "home_survey", SURVEY)


def begins(officer: Officer, form: Form) -> None:
    """The survey's first question, as a menu that offered it would ask it."""

    def job(db: Connection) -> None:
        known = known_sender(db, officer.channel, officer.bot, officer.account)
        assert known is not None
        turn = Turn.of(db, officer.town.world, known, officer.channel, officer.town.now, 0)
        home = turn.viewer.home
        assert home is not None
        (asked,) = interviewing.begin(turn, form, start(form, {}, turn.now, language="vi"), home.unit_id)
        queue(turn, [asked])
        officer.heard = [asked]

    officer.town.database.write(job).result()


@pytest.fixture
def officer(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05")


@pytest.fixture
def sent(officer: Officer, survey: Form) -> Officer:
    begins(officer, survey)
    officer.sees("Đã thăm bao nhiêu hộ?")
    officer.says("12 hộ")
    officer.says("có chỗ sinh hoạt")
    officer.taps("Gửi")
    officer.sees("Đã lưu", "Khu phố 5, Phường 10", "Phiếu thăm hộ", "18/11/2026")
    return officer


def test_it_waits_as_a_draft_and_goes_on(officer: Officer, survey: Form) -> None:
    begins(officer, survey)
    officer.says("12")
    officer.says("hủy")
    officer.taps("Đúng, dừng")
    officer.taps("Làm tiếp")
    officer.sees("Bà con mong gì nhất?")
    officer.says("đèn đường")
    officer.sees("12", "đèn đường")
    officer.taps("Gửi")
    officer.sees("Đã lưu")


def test_it_is_listed_and_shown_with_its_answers(sent: Officer) -> None:
    sent.says("báo cáo của tôi")
    assert "18/11 · Phiếu thăm hộ" in sent.labels[0]
    sent.taps("18/11")
    sent.sees("Khu phố 5, Phường 10 · Phiếu thăm hộ", "Đã thăm bao nhiêu hộ? 12", "có chỗ sinh hoạt")


def test_a_correction_takes_the_place_of_the_answers(sent: Officer) -> None:
    sent.at_report("Sửa", "Sửa câu", "Đã thăm")
    sent.says("15")
    sent.taps("Gửi")
    sent.sees("Đã sửa xong")
    sent.at_report()
    sent.sees("Đã thăm bao nhiêu hộ? 15", "có chỗ sinh hoạt")


def test_a_chair_approves_or_returns_it(gv: Town, sent: Officer) -> None:
    chair = gv.joined("ward_chair", "P10")
    chair.says("duyệt báo cáo")
    chair.taps("18/11 · Khu phố 5")
    chair.taps("Duyệt")
    chair.sees("Đã duyệt")
    chair.at_report("Trả lại", "Có, trả lại")
    assert "Phiếu thăm hộ" in gv.notices(sent)[-1].text
    sent.at_report("Sửa")
    sent.taps("Gửi")
    sent.sees("Đã gửi lại như cũ")


def test_it_is_withdrawn_and_listed_no_more(sent: Officer) -> None:
    sent.at_report("Rút", "Đúng, rút lại")
    sent.sees("Đã rút")
    sent.says("báo cáo của tôi")
    assert not any("Phiếu thăm hộ" in label for label in sent.labels)


def test_it_writes_no_facts_and_stands_in_no_figure(gv: Town, sent: Officer) -> None:
    counted = gv.database.read(lambda db: db.scalar(select(func.count()).select_from(t.activity)))
    assert counted == 0
    sent.says("tóm tắt")
    sent.sees("Chưa có hoạt động nào")


def test_a_scale_is_pressed_or_typed_and_a_moment_written(gv: Town, officer: Officer) -> None:
    begins(officer, published(gv, "meeting", MEETING))
    assert officer.labels[:4] == ["0", "1", "2", "3"]
    (on_zalo,) = pages(officer.heard[-1], texts("vi"))
    assert "1." not in on_zalo  # a number typed is the value, never the place in a list
    assert "0 · 1 · 2 · 3" in on_zalo
    officer.taps("3")
    officer.sees("3", "Họp lúc nào?")
    officer.says("lùi")
    officer.says("1")
    officer.says("15/11")
    officer.sees("Anh/chị ghi thêm giờ giúp nhé. Ví dụ: 08:00 15/11/2026")
    officer.says("8h sáng 15/11")
    officer.sees("Bà con hài lòng mấy điểm? 1", "Họp lúc nào? 08:00 15/11/2026")
    officer.taps("Gửi")
    officer.sees("Đã lưu")


def test_whatever_has_facts_has_words() -> None:
    assert {*projections.PROJECTIONS, *projections.PLANS} <= digests.WORDS.keys()
