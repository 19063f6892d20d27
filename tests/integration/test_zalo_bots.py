"""Bots with a quota: the secretariat's view of them, and where a newcomer is sent when there is no place."""

import dataclasses
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, event

from handlers import channels_admin
from handlers.context import Turn
from handlers.people.cards import cards
from handlers.people.joining import not_in
from handlers.people.passing import Passing
from locales import texts
from messages import Incoming, Outgoing, Text
from messages.actions import BotWards, Serve
from plan.inviting import Invitee
from rules.levels import Level
from rules.roles import Role
from services.directory.inviting import Made
from services.directory.joining import elsewhere
from services.directory.places import ChatAddress, WaysIn
from storage.conversation import turns as conversation
from storage.db.database import Database
from storage.delivery import usage
from storage.directory import accounts, bots
from storage.directory.bots import Bot
from storage.directory.units import unit_tree
from tests.conversation import WEDNESDAY, Town, town

VI = texts("vi")
NORTH = Bot("zalo", "100", "Bot Phường 10")
SOUTH = Bot("zalo", "200", "Bot Gò Vấp")


@pytest.fixture
def home(database: Database) -> Town:
    """An installation with two bots, neither of which has wards."""
    made = town(database)
    for each in (NORTH, SOUTH):
        database.write(lambda db, each=each: bots.introduce(db, "zalo", each.id, each.name)).result()  # type: ignore[misc]
    return made


def in_turn(home: Town, account: str, ask: Callable[[Turn], list[Outgoing]]) -> list[Outgoing]:
    """What a handler says to somebody."""

    def job(db: Connection) -> list[Outgoing]:
        known = conversation.known_sender(db, "web", "bot", account)
        assert known is not None
        return ask(Turn.of(db, home.world, known, "web", WEDNESDAY, 0))

    return home.database.write(job).result()


def newcomer(bot: str, account: str = "new") -> Incoming:
    return Incoming("zalo", bot, account, "m1", Text("K7MP4XQ2"))


def row_of(db: Connection, code: str) -> int:
    return unit_tree(db).on(WEDNESDAY.date())[code].id


def turned_away(home: Town, incoming: Incoming, unit: str = "P10-KP05") -> Outgoing | None:
    sender = ChatAddress(incoming.channel, incoming.bot, incoming.account)
    refusal = home.database.read(lambda db: elsewhere(db, sender, row_of(db, unit), WEDNESDAY.date()))
    return Outgoing(not_in(VI, refusal, WEDNESDAY, "K7MP4XQ2", home.world.public_url)) if refusal else None


def way(home: Town, unit: str) -> list[str]:
    """The bots that an invitation to a unit names."""
    there = home.database.read(lambda db: WaysIn(db).into(row_of(db, unit), WEDNESDAY.date()))
    return [f"{bot.name} ({bot.link})" for bot in there]


