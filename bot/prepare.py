"""What every command does first: migrate the database, load the plan, put its units and forms in place."""

import dataclasses
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic.util import CommandError
from sqlalchemy import Connection

from bot.errors import UsageError
from bot.library import Library
from bot.private import narrow
from bot.settings import Settings
from handlers.context import World
from handlers.people.joining import new_code
from plan.calendar import Calendar
from plan.calendar_file import load_calendar
from plan.choices import choice_lists
from plan.loader import load_plan
from plan.model import Plan
from plan.problems import PlanError, Problem
from plan.sync import ensure_units, stored_units
from storage.conversation import interviews
from storage.db.database import Database, ensure_folder, open_database
from storage.migrations import migrate


@dataclass(frozen=True, slots=True)
class Prepared:
    """An open database with its schema and plan in place."""

    database: Database
    plan: Plan
    calendar: Calendar
    world: World


def prepare(settings: Settings, now: datetime) -> Prepared:
    """Open everything.

    Raises `PlanError` for a faulty plan, `UsageError` for a wrong setting, and what the database raises if it cannot
    be reached.
    """
    if not settings.plan.is_dir():
        raise UsageError(f"BOT_PLAN: {settings.plan} is no folder. Name the one that holds units.csv and forms/.")
    shipped = load_plan(settings.plan)
    calendar = load_calendar(settings.plan / "calendar.toml")
    narrow(settings)
    ensure_folder(settings.database_url)
    try:
        migrate(settings.database_url)
    except CommandError as error:
        text = "The database was made by a newer version of this program. Start that one, or restore a backup."
        raise UsageError(text) from error
    database = open_database(settings.database_url)
    sources = {form_id: (settings.plan / "forms" / f"{form_id}.md") for form_id in shipped.forms}
    plan = database.write(lambda db: _put_in_place(db, shipped, sources, now)).result()
    world = World(plan, calendar, Library(plan), settings.links_begin, chance_code)
    return Prepared(database, plan, calendar, world)


def _put_in_place(db: Connection, shipped: Plan, sources: dict[str, Path], now: datetime) -> Plan:
    ensure_units(db, shipped)
    lists = dict(choice_lists(shipped))
    for form in shipped.forms.values():
        path = sources[form.id]
        version, source = (form.id, form.version), path.read_text("utf-8-sig")
        try:
            interviews.publish_form(db, version, digest=form.hash, source=source, csvs=lists, now=now)
        except interviews.FormChanged as error:
            file = f"{path.parents[1].name}/forms/{path.name}"
            raise PlanError((Problem(file, 0, "form_published", {"version": form.version}),)) from error
    return with_stored_units(db, shipped)


def with_stored_units(db: Connection, plan: Plan) -> Plan:
    """The plan with the units as the database has them: an import replaces those that the files ship."""
    return dataclasses.replace(plan, units={stored.unit.code: stored.unit for stored in stored_units(db)})


def chance_code() -> str:
    """A fresh invitation code."""
    return new_code(secrets.choice)
