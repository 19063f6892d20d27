"""Does what every command needs first: migrates the database, loads the plan, puts its units and forms in place."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from bot.errors import UsageError
from bot.library import Library
from bot.operations.upgrade import upgrade
from bot.private import narrow
from bot.settings import Settings
from handlers.context import World
from periods.days import local_day
from plan.calendar import Calendar
from plan.calendar_file import load_calendar
from plan.loader import load_plan
from plan.model import Plan
from plan.problems import PlanError, Problem
from plan.sync import ensure_units
from services.directory.codes import Seal, new_code
from storage.conversation import interviews
from storage.db.database import Database, ensure_folder, open_database
from storage.directory.units import unit_tree


@dataclass(frozen=True, slots=True)
class OpenInstallation:
    """An open database with its schema and plan in place."""

    database: Database
    plan: Plan
    calendar: Calendar
    world: World
    opened_on: date

    @property
    def place(self) -> str:
        """The name of the unit that all others lie in."""
        return self.database.read(unit_tree).on(self.opened_on).root.name


def prepare(settings: Settings, now: datetime) -> OpenInstallation:
    """Open everything.

    Raises `PlanError` for a faulty plan, `UsageError` for a wrong setting, and what the database raises if it cannot
    be reached.
    """
    if not settings.plan.is_dir():
        raise UsageError(f"BOT_PLAN: {settings.plan} is no folder. Name the one that holds levels.csv and units.csv.")
    plan = load_plan(settings.plan)
    calendar = load_calendar(settings.plan / "calendar.toml")
    narrow(settings)
    ensure_folder(settings.database_url)
    upgrade(settings)
    database = open_database(settings.database_url)
    library = Library(plan)
    database.write(lambda db: _put_in_place(db, plan, library, f"{settings.plan.name}/forms", now)).result()
    world = World(plan, calendar, library, settings.links_begin, chance_code, Seal(settings.key))
    return OpenInstallation(database, plan, calendar, world, local_day(now))


def _put_in_place(db: Connection, plan: Plan, library: Library, folder: str, now: datetime) -> None:
    ensure_units(db, plan)
    units = unit_tree(db).on(local_day(now))
    changed: list[Problem] = []
    for form_id in plan.forms:
        form = library.current(form_id, units)
        try:
            library.keep(db, form, now)
        except interviews.FormChanged:
            changed.append(Problem(f"{folder}/{form_id}.md", 0, "form_published", {"version": form.version}))
    if changed:
        raise PlanError(tuple(changed))


def chance_code() -> str:
    """A fresh invitation code."""
    return new_code(secrets.choice)
