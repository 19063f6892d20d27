"""Who is knocked for, once, and in which order of channels. Only what surely did not go is tried again."""

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from channels.push import sender
from channels.push.knocking import Knocking, PushSettings
from messages import Outgoing
from messages.pushing import Subscription
from scheduler.outcomes import Ambiguous, Delivered, Impossible, NotSent, Outcome, Unreachable
from storage import tables as t
from storage.delivery import notices, pulled, subscriptions
from storage.delivery.subscriptions import GRACE
from storage.directory.accounts import account_id, reminder_account
from tests.conversation import Officer, Town
from tests.fakes.push import Browser, serving
from tests.waiting import until


@dataclass
class Sends:
    """A push service that answers as told, the same for ever."""

    outcome: Outcome = field(default_factory=Delivered)
    sent: list[tuple[str, bytes]] = field(default_factory=list)

    async def send(self, to: Subscription, text: bytes) -> Outcome:
        self.sent.append((to.endpoint, text))
        return self.outcome


class Waiting:
    """An officer in a browser that may be pushed to, and what is said to them unasked."""

    def __init__(self, gv: Town) -> None:
        self.gv = gv
        self.officer = gv.joined("propagandist", "P10-KP05")
        self.account = self.account_of(self.officer)
        self.knocking = self.knocking_with(PushSettings(b"", ""), lambda: gv.now)

    def knocking_with(self, settings: PushSettings, machine: Callable[[], datetime]) -> Knocking:
        gv = self.gv
        return Knocking(gv.database, settings, now=lambda: gv.now, machine=machine, chance=lambda: 0.5)

    def account_of(self, officer: Officer) -> int:
        found = self.gv.database.read(lambda db: account_id(db, officer.channel, officer.bot, officer.account))
        assert found
        return found

    def subscribes(self, browser: Browser | None = None) -> Subscription:
        given = (browser or Browser("hoa", "")).subscription
        self.gv.database.write(lambda db: subscriptions.keep(db, self.account, given, self.gv.now)).result()
        return given

    @property
    def person(self) -> int:
        mine = select(t.account.c.person_id).where(t.account.c.id == self.account)
        return self.gv.database.read(lambda db: int(db.execute(mine).scalar_one()))

    def is_told(self, text: str = "Báo cáo của anh/chị bị trả lại") -> None:
        person = self.person
        self.gv.database.write(lambda db: notices.notify(db, person, Outgoing(text), self.gv.now)).result()
        self.gv.later(seconds=GRACE.total_seconds())

    def subscriptions(self) -> int:
        return self.gv.database.read(
            lambda db: int(db.scalar(select(func.count()).select_from(t.push_subscription)) or 0)
        )


@pytest.fixture
def hoa(gv: Town) -> Waiting:
    return Waiting(gv)


async def test_a_message_that_nobody_looks_at_is_knocked_for_once_without_its_words(hoa: Waiting) -> None:
    given, sends = hoa.subscribes(), Sends()
    assert await hoa.knocking.knock(sends) == 0  # what was there before is no reason
    hoa.is_told("Phạm Thị Lan đã trả lại báo cáo")
    assert [await hoa.knocking.knock(sends) for _ in range(3)] == [1, 0, 0]
    ((endpoint, text),) = sends.sent
    assert endpoint == given.endpoint
    assert "Lan" not in text.decode()
    assert "báo cáo" not in text.decode()
    hoa.is_told()
    assert await hoa.knocking.knock(sends) == 1


async def test_a_running_bot_knocks_by_itself(hoa: Waiting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, stop = PushSettings(b"a secret of the tests that is long enough", "https://bot.example"), asyncio.Event()
    browser = Browser("hoa", settings.public_key())
    hoa.subscribes(browser)
    hoa.is_told()
    async with serving(tmp_path) as (service, client):
        service.add(browser)
        monkeypatch.setattr(sender, "session", lambda: nullcontext(client))
        running = asyncio.create_task(hoa.knocking_with(settings, lambda: datetime.now(UTC)).run(stop))
        await until(lambda: service.got["hoa"])
        stop.set()
        await running
    assert service.refused == []


async def test_what_an_open_page_shows_is_not_knocked_for(hoa: Waiting) -> None:
    hoa.subscribes()
    hoa.is_told()
    hoa.gv.database.write(
        lambda db: pulled.mark_shown(db, [said.id for said in pulled.before(db, hoa.account, None, 50)], hoa.gv.now)
    ).result()
    assert await hoa.knocking.knock(Sends()) == 0


async def test_answers_are_not_knocked_for_and_new_messages_have_a_moment(hoa: Waiting) -> None:
    hoa.subscribes()
    hoa.officer.says("menu")
    hoa.gv.later(minutes=5)
    assert await hoa.knocking.knock(Sends()) == 0
    hoa.is_told()
    hoa.gv.later(seconds=-5)
    assert await hoa.knocking.knock(Sends()) == 0


@pytest.mark.parametrize(
    ("outcome", "again"), [(NotSent("busy", 60.0), 1), (Ambiguous("lost"), 0), (Impossible("status 400"), 0)]
)
async def test_only_what_surely_did_not_go_goes_again(hoa: Waiting, outcome: Outcome, again: int) -> None:
    hoa.subscribes()
    hoa.is_told()
    assert await hoa.knocking.knock(Sends(outcome)) == 1
    assert await hoa.knocking.knock(Sends()) == 0
    hoa.gv.later(minutes=2)
    assert await hoa.knocking.knock(Sends()) == again
    assert await hoa.knocking.knock(Sends()) == 0


async def test_a_browser_that_is_gone_is_forgotten(hoa: Waiting) -> None:
    hoa.subscribes()
    hoa.is_told()
    await hoa.knocking.knock(Sends(Unreachable("status 410")))
    assert hoa.subscriptions() == 0


async def test_whoever_leaves_is_forgotten_with_their_browsers(hoa: Waiting) -> None:
    hoa.subscribes()
    hoa.officer.presses(f"forget:{hoa.person}")
    assert hoa.subscriptions() == 0


def test_an_account_has_so_many_browsers_and_one_of_them_once(hoa: Waiting) -> None:
    for number in range(subscriptions.MOST + 3):
        hoa.gv.now += timedelta(seconds=1)
        hoa.subscribes(Browser(f"b{number}", ""))
        hoa.subscribes(Browser(f"b{number}", ""))
    assert hoa.subscriptions() == subscriptions.MOST
    is_kept = hoa.gv.database.read(
        lambda db: [
            subscriptions.is_kept(db, hoa.account, Browser(f"b{n}", "").subscription.endpoint)
            for n in range(subscriptions.MOST + 3)
        ]
    )
    assert is_kept == [False] * 3 + [True] * subscriptions.MOST


def test_pushed_browsers_come_after_telegram_and_before_others(hoa: Waiting) -> None:
    person = hoa.person

    def chosen() -> int:
        found = hoa.gv.database.read(lambda db: reminder_account(db, person))
        assert found
        return found.id

    hoa.subscribes()
    hoa.gv.later(minutes=1)
    for channel in ("web", "telegram"):
        hoa.officer.says("/ketnoi")
        other = hoa.gv.stranger(channel=channel)
        other.says(hoa.officer.text.splitlines()[1])
        assert chosen() == (hoa.account if channel == "web" else hoa.account_of(other))
