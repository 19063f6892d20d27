"""A flood is stored, answered less (reliability R9): nothing of it is lost, the last answer comes, receipts stay."""

from functools import partial

import pytest
from sqlalchemy import func, select

from conversation.flood import BURST, PER_SECOND
from conversation.intake import Intake
from messages import Incoming, Outgoing, Text, decode
from storage import tables as t
from tests.conversation import Officer, Town


class Phone:
    """A chat whose messages come as fast as they can, while nothing is sent yet."""

    def __init__(self, officer: Officer) -> None:
        self.officer = officer
        self.gv = officer.town
        self.seconds = 0.0
        self.intake = Intake(self.gv.database, self.gv.world, lambda: self.gv.now, lambda: self.seconds)
        self.gv.database.write(lambda db: db.execute(t.outbox.update().values(state="sent"))).result()

    def taken(self) -> int:
        return self.gv.database.read(lambda db: db.execute(select(func.count()).select_from(t.inbox)).scalar_one())

    def says(self, *texts: str) -> None:
        for text in texts:
            sender = (self.officer.channel, self.officer.bot, self.officer.account)
            update = Incoming(*sender, f"flood {self.taken()}", Text(text))
            assert self.gv.database.write(partial(self.intake.take, incoming=update)).result()

    def waiting(self) -> list[Outgoing]:
        """What is still to be sent."""
        query = select(t.outbox.c.body).where(t.outbox.c.state == "pending").order_by(t.outbox.c.id)
        return [decode(body) for body in self.gv.database.read(lambda db: db.scalars(query).all())]


@pytest.fixture
def phone(gv: Town) -> Phone:
    return Phone(gv.joined("propagandist", "P10-KP05", channel="telegram"))


def test_somebody_in_a_hurry_is_answered_every_time(phone: Phone) -> None:
    phone.says(*["/menu"] * BURST)
    assert len(phone.waiting()) == BURST


def test_a_flood_is_taken_whole_and_its_last_answer_says_where_things_stand(phone: Phone) -> None:
    before = phone.taken()
    phone.says(*["/menu"] * 60, "báo cáo")
    assert phone.taken() == before + 61
    assert [message.text for message in phone.waiting()] == ["Anh/chị muốn báo việc gì?"]


def test_a_receipt_is_never_overtaken(phone: Phone) -> None:
    phone.says("báo cáo hôm nay nói chuyện gia đình người dân nữ 30 nam 15", "gửi", *["/menu"] * 40)
    texts = [message.text for message in phone.waiting()]
    assert [text for text in texts if text.startswith("Đã lưu")] == texts[:1]
    assert len(texts) == 2


def test_patience_comes_back(phone: Phone) -> None:
    phone.says(*["/menu"] * 40)
    assert len(phone.waiting()) == 1
    phone.seconds += 3 / PER_SECOND
    phone.says(*["/menu"] * 3)
    assert len(phone.waiting()) == 4
    phone.says("/menu")
    assert len(phone.waiting()) == 1


def test_two_parts_of_the_last_answer_stay_together(phone: Phone) -> None:
    phone.says(*["/menu"] * 40, "tóm tắt")
    parts = phone.waiting()
    phone.seconds += 1_000
    phone.gv.database.write(lambda db: db.execute(t.outbox.update().values(state="sent"))).result()
    phone.says("tóm tắt")
    assert parts == phone.waiting()


def test_one_persons_flood_is_nobody_elses(gv: Town, phone: Phone) -> None:
    phone.says(*["/menu"] * 40)
    other = gv.joined("propagandist", "P10-KP06", channel="telegram")
    phone.officer = other
    phone.says("/menu", "/menu")
    assert len(phone.waiting()) >= 3


def test_a_browser_shows_everything_that_was_said(gv: Town) -> None:
    phone = Phone(gv.joined("propagandist", "P10-KP05", channel="web"))
    phone.says(*["/menu"] * 40)
    assert len(phone.waiting()) == 40
