"""`python -m bot doctor` says whether everything is as it should be, and if not, what to do. It only reads.

A check answers with findings: `ok`, `warning` for what can wait until somebody has time, `problem` for what keeps
people from reporting, or will soon. No finding holds a token or what anybody wrote.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from bot.settings import KEPT_SECRET, MIN_SECRET_BYTES, Settings, broken_secret
from channels.zalo.token import tokens
from periods.days import ZONE
from plan.calendar_file import load_calendar
from plan.letters.loader import load_letters
from plan.loader import load_plan
from plan.problems import PlanError
from storage.db.sqlite_file import file_of
from storage.files.media import RESERVE

LITTLE_SPACE, NO_SPACE = 2**30, 100 * 2**20
"""Free bytes of a disk. Below the first somebody should make room; below the second photos will be refused any day."""
NEVER_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)
"""No machine that runs this program has lived before."""


class Verdict(StrEnum):
    """The verdict of a check."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's verdict and its words."""

    check: str
    state: Verdict
    text: str

    def to_dict(self) -> dict[str, str]:
        return asdict(self)


def ok(check: str, text: str) -> Finding:
    return Finding(check, Verdict.OK, text)


def warning(check: str, text: str) -> Finding:
    return Finding(check, Verdict.WARNING, text)


def problem(check: str, text: str) -> Finding:
    return Finding(check, Verdict.PROBLEM, text)


def examine(settings: Settings, now: datetime) -> list[Finding]:
    """Run every check of the machine and its settings. The database's checks have a module of their own."""
    return [finding for check in CHECKS for finding in check(settings, now)]


def _settings(settings: Settings, _: datetime) -> Iterator[Finding]:
    wrong = settings.conflicts()
    try:
        tokens(",".join(token.get_secret_value() for token in settings.zalo_tokens))
    except ValueError as error:
        wrong.append(f"{error}.")
    yield from (problem("settings", text) for text in wrong)
    if not wrong:
        yield ok("settings", f"They fit together. Channels: {', '.join(_channels(settings))}.")
    if len(_channels(settings)) == 1:
        yield warning("settings", "No token is set, so people reach the bot in the browser only.")
    if settings.public_url.startswith("http://"):
        text = "Over http the page cannot be put on home screens, open without a network, or remind. Serve it by https."
        yield warning("settings", text)
    if settings.zalo_tokens and not settings.public_url.startswith("https://"):
        yield warning("settings", "Without an https BOT_PUBLIC_URL nobody gets pictures in Zalo. Set it.")


def _channels(settings: Settings) -> list[str]:
    how = "webhook" if settings.webhook else "polling"
    telegram = [f"Telegram ({how})"] if settings.telegram_token else []
    zalo = [f"Zalo (bots: {len(settings.zalo_tokens)}, {how})"] if settings.zalo_tokens else []
    return ["browser", *telegram, *zalo]


def _names(_: Settings, __: datetime) -> Iterator[Finding]:
    """Find misspelt settings. Nothing else notices them, since the default holds."""
    given = {*EnvSettingsSource(Settings).env_vars, *DotEnvSettingsSource(Settings).env_vars}
    known = {f"bot_{name}" for name in Settings.model_fields}
    for name in sorted(name.upper() for name in given if name.lower().startswith("bot_") and name.lower() not in known):
        yield warning("settings", f"{name} is no setting and does nothing. Correct its name or remove it.")


def _secrets(settings: Settings, __: datetime) -> Iterator[Finding]:
    for path in (Path(".env"), KEPT_SECRET):
        if path.exists() and path.stat().st_mode & 0o077:
            yield warning("secrets", f"Others on this machine can read {path}. Do: chmod 600 {path}")
    if settings.secret is None and KEPT_SECRET.exists() and KEPT_SECRET.stat().st_size < MIN_SECRET_BYTES:
        yield problem("secrets", broken_secret(KEPT_SECRET))


def _clock(_: Settings, now: datetime) -> Iterable[Finding]:
    if now < NEVER_BEFORE:
        yield problem("clock", f"The machine's clock says {now:%Y-%m-%d}. Set it (timedatectl), then restart the bot.")
    else:
        yield ok("clock", f"{local(now)} in Asia/Ho_Chi_Minh.")


def _plan(settings: Settings, _: datetime) -> Iterator[Finding]:
    try:
        plan, calendar = load_plan(settings.plan), load_calendar(settings.plan / "calendar.toml")
    except PlanError as error:
        yield from (problem("plan", str(fault)) for fault in error.problems)
    else:
        yield ok(
            "plan", f"{len(plan.shipped_units)} units, {len(plan.forms)} forms, {len(calendar)} rules of reminding."
        )


def _letters(settings: Settings, _: datetime) -> Iterator[Finding]:
    """Check the Word files of letters, which people edit: what one names in vain is said with its paragraph."""
    from plan.letters.templates import template_faults

    try:
        letters = load_letters(settings.plan)
    except PlanError:
        return  # the plan's own check says it
    faults = list(template_faults(letters))
    yield from (problem("letters", str(fault)) for fault in faults)
    if not faults:
        yield ok("letters", f"{len(letters.kinds)} letters in {len(letters.forms)} forms.")


def _media(settings: Settings, _: datetime) -> Iterator[Finding]:
    folder = existing(settings.media)
    if os.access(folder, os.W_OK | os.X_OK):
        yield ok("media", f"{settings.media} can be written to.")
    else:
        yield problem("media", f"{folder} cannot be written to: photos fail. Give it to the user who runs the bot.")


def _space(settings: Settings, _: datetime) -> Iterator[Finding]:
    """Check each disk once, since database and files often share one."""
    wanted = [existing(path) for path in (file_of(settings.database_url), settings.media) if path]
    for folder in {path.stat().st_dev: path for path in reversed(wanted)}.values():
        free = shutil.disk_usage(folder).free
        text = f"{megabytes(free)} free where {folder} lies."
        if free >= LITTLE_SPACE:
            yield ok("disk", text)
        elif free < RESERVE:
            yield problem("disk", f"{text} It is full: photos and files are refused, reports still arrive. Make room.")
        else:
            judge = problem if free < NO_SPACE else warning
            yield judge("disk", f"{text} Make room: without it nothing can be kept.")


def existing(path: Path) -> Path:
    """The path, or the nearest folder above it that is there."""
    path = path.absolute()
    return next(candidate for candidate in (path, *path.parents) if candidate.exists())


def local(moment: datetime) -> str:
    return f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}"


def megabytes(size: int) -> str:
    return f"{size / 2**20:,.1f} MB"


Check = Callable[[Settings, datetime], Iterable[Finding]]
CHECKS: tuple[Check, ...] = (_settings, _names, _secrets, _clock, _plan, _letters, _media, _space)
