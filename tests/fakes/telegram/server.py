"""The HTTP side: parameters as form, multipart or JSON; the polls; the mishaps."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.fakes.telegram.methods import METHODS
from tests.fakes.telegram.pusher import Pusher
from tests.fakes.telegram.refusals import Refusal, bad
from tests.fakes.telegram.trouble import Mishap, Trouble
from tests.fakes.telegram.world import TOKEN, World

Answer = web.StreamResponse
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
HOOKED = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
STRUCTURED = {
    "allowed_updates",
    "caption_entities",
    "commands",
    "entities",
    "media",
    "reply_markup",
    "rich_message",
    "scope",
}
HTML = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class FakeTelegram:
    """A running server: `url` for the client, `world` for the test, `trouble` to order."""

    def __init__(self, world: World, repeat_pause: float) -> None:
        self.world = world
        self.trouble = Trouble()
        self.pusher = Pusher(world)
        self.token = TOKEN
        self.url = ""
        self._repeat_pause = repeat_pause
        self._poll: asyncio.Event | None = None
        self.is_polled = False
        """Whether somebody has come for updates since `forget_poll`; who is busy never waits for any."""
        self._last_offset = 0
        self._last_poll = -1e9

    def forget_poll(self) -> None:
        """Take it that nobody waits for updates: the process that did is gone."""
        if self._poll:
            self._poll.set()
        self._poll = None
        self.is_polled = False

    def app(self) -> web.Application:
        app = web.Application(client_max_size=60 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._method)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        return app

    async def _method(self, request: web.Request) -> Answer:
        method = request.match_info["method"].lower()
        mishap = self.trouble.next(method)
        try:
            self._admit(request, mishap)
            if mishap and not mishap.takes_effect:
                return await _suffer(request, mishap, b"")
            result = await self._do(method, await _params(request))
        except Refusal as refusal:
            return web.json_response(refusal.body(), status=refusal.code)
        if mishap is Mishap.REPEATED and isinstance(result, list):
            result = [*reversed(result), *result]
        body = json.dumps({"ok": True, "result": result}).encode()
        if mishap and mishap is not Mishap.REPEATED:
            return await _suffer(request, mishap, body)
        return web.Response(body=body, content_type="application/json")

    def _admit(self, request: web.Request, mishap: Mishap | None) -> None:
        if request.match_info["token"] != self.token:
            raise Refusal(401, "Unauthorized")
        if mishap is Mishap.SLOW_DOWN:
            raise Refusal(429, "Too Many Requests: retry after 1", retry_after=1)

    async def _do(self, method: str, params: dict[str, Any]) -> Any:
        if self.world.keep_calls:
            self.world.calls.append((method, params))
        match method:
            case "getupdates":
                return await self._updates(params)
            case "setwebhook":
                if not params.get("url", "").startswith(("https://", "http://127.0.0.1")):
                    raise bad("bad webhook: An HTTPS URL must be provided for webhook")
                self.pusher.set(params)
            case "deletewebhook":
                await self.pusher.remove()
            case "getwebhookinfo":
                return self.pusher.info()
            case _:
                if method not in METHODS:
                    raise Refusal(404, "Not Found: method not found")
                return METHODS[method](self.world, params)
        return True

    async def _updates(self, params: dict[str, Any]) -> list[Any]:
        if self.pusher.url:
            raise Refusal(409, HOOKED)
        if self._poll:
            self._poll.set()
        ended = self._poll = asyncio.Event()
        self.is_polled = True
        offset = int(params.get("offset") or 0)
        loop = asyncio.get_running_loop()
        if offset == self._last_offset and self.world.updates.peek(1):
            await asyncio.sleep(max(0.0, self._last_poll + self._repeat_pause - loop.time()))
        if offset:
            self.world.updates.confirm(offset)
        limit = min(int(params.get("limit") or 100), 100)
        end = loop.time() + min(int(params.get("timeout") or 0), 50)
        while not (waiting := self.world.updates.peek(limit)) and loop.time() < end and not ended.is_set():
            await _either(self.world.updates.arrived, ended, end - loop.time())
        if ended.is_set():
            raise Refusal(409, CONFLICT)
        self._poll = None
        self._last_offset, self._last_poll = offset, loop.time()
        return [each.body for each in waiting]

    async def _download(self, request: web.Request) -> Answer:
        content = self.world.files.get(request.match_info["path"].rpartition("/")[2])
        mishap = self.trouble.next("download")
        if mishap:
            return await _suffer(request, mishap, content or b"")
        if content is None or request.match_info["token"] != self.token:
            return web.json_response(Refusal(404, "Not Found").body(), status=404)
        return web.Response(body=content)


async def _either(first: asyncio.Event, second: asyncio.Event, seconds: float) -> None:
    tasks = [asyncio.ensure_future(event.wait()) for event in (first, second)]
    await asyncio.wait(tasks, timeout=max(seconds, 0), return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()


async def _params(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        given = await request.json()
        return dict(given)
    if request.content_type == "multipart/form-data":
        return await _multipart(request)
    form = await request.post()
    return {key: _value(key, str(value)) for key, value in (*request.query.items(), *form.items())}


async def _multipart(request: web.Request) -> dict[str, Any]:
    values: dict[str, Any] = {}
    attached: dict[str, bytes] = {}
    for key, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            attached[key] = value.file.read()
            values.setdefault("filename", value.filename)
        else:
            values[key] = _value(key, str(value))
    values = {key: _attached(value, attached) for key, value in values.items()}
    # A file may also be sent under the parameter's own name.
    return {key: content for key, content in attached.items() if key in {"photo", "document"}} | values


def _attached(value: Any, files: dict[str, bytes]) -> Any:
    """With the files in place of their names, also those of an album's items."""
    if isinstance(value, list):
        return [_attached(item, files) for item in value]
    if isinstance(value, dict):
        return {key: _attached(part, files) for key, part in value.items()}
    if isinstance(value, str) and value.startswith("attach://"):
        return files.get(value.removeprefix("attach://"), value)
    return value


def _value(key: str, text: str) -> Any:
    """Objects and lists come as JSON inside a form."""
    return json.loads(text) if key in STRUCTURED else text


async def _suffer(request: web.Request, mishap: Mishap, body: bytes) -> Answer:
    if mishap in {Mishap.HTML_502, Mishap.HTML_502_AFTER}:
        return web.Response(status=502, text=HTML, content_type="text/html")
    if mishap is Mishap.ERROR_500:
        return web.json_response(Refusal(500, "Internal Server Error").body(), status=500)
    if mishap in {Mishap.SILENT_BEFORE, Mishap.SILENT_AFTER}:
        await asyncio.sleep(60)
    answer = web.StreamResponse(headers={"Content-Length": str(len(body) + 1)})
    if mishap is Mishap.CUT_AFTER:
        await answer.prepare(request)
        await answer.write(body[: len(body) // 2])
    if request.transport:
        request.transport.close()
    return answer


@asynccontextmanager
async def serving(world: World | None = None, port: int = 0, repeat_pause: float = 3.0) -> AsyncIterator[FakeTelegram]:
    """A server on the loopback; `repeat_pause` is how long the same offset asked again has to wait."""
    fake = FakeTelegram(world or World(), repeat_pause)
    runner = web.AppRunner(fake.app(), access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield fake
    finally:
        await fake.pusher.remove()
        await runner.cleanup()
