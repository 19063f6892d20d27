"""The stream: nothing lost, nothing twice, whatever breaks and in whatever order things are committed."""

import pytest
from sqlalchemy import Connection, insert, select, update

from channels.web.limits import HISTORY_PAGE, MAX_STREAMS
from channels.web.ports import BOT, CHANNEL
from messages import Outgoing, encode
from storage import pulled
from storage import tables as t
from storage.writer import touch
from tests.channels.web.browser import Browser


def account_of(browser: Browser) -> int:
    chat = browser.chat.split("/")[2]
    found = browser.place.database.read(lambda db: pulled.find_visitor(db, CHANNEL, BOT, chat))
    assert found
    return found.account_id


def queue(browser: Browser, *texts: str, told: bool = True) -> list[int]:
    """Queue messages as another process does (`told` false) or as this one does; their rows."""
    account, now = account_of(browser), browser.place.now

    def job(db: Connection) -> list[int]:
        if told:
            touch(db, account)
        bodies = [encode(Outgoing(text)) if text else "" for text in texts]
        row = {"account_id": account, "kind": "notice", "created_at": now, "local_day": None}
        added = insert(t.outbox).returning(t.outbox.c.id)
        return [int(db.execute(added, {**row, "body": body} | NEW).scalar_one()) for body in bodies]

    return browser.place.database.write(job).result()


NEW = {"priority": 1, "state": "pending", "token": "", "attempts": 0, "external_id": "", "error": ""}


async def test_a_page_gets_what_was_said_and_then_what_comes(hoa: Browser) -> None:
    stream = await hoa.listens()
    before = await stream.until("ready")
    assert "Chào mừng" in before[0]["text"]
    await hoa.says("menu")
    row = await stream.message()
    assert "Anh/chị muốn làm gì" in row["text"]
    assert row["at"].endswith("+07:00")
    assert {"id": "report", "label": "Báo cáo hoạt động"} in row["choices"]
    stream.close()


@pytest.mark.parametrize("by_header", [True, False])
async def test_a_broken_line_goes_on_where_it_was(hoa: Browser, by_header: bool) -> None:
    stream = await hoa.listens()
    last = (await stream.until("ready"))[-1]["id"]
    stream.close()
    rows = queue(hoa, "một", "hai")
    again = await hoa.listens(0 if by_header else last, str(last) if by_header else "")
    assert [row["id"] for row in await again.until("ready")] == rows
    again.close()


async def test_whoever_has_everything_deleted_gets_the_farewell_and_then_the_end(hoa: Browser) -> None:
    stream = await hoa.listens()
    await stream.until("ready")
    await hoa.presses("forget:1")
    [farewell] = await stream.until("ended")
    assert "Đã xóa mọi thông tin" in farewell["text"]
    stream.close()


async def test_what_is_composed_late_comes_late_to_every_open_page(hoa: Browser) -> None:
    late, early = queue(hoa, "", "sớm")
    streams = [await hoa.listens(), await hoa.listens(after=early)]
    assert [row["id"] for row in await streams[0].until("ready")][-1] == early
    await streams[1].until("ready")
    account = account_of(hoa)

    def compose(db: Connection) -> None:
        db.execute(update(t.outbox).where(t.outbox.c.id == late).values(body=encode(Outgoing("muộn"))))
        touch(db, account)

    await hoa.place.database.awrite(compose)
    for stream in streams:
        assert (await stream.message())["text"] == "muộn"
        stream.close()


async def test_what_nobody_saw_comes_again_whatever_the_cursor_says(hoa: Browser) -> None:
    late, early = queue(hoa, "", "sớm")
    database = hoa.place.database
    composed = update(t.outbox).where(t.outbox.c.id == late).values(body=encode(Outgoing("muộn")))
    database.write(lambda db: db.execute(composed) and None).result()
    stream = await hoa.listens(after=early)
    assert late in [row["id"] for row in await stream.until("ready")]
    stream.close()


