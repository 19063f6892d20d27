"""The doctor says what is wrong and what to do, nothing that is secret, and changes nothing."""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pydantic import SecretStr, ValidationError
from sqlalchemy import Connection, insert, text, update

from bot.operations.doctor import Finding, Verdict, examine
from bot.operations.doctor_database import MANY_GUESSES, examine_database
from bot.settings import Settings
from plan.letters.placeholders import Shape
from plan.letters.problems import LetterProblem
from plan.letters.templates import faults_of
from plan.loader import load_plan
from plan.model import Plan
from plan.sync import ensure_units
from storage import tables as t
from storage.db.database import Database
from storage.delivery import usage
from storage.directory import bots, strangers
from storage.files.media import RESERVE
from storage.records.totals import KEY, differences
from tests.commandline import known_plan

PLAN = Path(__file__).parents[2] / "plan"
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
CANARY = "canarySECRET-0123456789-0123456789"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own: no `.env`, no settings from outside. The plan that ships is read once."""
    monkeypatch.setattr("bot.operations.doctor.load_plan", known_plan)
    monkeypatch.setattr("plan.letters.templates.faults_of", known_faults)
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


_FAULTS: dict[Path, list[LetterProblem]] = {}


def known_faults(path: Path, known: Mapping[str, Shape]) -> list[LetterProblem]:
    """Of a letter's template: those that ship are looked at once for all tests."""
    if not path.is_relative_to(PLAN):
        return list(faults_of(path, known))
    if path not in _FAULTS:
        _FAULTS[path] = list(faults_of(path, known))
    return _FAULTS[path]


def settings(**values: Any) -> Settings:
    return Settings(**{"plan": PLAN, **values})


def bad(found: list[Finding]) -> list[tuple[str, str, str]]:
    """What is not ok: the check, how bad, and its text."""
    return [(each.check, each.state, each.text) for each in found if each.state is not Verdict.OK]


def of(found: list[Finding], check: str) -> list[Finding]:
    return [each for each in found if each.check == check]


def telegram() -> SecretStr:
    return SecretStr(f"123:{CANARY}")


def test_a_telegram_bot_with_everything_in_place_has_nothing_to_mend() -> None:
    assert not bad(examine(settings(telegram_token=telegram()), NOW))


def test_without_a_token_there_is_only_the_browser() -> None:
    assert bad(examine(settings(), NOW)) == [
        ("settings", "warning", "No token is set, so people reach the bot in the browser only.")
    ]


def test_a_webhook_without_https_is_a_problem() -> None:
    [(_, state, text)] = bad(examine(settings(telegram_token=telegram(), webhook=True), NOW))
    assert (state, "BOT_PUBLIC_URL" in text) == ("problem", True)


def test_a_damaged_secret_is_a_problem_and_the_remedy_is_told(folder: Path) -> None:
    (folder / "var").mkdir(exist_ok=True)
    (folder / "var" / "secret").touch(mode=0o600)
    [(check, state, text)] = bad(examine(settings(telegram_token=telegram()), NOW))
    assert (check, state) == ("secrets", "problem")
    assert "Put the one from a backup back" in text
    assert bad(examine(settings(telegram_token=telegram(), secret="k" * 32), NOW)) == []


def test_a_broken_zalo_token_is_a_problem_and_not_shown() -> None:
    found = bad(examine(settings(zalo_tokens=CANARY, public_url="https://bot.example.vn"), NOW))
    assert [(check, state) for check, state, _ in found] == [("settings", "problem")]
    assert "canary" not in str(found)


def test_zalo_without_a_public_address_has_no_pictures() -> None:
    [(_, state, text)] = bad(examine(settings(zalo_tokens="100:x"), NOW))
    assert (state, "pictures in Zalo" in text) == ("warning", True)


