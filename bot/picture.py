"""`python -m bot picture`: one of the pictures of a unit's figures, as a PNG file."""

from datetime import datetime, time
from typing import Any

from bot.clock import system_now
from bot.errors import UsageError
from bot.named import no_unit, period_or_week
from bot.prepare import prepare
from bot.settings import Settings
from bot.whole_files import check_place, written_whole
from periods.days import ZONE, local_day
from reports.pictures.asked import Asked, PictureKind, picture_of
from reports.rendering import render_png
from reports.scope import UnknownUnitError
from storage.directory.units import unit_tree

EVENING = time(20, 0)
"""When a day is looked back on that was named without a time."""


def picture(settings: Settings, arguments: Any) -> None:
    """Draw it, write the file, and print what it shows in words."""
    check_place("FILE", arguments.file)
    now = datetime.combine(arguments.today, EVENING, ZONE) if arguments.today else system_now()
    prepared = prepare(settings, now)
    with prepared.database as database:
        unit = arguments.unit or database.read(unit_tree).on(local_day(now)).root.code
        period = period_or_week(arguments.period, prepared.plan.periods, local_day(now))
        kind = PictureKind(arguments.kind)
        try:
            made = database.read(
                lambda db: picture_of(kind, Asked(db, prepared.plan, unit, period, now, arguments.language))
            )
        except UnknownUnitError:
            raise no_unit(unit) from None
    if made is None:
        raise UsageError("There is nothing to draw: too many units, or none at that time.")
    with written_whole(arguments.file) as part:
        part.write_bytes(render_png(made.kind, made.data))
    print(made.alt)  # noqa: T201 (this is the command line)
