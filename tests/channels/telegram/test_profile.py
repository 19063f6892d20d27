"""What people see beside the conversation: menus by role and language, descriptions."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import Connection, update

from channels.telegram import profile
from channels.telegram.client import Client
from channels.telegram.menus import menu
from channels.telegram.profile import Profile
from handlers.tables import BY_SLASH
from locales import LANGUAGES
from rules.roles import Role
from storage import tables as t
from storage.db.database import Database
from storage.directory import accounts, bots, persons, roles
from tests.channels.telegram.support import NOW
from tests.fakes.telegram import FakeTelegram, Someone
from tests.units import add_unit


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile, "PAUSE_SECONDS", 0.001)


@pytest.fixture
def lan(store: Database) -> int:
    """A propagandist with a Telegram account; the person's id."""

    def begin_unit(db: Connection) -> None:
        since = date(2019, 1, 1)
        add_unit(db, code="P10-KP05", name="Khu phố 5", level="neighbourhood", parent_id=None, valid_from=since)

    def join() -> int:
        store.write(begin_unit).result()
        person = store.write(lambda db: persons.add_person(db, "Lan", "vi", NOW)).result()
        store.write(lambda db: accounts.add_account(db, person, "telegram", "4242", "7", NOW)).result()
        store.write(lambda db: roles.assign(db, person, "propagandist", 1, NOW)).result()
        return person

    return join()


def names(commands: list[dict[str, str]]) -> set[str]:
    return {command["command"] for command in commands}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", Role)
def test_every_offered_command_is_one_that_the_turn_understands(role: str, language: str) -> None:
    offered = menu({role}, language)
    assert len(offered) >= 6
    assert all(BY_SLASH[command.command] for command in offered)
    assert len({command.command for command in offered}) == len(offered)


async def test_strangers_see_what_the_bot_is_for_in_their_language(
    fake: FakeTelegram, client: Client, store: Database
) -> None:
    await Profile(client, store, lambda: NOW, "Quận Gò Vấp").introduce()
    assert "Gò Vấp" in fake.world.texts["description", ""]
    assert "invitation link" in fake.world.texts["description", "en"]
    assert "report" not in names(fake.world.menus["default", "en"])
    assert "help" in names(fake.world.menus["default", "en"])
    before = len([call for call, _ in fake.world.calls if call.startswith("set")])
    await Profile(client, store, lambda: NOW, "Quận Gò Vấp").introduce()
    assert len([call for call, _ in fake.world.calls if call.startswith("set")]) == before == 6


async def test_a_menu_follows_roles_and_language_and_is_not_set_twice(
    fake: FakeTelegram, client: Client, store: Database, lan: int
) -> None:
    Someone(fake.world, 7)
    look = Profile(client, store, lambda: NOW, "Quận Gò Vấp").refresh_menus
    await look(asyncio.Event())
    assert {"baocao", "khong"} <= names(fake.world.menus["chat 7", ""])
    await look(asyncio.Event())
    assert [call for call, _ in fake.world.calls] == ["setmycommands"]
    store.write(lambda db: db.execute(update(t.person).values(language="en"))).result()
    store.write(lambda db: roles.assign(db, lan, "ward_chair", 1, NOW)).result()
    await look(asyncio.Event())
    assert {"report", "nil", "invite"} <= names(fake.world.menus["chat 7", ""])


async def test_a_stop_does_not_wait_for_everybodys_menu(
    fake: FakeTelegram, client: Client, store: Database, lan: int
) -> None:
    store.write(lambda db: accounts.add_account(db, lan, "telegram", "4242", "8", NOW)).result()
    stop = asyncio.Event()
    stop.set()
    await Profile(client, store, lambda: NOW, "Quận Gò Vấp").refresh_menus(stop)
    assert len(fake.world.calls) == 1


@pytest.mark.usefixtures("lan")
async def test_a_chat_that_is_gone_is_asked_once(fake: FakeTelegram, client: Client, store: Database) -> None:
    look = Profile(client, store, lambda: NOW, "Quận Gò Vấp").refresh_menus
    await look(asyncio.Event())
    await look(asyncio.Event())
    assert [call for call, _ in fake.world.calls] == ["setmycommands"]


async def test_a_bot_says_its_name_for_the_addresses_on_printed_cards(client: Client, store: Database) -> None:
    await Profile(client, store, lambda: NOW, "Quận Gò Vấp").introduce()
    [bot] = store.read(lambda db: bots.bots(db, "telegram"))
    assert bot.link == f"https://t.me/{bot.name}"
    assert bot.name
