"""Whatever a stranger or a member sends, the answer is theirs to understand: no fault of the server, no silence."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Iterable
from itertools import product

import pytest
from aiohttp.web import Application, post

from channels import web
from channels.telegram.client import Client
from channels.telegram.intake import TelegramIntake
from channels.telegram.outage import Outage
from channels.telegram.webhook import HEADER, TelegramWebhook
from channels.web.seldom import Seldom
from channels.web.sessions import cookie_of, sign
from channels.zalo.intake import ZaloIntake
from channels.zalo.public_files import PublicFiles
from channels.zalo.question_page import QuestionPage
from channels.zalo.webhook import ZaloWebhook, webhook_secret
from conversation.intake import take_once
from messages import Incoming, Text
from tests.abuse.conftest import Serves
from tests.abuse.wire import answer, status
from tests.conversation import Town
from tests.waiting import PATIENCE

CHAT = "chat-of-a-member"
SECRET = b"k" * 32
TELEGRAM, ZALO = "/telegram/4242", "/zalo/100"


@pytest.fixture
def app(ports: web.Ports, gv: Town, code: str) -> Application:
    """All that is ever served, with a member in it."""
    hello = Incoming("web", "web", CHAT, "join", Text(f"/start {code}"), name="Hoa", language="vi")
    gv.database.write(lambda db: take_once(db, gv.world, hello, gv.now)).result()
    app = web.application(ports)
    client = Client("4242:token", "http://127.0.0.1:1")
    telegram = TelegramIntake(client, gv.database, ports.submit, ports.now, Outage(time.monotonic))
    app.add_routes([post(TELEGRAM, TelegramWebhook(telegram, "a secret").handle)])

    async def notice(_: str) -> None:
        """Nobody is told here of a database that is away."""

    zalo = ZaloIntake("100", submit=ports.submit, database=gv.database, now=ports.now, notice=notice)
    app.add_routes(ZaloWebhook({"100": zalo}, SECRET).routes())
    app.add_routes(PublicFiles(SECRET, "", ports.store.path("0" * 64).parents[1], ports.now).routes())
    app.add_routes(QuestionPage(SECRET, "").routes())
    return app


@pytest.fixture
async def port(app: Application, serves: Serves) -> AsyncIterator[int]:
    async with serves(app) as number:
        yield number


def request(line: str | bytes, *headers: str | bytes, body: bytes = b"") -> bytes:
    """These bytes and no others, but that the connection ends with the answer."""
    lines = [line, "Host: x", "Connection: close", *headers, "", ""]
    return b"\r\n".join(each if isinstance(each, bytes) else each.encode("utf-8") for each in lines) + body


def sent(line: str, body: bytes, *headers: str | bytes) -> bytes:
    return request(line, *headers, f"Content-Length: {len(body)}", body=body)


async def wrong(port: int, requests: Iterable[bytes]) -> list[tuple[int, bytes]]:
    """Those that were not answered, or by a fault of the server, or by one that names what made it."""
    seen = []
    for raw in requests:
        came = await answer(port, raw)
        head = came.partition(b"\r\n\r\n")[0].lower()
        if not 200 <= status(came) < 500 or b"\r\nserver:" in head or b"content-security-policy" not in head:
            seen.append((status(came), raw[:300]))
    return seen


def cookie(ports: web.Ports) -> str:
    return f"Cookie: {cookie_of(CHAT)}={sign(ports.secret, CHAT)}"


PATHS = (
    "/",
    "/j/22222222",
    f"/c/{CHAT}/",
    f"/c/{CHAT}/history?before=5",
    f"/c/{CHAT}/say",
    f"/c/{CHAT}/known",
    f"/c/{CHAT}/stream?after=²",
    f"/c/{CHAT}/files",
    f"/c/{CHAT}/media/1/0",
    f"/c/{CHAT}/media/own/{'a' * 64}",
    "/static/x/look.css",
    "/q/token",
    "/zalo/files/token/anh.jpg",
    TELEGRAM,
    ZALO,
    "/nothing",
)
HEADERS: tuple[str | bytes, ...] = (
    "Origin: http://[",
    "Origin: http://x:99999999",
    "Origin: " + "[" * 4_000,
    "Content-Type: text/html; charset=hex",
    "Content-Type: application/json; charset=rot13",
    "Content-Type: application/x-www-form-urlencoded; charset=no\u00a0such",
    "Content-Type: multipart/form-data",
    "Content-Type: multipart/form-data; boundary=",
    "Content-Type: multipart/mixed; boundary=" + "x" * 5_000,
    'Content-Type: text/plain; charset="',
    "Content-Encoding: gzip",
    "Content-Encoding: br, deflate, no-such",
    "Range: bytes=9-1",
    "Range: bytes=²-³",
    "Range: " + "bytes=1-2," * 300,
    "If-Modified-Since: \u0001never",
    "If-None-Match: \udcff".encode("utf-8", "surrogateescape"),
    'If-Range: "',
    "Accept: text/html\udcff".encode("utf-8", "surrogateescape"),
    "Accept-Language: " + "e" * 8_000,
    "Accept-Encoding: gzip;q=²",
    'Cookie: a=\udcff\udcfe; ;;=; "'.encode("utf-8", "surrogateescape"),
    "Cookie: " + "a=b; " * 1_500,
    "Last-Event-ID: ²",
    "Sec-Fetch-Site: \u0130",
    "X-Forwarded-For: " + ",".join(["127.0.0.1"] * 800),
    "X-Forwarded-For: \udcff, [::1".encode("utf-8", "surrogateescape"),
    "Expect: 200-perhaps",
    "Upgrade: websocket\r\nSec-WebSocket-Key: x",
    "Upgrade: h2c\r\nHTTP2-Settings: x",
    "X-Bot-Api-Secret-Token: \udcff".encode("utf-8", "surrogateescape"),
    f"{HEADER}: \u0661",
)


@pytest.mark.parametrize("is_member", [False, True], ids=["a stranger", "a member"])
async def test_no_header_is_a_fault(port: int, ports: web.Ports, is_member: bool) -> None:
    known = [cookie(ports)] if is_member else []
    ways = [f"{method} {path} HTTP/1.1" for path in PATHS for method in ("GET", "POST")]
    everything = (sent(way, b"--x\r\n", *known, header) for way, header in product(ways, HEADERS))
    assert await wrong(port, everything) == []


async def test_no_first_line_is_a_fault(port: int, caplog: pytest.LogCaptureFixture) -> None:
    odd = (
        "%00",
        "%ED%A0%80",
        "%ff%fe",
        "%F0%9F",
        "%2e%2e%2f",
        "²",
        "a" * 7_000,
        "%25" * 2_000,
        "%zz",
        "?%ED%A0%80=%00",
        "//x:99999",
    )
    places = ("/j/", "/c/", f"/c/{CHAT}/", f"/c/{CHAT}/media/", "/static/x/", "/q/", "/zalo/files/", "/zalo/", "/")
    lines = [
        *(f"GET {place}{part} HTTP/1.1" for place, part in product(places, odd)),
        *(f"POST {place}{part} HTTP/1.1" for place, part in product(places, odd)),
        *(f"GET {place}{part}/ HTTP/1.0" for place, part in product(places, odd)),
        *(f"{method} {path} HTTP/1.1" for method in ("PUT", "HEAD", "OPTIONS", "TRACE", "BREW") for path in PATHS),
        *(
            "GET http://[ HTTP/1.1",
            "GET x:99999 HTTP/1.1",
            "GET * HTTP/1.1",
            "OPTIONS * HTTP/1.1",
            "CONNECT x:1 HTTP/1.1",
        ),
        *(
            "GET / HTTP/9",
            "GET / HTTP/1.1 more",
            "GET  / HTTP/1.1",
            "GET",
            "",
            "\0\0",
            "G" * 9_000,
            "GET /" + "a" * 9_000,
        ),
    ]
    raw = (
        b"GET /j/\xff\xfe7K7M4XQ2 HTTP/1.1",
        b"7K7M4XQ2\xff / HTTP/1.1",
        b"GET /\r/7K7M4XQ2 HTTP/1.1",
        b"\x16\x03\x01\x02\x007K7M4XQ2",
        b"7K7M4XQ2 / HTTP/1.1",
    )
    requests = [*map(request, lines), *map(request, raw)]
    caplog.set_level(logging.INFO)
    assert await wrong(port, requests) == []
    assert "7K7M4XQ2" not in caplog.text
    malformed = [record for record in caplog.records if record.name != "bot.access"]
    assert len(malformed) < 10
    assert not [record for record in malformed if record.levelno >= logging.ERROR]
    assert len(caplog.text) < 200 * len(caplog.records)


async def test_no_length_and_no_host_is_a_fault(port: int, ports: web.Ports) -> None:
    way = f"POST /c/{CHAT}/say HTTP/1.1"
    framed = (
        ["Content-Length: -1"],
        ["Content-Length: ²"],
        ["Content-Length: " + "9" * 400],
        ["Content-Length: 0x10"],
        ["Content-Length: 3", "Content-Length: 5"],
        ["Content-Length: 5", "Transfer-Encoding: chunked"],
        ["Transfer-Encoding: chunked, gzip"],
        ["Transfer-Encoding: \x0bchunked"],
        ["Host: [", "Host: y"],
        ["Host:"],
        ["Host: http://[::1"],
        ["A" * 9_000 + ": 1"],
        [": no name"],
        ["No colon"],
        [" folded: 1"],
        [f"X-{number}: 1" for number in range(300)],
    )
    requests = [request(way, cookie(ports), *headers, body=b"5\r\nhello\r\n0\r\n\r\n") for headers in framed]
    without = [b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", b"GET / HTTP/1.0\r\n\r\n"]
    assert await wrong(port, [*requests, *without]) == []


JSON = (
    b"",
    b"nonsense",
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b"[" * 900 + b"]" * 900,
    b'{"id":"m","text":' + b"[" * 500 + b"]" * 500 + b"}",
    b'{"update_id":1,"message":' + b'{"reply_to_message":' * 300 + b"1" + b"}" * 300 + b"}",
    b'{"event_name":"message.text.received","message":{"chat":{"id":"1"},"x":' + b"[" * 700 + b"]" * 700 + b"}}",
    b"1" * 5_000,
    b'{"id":"m","text":' + b"9" * 5_000 + b"}",
    b"NaN",
    b"null",
    b'"\\ud800"',
    b"[]",
    b"{}",
    b'{"id":"m"}',
    b'{"id":["m"],"text":"x"}',
    b'{"id":"m","text":{"a":1}}',
    b'{"id":"m","text":"\\ud800\\u0000\\uffff"}',
    b'{"id":"\\u00b2","text":"x"}',
    b'{"id":"m2","choose":"\\ud83d"}',
    b'{"id":"m3","choose":"check:\\u00b2"}',
    b'{"id":"m4","choose":"answer:1:1:\\u0000"}',
    b'{"id":"m","location":[1e999,0]}',
    b'{"id":"m","location":[NaN,"x"]}',
    b'{"id":"m","location":[' + b"9" * 500 + b",1]}",
    b'{"id":"m","location":[[],{}]}',
    b'{"id":"m","location":"12"}',
    b"\xff\xfe{\x00}\x00",
    b"\x80\x81",
    b'{"update_id":"\\u00b2"}',
    b'{"update_id":1,"message":{"message_id":1e400}}',
    b'{"update_id":99999999999999999999999,"message":[]}',
    b'{"event_name":{"a":1},"message":{"chat":{"id":{}},"from":[]}}',
    b'{"event_name":"\\ud800","message":{"chat":{"id":"\\ud800\\u0000"},"message_id":"\\u0000","text":"\\ud800"}}',
    b'{"result":{"result":{"result":[[[[{"message":1}]]]]}}}',
)


async def test_no_json_is_a_fault(port: int, ports: web.Ports) -> None:
    heads = (
        (f"POST /c/{CHAT}/say HTTP/1.1", cookie(ports)),
        (f"POST /c/{CHAT}/known HTTP/1.1", cookie(ports)),
        (f"POST {TELEGRAM} HTTP/1.1", f"{HEADER}: a secret"),
        (f"POST {ZALO} HTTP/1.1", f"X-Bot-Api-Secret-Token: {webhook_secret(SECRET, '100')}"),
    )
    assert await wrong(port, (sent(way, body, known) for (way, known), body in product(heads, JSON))) == []


CHUNKS = (
    b"zz\r\n",
    b"5\r\nhel",
    b"-5\r\nhello\r\n",
    b"5;" + b"x" * 9_000 + b"\r\n",
    b"ffffffffffffffffff\r\n",
    b"5\r\nhello5\r\n0\r\n\r\n",
)


@pytest.fixture
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("channels.web.connections.BODY_LIFE", 0.1)
    monkeypatch.setattr("channels.web.server.LINGER", 0.1)


@pytest.mark.usefixtures("_hurry")
async def test_no_chunk_is_a_fault(port: int, ports: web.Ports) -> None:
    heads = (
        (f"POST /c/{CHAT}/say HTTP/1.1", cookie(ports)),
        (f"POST /c/{CHAT}/files HTTP/1.1", cookie(ports)),
        (f"POST {TELEGRAM} HTTP/1.1", f"{HEADER}: a secret"),
        (f"POST {ZALO} HTTP/1.1", f"X-Bot-Api-Secret-Token: {webhook_secret(SECRET, '100')}"),
        ("GET / HTTP/1.1", "A: b"),
    )
    kind = "Content-Type: multipart/form-data; boundary=x"
    everything = (
        request(way, known, kind, "Transfer-Encoding: chunked", body=body)
        for (way, known), body in product(heads, CHUNKS)
    )
    assert await wrong(port, everything) == []


FILE = b"Content-Disposition: form-data; name=file; filename=a.pdf"
FORM = b"Content-Disposition: form-data"
PARTS = (
    b"",
    b"--x",
    b"--x--\r\n",
    *(
        b"--x\r\n" + head + b"\r\n\r\nv\r\n--x--\r\n"
        for head in (
            b"",
            FORM,
            FORM + b'; name="\xff"',
            b'Content-Disposition: \x00;;;="',
            FORM + b"; name*=hex''61; filename*=no-such'x'%ff",
            FORM + b'; name=file; filename="../../\x00\xed\xa0\x80.pdf"',
            FILE + b"\r\nContent-Transfer-Encoding: no-such",
            FILE + b"\r\nContent-Transfer-Encoding: base64",
            FILE + b"\r\nContent-Encoding: gzip",
            FILE + b"\r\nContent-Length: \xc2\xb2",
            FILE + b"\r\nContent-Length: -7",
            b"Content-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\nv\r\n--y--",
            b"Content-Type: multipart/mixed",
            b"No colon",
            b"A: b\r\n" * 2_000 + b"C: d",
            b"A: " + b"b" * 100_000,
        )
    ),
    b"--x\r\n" + FORM + b"; name=id\r\n\r\nm\r\n--x--\r\n",
    (b"--x\r\n" + FORM + b"; name=id\r\n\r\nm\r\n") * 20 + b"--x--\r\n",
    b"--x\r\n" + FORM + b"; name=id\r\n\r\nm9\r\n--x\r\n" + FILE + b"\r\n\r\nv\r\n",
)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # what the library finds odd in a form
async def test_no_form_is_a_fault(port: int, ports: web.Ports, code: str) -> None:
    heads = (f"POST /c/{CHAT}/files HTTP/1.1", f"POST /j/{code} HTTP/1.1")
    kinds = (
        "multipart/form-data; boundary=x",
        'multipart/form-data; boundary="x',
        "multipart/mixed; boundary=x; charset=hex",
    )
    forms = (
        sent(way, body, cookie(ports), f"Content-Type: {kind}") for way, kind, body in product(heads, kinds, PARTS)
    )
    names = (
        b"name=%ED%A0%80%00",
        b"name=\xff",
        b"&" * 4_000,
        b"name=" + b"a" * 5_000,
        b"=" * 100,
        b"name=%",
        b"%FF=%FF",
    )
    joins = (
        sent(f"POST /j/{code} HTTP/1.1", b, "Content-Type: application/x-www-form-urlencoded; charset=hex")
        for b in names
    )
    assert await wrong(port, [*forms, *joins]) == []


async def test_who_knows_no_secret_is_refused_before_a_body_comes(port: int) -> None:
    for path in (TELEGRAM, ZALO):
        raw = request(f"POST {path} HTTP/1.1", "Content-Length: 1000000")
        async with asyncio.timeout(PATIENCE):
            connection = await answer_begins(port, raw)
        assert status(connection) in {401, 403}


async def answer_begins(port: int, raw: bytes) -> bytes:
    """The first bytes that come back, whatever else was announced."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(raw)
    try:
        return await reader.read(100)
    finally:
        writer.close()


def test_what_repeats_is_said_once_a_minute() -> None:
    now = [100.0]
    seldom = Seldom(lambda: now[0])
    assert [seldom.times("a") for _ in range(5)] == [1, 0, 0, 0, 0]
    assert seldom.times("b") == 1
    now[0] += 60
    assert seldom.times("a") == 5
