"""The fake platform's server: bots by their tokens, people who write to them, and everything that was sent."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from tests.fakes.zalo import updates
from tests.fakes.zalo.rules import TROUBLES, Rules, Trouble, html, ok, refusal, text_problem
from tests.fakes.zalo.updates import Payload


@dataclass
class Sent:
    """A message that the platform took from a bot; `fetched` are the bodies it got from a picture's address."""

    chat: str
    text: str
    picture: str = ""
    fetched: list[bytes] = field(default_factory=list)


@dataclass
class Bot:
    """One bot's side of the platform."""

    waiting: deque[Payload] = field(default_factory=deque)
    chats: set[str] = field(default_factory=set)
    webhook: str = ""
    secret: str = ""
    messages: int = 0
    repeated: int = 0
    polls: int = 0
    polling: int = 0
    most_pollers: int = 0


class FakeZalo:
    """Start it, hand `url` to the bot, let people write, look at `sent`."""

    def __init__(self, *tokens: str, rules: Rules | None = None) -> None:
        self.rules = rules or Rules()
        self.bots = {token: Bot() for token in tokens}
        self.sent: list[Sent] = []
        self.trouble: dict[str, Trouble] = {}
        self.calls: list[str] = []
        self._photos: dict[str, bytes] = {}
        self._ids = 0
        self._news = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def start(self) -> None:
        app = web.Application()
        app.add_routes(
            [web.post("/bot{token}/{method}", self._call), web.get("/photos/{name}", self._serve_photo)],
        )
        # A poll whose caller is gone takes nothing away.
        self._runner = web.AppRunner(app, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._runner:
            await self._runner.cleanup()

    # People

    def says(self, token: str, chat: str, words: str, message_id: str = "") -> str:
        """A person writes; the message's id, which may be given to write the same again."""
        name = message_id or self._id()
        self._arrive(token, chat, updates.text(chat, name, words))
        return name

    def sends_photo(self, token: str, chat: str, picture: bytes, caption: str = "") -> str:
        name = self._id()
        self._photos[f"{name}.jpg"] = picture
        address = f"{self.url}/photos/{name}.jpg"
        self._arrive(token, chat, updates.photo(chat, name, self.rules.photo_field, address, caption))
        return name

    def sends_file(self, token: str, chat: str, *, with_message: bool = True) -> None:
        """Something that the platform does not carry."""
        update = updates.unsupported(chat, self._id()) if with_message else updates.without_message()
        self._arrive(token, chat, update)

    def heard(self, chat: str) -> list[str]:
        """The texts that a person got."""
        return [sent.text for sent in self.sent if sent.chat == chat]

    def forget_photos(self) -> None:
        """Media addresses live no one knows how long."""
        self._photos.clear()

    # The platform

    def _id(self) -> str:
        self._ids += 1
        return f"{self._ids:020x}"

    def _arrive(self, token: str, chat: str, update: Payload) -> None:
        bot = self.bots[token]
        if chat not in bot.chats and len(bot.chats) >= self.rules.users:
            return
        bot.chats.add(chat)
        bot.messages += 1
        if bot.webhook:
            self._spawn(self._deliver(bot, update))
        else:
            bot.waiting.append(update)
            self._news.set()

    def _spawn(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.calls.append(method)
        bot = self.bots.get(request.match_info["token"])
        if bot is None:
            return refusal(401, "Unauthorized")
        trouble = self.trouble.get(method)
        if trouble in TROUBLES:
            return TROUBLES[trouble]()
        handler = getattr(self, f"_on_{method}", None)
        if handler is None:
            return refusal(404, "Not Found")
        params = await request.json() if request.can_read_body else {}
        response: web.StreamResponse = await handler(bot, params)
        if trouble is Trouble.CUT and request.transport:
            request.transport.close()
        return response

    async def _on_getMe(self, _: Bot, __: Payload) -> web.Response:  # noqa: N802 (the platform's name)
        return ok({"id": "1", "account_name": "bot.govap", "account_type": "BASIC"})

    async def _on_getUpdates(self, bot: Bot, params: Payload) -> web.Response:  # noqa: N802
        if bot.webhook:
            return refusal(400, "webhook is active")
        bot.polls += 1
        bot.polling += 1
        bot.most_pollers = max(bot.most_pollers, bot.polling)
        try:
            update = await self._next(bot, min(float(params["timeout"]), self.rules.longest_poll))
        finally:
            bot.polling -= 1
        if update is None:
            return refusal(408, "Request timeout")
        return web.json_response(updates.enveloped(update) if self.rules.wrapped else update)

    async def _next(self, bot: Bot, seconds: float) -> Payload | None:
        until = asyncio.get_running_loop().time() + seconds
        while not bot.waiting:
            self._news.clear()
            left = until - asyncio.get_running_loop().time()
            if left <= 0:
                return None
            try:
                await asyncio.wait_for(self._news.wait(), left)
            except TimeoutError:
                return None
        if self.rules.consume or bot.repeated >= self.rules.repeats:
            bot.repeated = 0
            return bot.waiting.popleft()
        bot.repeated += 1
        return bot.waiting[0]

    async def _on_sendMessage(self, bot: Bot, params: Payload) -> web.Response:  # noqa: N802
        """A keyboard is taken without a word and shown to nobody."""
        return self._take(bot, params, "text", Sent(str(params.get("chat_id")), str(params.get("text"))))

    async def _on_sendPhoto(self, bot: Bot, params: Payload) -> web.Response:  # noqa: N802
        sent = Sent(str(params.get("chat_id")), str(params.get("caption") or ""), str(params.get("photo")))
        if not sent.picture.startswith("http"):
            return refusal(400, "photo must be an address")
        response = self._take(bot, params, "caption" if sent.text else "", sent)
        if sent in self.sent:
            self._spawn(self._fetch_twice(sent))
        return response

    def _take(self, bot: Bot, params: Payload, text_field: str, sent: Sent) -> web.Response:
        problem = text_problem(params.get(text_field)) if text_field else ""
        if problem:
            return refusal(400, problem)
        if not isinstance(params.get("chat_id"), str) or sent.chat not in bot.chats:
            return refusal(400, "chat not found")
        if bot.messages >= self.rules.quota:
            return html(429)
        bot.messages += 1
        self.sent.append(sent)
        return ok({"message_id": self._id(), "date": 1_750_316_131_632})

    async def _fetch_twice(self, sent: Sent) -> None:
        async with aiohttp.ClientSession() as session:
            for _ in range(2):
                await asyncio.sleep(self.rules.picture_delay)
                async with session.get(sent.picture) as response:
                    sent.fetched.append(await response.read() if response.status == 200 else b"")

    async def _on_setWebhook(self, bot: Bot, params: Payload) -> web.Response:  # noqa: N802
        bot.webhook, bot.secret = params["url"], params["secret_token"]
        return ok({"url": bot.webhook, "updated_at": 1, "verification": {"ok": True}})

    async def _on_deleteWebhook(self, bot: Bot, _: Payload) -> web.Response:  # noqa: N802
        if not bot.webhook:
            return refusal(404, "Not Found")
        bot.webhook = ""
        return ok()

    async def _on_getWebhookInfo(self, bot: Bot, _: Payload) -> web.Response:  # noqa: N802
        return ok({"url": bot.webhook, "updated_at": 1}) if bot.webhook else refusal(404, "Not Found")

    async def _on_sendChatAction(self, _: Bot, __: Payload) -> web.Response:  # noqa: N802
        return ok()

    async def _deliver(self, bot: Bot, update: Payload) -> None:
        """Post an update until it is taken."""
        body = updates.enveloped(update) if self.rules.wrapped else update
        async with aiohttp.ClientSession() as session:
            while bot.webhook:
                async with session.post(
                    bot.webhook, json=body, headers={"X-Bot-Api-Secret-Token": bot.secret}
                ) as response:
                    if response.status == 200:
                        return
                await asyncio.sleep(0.05)

    async def _serve_photo(self, request: web.Request) -> web.Response:
        picture = self._photos.get(request.match_info["name"])
        if picture is None:
            return web.Response(status=404)
        return web.Response(body=picture, content_type="image/jpeg")