async def test_what_was_shown_is_sent(hoa: Browser) -> None:
    rows = queue(hoa, "một")
    stream = await hoa.listens()
    await stream.until("ready")
    query = select(t.outbox.c.state, t.outbox.c.sent_at).where(t.outbox.c.id == rows[0])
    assert hoa.place.database.read(lambda db: db.execute(query).one()) == ("sent", hoa.place.now)
    stream.close()


async def test_messages_queued_by_another_process_are_noticed(hoa: Browser) -> None:
    stream = await hoa.listens()
    await stream.until("ready")
    row = queue(hoa, "trước", told=True)[0]
    assert (await stream.message())["id"] == row
    hoa_only = queue(hoa, "từ nơi khác", told=False)[0]
    assert (await stream.message())["id"] == hoa_only
    stream.close()


async def test_what_nobody_wakes_the_page_for_comes_with_the_next_beat(
    hoa: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process composed it, moved it here, or committed it after rows with higher ids."""
    monkeypatch.setattr("channels.web.events.HEARTBEAT", 0.05)
    monkeypatch.setattr("channels.web.hub.Hub._wake", lambda *_: None)
    late, early = queue(hoa, "", "sớm")
    stream = await hoa.listens(after=early)
    await stream.until("ready")
    composed = update(t.outbox).where(t.outbox.c.id == late).values(body=encode(Outgoing("muộn")))
    await hoa.place.database.awrite(lambda db: db.execute(composed) and None)
    assert (await stream.message())["text"] == "muộn"
    stream.close()


async def test_a_new_page_gets_the_last_messages_and_the_rest_on_request(hoa: Browser) -> None:
    rows = queue(hoa, *(f"tin {number}" for number in range(HISTORY_PAGE + 5)))
    first_page = await hoa.listens()
    assert set(rows) < {row["id"] for row in await first_page.until("ready")}  # what nobody saw comes in full
    first_page.close()
    stream = await hoa.listens()
    shown = [row["id"] for row in await stream.until("ready")]
    stream.close()
    assert shown == rows[-HISTORY_PAGE:]
    first = rows[-HISTORY_PAGE]
    answer = await (await hoa.client.get(f"{hoa.chat}history?before={first}")).json()
    assert [row["id"] for row in answer["rows"]][-5:] == rows[:5]
    assert answer["more"] is False


async def test_the_page_hears_of_a_new_language(hoa: Browser) -> None:
    stream = await hoa.listens()
    await stream.until("ready")
    await hoa.presses("language:en")
    await stream.until("language")
    stream.close()


async def test_another_account_hears_nothing(hoa: Browser) -> None:
    her_chat, hers = hoa.chat, await hoa.listens()
    await hers.until("ready")
    await hoa.joins("ward_chair", "P10")
    his_chat, his = hoa.chat, await hoa.listens()
    await his.until("ready")
    hoa.chat = her_chat
    queue(hoa, "chỉ cho Hoa")
    hoa.chat = his_chat
    queue(hoa, "chỉ cho anh Bình")
    assert (await hers.message())["text"] == "chỉ cho Hoa"
    assert (await his.message())["text"] == "chỉ cho anh Bình"
    hers.close()
    his.close()


async def test_forgotten_tabs_are_bounded(hoa: Browser) -> None:
    streams = [await hoa.listens() for _ in range(MAX_STREAMS)]
    assert (await hoa.client.get(f"{hoa.chat}events")).status == 429
    for stream in streams:
        stream.close()


@pytest.mark.parametrize("cursor", ["-1", "x", "٣", "9" * 40, "1; DROP TABLE outbox"])
async def test_a_cursor_that_is_none_begins_at_the_last_messages(hoa: Browser, cursor: str) -> None:
    response = await hoa.client.get(f"{hoa.chat}events", params={"after": cursor})
    assert response.status == 200
    response.close()
