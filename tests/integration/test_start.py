"""The start of the process: nothing heavy keeps the page waiting, and Telegram joins when it is loaded."""

import asyncio
import gc
import json
import sys
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.beside import Late, load
from bot.supervisor import Supervisor
from tests.process import environment

HEAVY = ("aiogram", "pillow_heif", "psycopg", "resvg_py", "segno")
"""Whole libraries that the browser's people do not need before they do what needs them."""
LISTENS = """
import asyncio, json, sys
from bot import app
from bot.settings import Settings

async def serve(self, application, listener, stop):
    print(json.dumps(sorted(sys.modules)), flush=True)
    stop.set()

app.App._serve = serve
asyncio.run(app.serve(Settings()))
"""


async def outcome(folder: Path, *command: str, **settings: str) -> tuple[int, str, str]:
    """Run Python there; its exit code and what it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        cwd=folder,
        env=environment(BOT_PORT="0", **settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await process.communicate()
    return process.returncode or 0, out.decode(), errors.decode()


async def test_nothing_heavy_is_imported_before_the_server_listens(tmp_path: Path) -> None:
    token = {"BOT_TELEGRAM_TOKEN": "4242:token", "BOT_TELEGRAM_API": "http://127.0.0.1:9"}
    code, out, errors = await outcome(tmp_path, "-c", LISTENS, **token)
    assert code == 0, errors
    loaded = set(json.loads(out))
    assert "aiohttp" in loaded
    assert loaded & set(HEAVY) == set()


async def test_a_token_that_is_none_still_ends_the_start(tmp_path: Path) -> None:
    code, _, errors = await outcome(tmp_path, "-m", "bot", "run", BOT_TELEGRAM_TOKEN="no token")
    assert code == 2
    assert "BOT_TELEGRAM_TOKEN is not a token" in errors.splitlines()[-1]


async def test_a_webhook_that_is_not_there_yet_has_its_updates_repeated() -> None:
    async def taken(_request: web.Request) -> web.Response:
        return web.Response(text="taken")

    late, app = Late(), web.Application()
    app.add_routes([web.post("/telegram/{bot}", late.handle)])
    async with TestClient(TestServer(app)) as client:
        answer = await client.post("/telegram/4242", data=b"an update")
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        late.handler = taken
        assert await (await client.post("/telegram/4242", data=b"an update")).text() == "taken"


@pytest.mark.parametrize("fails", [False, True])
async def test_what_is_loaded_beside_leaves_the_loop_and_the_collector_as_they_were(fails: bool) -> None:
    loop, went_on = asyncio.get_running_loop(), asyncio.Event()

    def imports() -> str:
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result()  # the loop goes on meanwhile
        loop.call_soon_threadsafe(went_on.set)
        assert not gc.isenabled()
        if fails:
            raise ValueError("no library")
        return "library"

    if fails:
        with pytest.raises(ValueError, match="no library"):
            await load(imports)
    else:
        assert await load(imports) == "library"
    await went_on.wait()
    assert gc.isenabled()


async def test_a_service_that_is_added_to_a_running_supervisor_runs_and_is_waited_for() -> None:
    supervisor, done = Supervisor(), []

    async def later(stop: asyncio.Event) -> None:
        supervisor.stop.set()
        await stop.wait()
        await asyncio.sleep(0)
        done.append("later")

    async def first(stop: asyncio.Event) -> None:
        supervisor.add("later", later)
        await stop.wait()

    supervisor.add("first", first)
    await supervisor.run()
    assert done == ["later"]
