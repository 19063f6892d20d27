"""The stream: nothing lost, nothing twice, whatever breaks and in whatever order things are committed."""

import asyncio

import pytest
from aiohttp import WSCloseCode, WSMsgType, WSServerHandshakeError
from sqlalchemy import Connection, insert, select, update

from channels.web.limits import HISTORY_PAGE, MAX_FRAME, MAX_STREAMS
from channels.web.ports import BOT, CHANNEL
from channels.web.rows import cursor_of
from channels.web.stream import HUB
from conversation.intake import take_once
from messages import Incoming, Outgoing, Press, encode
from storage import tables as t
from storage.db.writer import touch
from storage.delivery import pulled
from tests.channels.web.browser import Browser, rows_of
from tests.waiting import PATIENCE


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


def cursor_at(browser: Browser, row: int) -> str:
    """The cursor of a page whose last message is this one."""
    account = account_of(browser)
    said = browser.place.database.read(lambda db: pulled.said(db, account, row))
    assert said
    return cursor_of(said)


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
    await stream.close()


async def test_a_page_is_told_which_buttons_belong_to_a_question(hoa: Browser) -> None:
    stream = await hoa.listens()
    await stream.until("ready")
    await hoa.presses("agree")
    assert not (await stream.message())["question"]
    await hoa.says("báo cáo")
    assert (await stream.message())["question"]
    await stream.close()


async def test_what_is_for_somebody_else_comes_whole_to_copy_and_share(browser: Browser) -> None:
    await browser.joins("ward_chair", "P10")
    await browser.presses("agree")
    await browser.presses("invite_make:propagandist:P10-KP05:1")
    stream = await browser.listens()
    given = (await stream.until("ready"))[-1]["pass_on"]
    assert (given["copy"], given["share"]) == ("Sao chép", "Chia sẻ")
    assert "mời anh/chị" in given["text"]
    assert "/j/" in given["text"].splitlines()[-1]
    await stream.close()


async def test_a_broken_line_goes_on_where_it_was(hoa: Browser) -> None:
    stream = await hoa.listens()
    last = (await stream.until("ready"))[-1]["cursor"]
    await stream.close()
    rows = queue(hoa, "một", "hai")
    again = await hoa.listens(last)
    assert [row["id"] for row in await again.until("ready")] == rows
    await again.close()


async def test_a_page_without_a_stream_asks_and_gets_each_message_once(hoa: Browser) -> None:
    rows = queue(hoa, "một")
    first = await hoa.asks()
    assert first[0] == {"anew": True}
    assert first[-1] == {"ready": "vi"}
    assert rows_of(first)[-1]["id"] == rows[0]
    assert [*map(list, await hoa.asks(rows_of(first)[-1]["cursor"]))] == [["header"], ["ready"]]


async def test_whoever_has_everything_deleted_gets_the_farewell_and_then_the_end(hoa: Browser) -> None:
    stream = await hoa.listens()
    await stream.until("ready")
    await hoa.presses("forget:1")
    [farewell] = await stream.until("ended")
    assert "Đã xóa mọi thông tin" in farewell["text"]
    await stream.close()


