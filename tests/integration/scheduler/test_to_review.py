"""The chair's digest says what waits for approval; of a returned report its author hears first, then the chair."""

from datetime import datetime

import pytest
from sqlalchemy import Connection

from locales import texts
from periods.days import ZONE
from plan.calendar import Topic
from scheduler.sections import Moment, Section
from scheduler.topics import TOPICS, who
from storage.directory.holders import Holder
from tests.conversation import CALENDAR, Officer, Town, shipped_plan

WORDS = texts("vi")


@pytest.fixture
def chair(gv: Town) -> Officer:
    return gv.joined("ward_chair", "P10")


@pytest.fixture
def officer(gv: Town) -> Officer:
    return gv.joined("propagandist", "P10-KP05")


def told(gv: Town, topic: Topic, role: str) -> Section | None:
    """What a digest says now about a topic to those of a role."""
    rule = next(rule for rule in CALENDAR.values() if rule.topic is topic)
    at = datetime.fromtimestamp(gv.now.timestamp(), ZONE)

    def say(db: Connection) -> Section | None:
        moment = Moment(rule, at.date(), at, at)
        found: list[Holder] = [one for one in who(db, moment) if one.role == role]
        return TOPICS[topic].say(db, shipped_plan(), moment, found, "vi") if found else None

    return gv.database.read(say)


def test_the_chair_hears_what_waits_and_nobody_of_nothing(gv: Town, chair: Officer, officer: Officer) -> None:
    assert told(gv, Topic.TO_APPROVE, "ward_chair") is None
    officer.reports()
    officer.reports(women=8, day="hôm qua")
    gv.later(minutes=1)
    said = told(gv, Topic.TO_APPROVE, "ward_chair")
    assert said is not None
    assert said.text == "2 báo cáo chờ anh/chị duyệt."
    assert [offer.id for offer in said.choices] == ["queue"]
    assert told(gv, Topic.TO_APPROVE, "secretariat") is None
    chair.says("/duyet")
    chair.taps("Đúng cả 2")
    assert told(gv, Topic.TO_APPROVE, "ward_chair") is None


def test_what_was_mended_and_what_has_waited_for_long_is_said(gv: Town, chair: Officer, officer: Officer) -> None:
    officer.reports()
    chair.at_report("Trả lại", "Xem lại “Nữ 30”", "Có, vì số người")
    officer.presses(gv.notices(officer)[-1].choices[0].id)
    officer.says("13")
    gv.later(days=8)
    said = told(gv, Topic.TO_APPROVE, "ward_chair")
    assert said is not None
    assert said.text == "1 báo cáo chờ anh/chị duyệt. Trong đó: 1 vừa bổ sung, 1 đã chờ hơn một tuần."


def test_a_returned_report_is_in_its_authors_digest_and_later_in_the_chairs(
    gv: Town, chair: Officer, officer: Officer
) -> None:
    officer.reports()
    chair.at_report("Trả lại", "Có, vì số người")
    assert told(gv, Topic.TO_MEND, "propagandist") is None
    gv.later(days=1)
    said = told(gv, Topic.TO_MEND, "propagandist")
    assert said is not None
    assert "Khu phố 5, 18/11" in said.text
    assert [offer.id for offer in said.choices] == ["correct:1:2"]
    assert told(gv, Topic.TO_APPROVE, "ward_chair") is None
    gv.later(days=3)
    above = told(gv, Topic.TO_APPROVE, "ward_chair")
    assert above is not None
    assert above.text == "Đã trả lại mà chưa bổ sung: Khu phố 5, 18/11."
    officer.presses("correct:1:2")
    officer.taps("Gửi báo cáo")
    assert told(gv, Topic.TO_MEND, "propagandist") is None
