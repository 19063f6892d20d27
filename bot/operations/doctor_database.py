"""The doctor's checks of the database: that it is there, whole and of this version; what was set aside; what waits."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.operations.doctor import Finding, local, megabytes, ok, problem, warning
from bot.operations.doctor_proxies import forwarding
from bot.settings import Settings
from messages.channels import Ability, able
from periods.days import local_day
from services import week_history
from storage.db import health
from storage.db.sqlite_file import file_of, is_in_use
from storage.delivery import usage
from storage.delivery.usage import FREE_USERS, Stage
from storage.directory import bots, strangers
from storage.migrations import current, head, is_known
from storage.records import totals

LONG = timedelta(minutes=15)
"""A message that has waited longer than this waits for something: a platform, a quota, or a bot that does not run."""
FILLING_PERCENT = 70
"""From this share on, the bot's places run out soon, and somebody still has time to add another bot."""
MANY_GUESSES = 500
"""Wrong codes in two days: more than a whole district's slips on the day when everybody joins."""
SKEW = timedelta(minutes=5)
"""How far two replicas' clocks may differ."""


def examine_database(settings: Settings, now: datetime) -> list[Finding]:
    """Run every check of the database. If the database cannot be read, the other checks are left out."""
    file = file_of(settings.database_url)
    if file is not None and not file.exists():
        return [warning("database", f"{file} is not there yet. `python -m bot run` makes it.")]
    try:
        running = [_running(is_in_use(file))] if file else []
        with health.looking(settings.database_url) as db:
            running = running or [_running(health.has_others(db))]
            return [*running, *_look(db, now)]
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        text = f"It cannot be read ({type(error).__name__}). Check BOT_DATABASE_URL, the disk and its rights."
        return [problem("database", text)]


def _running(is_used: bool) -> Finding:
    if is_used:
        return ok("process", "A process has the database open.")
    return warning("process", "No process has the database open: the bot does not run. Start it.")


def _look(db: Connection, now: datetime) -> list[Finding]:
    damage = health.damage(db)
    if damage is not None:
        return [problem("database", f"It is damaged ({damage}). Stop the bot, restore the latest backup.")]
    revision = current(db)
    if revision != head():
        return [_other_schema(revision)]
    findings = [ok("database", f"Whole, of this version, {megabytes(health.size(db))}.")]
    return findings + [finding for check in CHECKS for finding in check(db, now)]


def _other_schema(revision: str | None) -> Finding:
    if revision is None:
        return warning("database", "It is empty. `python -m bot run` makes its tables.")
    if is_known(revision):
        return warning(
            "database",
            "An older version made it; the next start copies and upgrades it. Try that first: doctor --rehearse.",
        )
    return problem("database", "A newer version of this program made it. Start that one, or restore a backup.")


def _clock(db: Connection, now: datetime) -> Iterator[Finding]:
    last, due = health.last_message(db), health.last_due(db)
    newest = max((moment for moment in (last, due) if moment), default=now)
    if newest > now + SKEW:
        text = f"The database knows of {local(newest)} already: the machine's clock is behind. Set it, then restart."
        yield problem("clock", text)
    elif last:
        reminded = f", the last reminder was noted at {local(due)}" if due else ""
        yield ok("activity", f"The last message came at {local(last)}{reminded}.")
    else:
        yield ok("activity", "Nobody has written yet.")


def _sample(db: Connection, now: datetime) -> Iterator[Finding]:
    count = health.sample_units(db, local_day(now))
    if count:
        text = f"Units of the sample spread still in use: {count}. Import your own: python -m bot units import FILE.csv"
        yield warning("units", text)
    else:
        yield ok("units", "None of them is a sample.")