async def test_a_farewell_comes_even_if_it_is_written_while_the_page_is_told_something_else(
    hoa: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = await hoa.listens()
    await stream.until("ready")
    read, place = pulled.since, hoa.place
    leaves = Incoming("web", "web", hoa.chat.split("/")[2], "last", Press("forget:1"))

    def since(db: Connection, account_id: int, cursor: int, limit: int) -> list[pulled.StoredMessage]:
        rows = read(db, account_id, cursor, limit)
        if not rows:
            return rows
        monkeypatch.setattr(pulled, "since", read)
        place.database.write(lambda writing: take_once(writing, place.world, leaves, place.now)).result()
        return rows

    monkeypatch.setattr(pulled, "since", since)
    await hoa.says("menu")
    assert "Đã xóa mọi thông tin" in (await stream.until("ended"))[-1]["text"]
    await stream.close()


async def test_what_is_composed_late_comes_late_to_every_open_page(hoa: Browser) -> None:
    late, early = queue(hoa, "", "sớm")
    streams = [await hoa.listens()]
    last = (await streams[0].until("ready"))[-1]
    assert last["id"] == early
    streams.append(await hoa.listens(last["cursor"]))
    await streams[1].until("ready")
    account = account_of(hoa)

    def compose(db: Connection) -> None:
        db.execute(update(t.outbox).where(t.outbox.c.id == late).values(body=encode(Outgoing("muộn"))))
        touch(db, account)

    await hoa.place.database.awrite(compose)
    for stream in streams:
        assert (await stream.message())["text"] == "muộn"
        await stream.close()


async def test_what_nobody_saw_comes_again_whatever_the_cursor_says(hoa: Browser) -> None:
    late, early = queue(hoa, "", "sớm")
    cursor = cursor_at(hoa, early)
    database = hoa.place.database
    composed = update(t.outbox).where(t.outbox.c.id == late).values(body=encode(Outgoing("muộn")))
    database.write(lambda db: db.execute(composed) and None).result()
    stream = await hoa.listens(cursor)
    assert late in [row["id"] for row in await stream.until("ready")]
    await stream.close()


async def test_what_was_shown_is_sent(hoa: Browser) -> None:
    rows = queue(hoa, "một")
    stream = await hoa.listens()
    await stream.until("ready")
    query = select(t.outbox.c.state, t.outbox.c.sent_at).where(t.outbox.c.id == rows[0])
    assert hoa.place.database.read(lambda db: db.execute(query).one()) == ("sent", hoa.place.now)
    await stream.close()


async def test_messages_queued_by_another_process_are_noticed(hoa: Browser) -> None:
    stream = await hoa.listens()
    await stream.until("ready")
    row = queue(hoa, "trước", told=True)[0]
    assert (await stream.message())["id"] == row
    hoa_only = queue(hoa, "từ nơi khác", told=False)[0]
    assert (await stream.message())["id"] == hoa_only
    await stream.close()


async def beat(*_: object) -> bool:
    """A heart that beats soon; how long a page may take to answer a ping stays as it is."""
    await asyncio.sleep(0.01)
    return False


async def test_what_nobody_wakes_the_page_for_comes_with_the_next_beat(
    hoa: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process composed it, moved it here, or committed it after rows with higher ids."""
    monkeypatch.setattr("channels.web.stream.comes_within", beat)
    monkeypatch.setattr("channels.web.hub.Hub._wake", lambda *_: None)
    late, early = queue(hoa, "", "sớm")
    stream = await hoa.listens(cursor_at(hoa, early))
    await stream.until("ready")
    composed = update(t.outbox).where(t.outbox.c.id == late).values(body=encode(Outgoing("muộn")))
    await hoa.place.database.awrite(lambda db: db.execute(composed) and None)
    assert (await stream.message())["text"] == "muộn"
    await stream.close()


async def test_a_new_page_gets_the_last_messages_and_the_rest_on_request(hoa: Browser) -> None:
    rows = queue(hoa, *(f"tin {number}" for number in range(HISTORY_PAGE + 5)))
    first_page = await hoa.listens()
    assert set(rows) < {row["id"] for row in await first_page.until("ready")}  # what nobody saw comes in full
    await first_page.close()
    stream = await hoa.listens()
    shown = [row["id"] for row in await stream.until("ready")]
    await stream.close()
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
    await stream.close()


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
    await hers.close()
    await his.close()


async def test_forgotten_tabs_are_bounded_and_ask_instead(hoa: Browser) -> None:
    streams = [await hoa.listens() for _ in range(MAX_STREAMS)]
    with pytest.raises(WSServerHandshakeError) as refused:
        await hoa.listens()
    assert refused.value.status == 429
    assert (await hoa.asks())[-1] == {"ready": "vi"}
    for stream in streams:
        await stream.close()
    await (await hoa.listens()).close()


@pytest.mark.parametrize("beyond", [1, 10**17, 2**63, 10**40])
async def test_a_cursor_beyond_the_table_begins_anew(hoa: Browser, beyond: int) -> None:
    """As after a restored backup; what comes then is shown, whatever ids it gets."""
    [last] = queue(hoa, "một")
    stream = await hoa.listens(f"{last + beyond}-0123456789ab")
    events = await stream.events_until("ready")
    assert events[0] == {"anew": True}
    assert rows_of(events)[-1]["id"] == last
    rows = queue(hoa, "hai")
    assert (await stream.message())["id"] == rows[0]
    await stream.close()


async def test_an_id_that_a_restored_database_gave_to_another_message_begins_anew(hoa: Browser) -> None:
    [row] = queue(hoa, "trước khi khôi phục")
    cursor = cursor_at(hoa, row)
    another = update(t.outbox).where(t.outbox.c.id == row).values(body=encode(Outgoing("sau khi khôi phục")))
    hoa.place.database.write(lambda db: db.execute(another) and None).result()
    stream = await hoa.listens(cursor)
    events = await stream.events_until("ready")
    assert events[0] == {"anew": True}
    assert rows_of(events)[-1]["text"] == "sau khi khôi phục"
    await stream.close()


async def test_another_chats_cursor_begins_anew(hoa: Browser) -> None:
    cursor = cursor_at(hoa, queue(hoa, "chỉ cho Hoa")[0])
    await hoa.joins("ward_chair", "P10")
    assert (await hoa.asks(cursor))[0] == {"anew": True}


NO_CURSORS = ("-1", "x", "²", "٣", "²-0123456789ab", "٣-0123456789ab", "9" * 40, "1", "1-", "1-0123456789AB\n")


@pytest.mark.parametrize("cursor", NO_CURSORS)
async def test_a_cursor_that_is_none_begins_anew(hoa: Browser, cursor: str) -> None:
    assert (await hoa.asks(cursor))[0] == {"anew": True}


async def test_another_sites_page_gets_no_stream(hoa: Browser) -> None:
    for origin in ("https://elsewhere.example", "null"):
        with pytest.raises(WSServerHandshakeError) as refused:
            await hoa.client.ws_connect(f"{hoa.chat}stream", headers={"Origin": origin})
        assert refused.value.status == 403
    own = str(hoa.client.make_url("/")).rstrip("/")
    await (await hoa.client.ws_connect(f"{hoa.chat}stream", headers={"Origin": own})).close()


@pytest.mark.parametrize("said", ["x", "x" * (MAX_FRAME + 1)])
async def test_who_talks_on_the_stream_is_no_page(hoa: Browser, said: str) -> None:
    stream = await hoa.listens()
    await stream.until("ready")
    await stream.socket.send_str(said)
    assert (await stream.socket.receive(PATIENCE)).type is WSMsgType.CLOSE
    assert stream.socket.close_code in {WSCloseCode.POLICY_VIOLATION, WSCloseCode.MESSAGE_TOO_BIG}


async def test_streams_end_with_the_server(hoa: Browser) -> None:
    stream = await hoa.listens()
    await stream.until("ready")
    assert hoa.client.app
    hoa.client.app[HUB].close()
    assert (await stream.socket.receive(PATIENCE)).type is WSMsgType.CLOSE
    assert stream.socket.close_code == WSCloseCode.GOING_AWAY