@pytest.mark.parametrize("to_whom", ["on paper", "to send on"])
def test_ways_in_are_asked_for_once_however_many_are_invited(home: Town, to_whom: str) -> None:
    def asked(count: int) -> int:
        def read(db: Connection) -> int:
            units = unit_tree(db).on(WEDNESDAY.date())
            there = units.of_level(Level.NEIGHBOURHOOD)[:count]
            made = [Made(Invitee(0, "", Role.PROPAGANDIST, unit), "K7MP4XQ2", WEDNESDAY) for unit in there]
            statements: list[str] = []
            event.listen(db, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
            if to_whom == "on paper":
                assert len(cards(db, VI, units, made, "https://here")) == count
            else:
                passing = Passing(VI, units, "https://here", WaysIn(db), WEDNESDAY.date())
                assert all("Zalo" in passing.personal(each).whole for each in made)
            return len(statements)

        return home.database.read(read)

    assert asked(20) == asked(1) < 8


def test_the_secretariat_sees_what_the_month_has_used(home: Town) -> None:
    officer = home.joined("secretariat", "GV")
    home.database.write(lambda db: usage.add(db, "zalo", "100", "2026-11", received=1_200, sent=1_000)).result()
    text = in_turn(home, officer.account, channels_admin.show_channels)[0].text
    assert "Zalo · Bot Phường 10\nhttps://zalo.me/100" in text
    assert "Tháng này: 2.200/3.000 tin (73 %), nhận 1.200, gửi 1.000." in text
    assert text.count("⚠") == 1
    assert "Số người: 0/50." in text


def test_without_bots_it_says_who_can_set_one_up(database: Database) -> None:
    made = town(database)
    officer = made.joined("secretariat", "GV")
    assert "người quản trị" in in_turn(made, officer.account, channels_admin.show_channels)[0].text


def test_a_ward_is_given_to_a_bot_and_taken_away(home: Town) -> None:
    officer = home.joined("secretariat", "GV")
    said = in_turn(home, officer.account, lambda turn: channels_admin.toggle_ward(turn, Serve("100", "P10", "add")))
    assert "✓ Phường 10" in [choice.label for choice in said[0].choices]
    assert home.database.read(lambda db: bots.bot(db, "zalo", "100")) == dataclasses.replace(NORTH, wards=("P10",))
    in_turn(home, officer.account, lambda turn: channels_admin.toggle_ward(turn, Serve("100", "P10", "remove")))
    assert home.database.read(lambda db: bots.bot(db, "zalo", "100")) == NORTH


@pytest.mark.parametrize("arguments", [(), ("100",), ("100", "P99"), ("300", "P10")])
def test_a_made_up_bot_or_ward_changes_nothing(home: Town, arguments: tuple[str, ...]) -> None:
    officer = home.joined("secretariat", "GV")
    in_turn(home, officer.account, lambda turn: channels_admin.toggle_ward(turn, Serve(*arguments)))
    assert home.database.read(lambda db: bots.bots(db, "zalo")) == [NORTH, SOUTH]


def test_every_choice_fits_a_button(home: Town) -> None:
    officer = home.joined("secretariat", "GV")
    said = in_turn(home, officer.account, lambda turn: channels_admin.show_bot(turn, BotWards("100")))
    assert len(said[0].choices) == 18
    assert all(len(choice.id.encode()) <= 64 for choice in said[0].choices)


def test_any_bot_takes_anybody_while_none_has_wards(home: Town) -> None:
    assert turned_away(home, newcomer("100")) is None
    assert turned_away(home, newcomer("200")) is None


def test_a_ward_with_a_bot_of_its_own_joins_there(home: Town) -> None:
    home.database.write(lambda db: bots.set_wards(db, NORTH, ("P10",))).result()
    said = turned_away(home, newcomer("200"))
    assert said is not None
    assert "Bot Phường 10\nhttps://zalo.me/100" in said.text
    assert "K7MP-4XQ2" in said.text
    assert turned_away(home, newcomer("100")) is None
    assert turned_away(home, newcomer("200"), "CQ-LDTBXH") is None


def test_the_51st_person_gets_a_browser_link_with_the_same_code(home: Town) -> None:
    def fill(db: Connection) -> None:
        for number in range(usage.FREE_USERS):
            accounts.add_account(db, None, "zalo", "100", f"c{number}", WEDNESDAY)

    home.database.write(fill).result()
    said = turned_away(home, newcomer("100"))
    assert said is not None
    assert "https://bot.example/j/K7MP-4XQ2" in said.text
    assert turned_away(home, newcomer("100", "c7")) is None
    assert turned_away(home, dataclasses.replace(newcomer("bot"), channel="telegram")) is None


def test_an_invitation_names_a_bot_with_a_free_place(home: Town) -> None:
    assert way(home, "P10-KP05") == ["Bot Phường 10 (https://zalo.me/100)"]
    home.database.write(lambda db: bots.set_wards(db, NORTH, ("P03",))).result()
    home.database.write(lambda db: bots.set_wards(db, SOUTH, ("P04",))).result()
    assert way(home, "P10-KP05") == []