def _parked(db: Connection, _: datetime) -> Iterator[Finding]:
    parked = health.parked(db)
    if parked is None:
        yield ok("parked", "No message was set aside.")
        return
    text = (
        f"Messages set aside by a bug: {parked.count}, the newest at {local(parked.at)} "
        f"({parked.channel}, {parked.error or 'no error named'}). "
        f"Look in the log for “inbox={parked.row}” and report the lines below it."
    )
    yield warning("parked", text)


def _post(db: Connection, now: datetime) -> Iterator[Finding]:
    post = health.post(db, now)
    if post.oldest is not None and post.oldest < now - LONG:
        text = f"Messages waiting: {post.waiting}, the oldest since {local(post.oldest)}. The log says for what."
        yield warning("outbox", text)
    else:
        yield ok("outbox", f"Messages waiting: {post.waiting}.")
    if post.dead:
        yield warning("outbox", f"Messages given up in the last 7 days: {post.dead}. The log says why.")
    if post.uncertain:
        text = f"Reminders of the last 7 days that may not have come: {post.uncertain}. What is owed is said again."
        yield ok("outbox", text)
    stranded = health.stranded(db)
    if stranded:
        text = f"Messages that stand in no queue and would never go: {stranded}. Back up now, and report this as a bug."
        yield problem("outbox", text)


def _figures(db: Connection, _: datetime) -> Iterator[Finding]:
    wrong = totals.strays(db)
    if wrong:
        text = f"Weekly totals that are not what the reports add up to: {wrong}. Back up now, and report this as a bug."
        yield problem("figures", text)
    else:
        yield ok("figures", "The weekly totals are what the reports add up to.")


def _weeks(db: Connection, _: datetime) -> Iterator[Finding]:
    wrong = week_history.strays(db)
    if wrong:
        text = f"Weeks of units that are not what their reports say: {wrong}. Back up now, and report this as a bug."
        yield problem("weeks", text)
    else:
        yield ok("weeks", "Who has reported which week is what the reports say.")


def _guesses(db: Connection, now: datetime) -> Iterator[Finding]:
    count = strangers.guesses(db, local_day(now) - timedelta(days=1))
    if count < MANY_GUESSES:
        yield ok("codes", f"Wrong invitation codes since yesterday: {count:,}.")
        return
    yield warning(
        "codes",
        f"Invitation codes are being guessed: {count:,} wrong ones since yesterday. One in 850 thousand million would "
        "fit. If it goes on, bar who does it at the proxy; “Who takes part” in the chat shows who has joined.",
    )


def _quota(db: Connection, now: datetime) -> Iterator[Finding]:
    month = usage.month_of(now)
    for channel in able(Ability.QUOTA):
        for bot in bots.bots(db, channel):
            used, people = usage.of(db, channel, bot.id, month), usage.users(db, channel, bot.id)
            text = (
                f"bot {bot.id}: {used.used:,} of {used.quota:,} messages this month ({used.received:,} in, "
                f"{used.sent:,} out), {people} of {FREE_USERS} people."
            )
            yield _judged(channel, text, used.stage, 100 * people // FREE_USERS)


def _judged(channel: str, text: str, stage: Stage, full: int) -> Finding:
    if stage is Stage.SPENT:
        return problem(channel, f"{text} Used up: people hear from it by their other accounts only. Add a bot.")
    hints = {
        Stage.TIGHT: " Over 70 %: only deadlines and the weekly picture are reminded of by themselves.",
        Stage.SCARCE: " Over 90 %: only deadlines are reminded of by themselves.",
    }
    hint = hints.get(stage, "")
    if full >= 100:
        hint += " Full: nobody new can join here. Add a bot."
    elif full >= FILLING_PERCENT:
        hint += f" {full} % of its places are taken: add a bot in time."
    return warning(channel, text + hint) if hint else ok(channel, text)


CHECKS: tuple[Callable[[Connection, datetime], Iterable[Finding]], ...] = (
    _clock,
    _sample,
    _figures,
    _weeks,
    _parked,
    _post,
    _guesses,
    _quota,
    forwarding,
)
