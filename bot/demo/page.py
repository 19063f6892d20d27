"""The demo's own page: three phones side by side, and a bar that moves the clock."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from typing import Protocol

from aiohttp import web

from bot.demo.sample import Phone
from channels.web.bodies import read_json
from channels.web.limits import MAX_SAY
from channels.web.pages import page
from channels.web.ports import PORTS
from channels.web.refusals import RequestRefused
from channels.web.sessions import chat_path, let_in
from channels.web.wording import language_of_request
from handlers.people.titles import role_title
from locales import capital, texts
from periods.days import ZONE

MORNING = time(9, 0)
"""The hour at which a chosen day begins: reminders of eight o'clock have come by then."""


class DemoStage(Protocol):
    """The demo as its page sees it."""

    phones: list[Phone]

    def now(self) -> datetime: ...

    async def go_to(self, moment: datetime) -> None: ...

    async def go_to_next(self) -> None: ...

    async def begin_again(self) -> None: ...


def routes(stage: DemoStage) -> tuple[web.RouteDef, list[web.RouteDef]]:
    """The page for the root, and what its buttons call."""
    one_at_a_time = asyncio.Lock()

    async def show(request: web.Request) -> web.Response:
        return _page(request, stage)

    async def clock(_request: web.Request) -> web.Response:
        return _clock(stage)

    async def move(request: web.Request) -> web.Response:
        step = await _step(request, stage)
        async with one_at_a_time:
            await step()
        return _clock(stage)

    return web.get("/", show), [web.get("/demo/clock", clock), web.post("/demo/clock", move)]


def _page(request: web.Request, stage: DemoStage) -> web.Response:
    say = texts(language_of_request(request))
    response = page(
        request,
        "demo",
        say,
        {
            "title": say("A demonstration with sample data"),
            "about": say("Three phones, one bot. Write, press, move the clock."),
            "clock": say("The demo's clock"),
            "next": say("To the next reminder"),
            "day": say("+1 day"),
            "date": say("Go to a day"),
            "again": say("Begin again"),
            "sure": say("Begin again? Everything that was written here goes."),
            "busy": say("The clock is moving…"),
            "stuck": say("That did not work. Please try again."),
            "phones": say("Phones"),
            **{f"role{place}": capital(role_title(say, phone.role)) for place, phone in enumerate(stage.phones)},
            **{f"chat{place}": chat_path(phone.chat) for place, phone in enumerate(stage.phones)},
        },
    )
    for phone in stage.phones:
        let_in(response, request.app[PORTS], phone.chat)
    return response


def _clock(stage: DemoStage) -> web.Response:
    now = stage.now().astimezone(ZONE)
    return web.json_response({"now": now.isoformat(timespec="seconds"), "chats": [p.chat for p in stage.phones]})


async def _step(request: web.Request, stage: DemoStage) -> Callable[[], Awaitable[None]]:
    """Do what the button asks for: {"to": "next" | "tomorrow" | "start" | "2020-11-04"}."""
    asked = await read_json(request, MAX_SAY)
    try:
        wanted = str(asked["to"])
        steps: dict[str, Callable[[], Awaitable[None]]] = {
            "next": stage.go_to_next,
            "tomorrow": lambda: stage.go_to(stage.now() + timedelta(days=1)),
            "start": stage.begin_again,
        }
        if wanted in steps:
            return steps[wanted]
        moment = datetime.combine(date.fromisoformat(wanted), MORNING, ZONE)
    except (ValueError, KeyError, TypeError) as error:
        raise RequestRefused(400, "not_understood") from error
    return lambda: stage.go_to(moment)
