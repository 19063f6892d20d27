"""The same conversation by stock aiogram and python-telegram-bot, as their documentation does it.

Each keeps the state of a chat by its own means, answers with the same texts and buttons, and stores one report, in
SQLite with a commit, at the end.
"""

import asyncio
import pickle
import sqlite3
import sys
from pathlib import Path
from typing import Any

from bench.telegram_script import Step

PEOPLE_KNOWN = 1_000


class Reports:
    """One table, one commit a report."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("CREATE TABLE report (chat INTEGER, answers TEXT)")

    def add(self, chat: int, answers: list[str]) -> None:
        self._db.execute("INSERT INTO report VALUES (?, ?)", (chat, " ".join(answers)))


async def aiogram_bot(token: str, api: str, steps: list[Step], reports: Reports) -> None:
    """(b) Dispatcher, state machine in memory, stock polling."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.fsm.context import FSMContext
    from aiogram.fsm.state import State
    from aiogram.fsm.storage.memory import MemoryStorage
    from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

    states = [State(f"step{n}", "Report") for n in range(len(steps))]
    markups = [
        InlineKeyboardMarkup(
            inline_keyboard=[[InlineKeyboardButton(text=c.label, callback_data=c.id)] for c in step.answer.choices]
        )
        for step in steps
    ]
    dispatcher = Dispatcher(storage=MemoryStorage())

    def add(n: int) -> None:
        async def step(message: Message, state: FSMContext) -> None:
            data = await state.get_data()
            answers = [*data.get("answers", []), message.text or ""]
            if n == len(steps) - 1:
                reports.add(message.chat.id, answers)
                await state.clear()
            else:
                await state.update_data(answers=answers)
                await state.set_state(states[n + 1])
            await message.answer(steps[n].answer.text, reply_markup=markups[n])

        dispatcher.message.register(step, states[n])
        if n == 0:
            dispatcher.message.register(step)

    for n in reversed(range(len(steps))):
        add(n)
    server = TelegramAPIServer.from_base(api)
    await dispatcher.start_polling(Bot(token, session=AiohttpSession(api=server)), handle_signals=False)


def ptb_bot(token: str, api: str, steps: list[Step], reports: Reports, pickled: Path | None) -> None:
    """(c) ConversationHandler in memory; (d) with PicklePersistence, flushed at every step."""
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
    from telegram.ext import (
        Application,
        ApplicationBuilder,
        ContextTypes,
        ConversationHandler,
        MessageHandler,
        PicklePersistence,
        filters,
    )

    markups = [
        InlineKeyboardMarkup([[InlineKeyboardButton(c.label, callback_data=c.id)] for c in step.answer.choices])
        for step in steps
    ]

    def step(n: int) -> Any:
        async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
            assert update.message
            assert context.user_data is not None
            answers = context.user_data.setdefault("answers", [])
            answers.append(update.message.text or "")
            if n == len(steps) - 1:
                reports.add(update.message.chat_id, answers)
                context.user_data.clear()
            if pickled:
                await context.application.update_persistence()
            await update.message.reply_text(steps[n].answer.text, reply_markup=markups[n])
            return n + 1 if n < len(steps) - 1 else ConversationHandler.END

        return answer

    builder: Any = ApplicationBuilder().token(token).base_url(f"{api}/bot")
    if pickled:
        _know_people(pickled, len(steps))
        builder = builder.persistence(PicklePersistence(pickled, update_interval=3_600))
    app: Application[Any, Any, Any, Any, Any, Any] = builder.build()
    app.add_handler(
        ConversationHandler(
            entry_points=[MessageHandler(filters.TEXT, step(0))],
            states={n: [MessageHandler(filters.TEXT, step(n))] for n in range(1, len(steps))},
            fallbacks=[],
            name="report",
            persistent=pickled is not None,
        )
    )
    app.run_polling(stop_signals=None)


def _know_people(path: Path, steps: int) -> None:
    """Write a file as it is after so many people have talked to the bot."""
    data = {
        "user_data": {n: {"answers": ["nữ 30 nam 15"] * (n % steps)} for n in range(PEOPLE_KNOWN)},
        "chat_data": {},
        "bot_data": {},
        "callback_data": None,
        "conversations": {"report": {(n, n): n % steps for n in range(PEOPLE_KNOWN)}},
    }
    path.write_bytes(pickle.dumps(data))


def main() -> None:
    """`python -m bench.telegram_others NAME TOKEN API FOLDER`"""
    name, token, api, folder = sys.argv[1:]
    steps: list[Step] = pickle.loads((Path(folder) / "script.pickle").read_bytes())  # noqa: S301 (we wrote it)
    reports = Reports(Path(folder) / f"{name}.db")
    if name == "aiogram":
        asyncio.run(aiogram_bot(token, api, steps, reports))
    else:
        ptb_bot(token, api, steps, reports, Path(folder) / "people.pickle" if name == "ptb-pickle" else None)


if __name__ == "__main__":
    main()
