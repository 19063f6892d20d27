"""People who report one event after the other, whatever happens to the bot, and remember what they were told."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram import FakeTelegram, Someone
from tests.fakes.telegram.people import labels, shown
from tests.fakes.telegram.world import Chat

RECEIPT = "Đã lưu"
APOLOGY = "gặp lỗi"
QUESTION, ANOTHER = "Trùng với báo cáo đó phải không ạ?", "Không, buổi khác"
"""Everybody reports one event of the day after the other, and is asked whether it is the one before."""
AGREE = "Tôi đồng ý, bắt đầu"
TALK = "nói chuyện: gia đình, chống bạo lực"
"""By its name: a number may mean an activity that is asked about again on some days of the year."""

Answer = Callable[["Reporter"], object]
Act = Callable[[int, Callable[[], object]], object]
"""When somebody (by their chat) does the next thing: at once, or as people do, after a while."""

CONVERSATION: tuple[tuple[str, Answer], ...] = (
    ("Anh/chị muốn báo việc gì?", lambda who: who.someone.taps("Buổi sinh hoạt có người dự")),
    ("· Hoạt động nào?", lambda who: who.someone.says(TALK)),
    ("· Làm vào ngày nào?", lambda who: who.someone.says("hôm nay")),
    ("· Đối tượng tham dự chủ yếu là ai?", lambda who: who.someone.taps("Người dân")),
    ("· Bao nhiêu người dự?", lambda who: who.someone.says(f"nữ {who.number} nam 1")),
    ("Gửi báo cáo này nhé?", lambda who: who.someone.taps("Gửi báo cáo")),
)
"""What a person waits for, and what they do then. They wait for the next line only: so a message sent twice, which is
harmless, is not answered twice, and one that is lost stops them for good."""


@dataclass
class Reporter:
    """One person; `number` is both the report that they are at and the number of women in it."""

    someone: Someone
    crowd: "Crowd"
    has_agreed: bool = False
    number: int = 0
    at: int = 0
    asked: int = 0
    """The report about which they were asked last."""
    receipts: list[int] = field(default_factory=list)
    is_resting: bool = False

    def next_report(self) -> None:
        """Begin another, unless it is enough."""
        self.number += 1
        self.at = 0
        self.is_resting = self.crowd.is_enough
        if not self.is_resting:
            self._act(lambda: self.someone.says("báo cáo"))

    def hear(self, message: dict[str, Any]) -> None:
        """Do what follows from a message of the bot."""
        text, buttons = shown(message), labels(message)
        if AGREE in buttons and not self.has_agreed:
            self.has_agreed = True
            self._act(lambda: self.someone.taps(AGREE))
        elif self.has_agreed and not self.number and AGREE not in buttons:
            self.next_report()
        elif self.number:
            self._go_on(text)

    def _go_on(self, text: str) -> None:
        if RECEIPT in text:
            self.receipts.append(int(re.findall(r"(\d+) nữ", text)[0]))
            if self.receipts[-1] == self.number:
                self.next_report()
        elif QUESTION in text and self.awaits == RECEIPT and self.asked < self.number:
            self.asked = self.number
            self._act(lambda: self.someone.taps(ANOTHER))
        elif self.awaits in text and self.at < len(CONVERSATION):
            answer = CONVERSATION[self.at][1]
            self.at += 1
            self._act(lambda: answer(self))

    @property
    def awaits(self) -> str:
        """What the next message has in it that they wait for."""
        return CONVERSATION[self.at][0] if self.at < len(CONVERSATION) else RECEIPT

    def _act(self, action: Callable[[], object]) -> None:
        self.crowd.act(self.someone.number, action)


class Crowd:
    """Everybody at once. Set `is_enough` for them to come to the end of the report that they are at."""

    def __init__(self, fake: FakeTelegram, people: int, act: Act = lambda _, action: action()) -> None:
        self.act = act
        self.is_enough = False
        self.apologies: list[str] = []
        self.reporters = {
            chat: Reporter(Someone(fake.world, chat, f"Lan {chat}"), self) for chat in range(1, people + 1)
        }
        fake.world.on_message = self._hear

    def join(self, codes: list[str]) -> None:
        """Each by a code of their own; whoever has agreed begins to report."""
        for reporter, code in zip(self.reporters.values(), codes, strict=True):
            reporter.someone.says(f"/start {code}")

    def _hear(self, chat: Chat, message: dict[str, Any]) -> None:
        if APOLOGY in shown(message):
            self.apologies.append(shown(message))
        self.reporters[chat.id].hear(message)

    @property
    def rests(self) -> bool:
        """Whether everybody has come to an end."""
        return all(reporter.is_resting for reporter in self.reporters.values())

    @property
    def confirmed(self) -> int:
        """Reports whose receipt was seen."""
        return sum(len(set(reporter.receipts)) for reporter in self.reporters.values())

    def stuck(self) -> list[str]:
        """Who waits for what, for a failure's message."""
        waiting = [each for each in self.reporters.values() if not each.is_resting]
        return [f"{each.someone.number}: {each.awaits}; {each.someone.texts()[-2:]}" for each in waiting[:3]]