@pytest.mark.parametrize("kept_in", ["environment", "file"])
def test_a_misspelt_setting_is_noticed(kept_in: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if kept_in == "environment":
        monkeypatch.setenv("BOT_TELEGRAM_TOKENS", CANARY)
    else:
        (folder / ".env").write_text(f"BOT_TELEGRAM_TOKENS={CANARY}\n")
        (folder / ".env").chmod(0o600)
    found = bad(examine(settings(telegram_token=telegram()), NOW))
    assert found == [
        ("settings", "warning", "BOT_TELEGRAM_TOKENS is no setting and does nothing. Correct its name or remove it.")
    ]


def test_tokens_that_others_can_read_are_noticed(folder: Path) -> None:
    (folder / ".env").write_text("BOT_PORT=8080\n")
    (folder / ".env").chmod(0o644)
    [(check, _, text)] = bad(examine(settings(telegram_token=telegram()), NOW))
    assert (check, "chmod 600 .env" in text) == ("secrets", True)


def test_a_clock_that_was_never_set_is_a_problem() -> None:
    assert [state for _, state, _ in bad(of_clock(datetime(1970, 1, 1, tzinfo=UTC)))] == ["problem"]


def of_clock(now: datetime) -> list[Finding]:
    return of(examine(settings(), now), "clock")


def test_another_time_zone_is_refused_at_the_start() -> None:
    with pytest.raises(ValidationError, match="Asia/Ho_Chi_Minh only"):
        settings(timezone="Europe/Berlin")


def test_a_broken_plan_is_told_row_by_row(folder: Path) -> None:
    shutil.copytree(PLAN, folder / "plan", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    units = folder / "plan" / "units.csv"
    lines = units.read_text("utf-8").splitlines()
    units.write_text("\n".join([*lines, lines[1]]), "utf-8")
    found = of(examine(settings(plan=folder / "plan"), NOW), "plan")
    assert [each.state for each in found] == ["problem"]
    assert f"row {len(lines) + 1}" in found[0].text


def test_a_media_folder_that_cannot_be_written_to_is_a_problem(folder: Path) -> None:
    (folder / "media").write_text("a file in its place")
    assert [each.state for each in of(examine(settings(media=folder / "media"), NOW), "media")] == ["problem"]


class Disk(NamedTuple):
    free: int


@pytest.mark.parametrize(
    ("free", "state"), [(2**31, "ok"), (2**29, "warning"), (2**26 + 1, "problem"), (2**20, "problem")]
)
def test_a_full_disk_is_seen_before_it_is_full(free: int, state: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(free))
    (found,) = of(examine(settings(), NOW), "disk")
    assert found.state == state
    assert ("photos and files are refused" in found.text) == (free < RESERVE)


def test_looking_makes_no_file(folder: Path) -> None:
    found = examine(settings(), NOW) + examine_database(settings(), NOW)
    assert of(found, "database")[0].state is Verdict.WARNING
    assert not list(folder.iterdir())


def test_a_damaged_database_is_a_problem(folder: Path) -> None:
    (folder / "bot.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 8_000)
    found = examine_database(settings(database_url="sqlite:///bot.db"), NOW)
    assert [each.state for each in of(found, "database")] == ["problem"]


Look = Callable[[datetime], list[Finding]]


@pytest.fixture
def look(database: Database, database_url: str) -> Look:
    """Examine the database of a town. Whether a process uses it, only another process can tell (test_operations)."""
    database.write(lambda db: ensure_units(db, shipped())).result()
    return lambda now: [
        each for each in examine_database(settings(database_url=database_url), now) if each.check != "process"
    ]


@cache
def shipped() -> Plan:
    return load_plan(PLAN)


def test_a_fresh_town_has_only_its_sample_units_to_mend(look: Look) -> None:
    assert [(check, state) for check, state, _ in bad(look(NOW))] == [("units", "warning")]


def test_a_database_of_a_newer_version_is_a_problem(look: Look, database: Database) -> None:
    database.write(lambda db: db.execute(text("UPDATE alembic_version SET version_num = '9999'"))).result()
    found = of(look(NOW), "database")
    assert [each.state for each in found] == ["problem"]
    assert "newer version" in found[0].text


def test_a_clock_that_went_back_is_a_problem(look: Look, database: Database) -> None:
    database.write(lambda db: db.execute(insert(t.inbox).values(**update_of(NOW)))).result()
    assert not of(look(NOW), "clock")
    assert [each.state for each in of(look(NOW - timedelta(days=1)), "clock")] == ["problem"]
    later = update_of(NOW - timedelta(days=1), message_id="later")
    database.write(lambda db: db.execute(insert(t.inbox).values(**later))).result()
    assert not of(look(NOW - timedelta(days=1)), "clock"), "it was ahead"


def update_of(at: datetime, **values: Any) -> dict[str, Any]:
    return {"channel": "zalo", "bot": "1", "account": "a", "message_id": "m", "received_at": at, **values}


def test_a_parked_message_is_told_without_what_was_written(look: Look, database: Database) -> None:
    row = update_of(NOW, state="parked", body=json.dumps(CANARY), error="KeyError")
    database.write(lambda db: db.execute(insert(t.inbox).values(**row))).result()
    [found] = of(look(NOW), "parked")
    assert found.state is Verdict.WARNING
    assert all(part in found.text for part in (": 1,", "zalo", "KeyError", "2026-11-20 10:00", "inbox="))
    assert "canary" not in str(look(NOW))


def put_message(db: Connection, *, channel: str = "telegram", **values: Any) -> int:
    """Its account."""
    account = {"channel": channel, "bot": "1", "external_id": "a", "created_at": NOW, "last_used_at": NOW}
    owner: int = db.execute(insert(t.account).values(usable=True, **account).returning(t.account.c.id)).scalar_one()
    row = {"account_id": owner, "state": "pending", "body": CANARY, "created_at": NOW, "kind": "answer"}
    empty = {"priority": 0, "token": "", "attempts": 0, "external_id": "", "error": ""}
    db.execute(insert(t.outbox).values(row | empty | values))
    return owner


def test_a_message_that_stands_in_no_queue_is_told(look: Look, database: Database) -> None:
    chat = database.write(partial(put_message, queued=True)).result()
    (lost,) = [each for each in of(look(NOW), "outbox") if each.state is Verdict.PROBLEM]
    assert lost.text.startswith("Messages that stand in no queue and would never go: 1.")
    queue = {"account_id": chat, "priority": 0, "channel": "telegram", "bot": "1", "first_row": 1}
    database.write(lambda db: db.execute(insert(t.chat_queue).values(queue))).result()
    assert [each.state for each in of(look(NOW), "outbox")] == [Verdict.OK]


@pytest.mark.parametrize(
    ("channel", "state", "age", "told"),
    [
        ("telegram", "pending", timedelta(minutes=5), []),
        ("telegram", "pending", timedelta(minutes=20), ["Messages waiting: 1, the oldest since"]),
        ("web", "pending", timedelta(days=1), []),
        ("telegram", "dead", timedelta(days=1), ["Messages given up in the last 7 days: 1."]),
        ("telegram", "dead", timedelta(days=8), []),
        ("telegram", "uncertain", timedelta(days=1), []),
    ],
)
def test_the_outbox_is_told_where_it_needs_somebody(
    look: Look, database: Database, channel: str, state: str, age: timedelta, told: list[str]
) -> None:
    database.write(partial(put_message, channel=channel, state=state, created_at=NOW - age)).result()
    texts = [each.text for each in of(look(NOW), "outbox") if each.state is not Verdict.OK]
    assert len(texts) == len(told)
    assert all(text.startswith(beginning) for text, beginning in zip(texts, told, strict=True))


@pytest.mark.parametrize(
    ("sent", "state", "hint"),
    [
        (2_000, "ok", ""),
        (2_100, "warning", "Over 70 %"),
        (2_700, "warning", "Over 90 %"),
        (3_000, "problem", "Used up"),
    ],
)
def test_a_zalo_bots_month_is_told_before_it_is_used_up(
    look: Look, database: Database, sent: int, state: str, hint: str
) -> None:
    database.write(lambda db: bots.introduce(db, "zalo", "100", "Gò Vấp 1")).result()
    database.write(lambda db: usage.add(db, "zalo", "100", usage.month_of(NOW), sent=sent)).result()
    [found] = of(look(NOW), "zalo")
    assert found.state == state
    assert f"bot 100: {sent:,} of 3,000 messages this month" in found.text
    assert hint in found.text


@pytest.mark.parametrize(("people", "hint"), [(34, ""), (35, "70 % of its places"), (50, "nobody new can join")])
def test_a_zalo_bots_places_are_told_before_they_are_full(
    look: Look, database: Database, people: int, hint: str
) -> None:
    rows = [
        {"channel": "zalo", "bot": "100", "external_id": str(number), "usable": True}
        | {"created_at": NOW, "last_used_at": NOW}
        for number in range(people)
    ]
    database.write(lambda db: bots.introduce(db, "zalo", "100", "Gò Vấp 1")).result()
    database.write(lambda db: db.execute(insert(t.account), rows)).result()
    [found] = of(look(NOW), "zalo")
    assert (found.state == "warning") == bool(hint)
    assert f"{people} of 50 people" in found.text
    assert hint in found.text


def test_totals_that_are_not_what_the_reports_add_up_to_are_a_problem(look: Look, database: Database) -> None:
    assert not bad(of(look(NOW), "figures"))
    key = dict.fromkeys(KEY, "") | {"week": "2026-W47", "unit_id": 1, "place_unit_id": 1}
    left_over = insert(t.weekly_total).values(**key, lines=1, reports=1, women=2, men=3)
    database.write(lambda db: db.execute(left_over)).result()
    assert [each.state for each in of(look(NOW), "figures")] == ["problem"]
    [named] = database.read(lambda db: differences(db, 50))
    assert (named.rollup, named.key) == ("weekly_total", "2026-W47 1 1")
    assert named.counts == {"lines": (1, 0), "reports": (1, 0), "women": (2, 0), "men": (3, 0)}


@pytest.mark.parametrize(("count", "state"), [(MANY_GUESSES - 1, "ok"), (MANY_GUESSES, "warning")])
def test_codes_that_are_being_guessed_are_told(look: Look, database: Database, count: int, state: str) -> None:
    database.write(lambda db: strangers.count_guesses(db, count, NOW.date() - timedelta(days=1))).result()
    assert [each.state for each in of(look(NOW), "codes")] == [state]
    assert not bad(of(look(NOW + timedelta(days=2)), "codes"))


def test_units_of_their_own_are_no_sample(look: Look, database: Database) -> None:
    database.write(lambda db: db.execute(update(t.unit).values(sample=False))).result()
    assert not bad(look(NOW))


def test_a_database_without_tables_is_no_problem(empty_url: str) -> None:
    found = of(examine_database(settings(database_url=empty_url), NOW), "database")
    assert [each.state for each in found] == ["warning"]


def test_a_bot_that_does_not_run_is_noticed(database_url: str) -> None:
    found = examine_database(settings(database_url=database_url), NOW)
    assert ("process", "warning") in {(check, state) for check, state, _ in bad(found)}
