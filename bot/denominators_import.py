"""`denominators import`: tell what a file of denominators, lists and surveys changes, ask, and do it."""

from pathlib import Path
from typing import Any

from bot.clock import system_now
from bot.console import agreed, print_text
from bot.prepare import prepare
from bot.settings import Settings
from periods.days import local_day
from plan.supplying import describe, held_against, read_numbers
from storage.directory.units import unit_tree
from storage.records import supplies


def denominators_import(settings: Settings, arguments: Any) -> None:
    """Tell what the numbers of a file change, ask, and let them stand."""
    prepared, now = prepare(settings, system_now()), system_now()
    path, today = Path(arguments.file), local_day(now)
    with prepared.database as database:
        units = database.read(unit_tree).on(today)
        numbers = read_numbers(path, prepared.plan, units, today)
        supplied = held_against(path.name, numbers, database.read(supplies.standing))
        print_text("\n".join(str(line) for line in describe(supplied, units)))
        if not supplied.to_write:
            print_text("Nothing is new.")
            return
        if not (arguments.yes or agreed()):
            print_text("Nothing was changed.")
            return

        def job(db: Any) -> None:
            supplies.confirm(db, supplies.supply(db, supplied.to_write, now, file=supplied.file), None, now)

        database.write(job).result()
    print_text("Done. A running bot counts with the new numbers at once: python -m bot targets")
