"""Connections that begin and do not go on take no place from those who do."""

import asyncio
import dataclasses
import errno
import resource
import signal
import socket
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from channels import web
from channels.web import connections, server
from channels.web.connections import Gate
from channels.web.peers import LOOPBACK, Proxies
from storage.db.database import open_database
from tests.abuse.conftest import Serves
from tests.abuse.wire import HALF, answer, dial, dial_many, holding, is_cut, rest, status
from tests.commandline import told
from tests.conversation import Town, town
from tests.process import BotProcess, free_port
from tests.waiting import PATIENCE, until

ASK = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
SOURCES = [f"127.0.0.{number}" for number in range(2, 7)]


@pytest.fixture
def gv(town_template: Path, tmp_path: Path) -> Iterator[Town]:
    """On one kind of database: none is asked here."""
    (tmp_path / "bot.db").write_bytes(town_template.read_bytes())
    with open_database(f"sqlite:///{tmp_path / 'bot.db'}") as database:
        yield town(database)


@pytest.fixture
def few_files() -> Iterator[None]:
    """The limit of open files that a login gets on most systems, for what is started meanwhile."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1_024, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("few_files")
async def test_two_thousand_that_never_finish_keep_no_member_out(tmp_path: Path) -> None:
    port = free_port()
    bot = BotProcess(tmp_path, {"BOT_PORT": str(port)})
    invitation = told(tmp_path, "invite", "propagandist", "P10-KP05", BOT_PORT=str(port))
    await bot.start()
    await until(lambda: b"listening" in bot.log.read_bytes())
    resource.setrlimit(resource.RLIMIT_NOFILE, (4_096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    idle = await dial_many(port, SOURCES * 100, b"")
    half = await dial_many(port, SOURCES * 200 + ["127.0.0.1"] * 500, HALF)
    with holding(idle + half):
        await a_member_is_answered(port, str(invitation["link"]))
        log = bot.log.stat().st_size
        files = len(list(Path(f"/proc/{bot.pid}/fd").iterdir()))
        resource.prlimit(bot.pid, resource.RLIMIT_NOFILE, (files + 8, files + 8))
        with holding(await dial_many(port, SOURCES * 40, HALF)):
            assert status(await answer(port, ASK)) == 200
        assert bot.log.read_bytes()[log:].count(b"\n") <= 1
    assert await bot.end(signal.SIGTERM) == 0


async def a_member_is_answered(port: int, link: str) -> None:
    """Join by the invitation, and ask for the menu: within the patience of a person."""
    path = f"http://127.0.0.1:{port}/j/{link.rpartition('/')[2]}"
    limit = aiohttp.ClientTimeout(total=PATIENCE)
    async with aiohttp.ClientSession(timeout=limit, cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.post(path, data={"name": "Hoa"}) as chat:
            assert chat.status == 200, await chat.text()
            say = str(chat.url.join(URL("say")))
        async with session.post(say, json={"id": "m1", "text": "/menu"}) as taken:
            assert taken.status == 200


def hurry(monkeypatch: pytest.MonkeyPatch, life: str) -> None:
    """The shorter, the sooner is cut what never comes; what does come must not be late on a busy machine."""
    monkeypatch.setattr(connections, life, 0.2)


@pytest.mark.parametrize("before", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"], ids=["the first", "a later one"])
async def test_headers_that_drip_are_cut(port: int, before: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = await dial(port)
    with holding([connection]):
        if before:
            connection.send(before)
            assert status(await asyncio.get_running_loop().sock_recv(connection, 1 << 16)) == 200
        hurry(monkeypatch, "HEADERS_LIFE")
        connection.send(HALF)
        dripping = asyncio.create_task(_drip(connection))
        assert b"HTTP/" not in await rest(connection)
        dripping.cancel()


async def test_a_connection_that_says_nothing_is_cut(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch, "HEADERS_LIFE")
    connection = await dial(port)
    with holding([connection]):
        assert await rest(connection) == b""


@pytest.mark.parametrize("is_dripping", [False, True])
async def test_a_body_that_does_not_come_is_refused(
    port: int, code: str, is_dripping: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch, "BODY_LIFE")
    monkeypatch.setattr(connections, "BODY_RATE", 1_000_000)
    connection = await dial(port)
    with holding([connection]):
        connection.send(join(code, 900) + b"name=")
        dripping = asyncio.create_task(_drip(connection)) if is_dripping else None
        first = await asyncio.get_running_loop().sock_recv(connection, 100)
        assert status(first) == 408
        if dripping:
            dripping.cancel()


async def test_a_body_that_comes_slowly_is_taken(port: int, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch, "BODY_LIFE")
    monkeypatch.setattr(connections, "BODY_RATE", 1 / PATIENCE)  # five bytes: as long as it takes
    connection = await dial(port)
    with holding([connection]):
        connection.send(join(code, 8) + b"name=")
        await asyncio.sleep(0.5)
        connection.send(b"Hoa")
        assert status(await rest(connection)) == 303


def join(code: str, length: int) -> bytes:
    """The head of a request that joins by a code, with a body of so many bytes to come."""
    headers = ("Host: x", "Connection: close", "Content-Type: application/x-www-form-urlencoded")
    return "\r\n".join((f"POST /j/{code} HTTP/1.1", *headers, f"Content-Length: {length}", "", "")).encode()


async def _drip(connection: socket.socket) -> None:
    while True:
        await asyncio.sleep(0.02)
        try:
            connection.send(b"x")
        except OSError:
            return


@pytest.mark.parametrize("begin", ["silent", "half a head", "idle", "refused", "listened to"])
async def test_when_all_places_are_taken_who_owes_longest_gives_way(
    ports: web.Ports, serves: Serves, code: str, begin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MAX_CONNECTIONS", 20)
    first = {
        "silent": b"",
        "half a head": HALF,
        "idle": ASK.replace(b"close", b"keep-alive"),
        "refused": join("WRONG", 900),
        "listened to": join(code, 900),
    }
    app, going_on = web.application(ports), asyncio.Event()
    app.add_routes([aiohttp.web.get("/long", partial(stream, going_on))])
    async with serves(app) as port:
        listening = asyncio.create_task(answer(port, ASK.replace(b"/ ", b"/long ")))
        await until(going_on.is_set)
        with holding(await dial_many(port, SOURCES * 6, first[begin])) as others:
            assert status(await answer(port, ASK)) == 200
            await rest(others[0])
            going_on.clear()
            assert (await listening).endswith(b"the end\r\n0\r\n\r\n")


async def stream(going_on: asyncio.Event, request: aiohttp.web.Request) -> aiohttp.web.StreamResponse:
    """An answer that lasts until `going_on`, set meanwhile, is cleared."""
    response = aiohttp.web.StreamResponse()
    await response.prepare(request)
    going_on.set()
    await until(lambda: not going_on.is_set())
    await response.write(b"the end")
    return response


async def test_one_address_cannot_take_all_places(
    ports: web.Ports, serves: Serves, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MAX_CONNECTIONS", 100)
    monkeypatch.setattr(connections, "MAX_OWN_CONNECTIONS", 10)
    direct = dataclasses.replace(ports, proxies=Proxies(()))
    async with serves(web.application(direct)) as port:
        with holding(await dial_many(port, ["127.0.0.2"] * 5 + ["127.0.0.3"] * 20, HALF)) as held:
            await until(lambda: sum(map(is_cut, held[5:])) == 10)
            assert not any(map(is_cut, held[:5]))
            assert status(await answer(port, ASK, "127.0.0.3")) == 200


async def test_people_behind_a_trusted_proxy_are_not_counted_as_one(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MAX_OWN_CONNECTIONS", 10)
    with holding(await dial_many(port, ["127.0.0.2"] * 20, HALF)) as held:
        assert status(await answer(port, ASK, "127.0.0.2")) == 200
        assert not any(map(is_cut, held))


async def test_who_asks_and_never_reads_is_cut(
    ports: web.Ports, serves: Serves, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "UNREAD_LIFE", 0.5)
    app, ended = web.application(ports), asyncio.Event()

    async def pours(request: aiohttp.web.Request) -> aiohttp.web.StreamResponse:
        response = aiohttp.web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(bytes(1 << 20))
        finally:
            ended.set()

    app.add_routes([aiohttp.web.get("/pours", pours)])
    async with serves(app) as port:
        with holding(await dial_many(port, ["127.0.0.1"], ASK.replace(b"/ ", b"/pours "))):
            await until(ended.is_set)


async def test_a_server_that_cannot_accept_says_so_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    gate, loop = Gate(LOOPBACK, 10), asyncio.get_running_loop()
    for message in ("socket.accept() out of system resource", "Exception in callback _accept_connection()"):
        for _ in range(5_000):
            gate.hear(loop, {"message": message, "exception": OSError(errno.EMFILE, "Too many open files")})
    assert [record.getMessage() for record in caplog.records] == [
        "No connection can be accepted: Too many open files (1 times)"
    ]


async def test_other_faults_of_the_loop_are_told_as_ever(caplog: pytest.LogCaptureFixture) -> None:
    gate, loop = Gate(LOOPBACK, 10), asyncio.get_running_loop()
    for _ in range(2):
        gate.hear(loop, {"message": "Task exception was never retrieved", "exception": OSError(5, "disk")})
    assert caplog.text.count("Task exception was never retrieved") == 2
